"""Facts of a page that documents and lists read alike: title, tags, base, breadcrumb, addresses."""

from __future__ import annotations

import pytest

from crawler.pages import Page
from pipelines.documents import read_document
from pipelines.documents.html.facts import address_beside, crumb_names
from pipelines.documents.html.tree import parse
from pipelines.vocabulary.items import RawFile

URL = "http://www.qinghe.gov.cn/nb/2023/index.html"


def both(markup: str) -> tuple[Page, object]:
    body = f"<html>{markup}</html>".encode()
    return Page(url=URL, body=body), read_document(RawFile(body=body, url=URL))


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ('<base href="http://www.qinghe.gov.cn/x/">', "http://www.qinghe.gov.cn/x/a.pdf"),
        ('<base href="http://10.1.2.3/x/">', "http://www.qinghe.gov.cn/nb/2023/a.pdf"),
        ('<base target="_blank">', "http://www.qinghe.gov.cn/nb/2023/a.pdf"),
        ('<base href="http://[x">', "http://www.qinghe.gov.cn/nb/2023/a.pdf"),
    ],
)
def test_a_base_counts_for_both_unless_no_reader_gets_there(base, link):
    page, document = both(
        f"<head>{base}</head><body><p>年报见附件。</p><a href=a.pdf>附件</a></body>"
    )
    assert [anchor.url for anchor in page.anchors] == [link]
    assert [found.url for found in document.links] == [link]


def test_tags_that_say_nothing_are_none_and_the_first_that_speaks_counts():
    tags = '<meta name=SiteName content=null><meta name=sitename content="青禾县人民政府">'
    page, document = both(f"<head>{tags}<meta name=x content=></head><body><p>正文。</p></body>")
    assert page.meta == {"sitename": "青禾县人民政府"}
    assert document.metadata["sitename"] == "青禾县人民政府"


def test_the_title_of_a_drawing_is_not_the_pages():
    page, _ = both("<head><title>年报</title></head><body><svg><title>箭头</title></svg>文</body>")
    assert page.title == "年报"
    page, _ = both("<body><svg><title>箭头</title></svg>文</body>")
    assert page.title == ""


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 政务公开 > 年报",
        "您现在所在的位置: 首页 » 政务公开 » 年报",
        "返回 当前位置：首页/政务公开/年报",
    ],
)
def test_a_breadcrumb_is_taken_apart_however_it_is_drawn(line):
    assert crumb_names(line) == ("首页", "政务公开", "年报")


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<a href="javascript:;" data-url="/a.html">x</a>', "/a.html"),
        ("<a href=\"javascript:open('/b.html')\">x</a>", "/b.html"),
        ("<a href=# onclick=\"go(this,'c.pdf')\">x</a>", "c.pdf"),
        ('<a href=# onclick="go(this)">x</a>', None),
    ],
)
def test_an_address_beside_the_href_is_found(markup, address):
    [link] = parse(f"<html><body>{markup}</body></html>").iter("a")
    assert address_beside(link) == address
