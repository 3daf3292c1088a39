#!/bin/sh
# Measures lib/quotation against its bars: one row a bar, exit code 1 unless all are met.
set -eu
cd "$(dirname "$0")/../.."
exec cargo run --quiet --release -p onrecord-quotation --example bench -- "$@"
