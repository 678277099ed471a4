"""Table four: fifteen figures in one row, under their own labels or in order and proved."""

from __future__ import annotations

import pytest

from crawler.demo.reports import render_table_text
from crawler.demo.tables import Table
from pipelines.forms import disputes
from pipelines.forms.dispute_table import read_dispute_table
from tests.forms.papers import NEW, document, four, grid, grid_of, only, text_document, without

SEEN = only(NEW, "t4")
HEAD = (
    "行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉\n"
    + "\t".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 2)
)


def reading(*blocks):
    table = read_dispute_table(document(*blocks))
    assert table is not None
    return table


def in_text(text):
    table = read_dispute_table(text_document(text))
    assert table is not None
    return table


def wrong(table):
    return {f: (v, table.values.get(f)) for f, v in SEEN.items() if table.values.get(f) != v}


def rules(table):
    return [f.rule for f in table.findings]


def test_the_printed_row_is_read_exactly_in_a_grid():
    table = reading(four(NEW))
    assert wrong(table) == {}
    assert rules(table) == []


@pytest.mark.parametrize("layout", ["tab", "lines", "pipes", "pipe_lines"])
def test_the_printed_row_is_read_exactly_in_text(layout):
    table = in_text(render_table_text(four(NEW), layout) + "\n五、存在的主要问题\n全年12件")
    assert wrong(table) == {}
    assert rules(table) == []


@pytest.mark.parametrize("layout", ["tab", "lines", "pipes", "pipe_lines"])
def test_blanks_are_blanks_and_one_sum_alone_proves_no_figure(layout):
    drawn = four(NEW, t4_direct_upheld="", t4_review_total="")
    table = in_text(render_table_text(drawn, layout) + "\n五、存在的主要问题")
    assert set(wrong(table)) == {"t4_direct_upheld", "t4_review_total"}
    # A misprint in the same group would make it another number, and nothing else could tell.
    assert table.notes["t4_direct_upheld"].derived is None
    assert table.notes["t4_review_total"].derived is None


def test_blanks_beside_a_full_total_of_their_group_are_zero():
    zeros = {f: "" for f, n in SEEN.items() if not n and SEEN[f"{f.rpartition('_')[0]}_total"]}
    assert zeros
    table = reading(four(NEW, **zeros))
    assert {table.notes[f].derived for f in zeros} == {0}


def test_a_lost_cell_never_lets_the_others_move_up_unseen():
    for f, value in SEEN.items():
        table = reading(without(four(NEW), lambda _, c, f=f: c.field == f))
        for other, v in SEEN.items():
            assert table.values[other] in (v, None), (f, value, other)


def test_a_hole_in_a_ruled_table_is_a_place_without_a_figure():
    drawn = grid_of(four(NEW), "pdf_table")
    at = next(c for c in drawn.cells if c.row == 3 and c.col == 6)
    table = reading(type(drawn)(
        cells=tuple(c for c in drawn.cells if c is not at),
        n_rows=drawn.n_rows, n_cols=drawn.n_cols, where="page 1", kind="pdf_table",
    ))  # fmt: skip
    assert set(wrong(table)) == {disputes.FIELDS[6]}


def test_labels_in_another_order_are_followed():
    swapped = [list(row) for row in four(NEW).rows]
    for r in (1, 3):
        swapped[r][0], swapped[r][1] = swapped[r][1], swapped[r][0]
    drawn = Table("t4", tuple(map(tuple, swapped)), 15)
    assert wrong(reading(drawn)) == {}
    assert wrong(in_text(render_table_text(drawn, "tab"))) == {}


def test_without_readable_labels_the_form_s_order_is_taken_and_told():
    head = "行政复议 | 行政诉讼 | |\n结果 | 结果 | 其他 | 尚未 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n结果 | 结果 | 其他 | 尚未 | 总计 |\n"
    table = in_text(
        head + " | ".join(str(SEEN[f]) for f in disputes.FIELDS) + " |\n五、存在的主要问题"
    )
    assert wrong(table) == {}
    assert rules(table) == ["R4-HEADER"]


def test_figures_run_together_are_cut_by_the_three_sums():
    digits = "1" + "0" + "0" + "2" + "3" + "00000" + "40015"
    table = in_text(HEAD.replace("\t", "") + digits + "五、存在的主要问题")
    assert [table.values[f] for f in disputes.FIELDS] == [
        1,
        0,
        0,
        2,
        3,
        0,
        0,
        0,
        0,
        0,
        4,
        0,
        0,
        1,
        5,
    ]
    assert "R4-RUNON" in rules(table)


def test_too_many_figures_leave_all_null_with_one_finding():
    table = in_text(HEAD + "\n" + "\t".join(["1"] * 19) + "\n五、存在的主要问题")
    assert set(table.values.values()) == {None}
    assert rules(table) == ["R4-SHAPE"]


def test_a_broken_total_stays_as_printed():
    table = reading(four(NEW, t4_review_total="99"))
    assert table.values["t4_review_total"] == 99


def test_a_heading_alone_is_no_table():
    heading = "四、政府信息公开行政复议、行政诉讼情况\n本年度未发生行政复议、行政诉讼。"
    assert read_dispute_table(text_document(heading)) is None


def test_a_grid_of_something_else_is_no_table():
    assert read_dispute_table(document(grid([["行政复议", "件"], ["1", "2"]]))) is None


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        ("2 1 0\t3\t6\t1 0 2 0\t3\t4 0\t0 1\t5", True),
        ("2 1 0\t3\t6\t1 0 2 0\t3\t4 0\t0 1\t7", False),
    ],
)
def test_fifteen_figures_parted_by_spaces_and_tabs_are_a_row_if_their_sums_hold(figures, holds):
    header = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n"
    table = read_dispute_table(text_document(header + figures))
    assert table is not None
    read = {f: v for f, v in table.values.items() if v is not None}
    numbers = [2, 1, 0, 3, 6, 1, 0, 2, 0, 3, 4, 0, 0, 1, 5]
    assert read == (dict(zip(disputes.FIELDS, numbers, strict=True)) if holds else {})
