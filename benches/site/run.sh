#!/bin/sh
# ./dev bench site [ROUNDS [SECONDS]]: the whole site at 10,000 stories: front, feed, publication, memory, start.
set -eu
exec python3 "$(dirname "$0")/bench.py" "$@"
