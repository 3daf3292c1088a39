"""The whole site at 10,000 stories: front, feed, publication, memory, start."""

import http.client
import sys
import threading
import time

from common import (
    STORIES,
    Desk,
    Table,
    build,
    clean,
    cores,
    median,
    newsroom,
    onrecord,
    section_of,
    workshop,
    wrk,
)

STORY = "/town/story-0"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    binary, fill = build()
    folder = workshop()
    try:
        news = str(folder / "news")
        newsroom(binary, fill, news)
        print(f"{STORIES} stories, {rounds} rounds, medians\n")
        table = Table()
        starts(table, binary, news, folder, rounds)
        lists(table, binary, news, folder, rounds, seconds)
        publication(table, binary, news, folder, rounds)
        memory(table, binary, news, folder, None, 120)
        memory(table, binary, news, folder, 16 * 1024 * 1024, 50)
        table.end()
    finally:
        clean(folder)


def starts(table, binary, news, folder, rounds):
    """From exec to the first 200 of the front, the page cache warm as after a restart."""
    took = []
    for _ in range(rounds):
        server = onrecord(binary, news, folder / "log")
        took.append(server.wait("/"))
        server.stop()
    table.row("start to the first 200", f"{median(took):.3f} s", "<= 0.3 s", median(took) <= 0.3)


def lists(table, binary, news, folder, rounds, seconds):
    """The front and the feed against a story page, in alternation."""
    serving, asking = cores()
    server = onrecord(binary, news, folder / "log", serving)
    try:
        server.wait()
        # A usual story of the newsroom, not the long one of the page benchmark.
        pages = {"story": "/harbour/story-1", "front": "/", "feed": "/feed.xml"}
        sizes = {}
        for name, path in pages.items():
            # Asked for often, so that the best compression is made.
            for _ in range(40):
                status, body, _ = server.get(path, {"Accept-Encoding": "br"})
            assert status == 200, path
        time.sleep(4)
        rates = {name: [] for name in pages}
        for _ in range(rounds):
            for name, path in pages.items():
                rates[name].append(wrk(server, path, seconds, asking)[0])
                sizes[name] = len(server.get(path, {"Accept-Encoding": "br"})[1])
        story = median(rates["story"])
        table.row(f"story page, {sizes['story']} bytes", f"{story:,.0f}/s")
        for name in ["front", "feed"]:
            rate = median(rates[name])
            table.row(f"{name}, {sizes[name]} bytes: {rate:,.0f}/s", f"{rate / story:.2f} x", ">= 0.80 x", rate >= 0.8 * story)
    finally:
        server.stop()


class Watcher(threading.Thread):
    """Asks for a page again and again until it shows a word; when that was, and the answers before."""

    def __init__(self, port, path, word):
        super().__init__(daemon=True)
        self.port, self.path, self.word = port, path, word.encode()
        self.seen, self.ready = None, threading.Event()

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            connection.request("GET", self.path)
            body = connection.getresponse().read()
            if self.word in body:
                self.seen = time.monotonic()
                return
            self.ready.set()
            # One question a millisecond: the watchers measure, they are not the load.
            time.sleep(0.001)


def publication(table, binary, news, folder, rounds):
    """From the commit of a publication, as near as the desk's answer tells it, to the first changed bytes."""
    server = onrecord(binary, news, folder / "log")
    delays = {"story": [], "front": [], "section": [], "feed": []}
    whole = []
    try:
        server.wait()
        desk = Desk(server)
        section = section_of(desk, "Town")
        paths = {"front": "/", "section": "/town", "feed": "/feed.xml"}
        for number in range(max(rounds, 5)):
            word = f"Fresh{time.time_ns()}"
            editor = desk.begin()
            slug = f"fresh-{word.lower()}"
            fields = {"headline": f"{word} at the harbour", "slug": slug, "section": section, "dek": "A new one."}
            fields |= {"bylines": "Bench", "body": "The wall has been measured again.", "base_version": desk.version(editor)}
            fields |= {"language": "en", "despite_warnings": "1"}
            watchers = {name: Watcher(server.port, path, word) for name, path in paths.items()}
            watchers["story"] = Watcher(server.port, f"/town/{slug}", word)
            for watcher in watchers.values():
                watcher.start()
            for watcher in watchers.values():
                watcher.ready.wait(5)
            sent = time.monotonic()
            desk.form(f"{editor}/publication", fields)
            answered = time.monotonic()
            for name, watcher in watchers.items():
                watcher.join(12)
                if watcher.seen is None:
                    sys.exit(f"{name} never showed the publication")
                # The commit lies between sending and answer: the answer's time is later than the commit by the
                # redirect alone, so what was seen before the answer counts as zero.
                delays[name].append(max(0.0, watcher.seen - answered) * 1000)
                whole.append((watcher.seen - sent) * 1000)
    finally:
        server.stop()
    for name, values in delays.items():
        worst = max(values)
        figure = f"{median(values):.1f} / {worst:.1f} ms"
        table.row(f"publication to visible, {name} (median/worst)", figure, "<= 30 ms", worst <= 30)
    table.row("    from the click, all four, worst", f"{max(whole):.1f} ms")


def memory(table, binary, news, folder, budget, bar):
    """After every story, list and feed was asked for."""
    server = onrecord(binary, news, folder / "log", budget=budget)
    try:
        server.wait()
        sections = ["town", "harbour", "country", "business", "courts", "culture", "sport", "letters"]
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        paths = [f"/{sections[n % 8]}/story-{n}" for n in range(STORIES)]
        for path in paths + ["/", "/feed.xml", "/sitemap.xml"] + [f"/{s}" for s in sections]:
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                sys.exit(f"{path}: {answer.status}")
        wrk(server, STORY, 3, cores()[1])
        held = server.memory()
        name = "default budget" if budget is None else f"budget {budget >> 20} MB"
        table.row(f"memory after all stories, {name}", f"{held:.0f} MB", f"<= {bar} MB", held <= bar)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
