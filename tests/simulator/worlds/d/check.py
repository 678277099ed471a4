"""Self-check: every address answers, and a walk that mimics each portal's own scripts finds exactly the truth."""
from __future__ import annotations

import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from world import Portal, World

LINK = re.compile(r"""<(?:a|area|frame|iframe|option)\b[^>]*?\b(?:href|src|value)=["']([^"']+)["']""", re.I)
FILE = re.compile(r'file:"([^"]+)"')
MOVE = re.compile(r"location\.href='(http[^']+)'")


class Walker:
    """Fetches with cookies, as a browser would."""

    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.scripts: dict[str, str] = {}

    def get(self, url: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """Status, final address and body."""
        data = urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data=data, headers={"Referer": url, **(headers or {})})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.url, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, url, error.read()


def text_of(body: bytes) -> str:
    """The text of a page."""
    head = body[:2000].lower()
    return body.decode("gb18030" if b"charset=gb" in head or b'charset="gb' in head else "utf-8", "replace")


def by_script(walker: Walker, portal: Portal, url: str, text: str) -> list[str]:
    """What the portal's scripts would add to a page: addresses, or pieces of HTML fetched as they do."""
    out: list[str] = []
    code, base = portal.code, "http://" + urlsplit(url).netloc
    def piece(html: str) -> None:
        out.extend(unescape(x) for x in LINK.findall(html))
    def ask(path: str, form: dict[str, str] | None = None) -> str:
        status, _, body = walker.get(urljoin(base, path), form)
        assert status == 200, (path, status)
        return body.decode()
    if m := re.search(r'createPageHTML\((\d+), (\d+), "index", "html"\)', text):
        out += [f"index_{i}.html" for i in range(1, int(m[1]))]
    if m := re.search(r'createPageHTML\("page_div",(\d+),', text):
        out += [f"zfxxgklby_nb_{i}.shtml" for i in range(2, int(m[1]) + 1)]
    if code == "996323":
        out += ["/list/xxgk.html?t=1764"]
        if m := re.search(r"cur=(\d+),all=(\d+)", text):
            out += [f"/list/gknb-{i}.html" for i in range(2, int(m[2]) + 1)]
    if "jp.show" in text:
        for i in range(1, 1 + int(re.search(r"<totalpage>(\d+)", text)[1])):  # type: ignore[index]
            piece(ask(f"/module/web/jpage/dataproxy.jsp?page={i}", {"columnid": "1229996122"}))
    if "window._CONFIG" in text:
        for node in json.loads(re.search(r"TREE:(\[.*?\])\};", text)[1]):  # type: ignore[index]
            for page in range(1, 9):
                data = json.loads(ask(f"/gkmlpt/api/all/{node['id']}?page={page}&sid=996124"))
                out += [a["url"] for a in data["articles"]]
    if m := re.search(r"'(/site/label/8888[^']*pageIndex=)'\+n\+'([^']*&_=)'", text):
        for i in range(1, 6):
            piece(ask(f"{m[1]}{i}{m[2]}0.5"))
    if "showYear(" in text:
        for y in re.findall(r"showYear\((\d{4}),this\)", text):
            out += [r["link"] for r in json.loads(ask("/front/report/listByYear", {"year": y}))["data"]]
    if "api/info/list" in text:
        for i in range(2, 9):
            out += [r["u"] for r in json.loads(ask(f"/api/info/list?columnId=77&pageNo={i}"))["rows"]]
    if "/gk/feed" in text:
        mark: str | None = ""
        while mark is not None:
            data = json.loads(ask(f"/gk/feed?channel=nb&cursor={mark}"))
            out += [x["path"] for x in data["items"]]
            mark = data["next"]
    if "/zqx/js/list.js" in text:
        for i in range(1, 9):
            found = json.loads(ask("/queryList", {"channelId": "4021", "pageNo": str(i), "pageSize": "15"}))["data"]["results"]
            out += [f"/zqx/col/4021/content/content_{r['source']['id']}.html" for r in found]
    if m := re.search(r'querydata="([^"]+)"', text):
        for i in range(1, 12):
            query = {**json.loads(unescape(m[1])), "paramJson": json.dumps({"pageNo": i, "pageSize": 15})}
            piece(json.loads(ask("/api-gateway/jpaas-publish-server/front/page/build/unit?" + urlencode(query)))["data"]["html"])
    if "__doPostBack" in text:
        state = re.search(r'id="__VIEWSTATE" value="([^"]+)"', text)[1]  # type: ignore[index]
        for i in re.findall(r"__doPostBack\('AspNetPager1','(\d+)'\)", text):
            piece(ask("/Category_598/Index.aspx", {"__EVENTTARGET": "AspNetPager1", "__EVENTARGUMENT": i, "__VIEWSTATE": state}))
    if "getMainData(" in text:
        for i in range(1, 4):
            piece(ask("/openInfo/mainData.action", {"key": "ndbg", "pageNo": str(i)}))
    if m := re.search(r"viewer\.html\?file=([^\"]+)", text):
        out.append(urllib.request.unquote(m[1]))
    return out


