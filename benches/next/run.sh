#!/bin/sh
# ./dev bench next [--mind FOLDER] [--ebnerd FOLDER] [--small]: the next article: replayed logs, text, answer time.
set -eu
cd "$(dirname "$0")/../.."
# Optimised, and without the minutes that linking the whole program at once takes.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=2
exec cargo run --quiet --release --locked --target-dir "${ONRECORD_BENCH_TARGET:-target/bench-next}" -p onrecord-next --features replay --example bench_next -- "$@"
