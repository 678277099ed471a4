"""What a person does not see is not read, and what cannot be told is no figure."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from pipelines.documents.html.css import Bodies, Present, blocks_of, rules_of
from pipelines.documents.seen import (
    DOUBT,
    DOUBT_ENDS,
    DOUBT_OPENS,
    WHITE,
    Sight,
    colour_of,
    of_colour,
    of_opacity,
    of_size,
    settled_cell,
    settled_line,
)
from pipelines.reading.normal import read_number
from tests.pipelines.documents.shapes import grids, read, rows_of

OUTSIDE = "<link rel='stylesheet' href='/s.css'>"


def _cells(inside: str, head: str = "", body: str = "") -> list[list[str]]:
    """Return the rows of a table with one cell in question."""
    page = (
        f"<html><head>{head}</head><body {body}><table><tr><td>街镇</td><td>湖泊</td></tr>"
        f"<tr><td>青石</td>{inside}</tr></table></body></html>"
    )
    return rows_of(grids(read(page))[0])


def _figure(attribute: str, head: str = "", body: str = "", tag: str = "span") -> str:
    return _cells(f"<td>36<{tag} {attribute}>5</{tag}></td>", head, body)[1][1]


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "FONT-SIZE : 0px !important",
        "font:0/0 a",
        "font-size:.5px",
        "font-size:1%",
        "opacity:0",
        "opacity:0.0",
        "filter:opacity(0)",
        "visibility:hidden",
        "position:absolute;left:-9999px",
        "position:fixed;top:-200em",
        "position:absolute;right:-3000pt",
        "position:relative;left:-900px",
        "margin-left:-9999px",
        "display:inline-block;text-indent:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip:rect(1px 1px 1px 1px)",
        "clip-path:inset(50%)",
        "-webkit-clip-path:circle(0)",
        "clip-path:polygon(0 0, 0 0, 0 0)",
        "display:inline-block;width:0;overflow:hidden",
        "float:left;height:0;overflow:hidden",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "display:block;max-height:0;overflow-y:hidden",
        "transform:scale(0)",
        "transform:translateX(-9999px)",
        "transform:scale(0, 1)",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:#0000",
        "-webkit-text-fill-color:transparent",
        "content-visibility:hidden",
        "color:white",
        "color:#FFF",
        "color:rgb(100%, 100%, 100%)",
        "color:hsl(0, 0%, 100%)",
        "color:#fefefe",
        "color:#333;background:#333333",
        "background:lightsteelpink;color:lightsteelpink",
        "mso-hide:all",
        "text-decoration:line-through red",
    ],
)
@pytest.mark.parametrize("how", ["inline", "class", "id", "tag", "inside"])
def test_hidden_digits_never_join_the_figure_beside_them(style: str, how: str) -> None:
    head, attribute = {
        "inline": ("", f'style="{style}"'),
        "class": (f"<style>.x1{{{style}}}</style>", "class='a x1'"),
        "id": (f"<style>body #x1 {{{style}}}</style>", "id=x1"),
        "tag": (f"<style>td > span{{{style}}}</style>", ""),
        "inside": (f"<style>table td .x1{{{style}}}</style>", "class=x1"),
    }[how]
    assert _figure(attribute, head).strip() == "36"


@pytest.mark.parametrize(
    "style",
    [
        "font-size:9pt",
        "font-size:80%",
        "opacity:.8",
        "visibility:visible",
        "position:relative;left:-2px",
        "left:-9999px;left:0",
        "text-indent:-21pt",
        "width:0;overflow:hidden",
        "display:inline-block;width:0",
        "color:#ccc",
        "color:white;background:#06c",
        "color:white;background-color:navy",
        "color:red",
        "color:inherit",
        "clip:rect(0,0,0,0);clip:auto",
        "clip-path:none",
        "transform:translate(-50%,-50%)",
        "margin-left:-100%",
        "font-size:0;font-size:14px",
        "opacity:0;opacity:1",
        "display:none;display:inline",
        "overflow:hidden",
    ],
)
def test_what_is_seen_is_read(style: str) -> None:
    assert _figure(f'style="{style}"') == "365"


@pytest.mark.parametrize(
    ("attribute", "head", "body"),
    [
        ("style='opacity:.1'", "", ""),
        ("style='font-size:2px'", "", ""),
        ("style='position:absolute;left:-80px'", "", ""),
        ("style='left:-9999px'", "", ""),
        ("style='position:absolute;left:9999px'", "", ""),
        ("style='clip-path:polygon(10% 10%, 90% 80%, 5% 70%)'", "", ""),
        ("style='color:#eee'", "", ""),
        ("style='color:white'", OUTSIDE, ""),
        ("style='color:white'", "", "style='background:url(a.png)'"),
        ("style='color:white'", "", "background=a.png"),
        ("style='unicode-bidi:bidi-override;direction:rtl'", "", ""),
        ("class=x", "<style>.x:not(.y){display:none}</style>", ""),
        ("class=x", "<style>.x:nth-child(2n+1){opacity:0}</style>", ""),
    ],
)
def test_where_it_cannot_be_told_the_cell_is_no_figure_and_says_why(
    attribute: str, head: str, body: str
) -> None:
    printed = _figure(attribute, head, body)
    assert printed == f"36{DOUBT_OPENS}5{DOUBT_ENDS}"
    reading = read_number(printed)
    assert (reading.kind, reading.value, reading.note) == ("unreadable", None, DOUBT)


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        ("<td><font color=white>8</font>7</td>", "7"),
        ("<td><font color=FFFFFF>8</font>7</td>", "7"),
        ("<td bgcolor=#006699><font color=#ffffff>8</font>7</td>", "87"),
        ("<td bgcolor=navy><font color=#000080>8</font>7</td>", "7"),
        ("<td style='color:#00f'>7<b style='background:#00F'>8</b></td>", "7"),
        ("<td style='color:#fff'>7<b style='background:#000'>8</b></td>", "8"),
        ("<td hidden>7</td>", None),
        ("<td style='display:none'>7</td>", None),
        ("<td style='visibility:hidden'>7</td>", ""),
        ("<td style='opacity:0'>7</td>", ""),
        ("<td style='font-size:0'>7<b style='font-size:12px'>8</b></td>", "8"),
        ("<td style='font-size:0'>7<b style='font-size:2em'>8</b></td>", ""),
        ("<td style='width:0;overflow:hidden'>7</td>", "7"),
        ("<td>1<s>2</s>3</td>", "13"),
        ("<td>1<span style='visibility:hidden'>2</span>3</td>", "1 3"),
        ("<td>1<span style='color:white'>2</span>3</td>", "1 3"),
        ("<td>1<span style='font-size:0'>2</span>3</td>", "13"),
        ("<td>1<bdo dir=rtl>23</bdo></td>", f"1{DOUBT_OPENS}23{DOUBT_ENDS}"),
    ],
)
def test_a_cell_keeps_its_place_where_a_person_sees_an_empty_one(
    inside: str, printed: str | None
) -> None:
    row = _cells(inside + "<td>末</td>")[1]
    assert [text.strip() for text in row] == [
        text for text in ("青石", printed, "末") if text is not None
    ]


@pytest.mark.parametrize("how", ["style='display:none'", "hidden", "class=off"])
@pytest.mark.parametrize("what", ["tr", "tbody"])
def test_hidden_rows_and_groups_are_no_rows(how: str, what: str) -> None:
    row = "<tr><td>旧</td><td>9</td></tr>"
    hidden = row.replace("<tr", f"<tr {how}") if what == "tr" else f"<tbody {how}>{row}</tbody>"
    page = (
        "<style>tr.off, tbody.off {display:none}</style><table>"
        f"<tbody><tr><td>湖</td><td>数</td></tr></tbody>{hidden}<tr><td>新</td><td>4</td></tr></table>"
    )
    assert rows_of(grids(read(page))[0]) == [["湖", "数"], ["新", "4"]]


def test_an_unseen_row_keeps_its_place_among_rows() -> None:
    page = (
        "<table><tr><td rowspan=2>湖</td><td>甲</td></tr><tr style='visibility:hidden'><td>8</td></tr>"
        "<tr><td>新</td><td>4</td></tr></table>"
    )
    assert rows_of(grids(read(page))[0]) == [["湖", "甲"], [""], ["新", "4"]]


def test_what_is_hidden_may_hold_what_is_seen() -> None:
    page = "<p style='visibility:hidden'>一<b style='visibility:visible'>二</b>三</p>"
    assert read(f"<body><p>零</p>{page}</body>").page_text == "零\n二"


@pytest.mark.parametrize(
    ("sheet", "printed"),
    [
        (".x{display:none}.x{display:inline}", "365"),
        (".x{display:none!important}.x{display:inline}", "36"),
        ("#i{display:inline}span.x{display:none}", "365"),
        ("span{display:none}.x{display:inline}", "365"),
        ("@media screen{.x{display:none}}", "36"),
        ("@media print{.x{display:none}}", "365"),
        ("@media screen and (max-width:600px){.x{display:none}}", "365"),
        (".x:hover{display:none}", "365"),
        ("p .x{display:none}", "365"),
        ("table td .x, p{display:none}", "36"),
        ("tr > .x{display:none}", "365"),
        ("td + td > .x{display:none}", "36"),
        ("td ~ td .x{display:none}", "36"),
        ("td:first-child .x{display:none}", "365"),
        ("td:nth-child(2) .x{display:none}", "36"),
        ("td:last-child .x{display:none}", "36"),
        ("[class=x]{display:none}", "36"),
        ("[class^='y']{display:none}", "365"),
        ("/* .y{} */ .x/**/{/*;*/display:none}", "36"),
        (".x{background:#fff;color:#fff}", "36"),
        ("td{background:#036}.x{color:#fff}", "365"),
        ("td{background:#036}.x{color:#036}", "36"),
    ],
)
def test_the_rules_of_a_page_hold_as_in_a_browser(sheet: str, printed: str) -> None:
    assert _figure("class=x id=i", f"<style>{sheet}</style>").strip() == printed


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [
        (".x{color:#fff}", ".x{color:#333}", "365"),
        (".x{color:#333}", ".x{color:#fff}", "36"),
        ("p{top:0}b{top:0}i{top:0}.x{color:#fff}", ".x{color:#333}", "365"),
        ("p{margin:0}b{margin:0}i{margin:0}.x{opacity:0}", ".x{opacity:1}", "365"),
    ],
)
def test_of_two_sheets_the_later_one_counts(first: str, second: str, printed: str) -> None:
    head = f"<style>{first}</style><style>{second}</style>"
    assert _figure("class=x", head).strip() == printed


def test_a_rule_for_other_pages_makes_nothing_seen() -> None:
    hidden = ".x{visibility:hidden}.gallery b{visibility:visible}"
    assert _figure("class=x", f"<style>{hidden}</style>").strip() == "36"


def test_white_headers_are_labels_wherever_their_ground_is_stated() -> None:
    page = (
        f"{OUTSIDE}<table><tr style='color:#fff' class=head><th>街镇名称</th><th>2023年湖泊数量</th></tr>"
        "<tr><td>青石</td><td>4</td></tr></table>"
    )
    assert rows_of(grids(read(page))[0])[0] == ["街镇名称", "2023年湖泊数量"]


def test_a_line_that_is_in_doubt_as_a_whole_is_read_as_it_stands() -> None:
    page = f"{OUTSIDE}<h1 style='color:#fff'>湖泊名录2023</h1><p>全县36<i style='color:#fff'>5</i>个</p>"
    assert read(page).page_text == f"湖泊名录2023\n全县36{DOUBT_OPENS}5{DOUBT_ENDS}个"


def test_words_in_doubt_are_marked_only_where_they_part_a_text() -> None:
    assert settled_line("⟦湖泊⟧ ⟦36⟧") == "湖泊 36"
    assert settled_line("湖泊⟦36⟧") == "湖泊⟦36⟧"
    assert settled_cell("⟦湖泊名⟧") == "湖泊名"
    assert settled_cell("⟦36万元⟧") == "⟦36万元⟧"
    assert read_number("⟦湖泊名⟧甲").kind == "text"


def test_sizes_and_colours_are_seen_doubted_and_unseen_in_this_order() -> None:
    for judge, values in ((of_size, (0, 2, 9)), (of_opacity, (0, 0.1, 0.9))):
        assert [judge(v) for v in values] == [Sight.UNSEEN, Sight.DOUBTED, Sight.SEEN]
    greys = [colour_of(f"#{c * 3}") for c in ("fe", "e8", "cc")]
    assert [of_colour(g, WHITE) for g in greys if g] == [Sight.UNSEEN, Sight.DOUBTED, Sight.SEEN]


@pytest.mark.parametrize(
    "css",
    ["{" * 50_000, ".a" * 50_000 + "{display:none}", "a " * 50_000 + "{display:none}", "@" * 50_000,
     ":not(" * 20_000 + "{opacity:0}", ".a{" + "color:red;" * 50_000 + "}", "/*" * 50_000],
)  # fmt: skip
def test_a_sheet_of_nonsense_is_read_to_its_end(css: str) -> None:
    page = fromstring("<div class=a><a>湖泊</a></div>")
    blocks = blocks_of(Bodies(css), Present(page))
    assert isinstance([rule for block in blocks for rule in rules_of(block)], list)


def test_selectors_that_climb_without_end_cost_no_more_than_their_bound() -> None:
    sheet = "".join(f"{'b ' * 11}i.c{n} b{{display:none}}" for n in range(200))
    page = f"<style>{sheet}</style>" + "<b>" * 150 + "<p>末</p>" + "<b>7</b>" * 500
    assert "末" in read(page).page_text
