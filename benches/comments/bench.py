"""Comments: the first page of long threads, durable posting, nothing acknowledged lost, with Isso beside it.

Needs wrk. Isso runs under gunicorn with two workers and its rate guard off, from ONRECORD_BENCH_ISSO (a virtual
environment); without it its row says "not run". Each measurement is repeated in alternation; the median counts. Ends
with 1 unless every row is ok.
"""
import concurrent.futures, http.client, json, os, re, shutil, signal, socket, sqlite3, statistics, subprocess, sys, tempfile, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ["ONRECORD_BIN"]
ISSO = os.environ.get("ONRECORD_BENCH_ISSO", "")
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
ROUNDS = 3
CORES = os.cpu_count() or 1


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait(port, seconds=60):
    until = time.time() + seconds
    while time.time() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def start(command, port, core=None, **more):
    if core is not None and CORES > 1:
        command = ["taskset", "-c", str(core), *command]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    wait(port)
    return process


def stop(process):
    process.terminate()
    process.wait(30)


def wrk(script, url, connections, *args):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s", f"{HERE}/{script}", url, "--", *args]
    if CORES > 1:
        command = ["taskset", "-c", str(CORES - 1), *command]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    numbers = [int(n) for n in re.search(r"RESULT (.*)", out).group(1).split()]
    requests, micros, p95, errors = numbers[:4]
    # What was refused is neither read nor posted.
    return {"rate": (requests - errors) / (micros / 1e6), "p95": p95 / 1000, "errors": errors}


def get(url, coding="br"):
    request = urllib.request.Request(url, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request) as answer:
        return answer.read(), answer.headers


