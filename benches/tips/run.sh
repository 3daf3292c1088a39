#!/bin/sh
# ./dev bench tips: what the tip line promises, measured. Each row ends in ok, SHORT or not run; the exit status is 1 unless all are ok.
# A row is a file in this folder that prints lines WHAT, FIGURE, BAR, VERDICT apart by tabs; details go to standard error.
set -u
cd "$(dirname "$0")/../.."
ONRECORD_BENCH_DATA=${ONRECORD_BENCH_DATA:-$(cd .. && pwd)/shared/data}
export ONRECORD_BENCH_DATA PYTHONDONTWRITEBYTECODE=1
failed=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT INT TERM
for row in $(ls benches/tips/*.py | grep -v /common.py); do
    python3 "$row" > "$said" || printf '%s\tended with an error\t\tSHORT\n' "$row" >> "$said"
    while IFS="$(printf '\t')" read -r what figure bar verdict; do
        printf '%-44s %-34s %-22s %s\n' "$what" "$figure" "$bar" "$verdict"
        [ "$verdict" = ok ] || failed=1
    done < "$said"
done
exit "$failed"
