#!/bin/sh
# ./dev bench comments [SECONDS]: reading and posting comments, with Isso measured beside it in alternation.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
[ -n "${ONRECORD_BIN:-}" ] || { cargo build --release --locked -p onrecord; ONRECORD_BIN=$PWD/target/release/onrecord; }
export ONRECORD_BIN
venv=${ONRECORD_BENCH_ISSO:-target/bench-isso}
if [ ! -x "$venv/bin/isso" ]; then
    python3 -m venv "$venv" && "$venv/bin/pip" -q install isso==0.14.0 gunicorn==27.0.1 || echo "Isso could not be installed: it is not measured" >&2
fi
export ONRECORD_BENCH_ISSO="$venv"
exec python3 "$here/bench.py" "$@"
