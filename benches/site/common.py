"""What the benchmarks of the public site share: the newsroom, the servers, wrk, and the table."""

import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORIES = 10_000
# Words of the newest story: a page of 26 kB, as the design measured.
WORDS = 3_200
EMAIL, PASSWORD = "bench@example.org", "a long enough password"
CONNECTIONS = 64


def build():
    """The release binary and the generator; ONRECORD and ONRECORD_FILL name others."""
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    binary, fill = os.environ.get("ONRECORD"), os.environ.get("ONRECORD_FILL")
    if not binary:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--bin", "onrecord"], cwd=ROOT, check=True)
        binary = target / "onrecord"
    if not fill:
        command = ["cargo", "build", "--release", "--quiet", "-p", "onrecord-site", "--example", "fill"]
        subprocess.run(command, cwd=ROOT, check=True)
        fill = target / "examples" / "fill"
    return str(binary), str(fill)


def newsroom(binary, fill, folder, stories=STORIES):
    """A newsroom with an owner and generated stories."""
    command = [binary, "init", folder, "--name", "The Tidewater Courier", "--owner", EMAIL]
    command += ["--owner-name", "Bench", "--password-stdin"]
    subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([fill, folder, str(stories), str(WORDS)], check=True, stdout=subprocess.DEVNULL)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A server on a core of its own."""

    def __init__(self, command, port, log, core=None, env=None):
        pin = ["taskset", "-c", str(core)] if core is not None else []
        self.port, self.log = port, log
        self.began = time.monotonic()
        with open(log, "wb") as out:
            self.process = subprocess.Popen(pin + command, stdout=out, stderr=out, env=env)
        self.pid = self.process.pid

    def wait(self, path="/", limit=20.0):
        """Seconds from the start to the first 200."""
        while time.monotonic() - self.began < limit:
            try:
                if self.get(path)[0] == 200:
                    return time.monotonic() - self.began
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.0005)
        sys.exit(f"the server does not answer; its log:\n{pathlib.Path(self.log).read_text()}")

    def get(self, path, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body, answer.headers

    def cpu(self):
        """Seconds of processor it has used."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Megabytes of memory it holds now."""
        found = re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.pid}/status").read_text())
        return int(found.group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()


def onrecord(binary, folder, log, core=None, budget=None):
    port = free_port()
    command = [binary, "--data", folder, "serve", "--listen", f"127.0.0.1:{port}"]
    if budget:
        command += ["--cache-budget", str(budget)]
    return Server(command, port, log, core, {**os.environ, "ONRECORD_LOG": "warn"})


def milliseconds(text):
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def wrk(server, path, seconds, core):
    """Requests a second, p99 in milliseconds, and the server's microseconds of processor a request."""
    before = server.cpu()
    command = ["taskset", "-c", str(core), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["-H", "Accept-Encoding: br", f"http://127.0.0.1:{server.port}{path}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = server.cpu() - before
    if re.search(r"Non-2xx|Socket errors", said):
        sys.exit(f"wrk met errors at {path}:\n{said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
    count = int(re.search(r"(\d+) requests in", said).group(1))
    p99 = milliseconds(re.search(r"99%\s+(\S+)", said).group(1))
    return rate, p99, used / count * 1e6


class Table:
    """Figure, bar, and whether it is met."""

    def __init__(self):
        self.short = False
        print(f"{'what':44} {'figure':>16} {'bar':>12}")

    def row(self, what, figure, bar="", met=None):
        word = "" if met is None else "  ok" if met else "  SHORT"
        self.short |= met is False
        print(f"{what:44} {figure:>16} {bar:>12}{word}", flush=True)

    def not_run(self, what, why):
        self.short = True
        print(f"{what:44} not run: {why}", flush=True)

    def end(self):
        sys.exit(1 if self.short else 0)


class Desk:
    """The desk in a browser without script."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.cookies = {}
        self.form("/desk/sign-in", {"email": EMAIL, "password": PASSWORD})

    def send(self, method, path, body=None, headers=None):
        headers = {**(headers or {}), "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text, answer.headers

    def form(self, path, fields):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        status, text, answer = self.send("POST", path, urllib.parse.urlencode(fields), headers)
        if status not in (302, 303):
            sys.exit(f"POST {path}: {status}\n{text[:2000]}")
        return answer["Location"]

    def begin(self):
        """A fresh story; where its editor is."""
        return self.form("/desk/stories", {})

    def version(self, story):
        text = self.send("GET", story)[1]
        return re.search(r'name="base_version" value="(\d+)"', text).group(1)


def section_of(desk, name):
    """The id of a section."""
    text = desk.send("GET", "/desk/sections")[1]
    found = re.search(rf'href="/desk/sections/([^"]+)"[^>]*>{name}<', text.replace("&#x2f;", "/"))
    return found.group(1)


def workshop():
    """A folder that goes when the program does."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-bench-"))
    # nginx's worker is another user.
    folder.chmod(0o755)
    return folder


def clean(folder):
    shutil.rmtree(folder, ignore_errors=True)


def median(values):
    return statistics.median(values)


def cores():
    """One for the server, one for who asks."""
    have = sorted(os.sched_getaffinity(0))
    if len(have) < 2:
        sys.exit("two processor cores are needed: one for the server, one for the readers")
    return have[0], have[1]
