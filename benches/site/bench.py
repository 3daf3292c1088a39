"""The whole site at 10,000 stories: front, tag, feed, publication, memory, start."""

import http.client
import re
import selectors
import socket
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
TAG, AUTHOR = "wall", "Ana Ruiz"
# Not of the generated newsroom: the desk adds her, and each story of the benchmark quotes her.
PERSON = "Ilse Tamberg"


def slug_of(name):
    return name.lower().replace(" ", "-")


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
    """The front, a tag and the feed against a story page, in alternation."""
    serving, asking = cores()
    server = onrecord(binary, news, folder / "log", serving)
    try:
        server.wait()
        # A usual story of the newsroom, not the long one of the page benchmark.
        pages = {"story": "/harbour/story-1", "front": "/", "tag": f"/tags/{TAG}", "feed": "/feed.xml"}
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
        for name in ["front", "tag", "feed"]:
            rate = median(rates[name])
            table.row(f"{name}, {sizes[name]} bytes: {rate:,.0f}/s", f"{rate / story:.2f} x", ">= 0.80 x", rate >= 0.8 * story)
    finally:
        server.stop()


class Watchers(threading.Thread):
    """Asks for pages again and again until each has changed; when that was."""

    def __init__(self, port, paths):
        super().__init__(daemon=True)
        self.port, self.paths = port, paths
        self.seen, self.ready = {}, threading.Event()

    def run(self):
        # One thread for all of them: several would wait for one another and not for the server.
        selector = selectors.DefaultSelector()
        known = {}
        for name, path in self.paths.items():
            peer = socket.create_connection(("127.0.0.1", self.port))
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ask = f"GET {path} HTTP/1.1\r\nHost: news.example\r\nAccept-Encoding: br\r\n\r\n".encode()
            selector.register(peer, selectors.EVENT_READ, [name, ask, b"", 0.0])
            peer.sendall(ask)
        until = time.monotonic() + 10
        asleep = []
        while len(self.seen) < len(self.paths) and time.monotonic() < until:
            for key, _ in selector.select(0.0005):
                state = key.data
                name, _, got, _ = state
                state[2] = got = got + key.fileobj.recv(1 << 18)
                head, mark, body = got.partition(b"\r\n\r\n")
                if not mark or len(body) < int(re.search(rb"(?i)content-length: (\d+)", head).group(1)):
                    continue
                state[2] = b""
                # What is compared: the entity tag, which changes when, and only when, the text does. A page that is not
                # there yet has the text of the error, which may change as well.
                found = head.startswith(b"HTTP/1.1 200")
                now = re.search(rb"(?i)etag: (\S+)", head).group(1) if found else b""
                if known.setdefault(name, now) != now:
                    self.seen.setdefault(name, time.monotonic())
                    continue
                if len(known) == len(self.paths):
                    self.ready.set()
                # One question a millisecond: the watchers measure, they are not the load.
                asleep.append((time.monotonic() + 0.001, key))
            while asleep and asleep[0][0] <= time.monotonic():
                _, key = asleep.pop(0)
                key.fileobj.sendall(key.data[1])


def publication(table, binary, news, folder, rounds):
    """From the commit of a publication, as near as the desk's answer tells it, to the first changed bytes."""
    server = onrecord(binary, news, folder / "log")
    delays, whole = {}, []
    try:
        server.wait()
        desk = Desk(server)
        section = section_of(desk, "Town")
        desk.form("/desk/people", {"name": PERSON, "slug": slug_of(PERSON)})
        warm(server)
        for _ in range(max(rounds, 5)):
            word = f"Fresh{time.time_ns()}"
            slug = word.lower()
            editor = desk.begin()
            fields = {"headline": f"{word} at the harbour", "slug": slug, "section": section, "dek": "A new one."}
            body = f"“The {word} wall has been measured again,” {PERSON} said on Monday."
            fields |= {"bylines": AUTHOR, "tags": TAG, "body": body, "base_version": desk.version(editor)}
            # What she said rests on no source: the record wants a reason.
            fields |= {"language": "en", "body_format": "markdown", "despite_warnings": "1", "override_reason": "A benchmark."}
            paths = {"story": f"/town/{slug}", "front": "/", "section": "/town", "tag": f"/tags/{TAG}"}
            paths |= {"author": f"/by/{slug_of(AUTHOR)}", "person": f"/people/{slug_of(PERSON)}"}
            paths |= {"archive day": time.strftime("/archive/%Y/%m/%d", time.gmtime()), "feed": "/feed.xml"}
            watchers = Watchers(server.port, paths)
            watchers.start()
            if not watchers.ready.wait(10):
                sys.exit("the watchers got no answers")
            sent = time.monotonic()
            desk.form(f"{editor}/publication", fields)
            answered = time.monotonic()
            watchers.join(12)
            for name, path in paths.items():
                if name not in watchers.seen or word.encode() not in server.get(path)[1]:
                    sys.exit(f"{name} never showed the publication")
                # The commit lies between sending and answer. What was seen before the answer counts as zero; the line
                # "from the click" has the whole way: form, draft, checks, commit, page.
                delays.setdefault(name, []).append(max(0.0, watchers.seen[name] - answered) * 1000)
                whole.append((watchers.seen[name] - sent) * 1000)
    finally:
        server.stop()
    for name, values in delays.items():
        figure = f"{median(values):.1f} / {max(values):.1f} ms"
        table.row(f"publication to visible, {name} (median/worst)", figure, "<= 30 ms", max(values) <= 30)
    table.row(f"    from the click, all {len(delays)} (median/worst)", f"{median(whole):.1f} / {max(whole):.1f} ms")


def warm(server):
    """As a newsroom stands that was read all day: its pages are in memory."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for path in story_paths():
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        connection.getresponse().read()


def story_paths():
    sections = ["town", "harbour", "country", "business", "courts", "culture", "sport", "letters"]
    return [f"/{sections[n % 8]}/story-{n}" for n in range(STORIES)]


def memory(table, binary, news, folder, budget, bar):
    """After every story, list and feed was asked for."""
    server = onrecord(binary, news, folder / "log", budget=budget)
    try:
        server.wait()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        for path in story_paths() + ["/", "/feed.xml", "/town", "/town/feed.xml", "/sitemap.xml"]:
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
