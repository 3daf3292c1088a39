"""A story page from the edition against nginx with brotli_static: the same bytes, the same headers, one core each."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "site"))

from common import Server, Table, build, clean, cores, free_port, median, newsroom, onrecord, workshop, wrk

STORY = "/town/story-0"
# Debian's own nginx.conf has these two; see `sendfile off` below.
USUAL = "sendfile on; tcp_nopush on;"
# For small files from the page cache one writev is faster than sendfile: nginx at its best.
BEST = "sendfile off; output_buffers 1 64k;"

MODULES = ["/usr/lib/nginx/modules", "/usr/share/nginx/modules", "/usr/lib64/nginx/modules"]


def nginx(folder, name, how, headers, core):
    module = next((p for m in MODULES if (p := pathlib.Path(m, "ngx_http_brotli_static_module.so")).exists()), None)
    if module is None:
        return None
    port = free_port()
    place = folder / name
    place.mkdir()
    temps = "".join(f"{kind}_temp_path {place}/{kind}; " for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    adds = " ".join(f'add_header {n} "{v}";' for n, v in headers)
    config = place / "nginx.conf"
    config.write_text(f"""
load_module {module};
worker_processes 1; daemon off; master_process off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; {how} keepalive_timeout 75; keepalive_requests 1000000000;
  open_file_cache max=1000 inactive=600s; open_file_cache_valid 600s;
  default_type "text/html; charset=utf-8"; server_tokens off; {temps}
  server {{ listen 127.0.0.1:{port}; root {folder}/html; brotli_static on; {adds} }}
}}
""")
    server = Server(["/usr/sbin/nginx", "-c", str(config), "-p", str(place)], port, place / "log", core)
    server.wait(STORY)
    return server


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    binary, fill = build()
    serving, asking = cores()
    folder = workshop()
    servers = {}
    try:
        newsroom(binary, fill, str(folder / "news"), 200)
        ours = servers["onrecord"] = onrecord(binary, str(folder / "news"), folder / "ours.log", serving)
        ours.wait()
        settle(ours)
        status, body, headers = ours.get(STORY, {"Accept-Encoding": "br"})
        text = ours.get(STORY)[1]
        assert status == 200 and headers["Content-Encoding"] == "br"
        html = folder / "html" / STORY.rsplit("/", 1)[0].strip("/")
        html.mkdir(parents=True)
        (folder / "html" / STORY.strip("/")).write_bytes(text)
        (folder / "html" / (STORY.strip("/") + ".br")).write_bytes(body)
        own = {"date", "content-length", "content-type", "content-encoding", "etag", "last-modified"}
        same = [(n, v) for n, v in headers.items() if n.lower() not in own]
        for name, how in [("nginx", USUAL), ("nginx, sendfile off", BEST)]:
            server = nginx(folder, name.replace(", ", "-").replace(" ", "-"), how, same, serving)
            if server:
                assert server.get(STORY, {"Accept-Encoding": "br"})[1] == body, "not the same bytes"
                servers[name] = server
        figures = {name: [] for name in servers}
        for _ in range(rounds):
            for name, server in servers.items():
                figures[name].append(wrk(server, STORY, seconds, asking))
        report(figures, len(text), len(body), rounds, seconds)
    finally:
        for server in servers.values():
            server.stop()
        clean(folder)


def settle(server):
    """Until the best compression is made: nginx is to serve the very same bytes."""
    before = None
    for _ in range(60):
        for _ in range(32):
            size = len(server.get(STORY, {"Accept-Encoding": "br"})[1])
        if before is not None and size < before:
            return
        before = size
        time.sleep(0.5)


def report(figures, plain, packed, rounds, seconds):
    print(f"story page of {plain} bytes, {packed} as brotli; 64 connections, {rounds} rounds of {seconds} s, medians\n")
    middle = {name: [median(column) for column in zip(*rows)] for name, rows in figures.items()}
    for name, (rate, p99, cpu) in middle.items():
        print(f"{name:22} {rate:10,.0f} requests/s   p99 {p99:6.2f} ms   {cpu:5.2f} us of processor a request")
    print()
    table = Table()
    for other in ["nginx", "nginx, sendfile off"]:
        if other not in middle:
            table.not_run(f"against {other}", "nginx or its brotli_static module is absent")
            continue
        (rate, p99, cpu), (their_rate, their_p99, their_cpu) = middle["onrecord"], middle[other]
        ratio = rate / their_rate
        table.row(f"requests/s against {other}", f"{ratio:.2f} x", ">= 1.00 x", ratio >= 1.0)
        table.row("    the stretch", f"{ratio:.2f} x", "(1.20 x)")
        table.row(f"p99 against {other}", f"{p99:.2f} / {their_p99:.2f} ms", "<= 1.00 x", p99 <= their_p99)
        table.row("    processor a request", f"{cpu / their_cpu:.2f} x")
    table.end()


if __name__ == "__main__":
    main()
