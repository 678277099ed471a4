"""Figures read from a picture say so, in every table and whichever reader placed them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.documents.blocks import Document, Grid, TextBlock
from pipelines.forms import read_forms
from tests.forms.papers import NEW, document, four, grid_of, only, three, two

LINES_OF_TWO = "第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 418\n第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 52\n行政强制 7"
ROW_OF_FOUR = "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n2 1 0 3 6 1 0 2 0 3 4 0 0 1 5"


def marks(read: Document) -> dict[str, set[str]]:
    forms = read_forms(read)
    return {
        name: {(t.notes[f].status if f in t.notes else "none") for f, v in t.values.items() if v is not None}
        for name, t in forms.tables.items()
    }  # fmt: skip


def on_a_picture(*blocks: str | Grid) -> Document:
    own = [
        TextBlock(text=b, where="page 1", recognised=True) if isinstance(b, str) else b
        for b in blocks
    ]
    return replace(document(), carrier="image", blocks=tuple(own))  # fmt: skip


def test_lines_read_from_a_picture_give_marked_figures():
    read = marks(on_a_picture(LINES_OF_TWO, ROW_OF_FOUR))
    assert read == {"t2": {"ocr"}, "t4": {"ocr"}}


def test_grids_read_from_a_picture_give_marked_figures_in_all_tables():
    grids = (
        replace(grid_of(t(NEW), "ocr_table"), where=f"page {n}, table 1")
        for n, t in enumerate((two, three, four))
    )
    assert marks(on_a_picture(*grids)) == {"t2": {"ocr"}, "t3": {"ocr"}, "t4": {"ocr"}}  # fmt: skip


def test_what_is_typed_beside_a_picture_has_no_mark():
    typed = replace(grid_of(three(NEW), "pdf_table"), where="page 1, table 1")
    drawn = replace(grid_of(four(NEW), "ocr_table"), where="page 2, table 1")
    assert marks(on_a_picture(typed, drawn)) == {"t3": {"none"}, "t4": {"ocr"}}


def test_a_converted_figure_says_beside_that_it_was_read_from_a_picture():
    fee = "第二十条第（八）项\n信息内容 本年收费金额（单位：元）\n行政事业性收费 523400"
    notes = read_forms(on_a_picture(fee)).notes
    note = notes["t2_fee_amount_wanyuan"]
    assert note.status == "converted"
    assert "picture" in str(note.reason)


@pytest.mark.parametrize("carrier", ["html_table", "pdf_table"])
def test_no_table_of_signs_is_marked(carrier):
    assert marks(document(grid_of(two(NEW), carrier))) == {"t2": {"none"}}


def test_a_label_that_reaches_over_two_rows_of_figures_names_neither():
    """A ruling that was not found makes one cell of two labels; whose the figures are is open."""
    whole = grid_of(three(NEW), "ocr_table")
    label = next(c for c in whole.cells if "公开出版物" in c.text)
    below = next(c for c in whole.cells if (c.row, c.col) == (label.row + 1, label.col))
    joined = label._replace(text=below.text, rowspan=2)
    cells = tuple(joined if c is label else c for c in whole.cells if c is not below)
    read = read_forms(on_a_picture(replace(whole, cells=cells, where="page 1, table 1")))
    truth = only(NEW, "t3")
    assert {f for f, v in read.values.items() if v is not None and v != truth[f]} == set()
