"""Fifty local portals for the crawl bench: an asyncio server in a process of its own.

    python -m benchmarks.local_portals 50 PORT LOGFILE REGISTRY [--js]

Prints ``ready`` when it serves; on SIGTERM writes one line a request: time, host, path, status,
and who asked (``browser`` or ``plain``).
"""

from __future__ import annotations

import asyncio
import csv
import signal
import sys
import time
from pathlib import Path

from crawler.demo.chrome import Chrome
from crawler.demo.reports import render_body
from crawler.demo.world import Division, ReportTruth, history, organs

ROWS_A_PAGE = 20
_NAMES = "东西南北上下前后左右"
_SHAPES = "林岗溪洲塘"


def division(n: int) -> Division:
    """Return the n-th fictional county."""
    name = f"{_NAMES[n % 10]}{_SHAPES[n // 10 % 5]}{'县' if n < 50 else '市'}"
    return Division(f"98{n // 90 + 1:02d}{n % 90 + 10:02d}", name, "county", "")


def host(n: int) -> str:
    """Return the n-th portal's address."""
    return f"127.0.{2 + n // 200}.{1 + n % 200}"


class Portal:
    """One portal's pages, drawn at start so that serving costs next to nothing."""

    def __init__(self, n: int, *, js: bool) -> None:
        self.division = division(n)
        self.js = js
        self.chrome = Chrome(self.division, "/zwgk/", "/xxgk/", "/xxgk/xxgknb/")
        reports = [r for organ in organs(self.division) for r in history(organ)]
        self.reports = {f"/xxgk/xxgknb/202301/t20230130_{i}.html": r for i, r in enumerate(reports)}
        self.pages = {"/robots.txt": (404, b"none")}
        menu = "".join(
            f'<li><a href="{href}">{text}</a></li>'
            for href, text in (
                ("/xxgk/zn.html", "政府信息公开指南"),
                ("/xxgk/zd.html", "政府信息公开制度"),
                ("/xxgk/fd.html", "法定主动公开内容"),
                ("/xxgk/xxgknb/", "政府信息公开年报"),
            )
        )
        self._put("/", "首页", '<a href="/xxgk/">政府信息公开</a>')
        self._put("/xxgk/", "政府信息公开", f"<ul>{menu}</ul>")
        rows = list(self.reports.items())
        total = -(-len(rows) // ROWS_A_PAGE)
        for page in range(total):
            links = "".join(
                f'<li><a href="{path}">{r.title}</a><span>{r.published_on}</span></li>'
                for path, r in rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
            )
            pager = f'<script>createPageHTML({total}, {page}, "index", "html");</script>'
            name = "/xxgk/xxgknb/" if page == 0 else f"/xxgk/xxgknb/index_{page}.html"
            self._put(name, "政府信息公开年报", f"<ul>{links}</ul>{pager}")
        for path, report in self.reports.items():
            self.pages[path] = (200, self._report(report))

    def _put(self, path: str, title: str, main: str) -> None:
        self.pages[path] = (200, self.chrome.page(title, main).encode())

    def _report(self, report: ReportTruth) -> bytes:
        body = f'<h1>{report.title}</h1><div class="TRS_Editor">{render_body(report)}</div>'
        if self.js:
            text = body.replace("\\", "\\\\").replace("`", "\\`").replace("</", "<\\/")
            fill = f'document.getElementById("app").innerHTML=`{text}`'
            body = f'<div id="app"></div><script>{fill}</script>'
        return self.chrome.page(report.title, body, tags={"ArticleTitle": report.title}).encode()


class Server:
    """Answers GET with keep-alive; nothing more is asked of it."""

    def __init__(self, portals: list[Portal]) -> None:
        self.by_host = {host(n): p for n, p in enumerate(portals)}
        self.log: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it closes."""
        name = writer.get_extra_info("sockname")[0]
        pages = self.by_host[name].pages
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode("latin-1").split("?")[0]
                status, body = pages.get(path, (404, b"not here"))
                who = "browser" if b"Mozilla" in head else "plain"
                self.log.append(f"{time.monotonic():.6f} {name} {path} {status} {who}")
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n"
                    f"Content-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n".encode()
                    + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


async def main(count: int, port: int, log: Path, registry: Path, *, js: bool) -> None:
    """Serve until SIGTERM, then write the log."""
    portals = [Portal(n, js=js) for n in range(count)]
    with registry.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["code", "name", "level", "province", "prefecture", "home_url", "column_url"])
        for n, portal in enumerate(portals):
            d = portal.division
            rows.writerow(
                [d.code, d.government, "county", "岭州省", "", f"http://{host(n)}:{port}/", ""]
            )
    server = Server(portals)
    running = [
        await asyncio.start_server(server.serve, host(n), port, limit=1 << 16) for n in range(count)
    ]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)
    await stop.wait()
    await asyncio.to_thread(log.write_text, "\n".join(server.log) + "\n", "utf-8")
    for one in running:
        one.close()


if __name__ == "__main__":
    asyncio.run(
        main(
            int(sys.argv[1]),
            int(sys.argv[2]),
            Path(sys.argv[3]),
            Path(sys.argv[4]),
            js="--js" in sys.argv,
        )
    )
