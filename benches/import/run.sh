#!/bin/sh
# ./dev bench import [POSTS [MEGABYTES]]: time and memory of an import, and what readers feel of it.
set -eu
cd "$(dirname "$0")/../.."
posts=${1:-10000}
megabytes=${2:-60}
# On a machine with optimised builds elsewhere, ONRECORD names the binary.
if [ -z "${ONRECORD:-}" ]; then
    cargo build --release --quiet --bin onrecord
    ONRECORD=${CARGO_TARGET_DIR:-target}/release/onrecord
fi
work=$(mktemp -d)
server=""
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT INT TERM
# The generator needs no crate: compiled by itself, it takes a second.
rustc --edition 2024 -O crates/exchange/examples/make_wxr.rs -o "$work/make_wxr"
"$work/make_wxr" "$posts" "$megabytes" 7 > "$work/new.xml"
"$work/make_wxr" 500 3 8 | sed 's/paper\.example/older.example/g' > "$work/old.xml"

newsroom() {
    echo "a long enough password" | "$ONRECORD" init "$1" --name Bench --owner bench@example.org --owner-name Bench --password-stdin > /dev/null
}

# measure COMMAND...: seconds and the most memory it had, in MB.
measure() {
    began=$(date +%s.%N)
    "$@" > "$work/said" 2>&1 &
    child=$!
    most=0
    while kill -0 "$child" 2>/dev/null; do
        now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$child/status" 2>/dev/null || true)
        [ "${now:-0}" -le "$most" ] || most=$now
        sleep 0.1
    done
    wait "$child" || { cat "$work/said" >&2; exit 1; }
    awk -v a="$began" -v b="$(date +%s.%N)" -v m="$most" 'BEGIN { printf "%.1f s, %.0f MB", b - a, m / 1024 }'
}

newsroom "$work/plain"
echo "import of $posts posts, $(du -m "$work/new.xml" | cut -f1) MB: $(measure "$ONRECORD" --data "$work/plain" import wordpress "$work/new.xml")   (bar: 60 s, 300 MB)"
echo "the same again: $(measure "$ONRECORD" --data "$work/plain" import wordpress "$work/new.xml")"

if ! command -v wrk > /dev/null; then
    echo "readers during an import: not run, wrk is absent"
    exit 0
fi
newsroom "$work/read"
"$ONRECORD" --data "$work/read" import wordpress "$work/old.xml" > /dev/null
"$ONRECORD" --data "$work/read" serve --listen 127.0.0.1:18765 > "$work/log" 2>&1 &
server=$!
tries=0
until curl -fs -o /dev/null http://127.0.0.1:18765/; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
# A story keeps the address that it has in its export.
story=$(grep -o '<link>[^<]*' "$work/old.xml" | sed -n '2s#.*older\.example##p')
readers() { wrk -t1 -c16 -d"$1"s --latency -H 'Accept-Encoding: br' "http://127.0.0.1:18765$story" | awk '/99%/ { print $2 }'; }
echo "readers' p99 of $story, alone: $(readers 10)"
"$ONRECORD" --data "$work/read" import wordpress "$work/new.xml" > /dev/null 2>&1 &
import=$!
echo "readers' p99 during the import: $(readers 10)   (bar: < 2 x)"
wait "$import"
