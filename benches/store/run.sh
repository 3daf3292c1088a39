#!/bin/sh
# Durable saves: 64 writers, each answered after its fsync. SQLite against its bar, PostgreSQL beside it.
# Ends with 1 unless all is ok. ONRECORD_BENCH_SECONDS (10), ONRECORD_BENCH_PROFILE (release or dev).
set -eu
cd "$(dirname "$0")/../.."

seconds=${ONRECORD_BENCH_SECONDS:-10}
profile=${ONRECORD_BENCH_PROFILE:-release}
writers=64
bar=2000
failed=0

row() { printf '%-44s %-34s %-12s %s\n' "$1" "$2" "$3" "$4"; }

cargo build -q --profile "$profile" -p onrecord-base --example bench_store >&2
target=${CARGO_TARGET_DIR:-target}
[ "$profile" = dev ] && built=debug || built=$profile
program=$(cd "$target/$built/examples" && pwd)/bench_store

# On a disk, not in memory: beside the build.
work=$(mktemp -d "$(cd "$target" && pwd)/bench-store.XXXXXX")
server=
tidy() {
    [ -z "$server" ] || { kill -INT "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }
    rm -rf "$work"
}
trap tidy EXIT
trap 'exit 130' INT TERM

row "what" "figure" "bar" "result"

# SQLite.
set -- $("$program" "sqlite:$work/onrecord.sqlite" $writers "$seconds")
verdict=ok
[ "$2" -ge "$bar" ] || { verdict=SHORT; failed=1; }
row "durable saves, $writers writers, SQLite" "$2/s, p50 $3 ms, p99 $4 ms" ">= $bar/s" "$verdict"

# The proof that answers wait for the disk: syncs of the log, and saves shared by each.
if command -v strace >/dev/null 2>&1 &&
    strace -f -c -o "$work/syncs" -e trace=fsync,fdatasync "$program" "sqlite:$work/traced.sqlite" $writers 2 >"$work/traced" 2>/dev/null; then
    set -- $(cat "$work/traced")
    syncs=$(awk '$NF == "fsync" || $NF == "fdatasync" { n += $4 } END { print n + 0 }' "$work/syncs")
    verdict=ok
    [ "$syncs" -gt 0 ] && [ "$(($1 / syncs))" -le 256 ] || { verdict=SHORT; failed=1; }
    row "syncs to disk, traced for 2 s" "$1 saves, $syncs syncs" "<= 256 saves each" "$verdict"
else
    row "syncs to disk, traced" "strace is not here or may not trace" "<= 256 saves each" "not run"
    failed=1
fi

# PostgreSQL, for comparison: a throw-away cluster on the same disk, fsync on.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir 2>/dev/null || true)
if [ -n "$bin" ] && [ -x "$bin/initdb" ]; then
    # Sockets want a short path, and the server's user must reach it.
    sockets=$(mktemp -d /tmp/onrecord-bench.XXXXXX)
    as=
    mkdir "$work/pg"
    if [ "$(id -u)" = 0 ]; then
        as="setpriv --reuid=postgres --regid=postgres --clear-groups"
        home=$sockets/pg
        mkdir "$home"
        chown -R postgres "$sockets"
    else
        home=$work/pg
    fi
    (cd "$sockets" && $as "$bin/initdb" -D "$home" -U onrecord -A trust -E UTF8 --locale=C.UTF-8 --no-instructions >/dev/null)
    (cd "$sockets" && exec $as "$bin/postgres" -D "$home" -k "$sockets" -c listen_addresses= -c max_connections=100 >"$sockets/log" 2>&1) &
    server=$!
    tries=0
    until "$bin/pg_isready" -q -h "$sockets" -U onrecord -d postgres; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || { cat "$sockets/log" >&2; exit 1; }
        sleep 0.1
    done
    set -- $("$program" "host=$sockets user=onrecord dbname=postgres" $writers "$seconds")
    row "the same, PostgreSQL (fsync on)" "$2/s, p50 $3 ms, p99 $4 ms" "none" "ok"
    kill -INT "$server"
    wait "$server" 2>/dev/null || true
    server=
    rm -rf "$sockets"
else
    row "the same, PostgreSQL" "no server binaries" "none" "not run"
    failed=1
fi
exit $failed