class Ours:
    def __init__(self, folder):
        self.data = os.path.join(folder, "news")
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        demo = start([BIN, "demo", "--keep", self.data, "--listen", f"127.0.0.1:{self.port}"], self.port)
        urllib.request.urlopen(f"{self.base}/").read()
        feed = urllib.request.urlopen(f"{self.base}/feed.xml").read().decode()
        stop(demo)
        self.paths = [p for p in dict.fromkeys(re.findall(r"<link>http://[^/]*(/[^<]+)</link>", feed)) if p.count("/") >= 2][:3]
        rules = {"mode": "open", "a_minute": 0, "a_minute_address": 0, "hold_score": 0}
        db = sqlite3.connect(os.path.join(self.data, "onrecord.sqlite"))
        db.execute("INSERT OR REPLACE INTO comment_settings VALUES ('site', ?, 1, NULL)", [json.dumps(rules)])
        db.commit()
        db.close()
        for path, count in zip(self.paths, (2_000, 10_000)):
            backup = os.path.join(folder, f"{count}.json")
            with open(backup, "w") as out:
                out.write('{"version":1,"users":[],"posts":[]}\n')
                for n in range(count):
                    text = f"Comment {n}: the harbour master said that the wall had been measured twice, in March and again in {n % 12 + 1}/{n % 28 + 1}."
                    out.write(json.dumps({"id": str(n), "pid": str(n - 1) if n % 3 else "", "text": f"<p>{text}</p>", "user": {"name": f"Reader {n % 97}"},
                        "locator": {"url": path}, "score": n % 9, "time": "2026-01-%02dT%02d:%02d:%02dZ" % (n % 28 + 1, n // 3600 % 24, n // 60 % 60, n % 60)}) + "\n")
            subprocess.run([BIN, "--data", self.data, "import", "comments", backup], check=True, stdout=subprocess.DEVNULL)

    def serve(self, core=None):
        self.process = start([BIN, "--data", self.data, "serve", "--listen", f"127.0.0.1:{self.port}"], self.port, core)
        return self

    def stop(self):
        stop(self.process)

    def comments(self, n):
        return f"{self.base}{self.paths[n].rstrip('/')}/comments"

    def story(self, n):
        return re.search(r'action="/comments/on/([^"]+)"', get(self.comments(n), "identity")[0].decode()).group(1)


class Isso:
    def __init__(self, folder):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.db = os.path.join(folder, "isso.db")
        self.conf = os.path.join(folder, "isso.cfg")
        with open(self.conf, "w") as out:
            out.write(f"[general]\ndbpath = {self.db}\nhost = http://127.0.0.1:{self.port}/\n[moderation]\nenabled = false\n[guard]\nenabled = false\n[server]\nlisten = {self.base}\n")
        self.serve().stop()
        db = sqlite3.connect(self.db)
        db.execute("INSERT INTO threads (id, uri, title) VALUES (1, '/long', 'Long')")
        columns = "tid, parent, created, modified, mode, remote_addr, text, author, likes, dislikes, voters, notification"
        for n in range(2_000):
            text = f"Comment {n}: the harbour master said that the wall had been measured twice, in March and again in {n % 12 + 1}/{n % 28 + 1}."
            db.execute(f"INSERT INTO comments ({columns}) VALUES (1, NULL, ?, NULL, 1, '127.0.0.0', ?, ?, 0, 0, x'00', 0)", [1.7e9 + n, text, f"Reader {n % 97}"])
        db.commit()
        db.close()

    def serve(self, core=None):
        env = {**os.environ, "ISSO_SETTINGS": self.conf}
        self.process = start([f"{ISSO}/bin/gunicorn", "-b", f"127.0.0.1:{self.port}", "-w", "2", "--preload", "isso.run"], self.port, core, env=env)
        return self

    def stop(self):
        stop(self.process)


def median(runs):
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def correct_after_writes(ours):
    """Posts and asks for the page at once, a hundred times: each must be on it."""
    story, missing = ours.story(2), 0
    connection = http.client.HTTPConnection("127.0.0.1", ours.port)
    for n in range(100):
        mark = f"mark{n}x{time.time_ns()}"
        connection.request("POST", f"/comments/on/{story}", f"name=Ola&text={mark}", {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
        missing += mark not in get(ours.comments(2), "identity")[0].decode()
    return missing


def killed(ours):
    """64 writers, kill -9 in the middle, then every acknowledged comment must be there."""
    story = ours.story(2)

    def write(number):
        acknowledged = []
        try:
            connection = http.client.HTTPConnection("127.0.0.1", ours.port, timeout=10)
            for n in range(100_000):
                connection.request("POST", f"/comments/on/{story}", f"name=W{number}&text=Killed+{n}", {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 201:
                    acknowledged.append(json.loads(body)["id"])
        except (OSError, http.client.HTTPException, ValueError):
            pass
        return acknowledged

    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        writers = [pool.submit(write, n) for n in range(64)]
        time.sleep(2)
        ours.process.send_signal(signal.SIGKILL)
        ours.process.wait()
        acknowledged = [one for writer in writers for one in writer.result()]
    ours.serve()
    db = sqlite3.connect(os.path.join(ours.data, "onrecord.sqlite"))
    there = {row[0] for row in db.execute("SELECT id FROM comments")}
    return len(acknowledged), sum(one not in there for one in acknowledged)


def waiting(ours, folder):
    """10,000 comments wait: deciding on one until the next is there, in milliseconds, two hundred times, sorted."""
    backup = os.path.join(folder, "waiting.db")
    db = sqlite3.connect(backup)
    db.executescript("""CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR UNIQUE, title VARCHAR);
        CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, modified FLOAT, mode INTEGER,
        text VARCHAR, author VARCHAR, likes INTEGER, dislikes INTEGER);""")
    db.execute("INSERT INTO threads VALUES (1, ?, 'Waits')", [ours.paths[2]])
    db.executemany("INSERT INTO comments VALUES (1, ?, NULL, ?, NULL, 2, ?, ?, 0, 0)",
        ((n, 1.7e9 + n, f"Comment {n}: the wall was measured twice.", f"Reader {n % 97}") for n in range(1, 10_201)))
    db.commit()
    db.close()
    subprocess.run([BIN, "--data", ours.data, "import", "comments", backup], check=True, stdout=subprocess.DEVNULL)
    demo = subprocess.Popen([BIN, "demo", "--keep", ours.data, "--listen", f"127.0.0.1:{ours.port}"], stdout=subprocess.PIPE, text=True)
    text = ""
    while "Ctrl-C" not in text:
        text += demo.stdout.readline()
    connection = http.client.HTTPConnection("127.0.0.1", ours.port)

    def ask(method, path, body=None, **headers):
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    answer, _ = ask("GET", re.search(r"Sign in, once +http://[^/]+(/\S+)", text).group(1))
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    times = []
    for order in ("oldest", "score"):
        path = f"/desk/comments?queue=held&order={order}"
        _, page = ask("GET", path, Cookie=cookie)
        assert "10000" in page, "10,000 wait"
        for n in range(100):
            decision = re.search(r'action="(/desk/comments/[^"]+/decision)"', page).group(1)
            began = time.perf_counter()
            answer, _ = ask("POST", decision, f"action=approve&seen=held&queue=held&order={order}", Cookie=cookie)
            assert answer.status == 303, answer.status
            _, page = ask("GET", answer.getheader("Location").replace("&amp;", "&"), Cookie=cookie)
            times.append((time.perf_counter() - began) * 1000)
    stop(demo)
    return sorted(times)


ROWS = []


def line(what, value, bar, ok):
    """One row: the figure, the bar, and `ok`, `SHORT`, or `not run` where `ok` is None."""
    ROWS.append(ok)
    verdict = "not run" if ok is None else "ok" if ok else "SHORT"
    print(f"{what:<52} {value:>22}   {bar:<14} {verdict}", flush=True)


def scorer():
    """The scorer on what it was not trained on: its program prints every set; the first line of each is a row."""
    data = os.path.join(os.environ.get("ONRECORD_BENCH_DATA", "../shared/data"), "moderation")
    names = ("scorer: AUC on the fifth of Davidson kept out", "scorer: a comment")
    if not os.path.exists(os.path.join(data, "davidson", "labeled_data.csv")):
        for name, bar in zip(names, (">= 0.90", "< 1 ms")):
            line(name, "no data", bar, None)
        return
    command = ["cargo", "run", "--release", "--locked", "--quiet", "-p", "onrecord-comments", "--example", "train_scorer", "--", data]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    auc = float(re.search(r"AUC toxic or not +([\d.]+)", out).group(1))
    slowest = max(float(n) for n in re.findall(r"Time: ([\d.]+) us", out)) / 1000
    line(names[0], f"{auc:.3f}", ">= 0.90", auc >= 0.90)
    line(names[1] + " of 5,000 characters", f"{slowest:.2f} ms", "< 1 ms", slowest < 1)
    print("\n".join(f"  {one}" for one in out.splitlines()))


def main():
    folder = tempfile.mkdtemp(prefix="onrecord-bench-comments-")
    try:
        ours = Ours(folder)
        isso = Isso(folder) if ISSO and os.path.exists(f"{ISSO}/bin/isso") else None
        scorer()
        reads = {"2,000": [], "10,000": [], "isso": []}
        ours.serve(core=0)
        size = len(get(ours.comments(0))[0]), len(get(ours.comments(1))[0])
        wrk("get.lua", ours.comments(0), 16)
        ours.stop()
        for _ in range(ROUNDS):
            ours.serve(core=0)
            for n, name in enumerate(("2,000", "10,000")):
                get(ours.comments(n))
                reads[name].append(wrk("get.lua", ours.comments(n), 16))
            ours.stop()
            if isso:
                isso.serve(core=0)
                reads["isso"].append(wrk("get.lua", f"{isso.base}/?uri=%2Flong&limit=20", 16))
                isso.stop()
        for n, name in enumerate(("2,000", "10,000")):
            run = median(reads[name])
            line(f"first page of {name}: compressed", f"{size[n]} bytes", "<= 16,000", size[n] <= 16_000)
            line(f"first page of {name}: p95, 16 connections", f"{run['p95']:.2f} ms", "<= 10 ms", run["p95"] <= 10)
            line(f"first page of {name}: requests on one core", f"{run['rate']:,.0f} /s", ">= 5,000", run["rate"] >= 5000)
        if isso:
            run = median(reads["isso"])
            print(f"  Isso, 20 of 2,000, one core: {run['rate']:,.0f} /s, p95 {run['p95']:.1f} ms")
        writes = {"ours": [], "isso": []}
        for _ in range(ROUNDS):
            ours.serve()
            writes["ours"].append(wrk("post.lua", f"{ours.base}/", 64, f"/comments/on/{ours.story(2)}", "form"))
            ours.stop()
            if isso:
                isso.serve()
                writes["isso"].append(wrk("post.lua", f"{isso.base}/", 64, "/new?uri=%2Flong", "isso"))
                isso.stop()
        run = median(writes["ours"])
        print(f"  posted: {run['rate']:,.0f} /s, {run['errors']:.0f} not accepted")
        line("posting, 64 writers: p95", f"{run['p95']:.1f} ms", "<= 15 ms", run["p95"] <= 15)
        if isso:
            other = median(writes["isso"])
            times = run["rate"] / other["rate"] if other["rate"] else 0
            line("posting, 64 writers: against Isso", f"{times:.1f} x {other['rate']:,.0f} /s", ">= 20 x", times >= 20)
        else:
            line("posting, 64 writers: against Isso", "no Isso", ">= 20 x", None)
        ours.serve()
        missing = correct_after_writes(ours)
        line("pages asked for right after a write: stale", f"{missing} of 100", "0", missing == 0)
        acknowledged, lost = killed(ours)
        ours.stop()
        times = waiting(ours, folder)
        p95 = times[len(times) * 95 // 100]
        line("queue, 10,000 waiting: decide and see the next, p95", f"{p95:.1f} ms", "<= 100 ms", p95 <= 100)
        line("kill -9 under load: acknowledged and lost", f"{lost} of {acknowledged}", "0", lost == 0 and acknowledged > 100)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if all(ROWS) else 1)


main()
