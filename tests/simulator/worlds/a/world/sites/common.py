"""Small parts shared by the builders."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ..kit import Item, Link, Place, Row, Site, links
from ..server import Host, Net, Req, Resp

FIVE = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "依申请公开"]


def place(code: str, name: str, level: str = "county", province: str = "青岚省", prefecture: str = "浮川市") -> Place:
    """A county by default."""
    return Place(code, name, level, province, prefecture if level == "county" else name)


def start(net: Net, seed: int, where: Place, skin: int, charset: str = "utf-8", tell: bool = True) -> tuple[Site, Host]:
    """A site and its first host."""
    site = Site(net, seed, where, skin)
    return site, site.host(charset, tell)


def folder(host: Host, path: str, html: object, index: str = "index.html") -> str:
    """Serve a page at a folder and at its index file."""
    host.add(path + index, html)  # type: ignore[arg-type]
    return host.add(path, html)  # type: ignore[arg-type]


def stub(site: Site, host: Host, path: str, title: str) -> Link:
    """A page of words only, for menu entries of no interest."""
    host.add(path, site.plain(host, title, f"<p>{title}：请到政务服务大厅一楼或登录网站查询，工作时间为周一至周五。</p>"))
    return title, path


def five(site: Site, host: Host, base: str, ext: str = "/") -> list[Link]:
    """Four of the statutory entries below base; the fifth is the builder's business."""
    names = ["zfxxgkzn", "zfxxgkzd", "fdzdgknr", "ysqgk"]
    return [stub(site, host, f"{base}{n}{ext}", t) for n, t in zip(names, FIVE, strict=True)]


def rows_of(site: Site, items: Sequence[Item], text: Callable[[Item], str] | None = None) -> list[Row]:
    """Rows of published items."""
    return [(text(i) if text else i.title, site.path[i], i.date) for i in items]


def js(data: object) -> str:
    """JSON text."""
    return json.dumps(data, ensure_ascii=False)


def json_resp(data: object, status: int = 200) -> Resp:
    """A JSON answer."""
    return Resp(js(data).encode(), status, "application/json; charset=utf-8")


def not_allowed(req: Req) -> Resp | None:
    """405 for anything but POST."""
    return None if req.method == "POST" else Resp(b"", 405, "text/plain", (("Allow", "POST"),))


def t_path(item: Item, number: int, ext: str = "html") -> str:
    """YYYYMM/tYYYYMMDD_N.html"""
    return f"{item.date[:4]}{item.date[5:7]}/t{item.date.replace('-', '')}_{number}.{ext}"


def left(rows: Sequence[Link]) -> str:
    """A left menu."""
    return links(rows, "left-menu")


class ByQuery:
    """Pages that differ only by a query parameter (show.asp?id=…)."""

    def __init__(self, host: Host, path: str, key: str) -> None:
        self.path, self.key = path, key
        self.pages: dict[str, Callable[[Req], Resp]] = {}
        self._host = host
        host.add(path, self._serve)

    def _serve(self, req: Req) -> Resp:
        page = self.pages.get(req.q(self.key))
        return page(req) if page else self._host.html("<html><body>参数错误</body></html>", 404)

    def add(self, value: object, page: Callable[[Req], Resp]) -> str:
        """A page; gives its path with query."""
        self.pages[str(value)] = page
        return f"{self.path}?{self.key}={value}"

    def report(self, site: Site, item: Item, title: str = "", note: str = "") -> str:
        """Publish a report under a fresh number."""
        shown = title or item.title
        path = self.add(site.nid(), lambda req: self._host.html(site.article(self._host, item, shown, site.report(item, shown).html())))
        return site.put(item, self._host, path, serve=False, title=shown, note=note)
