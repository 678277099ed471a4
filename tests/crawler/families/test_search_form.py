"""What a portal's own search is asked, and which forms are no search."""

from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.families._search_form import WORDS, searches_of
from crawler.pages import Page

HOST = "http://www.qingyu.gov.test"


def page(form: str, *, charset: str = "utf-8") -> Page:
    source = f'<html><head><meta charset="{charset}"></head><body>青榆县{form}</body></html>'
    return Page(url=f"{HOST}/index.html", body=source.encode(charset), content_type="text/html")


def test_a_form_that_gets_is_asked_with_its_hidden_fields_and_what_is_chosen():
    (ask,) = searches_of(
        page(
            '<form action="/so/s?old=1"><input type="hidden" name="site" value="7"><input name="qt">'
            '<select name="in"><option value="title">标题</option><option value="all" selected>全文'
            '</option></select><input type="radio" name="by" value="day"><input type="radio" name="by"'
            ' value="fit" checked><input type="submit" name="go" value="搜索"></form>'
        )
    )
    assert (ask.method, urlsplit(ask.url).path) == ("GET", "/so/s")
    given = parse_qs(urlsplit(ask.url).query)
    assert given == {"qt": [WORDS], "site": ["7"], "in": ["all"], "by": ["fit"]}
    assert ("Referer", f"{HOST}/index.html") in ask.headers


def test_a_form_that_posts_is_posted_in_the_charset_of_its_page():
    form = '<form method="POST" action="http://so.qingyu.gov.test/q.asp"><input name="key"> 检 索</form>'
    (ask,) = searches_of(page(form, charset="gbk"))
    assert (ask.method, ask.url) == ("POST", "http://so.qingyu.gov.test/q.asp")
    assert parse_qs(ask.body.decode("ascii"), encoding="gbk") == {"key": [WORDS]}


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/login"><input name="user"><input type="password" name="p">搜索</form>',
        '<form action="/xx/search"><input name="code">来信查询</form>',
        '<form action="/sub"><input name="q"></form>',
        '<form action="javascript:go()"><input name="q">搜索</form>',
        '<form action="/search"><input type="hidden" name="q">搜索</form>',
        '<form action="/search"><input name="a"><input name="b">搜索</form>',
        "<p>搜索</p>",
    ],
)
def test_what_is_no_search_of_the_portal_is_not_asked(form):
    assert searches_of(page(form)) == ()