def walk(portal: Portal, port: int) -> tuple[dict[str, bytes], Walker]:
    """Everything a person can reach from the home page on the portal's hosts."""
    walker, pages = Walker(), {}
    mine = {f"{h}:{port}" for h in portal.hosts}
    todo, seen = [portal.home_url], {portal.home_url}
    while todo:
        url = todo.pop(0)
        status, final, body = walker.get(url)
        if status == 521:
            walker.opener.addheaders.append(("Cookie", "wzjsl=ok996"))
            status, final, body = walker.get(url)
        if status == 502 or not body:
            status, final, body = walker.get(url)
        if status != 200:
            print("  ", portal.code, status, url)
            continue
        pages[final] = body
        if not body.lstrip()[:1] == b"<":
            continue
        text = text_of(body)
        for script in re.findall(r"<script(?![^>]*(?:src=|text/xml))[^>]*>(.*?)</script>", text, re.S):
            walker.scripts[script] = url
        for src in re.findall(r'<script[^>]*src="([^"]+)"', text):
            status, _, got = walker.get(urljoin(final, src))
            assert status == 200, src
            walker.scripts[got.decode()] = src
        found = [unescape(x) for x in LINK.findall(text)] + FILE.findall(text) + MOVE.findall(text) + by_script(walker, portal, final, text)
        for href in found:
            if href.startswith(("javascript:", "#")):
                continue
            link = urldefrag(urljoin(final, href))[0]
            link = re.sub(r"\?t=\d+$", "", link)
            link = re.sub(r";jsessionid=\w+", "", link)
            if urlsplit(link).netloc in mine and link not in seen:
                seen.add(link)
                todo.append(link)
    return pages, walker


def main() -> int:
    """Run all checks; the number of faults is the exit code."""
    faults, scripts = 0, {}

    def fault(*what: object) -> None:
        nonlocal faults
        faults += 1
        print("FAULT", *what)

    with World(int(sys.argv[1]) if len(sys.argv) > 1 else 4) as world:
        for portal in world.portals:
            pages, walker = walk(portal, world.port)
            scripts.update(walker.scripts)
            short = portal.name.removesuffix("人民政府")
            own = re.compile(rf"^(?:20\d\d年)?{short}(?:人民政府)?(?:办公室)?(?:20\d\d年(?:度)?)?政府信息公开(?:工作)?(?:年度|年报|报告)")
            told = {t.url for t in portal.reports}
            for t in portal.reports:
                body = pages.get(t.url)
                if body is None:
                    fault(portal.code, "not reached", t.url)
                elif t.url.endswith((".pdf", ".docx")):
                    if body[:4] not in (b"%PDF", b"PK\x03\x04"):
                        fault(portal.code, "not a file", t.url)
                elif t.title not in text_of(body):
                    fault(portal.code, "title missing", t.url)
            for url, body in pages.items():
                head = re.search(r"<h2[^>]*>(.*?)</h2>", text_of(body)) if body[:1] == b"<" else None
                if head and own.match(head[1]) and url not in told:
                    fault(portal.code, "told by no truth", url, head[1])
            for url in portal.decoys:
                if urlsplit(url).hostname in portal.hosts and url not in pages and walker.get(url)[0] != 200:
                    fault(portal.code, "decoy dead", url)
            keys = [(t.kind, t.year) for t in portal.reports]
            if len(keys) != len(set(keys)):
                fault(portal.code, "two reports of one kind and year")
            print(portal.code, short, len(pages), "pages", len(portal.reports), "reports", len(portal.decoys), "decoys")
        print(len(world.log), "requests; server faults:", [r for r in world.log if r.status == 500])
    with tempfile.TemporaryDirectory() as folder:
        kinds: dict[str, str] = {}
        for n, (script, where) in enumerate(scripts.items()):
            kinds.setdefault(re.sub(r"\d+", "0", script), script)
        for n, script in enumerate(kinds.values()):
            file = Path(folder) / f"s{n}.js"
            file.write_text(script)
            done = subprocess.run(["node", "--check", str(file)], capture_output=True, text=True)
            if done.returncode:
                fault("script", scripts[script], done.stderr[:300])
        print(len(kinds), "scripts parsed")
    print("faults:", faults)
    return min(faults, 99)


if __name__ == "__main__":
    sys.exit(main())
