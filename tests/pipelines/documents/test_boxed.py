"""A report set in one table is its prose and its tables, as if the table were not there."""

from __future__ import annotations

import pytest

from pipelines.documents.blocks import Grid, TextBlock
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile
from tests.forms.papers import NEW, four, html_document, three, two

PROSE = (
    ("石桥县2021年政府信息公开工作年度报告",),
    ("一、总体情况", "本年按计划完成各项公开任务。"),
    ("二、主动公开政府信息情况",),
    ("三、收到和处理政府信息公开申请情况",),
    ("四、政府信息公开行政复议、行政诉讼情况",),
    ("五、存在的主要问题及改进情况", "人手偏少。", "六、其他需要报告的事项", "没有。"),
)
WIDTH = 15


def row(*cells):
    return f"<tr>{''.join(cells)}</tr>"


def wide(text):
    return row(f'<td colspan="{WIDTH}">{text}</td>')


def rows_of(table):
    rest = WIDTH - table.width
    for cells in table.rows:
        shown = [f'<td rowspan="{c.rowspan}" colspan="{c.colspan}">{c.text}</td>' for c in cells]
        yield row(*shown, f'<td colspan="{rest}"></td>' if rest else "")


def boxed(tables):
    title, first, *others = PROSE
    rows = [wide(line) for line in (*title, *first)]
    for lines, table in zip(others, (*tables, None), strict=True):
        rows += map(wide, lines)
        rows += rows_of(table) if table else []
    return f"<table>{''.join(rows)}</table>"


def test_every_table_of_a_report_in_one_table_is_read():
    page = f"<html><head><meta charset='utf-8'></head><body>{boxed([two(NEW), three(NEW), four(NEW)])}</body></html>"
    report = read_report(RawFile(body=page.encode(), filename="a.html"))
    assert report.is_report
    assert {f: v for f, v in report.values.items() if v is not None} == {
        f: v for f, v in NEW.values.items() if f in report.values and v is not None
    }
    assert set(report.tables_present) == {"t2", "t3", "t4"}


def test_prose_is_text_and_tables_keep_the_columns_they_use():
    blocks = html_document(boxed([two(NEW), three(NEW), four(NEW)])).blocks
    assert [b.n_cols for b in blocks if isinstance(b, Grid)] == [4, 10, 15]
    text = "\n".join(b.text for b in blocks if isinstance(b, TextBlock))
    assert all(line in text for lines in PROSE for line in lines)


@pytest.mark.parametrize("headings", [0, 2])
def test_a_table_with_captions_of_its_own_stays_whole(headings):
    lines = ["第二十条第（一）项", *(lines[0] for lines in PROSE[1 : 1 + headings])]
    body = f"<table>{''.join(map(wide, lines))}{''.join(rows_of(three(NEW)))}</table>"
    assert [type(b) for b in html_document(body).blocks] == [Grid]
