"""Answers of services in shapes nobody promised: a layout with its code, never a crash."""

import json
from dataclasses import replace

import pytest

from crawler.families import columns_by_rule, families, family_of, first_asks, read_list
from crawler.pages import Page
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import Ask

ODD = [None, 7, -1, 1.5, "x", "", [], {}, [1], [None], [[]], {"a": []}, True, "9" * 400, 10**30]
ROOTS = [
    lambda v: v,
    lambda v: {"data": v},
    lambda v: {"data": {"results": v, "total": v, "html": v}},
    lambda v: {"data": {"results": [v, {"source": v}], "total": v}},
    lambda v: {"data": {"results": [{"source": {"id": v, "title": v, "url": v}}], "total": v}},
    lambda v: {"custom": {"data": v, "count": v}},
    lambda v: {"custom": {"data": [{"infourl": v, "title": v}], "count": v}},
    lambda v: {"articles": v, "total": v},
    lambda v: {"articles": [v, {"title": v, "url": v, "date": v}], "total": v},
    lambda v: [{"title": v, "url": v, "id": v, "date": v}, v],
]
ASKS = {
    "kaipu": Ask(url="http://a.gov.cn/common/search/5f?page=1&_pageSize=20"),
    "query_list": Ask(
        url="http://a.gov.cn/queryList",
        method="POST",
        body=b"pageNo=1",
        context=(("prefix", "/c_"),),
    ),
    "epoint": Ask(url="http://a.gov.cn/x/rest/y", method="POST", body=b'{"pageIndex": 0}'),
    "gkmlpt": Ask(url="http://a.gov.cn/gkmlpt/api/all/1?page=1&sid=1"),
    "hash_routes": Ask(
        url="http://a.gov.cn/api?page=1",
        context=(("shell", "http://a.gov.cn/#/nb"), ("detail", "#/d/")),
    ),
    "jpaas": Ask(url="http://a.gov.cn/u?paramJson=%7B%22pageNo%22%3A1%7D"),
    "lonsun": Ask(url="http://a.gov.cn/site/label/8888?pageIndex=1&pageSize=20"),
    "truecms": Ask(url="http://a.gov.cn/m.do?startrecord=1&endrecord=10"),
}


def outcome_of(name, page):
    """Return the code of what came of reading a page; empty where it was read."""
    try:
        read = read_list(families()[name], page)
    except CodedError as error:
        return error.code
    assert all(isinstance(link.title, str) and link.url for link in read.links)
    return ""


ALLOWED = {"", "list/layout", "fetch/blocked"}


@pytest.mark.parametrize("name", ASKS)
@pytest.mark.parametrize("root", range(len(ROOTS)))
def test_an_odd_answer_is_read_or_refused_with_a_code(name, root):
    ask = ASKS[name]
    bodies = [json.dumps(ROOTS[root](value)).encode() for value in ODD]
    pages = [Page(url=ask.url, body=b, content_type="application/json", ask=ask) for b in bodies]
    assert {outcome_of(name, page) for page in pages} <= ALLOWED


@pytest.mark.parametrize("name", families())
def test_a_page_of_nonsense_is_read_or_refused_with_a_code(name):
    bodies = (b"", b"\xff\xfe", b"{" * 9000, b"[" * 90000, b"<" * 9000, b"<a" * 9000, b"\0" * 99)
    pages = [Page(url="http://a.gov.cn/x/", body=b, content_type="text/html") for b in bodies]
    pages += [replace(page, ask=ASKS.get(name)) for page in pages]
    assert {outcome_of(name, page) for page in pages} <= ALLOWED


@pytest.mark.parametrize("bad", ["//[", "http://[::1", "http://a:b:c/"])
def test_what_is_no_address_crashes_nobody(bad):
    """A pager's stem, a base, a link, a form, a service: all that a page may call an address."""
    source = f"""<base href="{bad}"><script>createPageHTML('p', 3, 1, '{bad}', 'html');
    createPageHTML(3, 0, "{bad}", "html"); var channelId = '{"a" * 32}', s = '/common/search/';
    fetch("{bad}/messageController/getMessage.do?columnId=1")</script><a href="{bad}">下一页</a>
    <form action="{bad}"><input name="__VIEWSTATE"><button>下一页</button></form>
    <a href="javascript:__doPostBack('P','2')">2</a><div querydata="a:'b'" url="{bad}"></div>"""
    page = Page(url="http://a.gov.cn/x/#/nb", body=source.encode())
    assert family_of(page).NAME in families()
    for name, family in families().items():
        first_asks(family, page)
        assert outcome_of(name, page) in ALLOWED
    assert columns_by_rule(page) == []
