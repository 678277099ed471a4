"""A block that plainly is one line is read at once: with the result of the long way."""

from __future__ import annotations

import random

import pytest

from pipelines.documents.html.flow import Region, walk_page
from pipelines.documents.html.inline import menu_lines, plain_line
from pipelines.documents.html.styles import read_sheet
from pipelines.documents.html.tree import parse

TEXTS = (
    "",
    " ",
    "\n",
    "甲",
    "12",
    " 乙 丙 ",
    "一\n  二",
    "\u00a0",
    "三\u200b4",
    "、总体情况",
    "　五　",
)
TAGS = ("a", "span", "b", "font", "em")


def _some_line(rng: random.Random) -> str:
    out = rng.choice(TEXTS)
    for _ in range(rng.randrange(5)):
        tag = rng.choice(TAGS)
        out += f"<{tag} class=x>{rng.choice(TEXTS)}</{tag}>{rng.choice(TEXTS)}"
    return out


def _lines(page: str) -> list[tuple[str, int, int]]:
    root = parse(page)
    flow = walk_page(next(root.iter("body")), read_sheet(root))
    return [(e.text, e.linked, e.marks) for e in flow.events]


@pytest.mark.parametrize("seed", range(60))
def test_a_line_read_at_once_is_the_line_read_piece_by_piece(seed: int) -> None:
    rng = random.Random(f"line {seed}")
    inside = _some_line(rng)
    box = rng.choice(("<a href=/x>{}</a>", "<div>{}</div>", "<ul>{}</ul>"))
    tag = rng.choice(("p", "li", "div", "dd"))
    at_once = box.format(f"<{tag}>{inside}</{tag}>")
    # An empty element inside a run: the same text, and no longer plainly one line.
    long_way = box.format(f"<{tag}>{inside}<u><i></i></u></{tag}>")
    element = next(parse(f"<body>{long_way}").iter(tag))
    assert plain_line(element, read_sheet(element), linked=False) is None
    assert _lines(f"<body>前<br>{at_once}后") == _lines(f"<body>前<br>{long_way}后")


@pytest.mark.parametrize(
    "inside",
    [
        "12<sup>[1]</sup>",
        "12<br>3",
        "<p>1</p>2",
        "1<span style='display:none'>2</span>",
        "1<span hidden>2</span>",
        "1<script>2</script>",
        "<input value=7>",
        "<textarea>7</textarea>",
        "<span><b>1</b></span>",
        "<b>1</b>" * 101,
    ],
)
def test_what_may_be_more_than_a_line_is_read_the_long_way(inside: str) -> None:
    root = parse(f"<body><div>{inside}</div>")
    assert plain_line(next(root.iter("div")), read_sheet(root), linked=False) is None


def _below(region: Region) -> list[str]:
    return [f"{child.names.strip()}:{child.marks}" for child in region.children]


def test_a_line_is_a_region_only_with_a_name_or_a_mark_of_the_report() -> None:
    root = parse("<body><p>甲</p><p class=title>乙</p><p>一、总体情况</p><p class=empty> </p>")
    flow = walk_page(next(root.iter("body")), read_sheet(root))
    assert _below(flow.root) == ["title:0", ":1"]
    assert [(r.start, r.end) for r in flow.root.children] == [(1, 2), (2, 3)]


def _some_menu(rng: random.Random) -> str:
    """Return a list that may be read as a whole: links with nothing beside them."""
    said = rng.choice(("", " class=menu", " style='color:red'", " style='display:none'"))
    entries = "".join(
        f"<li>{rng.choice(('', ' ', chr(10)))}<a href=/{n} {rng.choice(('', said))}>"
        f"{rng.choice(TEXTS)}</a>{rng.choice(('', chr(10)))}</li>\n"
        for n in range(rng.randrange(1, 7))
    )
    return f"<ul{said}>{entries}</ul>"


@pytest.mark.parametrize("seed", range(60))
def test_a_menu_read_at_once_is_the_menu_read_entry_by_entry(seed: int) -> None:
    rng = random.Random(f"menu {seed}")
    box = rng.choice(("<div>{}</div>", "<h2>{}</h2>", "<a href=/y>{}</a>", "<nav>{}</nav>"))
    menu = _some_menu(rng)
    # An empty element in the last entry: the same text, and no longer nothing but links.
    long_way = menu.replace("</li>\n</ul>", "<i></i></li>\n</ul>")
    assert long_way != menu
    assert _lines(f"<body>前{box.format(menu)}后") == _lines(f"<body>前{box.format(long_way)}后")


@pytest.mark.parametrize(
    "entry",
    [
        "<li>甲<a>一</a></li>",
        "<li><a>一</a>乙</li>",
        "<li><a>一</a></li>丙",
        "<li class=title><a>一</a></li>",
        "<li><a>一<br>二</a></li>",
        "<li><a>一</a><span>1</span></li>",
        "<li><span>1</span></li>",
        "<a>一</a>",
    ],
)
def test_a_list_of_anything_beside_links_is_read_entry_by_entry(entry: str) -> None:
    root = parse(f"<body><ul><li><a>零</a></li>{entry}</ul>")
    assert menu_lines(next(root.iter("ul")), read_sheet(root)) is None
