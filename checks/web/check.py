"""What other people's validators and readers make of our public pages.

The demo newsroom is served by the real binary; feeds, maps, structured data and HTML of every kind of page go through the
tools that the world reads news with. Then a newsroom of generated stories: title, author, date and text as `extruct` and
`trafilatura` read them are compared with the database. Each row ends in ok, SHORT or not run; exit status 1 unless all
are ok.
"""

import datetime
import difflib
import json
import os
import pathlib
import re
import sqlite3
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from html import unescape

import extruct
import feedparser
import jsonschema
import trafilatura
from lxml import etree

HERE = pathlib.Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
BINARY, FILL = os.environ["ONRECORD_BIN"], os.environ["ONRECORD_FILL"]
STORIES = 100
# Words that are the same, of all words: an extractor may take a caption along or leave a dateline.
SAME = 0.98
# An odd number.
LIGHTHOUSE_RUNS = 5
ROWS = []


def row(what, figure, bar, ok):
    """One row; `ok` is None for what was not run."""
    ROWS.append(ok)
    print(f"{what:<58} {figure:>16}   {bar:<10} {'not run' if ok is None else 'ok' if ok else 'SHORT'}", flush=True)


def faults(what, found, of):
    """A row of a validator: nothing may be wrong."""
    row(f"{what} ({of})", f"{len(found)} errors", "0", not found)
    for one in found[:20]:
        print(f"    {one}")


