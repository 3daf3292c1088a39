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

failed=0
# row WHAT FIGURE BAR HOLDS: one line of the table; HOLDS is a condition of awk.
row() {
    verdict=ok
    awk "BEGIN { exit !($4) }" || { verdict=SHORT; failed=1; }
    printf '%-44s %-22s %-16s %s\n' "$1" "$2" "$3" "$verdict"
}

newsroom "$work/plain"
first=$(measure "$ONRECORD" --data "$work/plain" import wordpress "$work/new.xml")
size=$(du -m "$work/new.xml" | cut -f1)
row "import of $posts posts, $size MB" "$first" "60 s, 300 MB" "${first%% s*} <= 60 && $(echo "$first" | sed 's/.*, //; s/ MB//') <= 300"
printf '%-44s %s\n' "the same again" "$(measure "$ONRECORD" --data "$work/plain" import wordpress "$work/new.xml")"

if ! command -v wrk > /dev/null; then
    printf '%-44s %-22s %-16s %s\n' "readers' p99 during an import" "wrk is absent" "< 2 x alone" "not run"
    exit 1
fi
newsroom "$work/old"
"$ONRECORD" --data "$work/old" import wordpress "$work/old.xml" > /dev/null
# A story keeps the address that it has in its export.
story=$(grep -o '<link>[^<]*' "$work/old.xml" | sed -n '2s#.*older\.example##p')
# Server and readers on cores of their own, as in ./dev bench page; the import runs wherever the system puts it.
# In milliseconds.
readers() {
    taskset -c 1 wrk -t1 -c16 -d"$1"s --latency -H 'Accept-Encoding: br' "http://127.0.0.1:18765$story" |
        awk '/99%/ { v = $2 + 0; if ($2 ~ /us$/) v /= 1000; else if ($2 !~ /ms$/) v *= 1000; print v }'
}
# serve FOLDER: starts the server and waits for its first answer.
serve() {
    taskset -c 0 "$ONRECORD" --data "$1" serve --listen 127.0.0.1:18765 > "$work/log" 2>&1 &
    server=$!
    tries=0
    until curl -fs -o /dev/null http://127.0.0.1:18765/; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { cat "$work/log" >&2; exit 1; }
        sleep 0.1
    done
}
for round in 1 2 3 4 5; do
    cp -r "$work/old" "$work/read"
    serve "$work/read"
    readers 1 > /dev/null
    readers 4 >> "$work/alone"
    "$ONRECORD" --data "$work/read" import wordpress "$work/new.xml" > /dev/null 2>&1 &
    import=$!
    readers 4 >> "$work/during"
    kill -0 "$import" 2>/dev/null || { echo "the import ended before the readers did: give it more posts" >&2; exit 1; }
    wait "$import"
    kill "$server"
    wait "$server" || true
    server=""
    rm -rf "$work/read"
done
alone=$(sort -n "$work/alone" | sed -n 3p)
during=$(sort -n "$work/during" | sed -n 3p)
row "readers' p99 during an import" "$during ms ($alone alone)" "< 2 x alone" "$during < 2 * $alone"
exit "$failed"
