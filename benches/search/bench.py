"""Search at a million generated stories: answers over HTTP, the index's size and making, publication, takedown, rebuilding.

Latency is the client's: from the request's first byte to the answer's last, one connection, the questions of all kinds
in turn. ONRECORD and ONRECORD_FILL name a binary and a generator that are built already.
"""

import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "site"))
import common  # noqa: E402

STORIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
QUESTIONS = 4_000
WARM = 600
TIMES = 10
CUT = "This question takes long"
# Words of this run alone: a newsroom that is kept holds those of the runs before.
RUN = "".join(chr(97 + int(digit)) for digit in str(int(time.time())))


def build():
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", common.ROOT / "target")) / "release"
    binary, fill = os.environ.get("ONRECORD"), os.environ.get("ONRECORD_FILL")
    if not binary:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--bin", "onrecord"], cwd=common.ROOT, check=True)
        binary = target / "onrecord"
    if not fill:
        command = ["cargo", "build", "--release", "--quiet", "-p", "onrecord-search", "--example", "fill"]
        subprocess.run(command, cwd=common.ROOT, check=True)
        fill = target / "examples" / "fill"
    return str(binary), str(fill)


def newsroom(binary, fill, folder):
    """A newsroom with an owner and generated stories; made once where a folder is kept."""
    done = folder / f"filled-{STORIES}"
    news = str(folder / "news")
    if done.exists():
        return news
    shutil.rmtree(news, ignore_errors=True)
    command = [binary, "init", news, "--name", "The Tidewater Courier", "--owner", common.EMAIL]
    command += ["--owner-name", "Bench", "--password-stdin"]
    subprocess.run(command, input=common.PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    subprocess.run([fill, news, str(STORIES)], check=True, stdout=subprocess.DEVNULL)
    print(f"  {STORIES:,} stories generated in {time.monotonic() - began:.0f} s", flush=True)
    done.touch()
    return news


class Asker:
    """One connection that stays."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, path):
        """Milliseconds, status, text."""
        began = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer.status, body.decode()


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def mix(news, count):
    """Questions of all kinds in turn, always the same ones."""
    kinds = json.loads(pathlib.Path(news, "questions.json").read_text())
    dice = random.Random(6)
    chosen = [(kind, dice.choice(kinds[kind])) for kind in sorted(kinds) for _ in range(count // len(kinds) + 1)]
    dice.shuffle(chosen)
    return chosen


def make(table, binary, news):
    began = time.monotonic()
    said = subprocess.run([binary, "--data", news, "search", "rebuild"], check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds = time.monotonic() - began
    print(f"  {said.strip()}")
    size = sum(file.stat().st_size for file in pathlib.Path(news, "search").rglob("*") if file.is_file())
    table.row("index made", f"{seconds:,.0f} s")
    table.row("index on the disk", f"{size / 1e6:,.0f} MB")
    table.row("stories a second", f"{STORIES / seconds:,.0f}")


def latency(table, server, news):
    asker = Asker(server)
    for _, path in mix(news, WARM):
        asker.ask(path)
    all_times, kinds, wrong, cut, empty = [], {}, [], 0, 0
    for kind, path in mix(news, QUESTIONS):
        millis, status, text = asker.ask(path)
        all_times.append(millis)
        kinds.setdefault(kind, []).append(millis)
        cut += CUT in text
        empty += "Nothing was found." in text or text == '{"items":[]}'
        if status != 200:
            wrong.append(path)
    for kind, times in sorted(kinds.items()):
        print(f"  {kind:28} p50 {percentile(times, .5):6.1f}  p95 {percentile(times, .95):6.1f}  p99 {percentile(times, .99):6.1f} ms")
    print(f"  {len(all_times):,} questions, {empty:,} of them found nothing; p50 {percentile(all_times, .5):.1f} ms, p95 {percentile(all_times, .95):.1f} ms, worst {max(all_times):.1f} ms")
    p99 = percentile(all_times, 0.99)
    table.row("a question, p99", f"{p99:.1f} ms", "<= 20 ms", p99 <= 20)
    table.row("answers that were no page", f"{len(wrong)}", "0", not wrong)
    table.row("answers cut short by the time budget", f"{100 * cut / len(all_times):.1f} %", "<= 5 %", cut <= 0.05 * len(all_times))


def publish(desk, section, word):
    editor = desk.begin()
    fields = {"headline": f"News of {word}", "slug": f"news-of-{word}", "section": section, "dek": "", "bylines": "Bench"}
    fields |= {"body": f"The {word} has come in.", "base_version": desk.version(editor)}
    fields |= {"language": "en", "body_format": "markdown", "despite_warnings": "1"}
    return editor, fields


def found(asker, word):
    return f"news-of-{word}" in asker.ask(f"/search?q={word}")[2].replace("&#x2f;", "/")


def publications(table, server):
    """From the desk's answer to the first page of results with the story; then from the takedown to the next question."""
    desk, asker = common.Desk(server), Asker(server)
    section = common.section_of(desk, "Town")
    waits, still = [], 0
    for number in range(TIMES):
        word = f"zephyrine{RUN}{chr(97 + number)}x"
        editor, fields = publish(desk, section, word)
        began = time.monotonic()
        desk.form(f"{editor}/publication", fields)
        while not found(asker, word):
            if time.monotonic() - began > 30:
                sys.exit(f"{word} was never found")
            time.sleep(0.005)
        waits.append(time.monotonic() - began)
        desk.form(f"{editor}/withdrawal", {})
        still += found(asker, word)
    table.row("publication to found, worst", f"{max(waits) * 1000:.0f} ms", "<= 1,000 ms", max(waits) <= 1)
    table.row("found by the question after its takedown", f"{still} of {TIMES}", "0", still == 0)


def rebuilding(table, binary, server, news):
    """Asks and publishes while a new index is made."""
    desk, asker = common.Desk(server), Asker(server)
    section = common.section_of(desk, "Town")
    process = subprocess.Popen([binary, "--data", news, "search", "rebuild"], stdout=subprocess.DEVNULL)
    editor, fields = publish(desk, section, f"meanwhile{RUN}")
    desk.form(f"{editor}/publication", fields)
    times, wrong = [], 0
    questions = mix(news, QUESTIONS)
    while process.poll() is None:
        millis, status, _ = asker.ask(questions[len(times) % len(questions)][1])
        times.append(millis)
        wrong += status != 200
    time.sleep(2)
    print(f"  while it was made: {len(times):,} questions, p50 {percentile(times, .5):.1f} ms, p99 {percentile(times, .99):.1f} ms")
    table.row("unanswered while an index is made", f"{wrong} of {len(times)}", "0", wrong == 0 and process.returncode == 0)
    there = found(asker, f"meanwhile{RUN}")
    table.row("published meanwhile, found afterwards", "yes" if there else "no", "yes", there)


def main():
    table = common.Table()
    binary, fill = build()
    kept = os.environ.get("ONRECORD_BENCH_SEARCH")
    folder = pathlib.Path(kept) if kept else common.workshop()
    folder.mkdir(parents=True, exist_ok=True)
    server = None
    try:
        news = newsroom(binary, fill, folder)
        make(table, binary, news)
        server = common.onrecord(binary, news, folder / "log")
        server.wait("/search", 120)
        server.wait("/search?q=a+b", 120)
        latency(table, server, news)
        publications(table, server)
        rebuilding(table, binary, server, news)
        print(f"  memory of the server: {server.memory():,.0f} MB")
    finally:
        if server:
            server.stop()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    table.end()


main()
