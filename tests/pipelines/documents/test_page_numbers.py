"""A page's number between the lines of a flattened table is no figure of it."""

from __future__ import annotations

import pytest

from pipelines.documents import read_document
from pipelines.documents.page_numbers import is_page_number
from pipelines.forms import read_forms
from pipelines.vocabulary.items import RawFile

LINES = (
    "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n{}\n41\n"
    "第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n6\n行政强制\n2"
)


@pytest.mark.parametrize(
    "number", ["— 1 —", "- 12 -", "第 3 页", "第3页 共9页", "共 9 页，第 3 页"]
)
@pytest.mark.parametrize("carrier", ["txt", "html"])
def test_a_figure_behind_a_pages_number_is_read(number, carrier):
    text = LINES.format(number)
    if carrier == "html":
        text = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    body = text.encode()
    document = read_document(RawFile(body=body, filename=f"report.{carrier}"))
    assert read_forms(document).values["t2_license_decisions"] == 41


@pytest.mark.parametrize(
    "line", ["41", "-", "—", "第三页", "规章 - 1 -", "- 1 - 2 -", "第1项", "— —"]
)
def test_what_may_be_a_cell_stays(line):
    assert not is_page_number(line)