class Newsroom:
    """A server over a folder, for as long as the block lasts."""

    def __init__(self, folder, *command):
        self.folder, self.command = folder, command

    def __enter__(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        listen = ["--listen", f"127.0.0.1:{self.port}"]
        with open(f"{self.folder}.log", "wb") as log:
            self.process = subprocess.Popen([BINARY, *self.command, *listen], stdout=log, stderr=log)
        self.url = f"http://127.0.0.1:{self.port}"
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/robots.txt"):
                    return self
            except OSError:
                time.sleep(0.1)
        sys.exit("the newsroom does not start:\n" + pathlib.Path(f"{self.folder}.log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def get(self, path):
        """The text at a path of ours, or at an address of ours."""
        path = re.sub(r"^https?://[^/]+", "", path)
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read().decode()


def pages(room):
    """One page of each kind, by schema.org's name for it; none where a kind has no type of its own."""
    links = lambda path: [unescape(one) for one in re.findall(r'href="(/[^"?#]*)"', room.get(path))]
    feed = feedparser.parse(room.get("/feed.xml"))
    stories = [re.sub(r"^https?://[^/]+", "", entry.link) for entry in feed.entries]
    people = [one for one in links("/people") if re.fullmatch(r"/people/[^/]+", one)]
    quotations = [one for one in links(people[0]) if one.startswith("/quotes/")] if people else []
    quotations += [one for path in stories for one in links(path) if one.startswith("/quotes/")]
    lists = [one for one in links("/") if re.fullmatch(r"/[a-z-]+", one)]
    more = [one for path in stories for one in links(path) if re.match(r"/(by|tags)/", one)]
    return stories, people, quotations[:3], sorted(set(lists)), sorted(set(more))


def check_feeds(room, lists, more, people):
    """Every list's feed in its three formats."""
    places = [""] + [one for one in lists if one not in ("/archive", "/people", "/tip", "/search")] + more + people[:3]
    schema = json.loads((MODULES / "jsonfeed-schema" / "schema-v1.1.json").read_text())
    wrong, json_wrong, count = [], [], 0
    for place in places:
        try:
            texts = {name: room.get(f"{place}/{name}") for name in ("feed.xml", "atom.xml", "feed.json")}
        except urllib.error.HTTPError as error:
            # Static pages of the newsroom stand beside its sections and have no feed.
            if error.code == 404 and place.count("/") == 1:
                continue
            wrong.append(f"{place}: {error}")
            continue
        count += 1
        titles = {}
        for name in ("feed.xml", "atom.xml"):
            feed = feedparser.parse(texts[name])
            if feed.bozo:
                wrong.append(f"{place}/{name}: {feed.bozo_exception}")
            expected = "atom10" if name == "atom.xml" else "rss20"
            if feed.version != expected:
                wrong.append(f"{place}/{name}: read as {feed.version}")
            for entry in feed.entries:
                if not (entry.get("title") and entry.get("link") and entry.get("id") and entry.get("published_parsed") and entry.get("content")):
                    wrong.append(f"{place}/{name}: an entry lacks title, link, id, date or text: {entry.get('link')}")
            titles[name] = [(entry.title, entry.link) for entry in feed.entries]
        feed = json.loads(texts["feed.json"])
        json_wrong += [f"{place}/feed.json: {e.message}" for e in jsonschema.Draft7Validator(schema).iter_errors(feed)]
        titles["feed.json"] = [(item["title"], item["url"]) for item in feed["items"]]
        if len({str(one) for one in titles.values()}) != 1:
            wrong.append(f"{place}: the three formats do not say the same")
    faults("feedparser: RSS and Atom of every list", wrong, f"{count} lists")
    faults("JSON Feed 1.1 schema", json_wrong, f"{count} feeds")


def check_maps(room):
    """Site maps against the schema that npm's `sitemap` ships, the map of news against Google's elements besides."""
    protocol = etree.XMLSchema(etree.parse(str(MODULES / "sitemap" / "schema" / "sitemap.xsd")))
    news = etree.XMLSchema(etree.parse(str(HERE / "news.xsd")))
    wrong, urls = [], 0
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        document = etree.fromstring(room.get(path).encode())
        found = document.findall(".//{*}loc")
        urls += len(found)
        for block in document.findall(".//{http://www.google.com/schemas/sitemap-news/0.9}news"):
            if not news.validate(etree.fromstring(etree.tostring(block))):
                wrong.append(f"{path}: {news.error_log.last_error}")
            # The protocol's schema asks for a schema of what stands in its entries; theirs has just been asked.
            block.getparent().remove(block)
        if not protocol.validate(document):
            wrong.append(f"{path}: {protocol.error_log.last_error}")
        for loc in found:
            try:
                room.get(loc.text)
            except urllib.error.HTTPError as error:
                wrong.append(f"{path}: {loc.text}: {error}")
    faults("sitemap XSD, and every address answers", wrong, f"{urls} addresses")


def check_structured(room, folder, kinds):
    """JSON-LD and Open Graph by structured-data-testing-tool."""
    arguments = []
    for schema, paths in kinds.items():
        for path in paths:
            file = folder / (re.sub(r"\W+", "-", path) or "front")
            file.write_text(room.get(path))
            arguments.append(f"{schema}={file}")
    out = subprocess.run(["node", str(HERE / "structured.mjs"), *arguments], capture_output=True, text=True, check=True)
    results = [json.loads(line) for line in out.stdout.splitlines()]
    wrong = [f"{pathlib.Path(one['file']).name}: {fault}" for one in results for fault in one["failed"]]
    faults("structured-data-testing-tool", wrong, f"{len(results)} pages")


def check_html(room, folder, paths):
    """The Nu HTML checker."""
    files = []
    for n, path in enumerate(paths):
        file = folder / f"{n}.html"
        file.write_text(room.get(path))
        files.append(str(file))
    jar = next((MODULES / "vnu-jar").rglob("vnu.jar"))
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--errors-only", *files]
    text = subprocess.run(command, capture_output=True, text=True).stderr
    found = json.loads(text[text.index("{"):])["messages"]
    wrong = [f"{paths[int(pathlib.Path(one['url']).stem)]}:{one.get('lastLine', 0)}: {one['message']}" for one in found]
    faults("vnu", wrong, f"{len(files)} pages")


def words(text):
    return re.findall(r"\w+", text or "")


def texts_of(value):
    """All text of a document, in order: whatever stands under "text" and its like."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("text", "content", "blocks", "items", "inlines", "children", "body", "rows", "cells") or isinstance(one, (list, dict)):
                yield from texts_of(one)


def check_extraction(room, folder):
    """Title, author, date and text as others read them, against the database."""
    db = sqlite3.connect(f"file:{folder}/onrecord.sqlite?mode=ro", uri=True)
    rows = db.execute(
        "SELECT p.story_id, p.path, p.headline, p.published_at, p.body FROM publications p WHERE p.kind = 'story' ORDER BY p.path LIMIT ?",
        [STORIES],
    ).fetchall()
    bylines = {}
    for story, name in db.execute("SELECT story_id, name FROM publication_bylines ORDER BY story_id, position"):
        bylines.setdefault(story, []).append(name)
    wrong = {"extruct": [], "trafilatura": []}
    for story, path, headline, published, body in rows:
        html = room.get(path)
        article = next(one for one in extruct.extract(html, syntaxes=["json-ld"])["json-ld"] if one["@type"] == "NewsArticle")
        date = datetime.datetime.fromisoformat(article["datePublished"]).timestamp() * 1000
        if article["headline"] != headline or [one["name"] for one in article.get("author", [])] != bylines.get(story, []):
            wrong["extruct"].append(f"{path}: {article['headline']} by {article.get('author')}")
        # To the second: that is what pages say.
        if abs(date - published) >= 1000:
            wrong["extruct"].append(f"{path}: {article['datePublished']} is not {published}")
        read = trafilatura.bare_extraction(html, url=room.url + path, with_metadata=True, favor_recall=True).as_dict()
        day = datetime.datetime.fromtimestamp(published / 1000, datetime.UTC).date().isoformat()
        if read["title"] != headline or read["date"] != day:
            wrong["trafilatura"].append(f"{path}: {read['title']}, {read['date']} for {headline}, {day}")
        if sorted((read["author"] or "").split("; ")) != sorted(bylines.get(story, [])):
            wrong["trafilatura"].append(f"{path}: by {read['author']} for {bylines.get(story)}")
        ours, theirs = words(" ".join(texts_of(json.loads(body)))), words(read["text"])
        match = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
        same = sum(block.size for block in match.get_matching_blocks())
        if not ours or same < SAME * len(ours):
            wrong["trafilatura"].append(f"{path}: {same} of {len(ours)} words read")
    for name, found in wrong.items():
        what = {"extruct": "headline, authors, time", "trafilatura": "title, authors, day, text"}[name]
        faults(f"{name}: {what} equal the database", found, f"{len(rows)} stories")
    if len(rows) < STORIES:
        row("stories to extract", str(len(rows)), f">= {STORIES}", False)


def lighthouse(room, folder, name, path):
    """The four scores; of a page without a cache, as Lighthouse simulates a telephone. The median of several runs, as its
    documentation on variability advises: what else the machine does counts as the page's own work."""
    report = folder / f"lighthouse-{name}.json"
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    command = [str(MODULES / ".bin" / "lighthouse"), room.url + path, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    results = []
    for _ in range(LIGHTHOUSE_RUNS):
        subprocess.run(command, check=True, capture_output=True, env=environment)
        results.append(json.loads(report.read_text()))
    for key in ("performance", "accessibility", "best-practices", "seo"):
        runs = sorted(results, key=lambda result: result["categories"][key]["score"] or 0)
        scores = [round((result["categories"][key]["score"] or 0) * 100) for result in runs]
        score, result = scores[len(runs) // 2], runs[len(runs) // 2]
        row(f"Lighthouse, {name}: {key}", f"{score} ({scores[0]} to {scores[-1]})", "100", score == 100)
        if score < 100:
            for ref in result["categories"][key]["auditRefs"]:
                audit = result["audits"][ref["id"]]
                if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                    print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-check-web-"))
    demo = folder / "demo"
    with Newsroom(demo, "demo", "--keep", str(demo)) as room:
        stories, people, quotations, lists, more = pages(room)
        check_feeds(room, lists, more, people)
        check_maps(room)
        check_structured(room, folder, {"NewsArticle": stories, "ProfilePage": people[:5], "Quotation": quotations, "": ["/"]})
        check_html(room, folder, ["/", "/people", "/archive", "/corrections", *stories, *people[:5], *quotations, *lists, *more[:6]])
        if "--without-lighthouse" not in sys.argv:
            lighthouse(room, folder, "front", "/")
            lighthouse(room, folder, "story", stories[0])
    news = folder / "news"
    init = [BINARY, "init", str(news), "--name", "The Tidewater Courier", "--owner", "check@example.org", "--owner-name", "Check", "--password-stdin"]
    subprocess.run(init, input="a long enough password\n", text=True, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([FILL, str(news), str(STORIES), "400"], check=True, stdout=subprocess.DEVNULL)
    with Newsroom(news, "--data", str(news), "serve") as room:
        check_extraction(room, news)
    sys.exit(0 if all(ROWS) else 1)


if __name__ == "__main__":
    main()
