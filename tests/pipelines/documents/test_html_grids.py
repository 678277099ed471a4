"""Single tables, good and bad: spans, layout, cells, tables without table elements."""

from __future__ import annotations

import pytest

from pipelines.documents.blocks import TextBlock
from pipelines.vocabulary.errors import DocumentError
from tests.effort import at_most
from tests.pipelines.documents.shapes import grids, placed, read, rows_of


def one(markup: str):
    found = grids(read(f"<body>{markup}</body>"))
    assert len(found) == 1
    return found[0]


def test_spans_are_placed_and_holes_stay_holes():
    grid = one(
        "<table><tr><td rowspan=2>类</td><td colspan=2>数</td></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><td>尾</td></tr></table>"
    )
    assert placed(grid) == {
        (0, 0): ("类", 2, 1),
        (0, 1): ("数", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 0): ("尾", 1, 1),
    }
    assert (grid.n_rows, grid.n_cols) == (3, 3)


@pytest.mark.parametrize("span", ["9999999", "99999999999999", "101"])
def test_an_absurd_colspan_ends_where_the_table_ends(span):
    rows = f"<tr><td colspan={span}>头</td></tr><tr><td>a</td><td>1</td><td>2</td></tr>"
    with at_most(cpu_seconds=1):
        grid = one(f"<table>{rows}</table>")
    assert grid.n_cols == 3
    assert grid.cells[0].colspan == 3


def test_a_rowspan_of_zero_or_too_many_reaches_the_end_of_its_row_group():
    for span in ("0", "65000"):
        grid = one(
            f"<table><tbody><tr><td rowspan={span}>组</td><td>1</td></tr><tr><td>2</td></tr></tbody>"
            "<tbody><tr><td>x</td><td>3</td></tr></tbody></table>"
        )
        assert placed(grid)[0, 0] == ("组", 2, 1)
        assert placed(grid)[2, 0] == ("x", 1, 1)


@pytest.mark.parametrize("span", ["-2", "abc", "", "2px", " 2"])
def test_a_span_that_is_no_number_counts_as_a_browser_counts_it(span):
    grid = one(
        f'<table><tr><td colspan="{span}">头</td><td>x</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>'
    )
    assert grid.cells[0].colspan == (2 if "2" in span and "-" not in span else 1)


def test_a_colspan_never_covers_a_cell_that_came_down_from_above():
    grid = one(
        "<table><tr><td>a</td><td>b</td><td rowspan=2>c</td></tr><tr><td colspan=3>d</td></tr></table>"
    )
    taken = [
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
    ]
    assert len(taken) == len(set(taken))


def test_breaks_paragraphs_and_word_runs_in_cells():
    grid = one(
        "<table><tr><td><p>结果<o:p></o:p></p><p>维持</p></td><td>其他<br>结果</td><td>总计</td></tr>"
        "<tr><td><span>1</span><span lang=EN-US>2</span></td><td>&nbsp;&#8203;3&nbsp;</td><td>　4\u3000</td></tr></table>"
    )
    assert rows_of(grid) == [["结果\n维持", "其他\n结果", "总计"], ["12", "3", "4"]]


def test_a_footnote_mark_or_a_struck_figure_never_joins_the_figure_beside_it():
    grid = one(
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>12<sup>1</sup></td><td><s>12</s>15</td></tr></table>"
    )
    assert rows_of(grid)[1] == ["12^1", "15"]


def test_hidden_cells_rows_and_pinyin_are_not_printed():
    grid = one(
        "<table><tr><td>甲</td><td style='display:none'>9</td><td>乙</td></tr><tr style='display: none'><td>8</td></tr>"
        "<tr><td><ruby>件<rt>jian</rt></ruby></td><td>1<span style='DISPLAY:NONE'>7</span></td></tr></table>"
    )
    assert rows_of(grid) == [["甲", "乙"], ["件", "1"]]


def test_a_foot_written_first_is_printed_last():
    grid = one(
        "<table><thead><tr><td>项</td><td>数</td></tr></thead><tfoot><tr><td>总计</td><td>3</td></tr></tfoot>"
        "<tbody><tr><td>甲</td><td>3</td></tr></tbody></table>"
    )
    assert [row[0] for row in rows_of(grid)] == ["项", "甲", "总计"]


def test_rows_inside_a_form_and_cells_without_a_row_are_found():
    grid = one(
        "<table><form><tr><td>甲</td><td>1</td></tr></form><td>乙</td><td>2</td><tr><td>丙</td><td>3</td></tr></table>"
    )
    assert rows_of(grid) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_a_caption_and_the_text_between_tables_stay_in_order():
    document = read(
        "<body><p>前</p><table><caption>表一</caption><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr>"
        "</table>中间<table><tr><td>c</td><td>3</td></tr><tr><td>d</td><td>4</td></tr></table><p>后</p></body>"
    )
    texts = [b.text if isinstance(b, TextBlock) else b.where for b in document.blocks]
    assert texts == ["前", "表一", "table 1", "中间", "table 2", "后"]


