"""Pieces that several families of routes share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from urllib.parse import parse_qsl, urlsplit

from crawler.demo.chrome import Chrome
from crawler.demo.listing import Entry
from crawler.demo.portals import article_page, column_page, frame, items
from crawler.demo.server import HTML, Answer, Asked, Site
from tests.simulator.columns import Plan

Address = Callable[[Entry], str]


def key_of(path: str, query: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    """Return what tells two addresses of a site apart, noise parameters aside."""
    noise = {"_", "ddtab", "sid_for_share"}
    kept = frozenset((k, v) for k, v in query.items() if k not in noise)
    return path.partition(";")[0], kept


def lazily(site: Site, makers: Mapping[str, Callable[[], Answer]]) -> None:
    """Serve addresses (query and all) whose answers are made when first asked for."""
    known = {}
    for address, make in makers.items():
        parts = urlsplit(address)
        known[key_of(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)))] = make
    made: dict[object, Answer] = {}

    def route(asked: Asked) -> Answer | None:
        key = key_of(asked.path, asked.query)
        if key not in known:
            return None
        if key not in made:
            made[key] = known[key]()
        return made[key]

    site.routes.append(route)


def articles(
    site: Site, chrome: Chrome, rows: Sequence[Entry], address: Address, text: str | None = None
) -> None:
    """Serve the article of every row at its absolute address."""

    def maker(entry: Entry) -> Callable[[], Answer]:
        return lambda: Answer(
            body=article_page(chrome, entry, text).encode(), content_type=HTML, date=entry.date
        )

    lazily(site, {address(entry): maker(entry) for entry in rows})


def anchors_pager(n: int, total: int, address: Callable[[int], str], count: int) -> str:
    """Return a pager of plain links; pages count from 1."""
    steps = [(1, "首页"), (n - 1, "上一页"), (n + 1, "下一页"), (total, "末页")]
    links = " ".join(
        f'<a href="{escape(address(m))}">{word}</a>'
        for m, word in steps
        if 1 <= m <= total and m != n
    )
    return f'<div class="pager">共{count}条 第{n}/{total}页 {links}</div>'


def plain_list(
    site: Site,
    plan: Plan,
    *,
    page_address: Callable[[int], str],
    address: Address,
    chrome: Chrome | None = None,
    pager: Callable[[int, int], str] | None = None,
    link: Address | None = None,
    banner: str = "",
) -> Chrome:
    """Serve a column of static list pages with its articles; pages count from 1.

    Args:
        site: where.
        plan: what.
        page_address: absolute address of list page n.
        address: absolute address of an article.
        chrome: the frame, default one with the first list page as the column.
        pager: the pager's HTML for page n of t, default plain links.
        link: what the list prints as href, default the absolute address.
        banner: HTML above the list.
    """
    chrome = chrome or plan.chrome(page_address(1))
    frame(site, chrome)
    pages = plan.pages()

    def page_maker(n: int) -> Callable[[], Answer]:
        shown = pager or (lambda n, t: anchors_pager(n, t, page_address, len(plan.rows)))

        def make() -> Answer:
            main = f"{banner}<ul>{items(pages[n - 1], link or address)}</ul>{shown(n, len(pages))}"
            return Answer(body=column_page(chrome, main).encode())

        return make

    lazily(site, {page_address(n): page_maker(n) for n in range(1, len(pages) + 1)})
    articles(site, chrome, plan.rows, address)
    return chrome


def ymd(entry: Entry) -> tuple[str, str, str]:
    """Return year, month and day of a row as printed in addresses."""
    year, month, day = entry.date.split("-")
    return year, month, day


def hex32(entry: Entry) -> str:
    """Return a row's 32 hexadecimal digits."""
    return f"{entry.number * 2654435761 % 2**64:016x}" * 2


def uuid(entry: Entry) -> str:
    """Return a row's UUID."""
    h = hex32(entry)
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"
