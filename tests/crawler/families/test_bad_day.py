"""What a family does with a page that is not what it should be."""

import json

import pytest

from crawler.families import families, family_of
from crawler.pages import Page
from pipelines.vocabulary.errors import BlockedError, LayoutError
from pipelines.vocabulary.items import Ask

URL = "http://www.qingyu.gov.test"
ASKED = {
    "kaipu": Ask(url=f"{URL}/common/search/{'ab' * 16}?page=1&_pageSize=20"),
    "gkmlpt": Ask(url=f"{URL}/gkmlpt/api/all/108?page=1&sid=7"),
    "jpaas": Ask(url=f'{URL}/api-gateway/jpaas-x/front/page/build/unit?paramJson={{"pageNo":1}}'),
    "truecms": Ask(url=f"{URL}/x/messageController/getMessage.do?startrecord=1&endrecord=20"),
    "query_list": Ask(
        url=f"{URL}/queryList", method="POST", body=b"pageNo=1", context=(("prefix", URL),)
    ),
    "hanweb_xxgk": Ask(
        url=f"{URL}/module/xxgk/search.jsp", method="POST", body=b"currpage=1&infotypeId=A"
    ),
    "hash_routes": Ask(
        url=f"{URL}/api/nb?page=1", context=(("shell", f"{URL}/#/nb"), ("detail", "#/d/"))
    ),
    "epoint": Ask(
        url=f"{URL}/p/rest/lightfrontaction/getgovinfolist",
        method="POST",
        body=b'{"pageIndex": 0}',
        context=(("deptcode", "x"), ("categorynum", "1"), ("page", URL)),
    ),
}
CHALLENGE = b"<!DOCTYPE html><html><script>document.cookie='a=1';location.reload()</script></html>"


def answer(name: str, body: bytes) -> Page:
    ask = ASKED[name]
    return Page(url=ask.url, body=body, ask=ask)


@pytest.mark.parametrize("name", ASKED)
def test_a_challenge_in_place_of_an_answer_is_a_refusal_and_not_the_end_of_a_list(name):
    with pytest.raises(BlockedError):
        families()[name].read_list(answer(name, CHALLENGE))


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(
    "body", [b"", b"oops", b"{", b"[1]", b'{"data": null}', b'{"x": {}}', b"3"]
)
def test_an_answer_without_its_parts_is_a_layout_error_and_not_an_empty_list(name, body):
    if name == "truecms":
        # Its answer is XML in a string: no record and no total is what nothing looks like.
        read = None
        try:
            read = families()[name].read_list(answer(name, body))
        except LayoutError:
            return
        assert read.links == ()
        return
    with pytest.raises(LayoutError):
        families()[name].read_list(answer(name, body))


def test_a_proxy_that_answers_with_a_page_is_a_refusal():
    page = Page(url=f"{URL}/module/web/jpage/dataproxy.jsp?page=2", body=CHALLENGE)
    with pytest.raises(BlockedError):
        families()["hanweb"].read_list(page)


def test_a_proxy_that_answers_with_nothing_known_is_a_layout_error():
    page = Page(url=f"{URL}/module/web/jpage/dataproxy.jsp?page=2", body=b"<error/>")
    with pytest.raises(LayoutError):
        families()["hanweb"].read_list(page)


@pytest.mark.parametrize("name", sorted(families()))
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        b"<html><body></body></html>",
        b"<ul><li><a>x</a></li></ul>",
        b"<script>createPageHTML(,);countPage=</script>",
        b"<form><input name='__VIEWSTATE'>__doPostBack</form>",
    ],
)
def test_a_page_of_nothing_lists_nothing_and_asks_nothing(name, body):
    family, page = families()[name], Page(url=f"{URL}/nb/", body=body)
    assert family.first_asks(page) == ()
    read = family.read_list(page)
    assert read.links == ()
    assert read.next_urls == ()


def test_a_row_that_lacks_address_or_title_is_left_out_and_the_others_stay():
    rows = [{"title": "甲"}, {"url": "/a.shtml"}, {"url": "/b.shtml", "title": "青榆县2023年报告"}]
    body = json.dumps({"data": {"results": rows, "total": 3}}).encode()
    read = families()["kaipu"].read_list(answer("kaipu", body))
    assert [link.url for link in read.links] == [f"{URL}/b.shtml"]


def test_a_page_without_any_marks_is_read_by_the_general_reader():
    page = Page(url=f"{URL}/nb/", body="<a href='1.html'>某县2023年报告</a>".encode())
    assert family_of(page).NAME == "generic"
