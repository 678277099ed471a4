"""A page-flip book: its plain pages are one document, whatever order they came in."""

import pytest

from crawler.demo.reports import render_text
from pipelines.documents import book_page
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import some_report

REPORT = some_report()
BOOK = "https://a.gov.cn/b/files/basic-html/"
STEPS = "<div><a href='page1.html'>上一页</a> | <a href='page2.html'>下一页</a></div>"


def leaves(layout: str, count: int = 5) -> list[RawFile]:
    lines = render_text(REPORT, layout).split("\n")
    size = -(-len(lines) // count)
    cut = (lines[n * size : (n + 1) * size] for n in range(count))
    return [
        RawFile(
            body=(STEPS + "".join(f"<p>{line}</p>" for line in part)).encode(),
            url=f"{BOOK}page{n}.html",
            content_type="text/html; charset=utf-8",
        )
        for n, part in enumerate(cut, 1)
    ]


@pytest.mark.parametrize("layout", ["tab", "lines", "pipes"])
def test_a_book_cut_anywhere_gives_every_figure(layout):
    page = RawFile(
        body=f"<title>{REPORT.title}</title><h1>{REPORT.title}</h1>".encode(),
        url="https://a.gov.cn/x.html",
    )
    report = read_report(page, leaves(layout)[::-1])
    assert report.is_report
    assert report.carrier == "flipbook"
    assert report.values == REPORT.values
    assert report.findings == []


def test_a_list_may_lead_to_a_page_of_the_book_itself():
    first, *others = leaves("tab")
    assert read_report(first, others).values == REPORT.values


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (BOOK + "page12.html", ("a.gov.cn/b/files/basic-html/", 12)),
        (BOOK + "index.html", None),
        ("https://a.gov.cn/page1.html", None),
        ("http://[::1/basic-html/page1.html", None),
        (None, None),
    ],
)
def test_the_address_tells_a_page_of_a_book(url, place):
    assert book_page(url) == place
