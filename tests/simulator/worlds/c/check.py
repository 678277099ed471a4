"""Self-check: every report, home page and column answers; what plain links reach (scripted portals reach less by design)."""
from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from world import Portal, World

LINK = re.compile(r"""(?:href|src|value)\s*=\s*["']?([^"'\s>]+)|location\.href\s*=\s*["']([^"']+)|url=([^"'>\s]+)""", re.IGNORECASE)


def fetch(url: str) -> tuple[int, bytes, str]:
    """Status, bytes, final address."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Referer": url}), timeout=10) as answer:
            return answer.status, answer.read(), answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.read(), url


def reach(portal: Portal, limit: int = 700) -> int:
    """How many reports plain links lead to."""
    seen, queue, found = {portal.home_url}, deque([portal.home_url]), set()
    goal = {u: t.url for t in portal.reports for u in (t.url, *t.aliases)}
    asked = 0
    while queue and asked < limit:
        url = queue.popleft()
        asked += 1
        status, raw, final = fetch(url)
        if not raw or status == 502:
            status, raw, final = fetch(url)
        text = raw.decode("utf-8", "replace")
        for group in LINK.findall(text):
            link = urljoin(final, unescape(next(g for g in group if g))).split("#")[0]
            link = re.sub(r";jsessionid=\w+", "", re.sub(r"[?&]t=\d+", "", link))
            if link in goal:
                found.add(goal[link])
            parts = urlsplit(link)
            if link not in seen and parts.hostname in portal.hosts and (link not in goal or 'AnnualReport' in link) and link not in portal.decoys \
                    and not parts.path.endswith((".docx", ".pdf", ".png")) and "cal.do" not in link:
                seen.add(link)
                queue.append(link)
    return len(found)


def main() -> None:
    """Check all portals and print a line for each."""
    with World(1) as world:
        for portal in world.portals:
            bad = []
            for truth in portal.reports:
                status, raw, _ = fetch(truth.url)
                text = raw.decode("gb18030" if b"gb2312" in raw[:600] or ".asp" in truth.url and b"\xef" not in raw[:3] and "aspx" not in truth.url else "utf-8", "replace")
                if status != 200 or truth.title not in text or ("总体情况" not in text and "概述" not in text and truth.note not in ("docx", "pdf")):
                    bad.append((status, truth.url))
                for alias in truth.aliases:
                    if fetch(alias)[0] != 200:
                        bad.append((0, alias))
            keys = [(t.kind, t.year) for t in portal.reports]
            bad += [(0, "double")] if len(set(keys)) != len(keys) else []
            bad += [(0, u) for u in portal.decoys if fetch(u)[0] != 200]
            bad += [(0, "decoy is truth")] if set(portal.decoys) & {t.url for t in portal.reports} else []
            home, column = fetch(portal.home_url)[0], fetch(portal.column_url)[0] if portal.column_url else "-"
            print(portal.code, portal.name, "home", home, "column", column, "reports", len(portal.reports), "plain links reach", reach(portal),
                  "decoys", len(portal.decoys), "missing", portal.missing_years, "ok" if portal.ok_allowed else "not-ok", "BAD" if bad else "", bad[:3])
        print(len(world.log), "requests; most in flight", max(r.in_flight for r in world.log))


if __name__ == "__main__":
    main()
