"""Hostile files through the real server: sent with hostile names, kept, handed out again. The server must neither grow nor give a
browser anything that it would run."""

import http.client
import re
import sys
import urllib.parse

from common import DATA, FORM, OWNER, PASSWORD, Newsroom, folder, multipart, row

MOST_KB = 256 * 1024
NAMES = ["../../../../etc/cron.d/x", "..\\..\\evil.exe", "a\u202egnp.exe", "con.svg", "\n\r.html", "." * 300, "%2e%2e%2f", "'; DROP TABLE tips; --", "<script>alert(1)</script>.svg"]


def main():
    what, bar = "hostile files through the server", "<= 256 MB, nothing runs"
    if not DATA.is_dir():
        return row(what, "", bar, "the data are absent")
    files = sorted(path for path in DATA.rglob("*") if path.is_file() and path.stat().st_size < 100_000_000)
    with folder() as place:
        room = Newsroom(place).serve()
        try:
            room.ask("GET", "/")
            room.forget_peak()
            before, refused = room.status("VmRSS"), 0
            for at in range(0, len(files), 20):
                token, desk = room.form()
                fields = [("token", None, token.encode()), ("desk", None, desk.encode()), ("text", None, b"<script>alert(1)</script>")]
                for number, path in enumerate(files[at : at + 20]):
                    name = NAMES[(at + number) % len(NAMES)] if number % 2 else path.name
                    fields.append(("files", name.replace('"', "%22").replace("\n", "%0A").replace("\r", "%0D"), path.read_bytes()))
                status, page, _ = room.ask("POST", "/tip", multipart(fields), **FORM)
                if status != 200:
                    refused += 1
                    print(f"a form of files from {files[at]} was answered with {status}: {page[-800:]!r}", file=sys.stderr)
            grown = room.status("VmHWM") - before
            unsafe = sum(handed_out(room, tip) for tip in room.tips())
            row(what, f"{len(files)} files, +{grown / 1024:.0f} MB, {refused + unsafe} faults", bar, grown <= MOST_KB and refused + unsafe == 0)
        finally:
            room.stop()


def handed_out(room, tip):
    """How many of a tip's answers a browser could take for a page: it may only save them."""
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=60)
    form = urllib.parse.urlencode({"email": OWNER, "password": PASSWORD})
    connection.request("POST", "/desk/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    connection.request("GET", f"/desk/tips/{tip}/messages/0", headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    faults = []
    if answer.status != 200:
        faults.append(f"status {answer.status}")
    if answer.getheader("X-Content-Type-Options") != "nosniff":
        faults.append("no nosniff")
    if not (answer.getheader("Content-Disposition") or "").startswith("attachment"):
        faults.append("no attachment")
    if answer.getheader("Content-Type") != "application/octet-stream":
        faults.append(f"type {answer.getheader('Content-Type')}")
    policy = answer.getheader("Content-Security-Policy") or ""
    if "default-src 'none'" not in policy or re.search("unsafe-inline|unsafe-eval", policy.replace("wasm-unsafe-eval", "")):
        faults.append(f"policy {policy}")
    if b"<script" in body:
        faults.append("it lies there in the open")
    for fault in faults:
        print(f"tip {tip}: {fault}", file=sys.stderr)
    connection.close()
    return len(faults)


main()
