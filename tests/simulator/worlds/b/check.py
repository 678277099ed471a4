"""Checks the world by itself: every address of the truth, the sums of the tables, dead links (standard library only)."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from html import unescape
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from world import Portal, World
from world.kit import cn_year

OPENER = build_opener(HTTPCookieProcessor())
COOKIE: dict[str, str] = {}


def get(url: str) -> tuple[int, str, bytes, str]:
    """Status, final address, body, type of an address."""
    req = Request(url, headers={"User-Agent": "check", **({"Cookie": COOKIE["c"]} if COOKIE else {})})
    try:
        with OPENER.open(req, timeout=20) as r:
            return r.status, r.url, r.read(), r.headers.get("Content-Type", "")
    except HTTPError as e:
        return e.code, url, e.read(), e.headers.get("Content-Type", "")


def text(body: bytes) -> str:
    """Bytes as text."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030")


class Tables(HTMLParser):
    """Rows of all tables, flat."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "td" and self.rows:
            self._in = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._in = False

    def handle_data(self, data: str) -> None:
        if self._in and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def sums(page: str, year: int) -> list[str]:
    """What is wrong with the sums of tables three and four."""
    if year < 2019:
        return []
    t = Tables()
    t.feed(page)
    bad: list[str] = []
    seven: dict[str, list[int]] = {}
    results: list[list[int]] = []
    for row in t.rows:
        tail = row[-7:]
        if len(row) > 7 and all(x.strip().isdigit() for x in tail) and len(row) < 12:
            values = [int(x) for x in tail]
            label = row[-8]
            seven[label] = values
            if sum(values[:6]) != values[6]:
                bad.append(f"row {label}")
            if not label.startswith(("一、", "二、", "四、", "(七)")):
                results.append(values)
        if len(row) == 15 and all(x.strip().isdigit() for x in row):
            v = [int(x) for x in row]
            if any(sum(v[i:i + 4]) != v[i + 4] for i in (0, 5, 10)):
                bad.append("table four")
    want = 21 if year >= 2021 else 19
    if len(results) != want:
        bad.append(f"{len(results)} result rows, {want} expected")
    try:
        one, two = seven["一、本年新收政府信息公开申请数量"], seven["二、上年结转政府信息公开申请数量"]
        seven7, four = seven["(七)总计"], seven["四、结转下年度继续办理"]
        if [a + b for a, b in zip(one, two, strict=True)] != [a + b for a, b in zip(seven7, four, strict=True)]:
            bad.append("balance")
        if [sum(c) for c in zip(*results, strict=True)] != seven7:
            bad.append("column sums")
        if min(one + two + four) < 0:
            bad.append("negative")
    except KeyError as e:
        bad.append(f"no row {e}")
    return bad


LINK = re.compile(r"""(?:href|src|value)\s*=\s*["']([^"'<>]+)["']|location\.href=(?:\\?["'])([^"'\\]+)""", re.I)
SKIP = re.compile(r"^(javascript|mailto|#)|\.(gif|png|js|css)$", re.I)


def walk(p: Portal, limit: int = 500) -> tuple[set[str], list[str]]:
    """All addresses reached by plain links on the portal's hosts, and the dead ones."""
    queue, seen, dead = [p.home_url], {p.home_url}, []
    while queue and len(seen) < limit:
        url = queue.pop(0)
        status, final, body, ctype = get(url)
        seen.add(final)
        if status != 200:
            dead.append(f"{status} {url}")
        if "html" not in ctype:
            continue
        page = text(body)
        for m in LINK.finditer(page):
            raw = unescape(m.group(1) or m.group(2)).strip()
            if SKIP.search(raw) or not (raw.startswith(("/", ".", "http")) or re.match(r"[\w.\-]+/|[\w\-]+\.(s?html?|asp|aspx|do|action|jsp)\b|[\w\-]+/?$", raw)):
                continue
            if m.group(0).lower().startswith("value") and not raw.startswith("/"):
                continue
            nxt = urldefrag(urljoin(final, raw))[0]
            if urlsplit(nxt).hostname in p.hosts and nxt not in seen:
                seen.add(nxt)
                queue.append(nxt)
    return seen, dead


def main() -> int:
    """Runs all checks."""
    faults = 0
    with World(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as world:
        addresses = [u for p in world.portals for u in [t.url for t in p.reports] + p.decoys]
        assert len(addresses) == len(set(addresses)), "an address twice"
        for p in world.portals:
            notes: list[str] = []
            COOKIE.clear()
            status, _, body, _ = get(p.home_url)
            if status == 412:
                n = int(re.search(r"var n=(\d+)", text(body)).group(1))  # type: ignore[union-attr]
                COOKIE["c"] = f"__gate_s={(n * 7 + 13) ^ 911}"
                status, _, body, _ = get(p.home_url)
            if status != 200 or p.name not in text(body):
                notes.append(f"home {status}")
            for _ in range(2):
                status = get(p.column_url)[0]
            if status != 200:
                notes.append(f"column {status}")
            for t in p.reports:
                for _ in range(2):  # some fail once on purpose
                    status, final, body, ctype = get(t.url)
                if status != 200:
                    notes.append(f"{status} {t.url}")
                    continue
                if "#" in t.url or "detail.html" in t.url:
                    continue  # painted: see check_browser.py
                if "pdf" in ctype:
                    if not body.startswith(b"%PDF"):
                        notes.append(f"no pdf {t.url}")
                    continue
                page = text(body)
                if t.title not in page or (str(t.year) not in t.title and cn_year(t.year) not in t.title):
                    notes.append(f"title {t.title} {t.url}")
                if "Word" in t.note or "viewer" in t.note:
                    raw = get(t.aliases[0])[2]
                    if raw[:2] == b"PK":
                        raw = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml")
                        if str(t.year).encode() not in raw:
                            notes.append(f"docx {t.url}")
                    elif raw[:4] != b"%PDF":
                        notes.append(f"file {t.url}")
                    continue
                if sum(f"<strong>{c}、" in page for c in "一二三四五六") != 6:
                    notes.append(f"headings {t.url}")
                if (p.name if t.kind == "whole" else "办公室") not in page:
                    notes.append(f"organ {t.url}")
                notes += [f"{b} {t.url}" for b in sums(page, t.year)]
                for a in t.aliases:
                    if get(a)[0] != 200:
                        notes.append(f"alias {a}")
            for d in p.decoys:
                if get(d)[0] != 200:
                    notes.append(f"decoy {get(d)[0]} {d}")
            reached, dead = walk(p) if "雁汊" not in p.name else (set(), [])
            hit = sum(t.url in reached for t in p.reports)
            notes += [f"dead {d}" for d in dead if not d.startswith("502") and not d.endswith("/a/")]  # once on purpose; a piece of a script
            print(p.code, p.name, f"{len(p.reports)} reports, {hit} by plain links", "| " + "; ".join(notes[:6]) if notes else "")
            faults += len(notes)
        crowd = max(r.in_flight for r in world.log)
        print("faults", faults, "requests", len(world.log), "most in flight", crowd, "server faults", sum(r.status == 500 for r in world.log))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
