"""File names as servers say them: UTF-8, GBK or percent-encoded, and whatever else comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Request, Response

from crawler.middlewares.answers import page_of
from spiders.reports import _disposition

NAME = "年报;1.pdf"


@pytest.mark.parametrize(
    "value",
    [
        f'attachment; filename="{NAME}"'.encode(),
        f'attachment; filename="{NAME}"'.encode("gbk"),
        b'attachment; filename="%E5%B9%B4%E6%8A%A5;1.pdf"',
        b'attachment; filename="%C4%EA%B1%A8;1.pdf"',
        b"attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5%3B1.pdf",
    ],
)
def test_a_name_is_read_however_it_is_written(value):
    request = Request("http://a.gov.cn/down.jsp?id=1")
    response = Response(request.url, body=b"%PDF", headers={"Content-Disposition": value})
    page = page_of(request, response)
    assert _disposition(page.headers["content-disposition"]) == NAME


@pytest.mark.parametrize("header", [None, "", "inline", "attachment; filename=", ";;;="])
def test_where_there_is_no_name_none_is_made_up(header):
    assert _disposition(header) is None


@given(st.text(max_size=80) | st.text("attachment;filename*='=%\"\\ ", max_size=80))
def test_no_header_whatever_raises(header):
    name = _disposition(header)
    assert name is None or name
