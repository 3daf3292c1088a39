#!/bin/sh
# ./dev bench page [ROUNDS [SECONDS]]: a story page from the edition against nginx with brotli_static and the same bytes.
set -eu
exec python3 "$(dirname "$0")/bench.py" "$@"
