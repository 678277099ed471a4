"""Tables drawn in plain text become grids; prose with commas and pipes stays text."""

from __future__ import annotations

import pytest

from pipelines.documents import read_document
from pipelines.documents.blocks import Grid, TextBlock
from pipelines.documents.drawn import blocks_of
from pipelines.vocabulary.items import RawFile


def grids(text):
    return [b for b in blocks_of(text) if isinstance(b, Grid)]


def rows(grid):
    out = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row].append(cell.text)
    return out


def test_lines_of_fields_are_a_grid_and_the_lines_around_them_text():
    text = "二、主动公开情况\n信息内容,本年制发件数,现行有效件数\n规章,0,3\n三、下一部分"
    before, grid, behind = blocks_of(text)
    assert (before.text, behind.text) == ("二、主动公开情况", "三、下一部分")
    assert rows(grid) == [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "0", "3"]]


def test_a_quoted_field_may_hold_the_delimiter_and_a_line_break():
    [grid] = grids('项目,"商业\n企业",总计\n"一、本年新收,件","1,204",7\n')
    assert rows(grid) == [["项目", "商业\n企业", "总计"], ["一、本年新收,件", "1,204", "7"]]


def test_semicolons_part_fields_as_well():
    assert rows(grids("项目;总计\n新收;7\n结转;2")[0])[1:] == [["新收", "7"], ["结转", "2"]]


@pytest.mark.parametrize(
    "text",
    [
        "2020年,我局公开信息1,204条,受理申请12件。\n2021年,我局公开信息98条,无复议。",
        "行政许可 1,234\n行政处罚 2,345\n行政强制 3,456",
        "1,234\n2,345\n7\n",
        "规章\t1,234\t0\n规范性文件\t2\t1,000",
        "| 规章 | 1,234 |\n| 规范性文件 | 5 |",
        "联系人,电话\n张三,李四",
        "规章,3\r0,7\n规范性文件,4,2",
        f"规章,3,{'7' * 140_000}\n规范性文件,4,2",
    ],
)
def test_what_is_not_surely_a_table_stays_text(text):
    assert blocks_of(text) == [TextBlock(text=text.strip("\n"))]


FRAME = """
┌────────┬──────────┐
│信息内容│本年处理  │
│        │决定数量  │
├────────┼──────────┤
│行政许可│12        │
├────────┼──────────┤
│行政处罚│3         │
└────────┴──────────┘
"""


def test_cells_in_a_frame_are_a_grid_and_a_label_over_two_lines_is_one():
    [grid] = grids(FRAME)
    assert rows(grid) == [["信息内容", "本年处理\n决定数量"], ["行政许可", "12"], ["行政处罚", "3"]]


def test_rows_without_lines_between_them_are_a_line_each():
    plain = "\n".join(
        line for i, line in enumerate(FRAME.strip("\n").split("\n")) if i not in (2, 5)
    )
    assert rows(grids(plain)[0])[1:] == [["行政许可", "12"], ["行政处罚", "3"]]


def test_a_cell_over_several_columns_has_its_width():
    text = (
        "+------+---+---+\n|标题          |\n+------+---+---+\n|甲    |1  |2  |\n+------+---+---+"
    )
    [grid] = grids(text)
    assert [(c.text, c.col, c.colspan) for c in grid.cells][:2] == [("标题", 0, 3), ("甲", 0, 1)]


def test_a_line_of_dashes_is_no_frame():
    text = "一、总体情况\n----------\n2023年公开信息12条"
    assert blocks_of(text) == [TextBlock(text=text)]


SMALL_FRAME = (
    "┌────────┬──────┐\n│信息内容│处理数│\n├────────┼──────┤\n│行政许可│   31 │\n└────────┴──────┘"
)


def test_a_frame_in_a_page_is_the_grid_it_is_in_a_text_file():
    page = f"<p>二、主动公开情况</p><pre>说明\n{SMALL_FRAME}</pre><p>三、下一部分</p>"
    blocks = read_document(
        RawFile(body=page.encode(), content_type="text/html; charset=utf-8")
    ).blocks
    [grid] = [b for b in blocks if isinstance(b, Grid)]
    assert rows(grid) == [["信息内容", "处理数"], ["行政许可", "31"]]
    assert [b.text for b in blocks if isinstance(b, TextBlock)] == [
        "二、主动公开情况\n说明",
        "三、下一部分",
    ]


def test_commas_in_a_page_are_prose():
    page = "<p>二、主动公开情况</p><pre>信息内容,处理数\n行政许可,31</pre>"
    blocks = read_document(
        RawFile(body=page.encode(), content_type="text/html; charset=utf-8")
    ).blocks
    assert not [b for b in blocks if isinstance(b, Grid)]


def test_pipes_that_do_not_meet_are_no_frame():
    text = "────────\n| 规章 | 0 | 12 |\n| 行政规范性文件 | 3 | 4 |\n| 行政许可 | 977 |"
    assert blocks_of(text) == [TextBlock(text=text)]


def test_a_header_may_be_cut_where_no_row_is():
    frame = (
        "┌────────────┬──────┬──────┐\n│项目        │自然人│法人  │\n├────────────┼──────┼──────┤\n"
        "│结果  │公开 │     3│     4│\n├────────────┼──────┼──────┤\n│新收        │     3│     4│\n"
        "└────────────┴──────┴──────┘"
    )
    [grid] = grids(frame)
    assert rows(grid) == [
        ["项目", "自然人", "法人"],
        ["结果", "公开", "3", "4"],
        ["新收", "3", "4"],
    ]
    assert [c.col for c in grid.cells if c.text in {"3", "法人"}] == [3, 2, 2]
