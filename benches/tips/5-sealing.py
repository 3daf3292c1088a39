"""Sealing in a real browser, for ten journalists: a file of 5 MB by the clock, one of 490 MB by the memory of
browser and server, and of the browser at the desk that saves it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from common import OWNER, PASSPHRASE, PASSWORD, Newsroom, folder, row

BROWSER = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MOST_MB = 256


def main():
    rows = [("sealing 5 MB, 10 journalists, in the browser", "< 3 s beside codename"), ("490 MB: memory of the browser", f"<= {MOST_MB} MB"), ("490 MB in and out: memory of the server", f"<= {MOST_MB} MB"), ("490 MB opened at the desk: memory of the browser", f"<= {MOST_MB} MB")]
    missing = "no node" if not shutil.which("node") else "no Chromium" if not os.path.exists(BROWSER) else None
    if missing:
        for what, bar in rows:
            row(what, "", bar, missing)
        return
    with folder() as place:
        room = Newsroom(place, people=10).serve()
        try:
            small, large = pathlib.Path(place) / "small.bin", pathlib.Path(place) / "large.bin"
            small.write_bytes(os.urandom(5_000_000))
            with open(large, "wb") as out:
                for _ in range(490):
                    out.write(os.urandom(1_000_000))
            room.ask("GET", "/")
            room.forget_peak()
            before = room.status("VmRSS")
            # First, so that the desk has one tip only.
            done = seal(room, large, json.dumps({"email": OWNER, "password": PASSWORD, "passphrase": PASSPHRASE}))
            grown = (room.status("VmHWM") - before) / 1024
            times = sorted(seal(room, small)["beside"] for _ in range(3))
            row(rows[0][0], f"{times[1] / 1000:.2f} s", rows[0][1], times[1] < 3000)
            row(rows[1][0], f"+{done['grown']:.0f} MB in {done['took'] / 1000:.0f} s", rows[1][1], done["grown"] <= MOST_MB)
            row(rows[2][0], f"+{grown:.0f} MB", rows[2][1], grown <= MOST_MB)
            row(rows[3][0], f"+{done['opened']:.0f} MB", rows[3][1], done["opened"] <= MOST_MB)
        finally:
            room.stop()


def seal(room, file, *desk):
    command = ["node", str(pathlib.Path(__file__).with_name("sealing.mjs")), f"http://127.0.0.1:{room.port}", str(file), BROWSER, *desk]
    done = subprocess.run(command, capture_output=True, text=True, timeout=2 * 900)
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
        raise SystemExit("the browser did not get to a codename")
    return json.loads(done.stdout.splitlines()[-1])


main()
