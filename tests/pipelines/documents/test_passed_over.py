"""What a page or a Word file holds and nobody sees is told where it holds figures."""

from __future__ import annotations

import pytest

from crawler.demo.reports import render_html
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import read, some_report
from tests.pipelines.documents.test_office import p, table, tc, word

_HEAD = (
    "<tr><td colspan=3>第二十条第（一）项</td></tr>"
    "<tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr>"
)


def _page(row: str, around: str = "") -> str:
    return (
        "<html><head><style>.gone{display:none}</style></head><body>"
        f"{around}<table>{_HEAD}<tr><td>规章</td><td>1</td><td>2</td></tr>{row}</table></body></html>"
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("<tr class=gone><td>行政规范性文件</td><td>7</td><td>8</td></tr>", True),
        ("<tr><td>行政规范性文件</td><td class=gone>7</td><td>8</td></tr>", True),
        ("<tr><td>行政规范性文件</td><td>1<span style='font-size:0'>7</span></td><td>8</td></tr>", True),
        ("<tr><td>行政规范性文件</td><td>7</td><td>8</td></tr>", False),
        ("<tr class=gone><td>说明</td><td></td><td></td></tr>", False),
    ],
    ids=["row", "cell", "no size", "all seen", "words"],
)  # fmt: skip
def test_hidden_figures_in_a_reports_table_are_told(row: str, told: bool) -> None:
    assert bool(read(_page(row)).passed_over) == told


def test_a_hidden_menu_is_every_pages_and_not_told() -> None:
    menu = "<ul class=gone><li>热线12345</li></ul><table><tr class=gone><td>2020</td></tr></table>"
    assert not read(_page("", menu)).passed_over


@pytest.mark.parametrize(
    ("run", "told"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>12</w:t></w:r>", True),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r>", True),
        ("<w:del><w:r><w:delText>12</w:delText></w:r></w:del>", True),
        ("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", False),
        ("<w:r><w:t>12</w:t></w:r>", False),
    ],
    ids=["hidden", "struck", "deleted", "words", "seen"],
)
def test_hidden_figures_of_a_word_file_are_told(run: str, told: bool) -> None:
    cell = f"<w:tc><w:p>{run}<w:r><w:t>3</w:t></w:r></w:p></w:tc>"
    body = word(table(tc("规章") + cell) + p("正文"))
    assert bool(read(body, None).passed_over) == told


def test_the_record_says_that_something_was_passed_over() -> None:
    hidden = "</tr><tr style='display:none'><td>9</td></tr>"
    page = render_html(some_report()).replace("</tr>", hidden, 1)
    report = read_report(RawFile(body=page.encode(), filename="a.html"))
    assert [finding.rule for finding in report.findings] == ["RM-HIDDEN"]
