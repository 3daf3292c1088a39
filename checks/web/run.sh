#!/bin/sh
# ./dev check web [--without-lighthouse]: what other people's validators and readers make of our public pages.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
[ -n "${ONRECORD_BIN:-}" ] || { cargo build --locked; ONRECORD_BIN=$PWD/target/debug/onrecord; }
[ -n "${ONRECORD_FILL:-}" ] || { cargo build --locked --quiet -p onrecord-site --example fill; ONRECORD_FILL=$PWD/target/debug/examples/fill; }
export ONRECORD_BIN ONRECORD_FILL
# Nothing is downloaded but the packages themselves: the browser is Debian's.
[ -d "$here/node_modules" ] && [ "$here/node_modules" -nt "$here/package-lock.json" ] ||
    (cd "$here" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error && touch node_modules)
venv=target/check-web
if [ ! -x "$venv/bin/python" ] || [ "$here/requirements.txt" -nt "$venv/.done" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" -q install -r "$here/requirements.txt"
    touch "$venv/.done"
fi
exec "$venv/bin/python" "$here/check.py" "$@"
