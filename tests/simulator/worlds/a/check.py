"""Self-check without a browser: every home page, report, twin and decoy answers, and reports are reports.

    python check.py
"""

from __future__ import annotations

import io
import re
import sys
import urllib.error
import urllib.request
import zipfile

from world import Portal, World, canonical

HEADINGS_NEW = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况", "主要问题及改进情况", "其他需要报告的事项"]
HEADINGS_OLD = ["概述", "主动公开政府信息的情况", "依申请公开政府信息", "收费及减免情况", "申请行政复议、提起行政诉讼的情况", "主要问题及改进情况"]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Redirects are looked at, not followed."""


def fetch(url: str, cookie: str = "") -> tuple[int, bytes, str]:
    """Status, body and type; a second try where the first is a passing fault."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    status, body, ctype = 0, b"", ""
    for _ in range(2):
        request = urllib.request.Request(url.split("#")[0], headers={"Cookie": cookie, "Referer": url} if cookie else {"Referer": url})
        try:
            with opener.open(request, timeout=10) as resp:
                status, body, ctype = resp.status, resp.read(), resp.headers.get("Content-Type", "")
        except urllib.error.HTTPError as err:
            status, body, ctype = err.code, err.read(), err.headers.get("Content-Type", "")
        if status < 400 and body:
            break
    return status, body, ctype


def text_of(body: bytes) -> str:
    """Text of a page or a DOCX; of a PDF what its hex strings say."""
    if body[:2] == b"PK":
        body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
    if body[:4] == b"%PDF":
        return "".join(bytes.fromhex(h.decode()).decode("utf-16-be") for h in re.findall(rb"<([0-9A-F]+)> Tj", body))
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030")


def sums_hold(html: str) -> bool:
    """Table three of a page: one plus two is three plus four, in each column."""
    lines: dict[str, list[int]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        cells = [re.sub(r"<.*?>", "", c) for c in re.findall(r"<td.*?</td>", row)]
        for key in ("本年新收", "上年结转", "（七）总计", "四、结转"):
            if any(key in c for c in cells):
                lines[key] = [int(c) for c in cells if re.fullmatch(r"-?\d+", c)]
    return len(lines) == 4 and all(len(v) == 7 for v in lines.values()) and all(
        a + b == c + d for a, b, c, d in zip(lines["本年新收"], lines["上年结转"], lines["（七）总计"], lines["四、结转"], strict=True))


def check(portal: Portal, cookie: str) -> list[str]:
    """What is wrong with a portal."""
    wrong: list[str] = []
    if fetch(portal.home_url, cookie)[0] != 200:
        wrong.append("home")
    for column in portal.columns:
        if fetch(column, cookie)[0] not in (200, 302):
            wrong.append(f"column {column}")
    seen: set[str] = set()
    for t in portal.reports:
        if canonical(t.url) in seen:
            wrong.append(f"twice {t.url}")
        seen.add(canonical(t.url))
        pages = [fetch(u, cookie) for u in (t.url, *t.also)]
        if any(s != 200 or not b for s, b, _ in pages):
            wrong.append(f"{t.kind} {t.year} {t.url}: {[s for s, _, _ in pages]}")
            continue
        texts = [text_of(b).replace("\\u", "\\u") for _, b, _ in pages]
        best = max(texts, key=lambda x: sum(h in x for h in (HEADINGS_NEW if t.year >= 2019 else HEADINGS_OLD)))
        if sum(h in best for h in (HEADINGS_NEW if t.year >= 2019 else HEADINGS_OLD)) < 6:
            wrong.append(f"{t.kind} {t.year} {t.url}: headings")
        if f"{t.year}年1月1日" not in best:
            wrong.append(f"{t.kind} {t.year} {t.url}: period")
        if t.year >= 2019 and "<tr>" in best and "<w:tbl>" not in best and not sums_hold(best):
            wrong.append(f"{t.kind} {t.year} {t.url}: sums")
    for d in portal.decoys:
        if fetch(d, cookie)[0] != 200:
            wrong.append(f"decoy {d}")
    return wrong


def main() -> None:
    """All portals."""
    bad = 0
    with World() as world:
        for portal in world.portals:
            cookie = ""
            status, body, _ = fetch(portal.home_url)
            if status == 412:
                codes = re.search(rb"c=\[([\d,]+)\]", body)
                assert codes
                cookie = "zk_clear=" + "".join(chr(int(x) - 7) for x in codes.group(1).split(b","))
            wrong = check(portal, cookie)
            bad += bool(wrong)
            print(portal.code, portal.name, len(portal.reports), "ok" if not wrong else wrong[:4], flush=True)
        print(len(world.log), "requests")
    first = [(p.code, [(t.kind, t.year, t.title, t.note) for t in p.reports]) for p in world.portals]
    with World() as world:
        again = [(p.code, [(t.kind, t.year, t.title, t.note) for t in p.reports]) for p in world.portals]
        paths = [canonical(t.url).split("/", 3)[3] for p in world.portals for t in p.reports]
    with World() as world:
        assert paths == [canonical(t.url).split("/", 3)[3] for p in world.portals for t in p.reports], "not deterministic"
    assert first == again, "not deterministic"
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