@pytest.mark.parametrize("caption", ["", " \n", "<b></b>"])
def test_an_empty_caption_is_no_line_and_makes_none_a_heading(caption):
    table = f"<table><caption>{caption}</caption><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    assert len(grids(read(f"<body>{table}</body>"))) == 1
    before = read(f"<body><p>前</p>{table}</body>").blocks[0]
    assert isinstance(before, TextBlock)
    assert not before.heading


def test_a_table_of_one_column_of_paragraphs_is_text():
    document = read(
        "<body><table><tr><td><p>一段</p><p>又一段</p></td></tr><tr><td>尾</td></tr></table></body>"
    )
    assert not grids(document)
    assert document.text == "一段\n又一段\n尾"


def test_a_small_table_inside_a_cell_does_not_dissolve_the_table_around_it():
    rows = "".join(f"<tr><td>行{i}</td><td>{i}</td><td>{i * 2}</td></tr>" for i in range(12))
    grid = one(
        f"<table><tr><td>项</td><td><table><tr><td>数量</td></tr></table></td><td>二</td></tr>{rows}</table>"
    )
    assert grid.n_rows == 13
    assert rows_of(grid)[0] == ["项", "数量", "二"]


DIVS = [
    "<div style='display:table'>{rows}</div>|<div style='display:table-row'>{cells}</div>|<div style='display:table-cell'>{text}</div>",
    "<style>.t{{display:table}}.r{{display:table-row}}.c{{display:table-cell}}</style><div class=t>{rows}</div>|<div class=r>{cells}</div>|<div class=c>{text}</div>",
    "<div role=table>{rows}</div>|<div role=row>{cells}</div>|<span role=cell>{text}</span>",
    "<div>{rows}</div>|<div>{cells}</div>|<div>{text}</div>",
    "<ul>{rows}</ul>|<li>{cells}</li>|<span>{text}</span>",
]


@pytest.mark.parametrize("shape", DIVS)
def test_a_table_of_divs_is_a_grid(shape):
    outer, row, cell = shape.split("|")
    data = [
        ["项目", "本年", "上年"],
        ["行政许可", "120", "98"],
        ["行政处罚", "7", "9"],
        ["行政强制", "0", "1"],
    ]
    rows = "".join(row.format(cells="".join(cell.format(text=t) for t in line)) for line in data)
    grid = one(outer.format(rows=rows))
    assert grid.kind == "div_table"
    assert rows_of(grid) == data


def test_a_menu_of_divs_is_not_a_table():
    item = "<li><a href=/1>一</a><a href=/2>2</a><a href=/3>3</a></li>"
    assert not grids(read(f"<body><ul>{item * 5}</ul><p>正文</p></body>"))


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<table>" * 60 + "<tr><td>x" + "</table>" * 60, "document/too-large"),
        ("<div>" * 60_000 + "x", "document/too-large"),
        ("<table><tr><td>a<td>1<tr><td>b<td>2</table>" * 500, "document/too-large"),
        ("<table>" + ("<tr>" + "<td>1" * 400) * 300 + "</table>", "document/too-large"),
        (
            "<table>" + "<tr><td rowspan=9999 colspan=100>1" * 3000 + "</table>",
            "document/too-large",
        ),
        ("<html></html>", "document/empty"),
        ("<!-- only a comment -->", "document/empty"),
    ],
    ids=[
        "nested tables",
        "nested divs",
        "many tables",
        "many cells",
        "many spans",
        "empty",
        "comment",
    ],
)
def test_a_page_beyond_bounds_is_refused_by_code_and_soon(markup, code):
    with at_most(cpu_seconds=5), pytest.raises(DocumentError) as caught:
        read(markup)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "一、" * 200_000,
        "<p>" + "来源：" * 100_000,
        "<p>" + "&lt;meta " * 50_000,
        "<script>var a='" + "x" * 200_000 + "</script><p>文",
        "<p>" + "0、" * 100_000 + "</p><a href='" + "a" * 100_000 + "'>x</a>",
        "<style>" + "a{" * 100_000 + "display</style><p>文",
        "<p>" + "|" * 300_000,
        "<p>" + "> " * 100_000,
        "<title>" + "-政" * 50_000 + "</title><p>文",
    ],
    ids=range(9),
)
def test_no_text_makes_reading_slow(markup):
    with at_most(cpu_seconds=5):
        read(f"<body>{markup}")
