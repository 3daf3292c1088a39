#!/bin/sh
# ./dev bench search [STORIES]: full text over a million generated stories, asked over HTTP.
# ONRECORD_BENCH_SEARCH names a folder that is kept: the stories are then generated once.
set -eu
exec python3 "$(dirname "$0")/bench.py" "$@"
