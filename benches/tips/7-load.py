"""Two hundred uploads that trickle in at 1 kB/s for a minute, and what the other visitors notice; what is left of them; guessing.

The server has one processor, who asks the other. Quiet and busy are measured in turn, with the same requests.
"""

import asyncio
import hashlib
import itertools
import json
import os
import re
import statistics
import struct
import sys
import time

from common import FORM, Newsroom, folder, multipart, row

SEALED, PLAIN, SECONDS, RATE = 160, 40, 60, 1000
# Requests of a visitor: pages of the site and the tip page, one after the other, some every second.
PATHS = ["/", "/tip", "/tip/return", "/search?q=wall", "/feed.xml"]
PAUSE = 0.01


async def visit(port, path):
    """Milliseconds until a page is there whole, by a connection of its own."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path} was answered with {answer[:80]!r}")
    return (time.perf_counter() - began) * 1000


async def visitors(port, seconds):
    """What visitors wait, for a while."""
    times, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        for path in PATHS:
            times.append(await visit(port, path))
            await asyncio.sleep(PAUSE)
    return times


def p99(times):
    return statistics.quantiles(times, n=100)[98]


async def trickle(port, head, body, until, delay):
    """An upload of so many bytes a second, broken off at the end. Answers what the server said before that, if anything."""
    await asyncio.sleep(delay)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head)
        at = 0
        while time.monotonic() < until:
            writer.write(body[at : at + RATE])
            await writer.drain()
            at += RATE
            try:
                return (await asyncio.wait_for(reader.read(200), 1))[:60]
            except TimeoutError:
                pass
        return None
    except ConnectionError as error:
        return str(error)
    finally:
        writer.close()


def envelopes(room, count):
    """Uploads as a browser makes them: the work is done, the head is well-formed, and the body comes when it comes."""
    page = room.ask("GET", "/tip")[1].decode()
    value = lambda name: bytes.fromhex(re.search(rf'{name}="([0-9a-f]+)"', page).group(1))
    newsroom, desk = value("data-newsroom"), value('name="desk" value')
    listed = hashlib.sha256(room.ask("GET", "/tip/keys")[1]).digest()
    for _ in range(count):
        lookup = os.urandom(32)
        tip = hashlib.sha256(b"onrecord/sealed/1 tip\0" + lookup).digest()[:16]
        core = b"ORSE" + bytes([1, 1, 1, 0]) + newsroom + desk + tip + bytes(4) + listed + os.urandom(32)
        sealed = core + os.urandom(32 * 1168) + struct.pack(">I", 16)
        length = len(sealed) + 16 * 65552
        head = f"POST /tip/envelopes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nX-Tip-Work: {work(room)}\r\nX-Tip-Lookup: {lookup.hex()}\r\n\r\n"
        yield head.encode() + sealed, os.urandom(RATE * (SECONDS + 30)), 0


def work(room):
    """A challenge and the number that answers it."""
    asked = json.loads(room.ask("GET", "/tip/challenge")[1])
    begun = hashlib.sha256(asked["challenge"].encode() + b":")
    most = 1 << 32 - asked["difficulty"]
    for number in itertools.count():
        tried = begun.copy()
        tried.update(b"%d" % number)
        if int.from_bytes(tried.digest()[:4]) < most:
            return f"{asked['challenge']}:{number}"


def forms(room, count):
    """Uploads without a script; each derives a codename first, so they begin one after the other, as people do."""
    for number in range(count):
        token, desk = room.form()
        file = b"x" * (RATE * (SECONDS + 30))
        fields = [("token", None, token.encode()), ("desk", None, desk.encode()), ("text", None, b"x"), ("files", "slow.bin", file)]
        body = multipart(fields)
        head = f"POST /tip HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM['Content_Type']}\r\nContent-Length: {len(body)}\r\n\r\n"
        # The fields before the file at once, so that the file is what trickles.
        first = body.index(b"\r\n\r\n", body.index(b"filename=")) + 4
        yield head.encode() + body[:first], body[first:], number / 2


async def busy(room, uploads):
    until = time.monotonic() + SECONDS
    begun = [asyncio.create_task(trickle(room.port, *upload[:2], until, upload[2])) for upload in uploads]
    times = await visitors(room.port, SECONDS - 2)
    return times, await asyncio.gather(*begun)


async def settle(room, files):
    """Seconds until the server holds no more open files than before."""
    began = time.monotonic()
    while room.files() > files and time.monotonic() - began < 30:
        await asyncio.sleep(0.2)
    return room.files() - files


def guesses(room):
    """Look-ups that are answered, of a flood of them in a few seconds."""
    answered, began = 0, time.monotonic()
    for number in range(600):
        status, _, _ = room.ask("POST", "/tip/thread", f"{number:064x}", X_Forwarded_For="203.0.113.77")
        answered += status == 200
    return answered, time.monotonic() - began


def main():
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        for what in ("200 trickling uploads", "connections left", "guessing codenames"):
            row(what, "", "", "two processors are needed")
        return
    with folder() as place:
        room = Newsroom(place).serve(cores[0])
        os.sched_setaffinity(0, {cores[1]})
        try:
            uploads = [*envelopes(room, SEALED), *forms(room, PLAIN)]
            asyncio.run(visitors(room.port, 3))
            files, before = room.files(), room.status("VmRSS")
            quiet = asyncio.run(visitors(room.port, 20))
            room.forget_peak()
            times, ended = asyncio.run(busy(room, uploads))
            refused = [end for end in ended if end is not None]
            for end in refused[:5]:
                print(f"an upload ended early: {end}", file=sys.stderr)
            quiet += asyncio.run(visitors(room.port, 20))
            rose = p99(times) / p99(quiet)
            figure = f"p99 {p99(quiet):.1f} -> {p99(times):.1f} ms, {rose:.2f} x ({len(ended) - len(refused)} uploads)"
            row("200 uploads trickling for 60 s", figure, "< 2 x", rose < 2 and not refused)
            left = asyncio.run(settle(room, files))
            row("connections and files left of them", f"{left}, +{(room.status('VmHWM') - before) / 1024:.0f} MB at most", "0", left <= 0)
            answered, took = guesses(room)
            row("guessing codenames: answered of 600", f"{answered} in {took:.1f} s", "<= 40", answered <= 40)
        finally:
            room.stop()


main()
