"""What a page's styles cost: each kind of element is asked once, however often it stands there.

Counted, not timed: how often an element is held against the rules (``Sheet._styled``), and which
bodies of rules are taken apart (``css.declared``).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml.html import HtmlElement, fromstring

from pipelines.documents.html import css
from pipelines.documents.html.css import Bodies, Present, blocks_of
from pipelines.documents.html.page import read_markup
from pipelines.documents.html.styles import Sheet, Styled, read_sheet
from tests.effort import at_most

NAVIGATION = """
.bar{background:#14549c} .bar li a{color:#fff;float:left} .bar li ul{visibility:hidden;opacity:0}
.bar li:first-child a{color:#eee} .bar > li:last-child{color:white} .logo{text-indent:-9999px}
td{color:#333}
"""
"""White on blue, lists that open when they are pointed at, a picture in place of a name."""


def _page(links: int, rows: int, sheet: str) -> str:
    menu = "".join(f"<li><a href=/{n}>湖泊{n}</a></li>" for n in range(links))
    table = "".join(f"<tr><td>青石{n}</td><td class=n>{n}</td></tr>" for n in range(rows))
    return (
        f"<html><head><style>{sheet}</style></head><body><ul class=bar>{menu}</ul>"
        f"<p class=logo>湖泊志</p><table>{table}</table></body></html>"
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[HtmlElement]:
    """Return the elements that are held against the rules, as they come."""
    elements: list[HtmlElement] = []
    ask: Callable[[Sheet, HtmlElement], Styled] = Sheet._styled

    def asking(sheet: Sheet, element: HtmlElement) -> Styled:
        elements.append(element)
        return ask(sheet, element)

    monkeypatch.setattr(Sheet, "_styled", asking)
    return elements


def _count(asked: list[HtmlElement], page: str) -> int:
    asked.clear()
    read_markup(page, None)
    return len(asked)


def test_twice_as_many_links_and_rows_are_asked_no_more_often(asked: list[HtmlElement]) -> None:
    assert 0 < _count(asked, _page(40, 30, NAVIGATION)) == _count(asked, _page(80, 60, NAVIGATION))


@pytest.mark.parametrize(
    ("rule", "a_link"),
    [
        (".bar li:nth-child(2) a{visibility:hidden}", 1),
        (".bar li + li a{visibility:hidden}", 1),
        (".bar a[href='/7']{visibility:hidden}", 1),
        (".bar li a{visibility:hidden}", 0),
        (".bar li:first-child a{visibility:hidden}", 0),
    ],
)
def test_only_a_rule_that_asks_for_neighbours_is_held_against_each_element_and_once(
    asked: list[HtmlElement], rule: str, a_link: int
) -> None:
    few, many = (_count(asked, _page(links, 3, rule)) for links in (40, 80))
    assert many - few == 40 * a_link


def test_of_a_sheet_only_what_may_hold_here_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[str] = []
    take_apart = css.declared

    def declared(body: str) -> css.Said:
        bodies.append(body)
        return take_apart(body)

    monkeypatch.setattr(css, "declared", declared)
    elsewhere = "".join(
        f".page{n} .bar a,#box{n} li,.bar .m{n}{{color:#fff;opacity:0}}" for n in range(400)
    )
    # One selector of several is enough; what stands in brackets need not be there.
    here = ".bar a{opacity:.5}.x,.y,.logo{color:red}a:not(.x){color:#fff}"
    read_sheet(fromstring(_page(2, 2, elsewhere + here)))
    assert bodies == ["opacity:.5", "color:red", "color:#fff"]


@pytest.mark.parametrize(
    "sheet",
    [
        "a{color:#fff}" * 2_000,
        "li:nth-child(3) a{opacity:0}" * 40,
        "li ~ li a{color:#fff}",
        ".bar * * *{color:#fff}.bar :last-child{font-size:0}",
        "@media print{" + "a{color:#fff}" * 20_000 + "}",
        ".bar li a{text-indent:-9999px}ul{background:#fff}",
        "".join(f".m{n},.bar li a{{color:#ff{n % 256:02x}ff}}" for n in range(1_000)),
    ],
)
def test_a_large_page_is_read_in_linear_time_under_any_sheet(sheet: str) -> None:
    page = _page(5_000, 500, sheet)
    with at_most(cpu_seconds=12, what=sheet[:40]):
        read_markup(page, None)


@pytest.mark.parametrize("style", ["color:#fff", "font-size:0", "visibility:hidden"])
def test_what_hides_inside_what_hides_is_walked_once(style: str) -> None:
    page = "<div class=x>" * 200 + "<p class=x>36</p>" * 2_000 + "</div>" * 200
    with at_most(cpu_seconds=8):
        read_markup(f"<style>.x{{{style}}}</style>{page}<h1>名录</h1>", None)


def test_a_sheet_says_the_same_however_often_it_came_before() -> None:
    css = (
        ".bar a{opacity:.5}.x,.logo{color:red}a:not(.x){color:#fff}.x a{top:0}td{left:0}"
        ".n,.x:hover{opacity:0}#bar{width:0}.bar .x{width:1px}p .logo b{height:0}"
    )
    page = fromstring(_page(2, 2, css))
    bodies = Bodies(css)
    said = [[block.number for block in blocks_of(bodies, Present(page))] for _ in range(9)]
    assert said == [[0, 1, 2, 4, 5, 8]] * 9
