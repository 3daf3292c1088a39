"""What the rows of this bench share: the binary, a newsroom with its line, a server, forms, and the lines of the table."""

import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ["ONRECORD_BENCH_DATA"]) / "hostile-files"
OWNER, PASSWORD = "ana@bench.example", "a long walk along the quay"
PASSPHRASE, KEY_PASSPHRASE = "four words that do not belong", "a passphrase for the drawer"


def row(what, figure, bar, met):
    """One line of the table; `met` is True, False, or why it was not run."""
    verdict = "not run" if isinstance(met, str) else "ok" if met else "SHORT"
    figure = met if isinstance(met, str) else figure
    print(f"{what}\t{figure}\t{bar}\t{verdict}", flush=True)


def binary():
    """The release binary; ONRECORD_BIN names another."""
    given = os.environ.get("ONRECORD_BIN")
    if given:
        return os.path.abspath(given)
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked", "--bin", "onrecord"], cwd=ROOT, check=True)
    return str(pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "onrecord")


class Newsroom:
    """A folder with a newsroom whose tip line is open, and the server on it."""

    def __init__(self, folder, people=1):
        self.binary, self.folder = binary(), pathlib.Path(folder)
        self.data, self.process = self.folder / "news", None
        self.run(["init", str(self.data), "--owner", OWNER, "--password-stdin"], PASSWORD)
        emails = [OWNER]
        if people > 1:
            self.serve()
            emails += [self.invited(f"reporter{number}@bench.example") for number in range(1, people)]
            self.stop()
        key = str(self.folder / "newsroom.key")
        members = [word for email in emails for word in ("--member", email)]
        self.here(["tips", "init", "--key", key, "--desk", "Investigations", *members, "--passphrase-stdin"], KEY_PASSPHRASE)
        for email in emails:
            self.here(["tips", "keys", "make", "--as", email, "--passphrase-stdin"], PASSPHRASE)
        self.here(["tips", "keys", "sign", "--key", key, "--passphrase-stdin"], KEY_PASSPHRASE)

    def invited(self, email):
        """Somebody of the staff, who has followed an invitation."""
        link = self.here(["staff", "invite", email]).stdout.split()[-1]
        form = urllib.parse.urlencode({"name": email.split("@")[0], "password": PASSWORD})
        path = urllib.parse.urlsplit(link).path
        status, page, _ = self.ask("POST", path, form, Content_Type="application/x-www-form-urlencoded", Sec_Fetch_Site="same-origin")
        if status not in (302, 303):
            raise SystemExit(f"the invitation of {email} was answered with {status}: {page[:500]}")
        return email

    def run(self, arguments, line="", check=True):
        return subprocess.run([self.binary, *arguments], input=line + "\n", capture_output=True, text=True, check=check)

    def here(self, arguments, line="", check=True):
        done = self.run(["--data", str(self.data), *arguments], line, False)
        if check and done.returncode:
            raise SystemExit(f"onrecord {' '.join(arguments)}: {done.stderr}")
        return done

    def serve(self, core=None):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        command = [self.binary, "--data", str(self.data), "serve", "--listen", f"127.0.0.1:{self.port}"]
        if core is not None:
            command = ["taskset", "-c", str(core), *command]
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "ONRECORD_LOG": "warn"})
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.ask("GET", "/tip")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the server does not answer")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, answer.headers

    def status(self, name):
        """A figure of /proc/PID/status, in kB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", text).group(1))

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def files(self):
        """Open connections and files. Not the database's: up to eight readers of it are opened when they are needed, and stay."""
        folder, count = f"/proc/{self.process.pid}/fd", 0
        for number in os.listdir(folder):
            try:
                count += "onrecord.sqlite" not in os.readlink(f"{folder}/{number}")
            except FileNotFoundError:
                pass
        return count

    def form(self):
        """The token and the desk of a form."""
        page = self.ask("GET", "/tip")[1].decode()
        value = lambda name: re.search(rf'name="{name}" value="([^"]+)"', page).group(1)
        return value("token"), value("desk")

    def tips(self):
        return [line.split()[0] for line in self.here(["tips", "list"]).stdout.splitlines() if " " in line and line[:1] != "T"]


def multipart(fields):
    """A form's body: (name, file's name or None, bytes)."""
    out = []
    for name, file, content in fields:
        named = f'; filename="{file}"' if file is not None else ""
        out += [f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode("utf-8", "surrogateescape"), content, b"\r\n"]
    return b"".join([*out, b"--x--\r\n"])


FORM = {"Content_Type": "multipart/form-data; boundary=x"}


def folder():
    return tempfile.TemporaryDirectory(prefix="onrecord-bench-tips-")
