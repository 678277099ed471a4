import pytest

from crawler.pages import Page, absolute, canonical, same_page

BASE = "http://www.qingyu.gov.test/zwgk/nb/"


def page(body: str, url: str = BASE, **more) -> Page:
    return Page(url=url, body=body.encode(), **more)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("../a.html ", "http://www.qingyu.gov.test/zwgk/a.html"),
        ("..\\a.html", "http://www.qingyu.gov.test/zwgk/a.html"),
        ("//files.gov.test/x.pdf", "http://files.gov.test/x.pdf"),
        ("/a b.html", "http://www.qingyu.gov.test/a%20b.html"),
        ("／zwgk／１.html", "http://www.qingyu.gov.test/zwgk/1.html"),
        ("/x.jsp;jsessionid=8F?id=3", "http://www.qingyu.gov.test/x.jsp?id=3"),
        ("/(S(abc))/x.aspx?id=3", "http://www.qingyu.gov.test/x.aspx?id=3"),
        ("/x.html?_=0.77&id=1", "http://www.qingyu.gov.test/x.html?id=1"),
        ("/zwgk//x.html", "http://www.qingyu.gov.test/zwgk/x.html"),
        ("/x.html#top", "http://www.qingyu.gov.test/x.html"),
        ("/web/#/page/nb", "http://www.qingyu.gov.test/web/#/page/nb"),
        ("/gkmlpt/index#4688", "http://www.qingyu.gov.test/gkmlpt/index#4688"),
        ("http://www.qingyu.gov.test:80/", "http://www.qingyu.gov.test/"),
        ("http://files.gov.test:30105/a", "http://files.gov.test:30105/a"),
    ],
)
def test_addresses_written_by_hand_become_one_spelling(raw, url):
    assert absolute(BASE, raw) == url


@pytest.mark.parametrize(
    "raw", ["javascript:void(0)", "mailto:a@b", "", "ftp://x/y", "http://[::1"]
)
def test_what_is_no_web_address_is_no_link(raw):
    assert absolute(BASE, raw) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://x.gov.test/a/", "https://www.x.gov.test/a/index.html"),
        ("http://x.gov.test/t1_2.html", "http://wap.x.gov.test/t1_2_wap.html"),
        ("http://x.gov.test/content/post_9.html", "http://x.gov.test/content/mpost_9.html"),
    ],
)
def test_twins_of_one_page_have_one_key(one, other):
    assert same_page(one) == same_page(other)


def test_different_queries_are_different_pages():
    assert same_page("http://x/a?id=1") != same_page("http://x/a?id=2")


def test_a_canonical_address_is_its_own_canonical_address():
    url = canonical("http://X.gov.test:80/a//b.jsp;jsessionid=1?x=1&_=2#top")
    assert url is not None
    assert canonical(url) == url


def test_a_title_cut_with_an_ellipsis_is_taken_whole_from_the_attribute():
    (anchor,) = page('<a href="1.html" title="青榆县2023年报告全名">青榆县2023年…</a>').anchors
    assert anchor.text == "青榆县2023年报告全名"


def test_a_link_whose_text_is_a_picture_is_called_by_the_picture():
    (anchor,) = page('<a href="nb/"><img src="a.png" alt="政府信息公开年报"></a>').anchors
    assert anchor.text == "政府信息公开年报"


def test_the_date_of_a_row_is_read_in_any_of_its_spellings():
    rows = '<li><a href="1.html">甲</a> 2024年3月5日</li><li><a href="2.html">乙</a>2024/3/5</li>'
    assert [a.date for a in page(f"<ul>{rows}</ul>").anchors] == ["2024-03-05", "2024-03-05"]


def test_a_date_that_cannot_be_is_no_date():
    (anchor,) = page('<ul><li><a href="1.html">甲</a> 2024-13-05</li></ul>').anchors
    assert anchor.date is None


@pytest.mark.parametrize(
    "body",
    [
        '<script>window.location.href="/nb/list.html"</script>',
        "<script>top.location = '/nb/list.html';</script>",
        "<script>location.replace('/nb/list.html')</script>",
        '<meta http-equiv="Refresh" content="0; URL=/nb/list.html">',
    ],
)
def test_a_page_that_only_redirects_says_where(body):
    assert page(f"<html><head>{body}</head></html>").stub_target == (
        "http://www.qingyu.gov.test/nb/list.html"
    )


def test_a_real_page_with_a_location_call_is_no_stub():
    text = "本页介绍政府信息公开的有关规定，" * 8
    body = f"<p>{text}</p><script>function go(){{location.href='/x.html'}}</script>"
    assert page(body).stub_target is None


def test_the_breadcrumb_is_read_without_its_label():
    body = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 年报</div>'
    assert page(body).breadcrumb == ("首页", "政务公开", "年报")


def test_a_frame_named_only_in_the_query_is_a_frame():
    framed = page("<p>x</p>", url=f"{BASE}openSubPage.html?specialurl=%2Fgov%2Flist.html")
    assert framed.frames == ("http://www.qingyu.gov.test/gov/list.html",)


@pytest.mark.parametrize("body", [b"", b"\x00\x01\xff\xfe\x80", b"<", b"<?xml version='1.0'?>"])
def test_bytes_that_are_no_page_have_no_links(body):
    broken = Page(url=BASE, body=body)
    assert broken.anchors == ()
    assert len(broken.visible) < 3
    assert broken.breadcrumb == ()
    assert broken.stub_target is None


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("/cms/", "http://www.qingyu.gov.test/cms/a.html"),
        ("http://www.hai.gov.test/x/", "http://www.hai.gov.test/x/a.html"),
        ("http://10.12.0.8:8080/cms/", f"{BASE}a.html"),  # the editors' own network
        ("http://192.168.1.1/", f"{BASE}a.html"),
        ("http://8.8.8.8/", "http://8.8.8.8/a.html"),
        ("http://[", f"{BASE}a.html"),
    ],
)
def test_a_base_is_followed_but_into_somebody_s_network(base, url):
    (anchor,) = page(f'<base href="{base}"><a href="a.html">年报</a>').anchors
    assert anchor.url == url


@pytest.mark.parametrize(
    ("call", "script", "url"),
    [
        ("show('47')", "function show(id){location.href='/d/'+id+'.html'}", "/d/47.html"),
        ("show(47)", "function show(n) { window.open('/d?id=' + n) }", "/d?id=47"),
        ("show('47')", "function other(id){location.href='/d/'+id}", None),
        ("show('47')", "function show(id){ajax('/d/'+id)}", None),
        ("show('../47')", "function show(id){location.href='/d/'+id}", None),
        (
            "show('47')",
            "function show(id){location.href='http://h.test/d/'+id}",
            "http://h.test/d/47",
        ),
    ],
)
def test_an_address_is_made_as_the_page_s_script_makes_it(call, script, url):
    found = page(f'<script>{script}</script><li onclick="{call}">青榆县年报</li>').anchors
    wanted = [url if "//" in url else f"http://www.qingyu.gov.test{url}"] if url else []
    assert [a.url for a in found] == wanted


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ('<div><h3>政府信息公开年报</h3><a href="/l">更多&gt;&gt;</a></div>', "政府信息公开年报"),
        ('<div><b>年报</b><span><a href="/l">more</a></span></div>', "年报"),
        ('<div><a href="/l">更多</a></div>', "更多"),
        (f'<div><p>{"长" * 30}</p><a href="/l">更多</a></div>', "更多"),
    ],
)
def test_more_of_a_block_is_called_what_the_block_is(block, text):
    assert [a.text for a in page(block).anchors] == [text]


@pytest.mark.parametrize(
    "content", ["0;url=b.html", "0; URL='b.html'", "1;b.html", "0,url = b.html", " 3 ; url=b.html"]
)
def test_a_refresh_is_followed_however_it_is_written(content):
    stub = page(f'<meta http-equiv="REFRESH" content="{content}">')
    assert stub.stub_target == f"{BASE}b.html"


def test_a_link_longer_than_servers_take_is_none():
    assert absolute(BASE, "/" + "a" * 5000) is None


def test_a_row_that_is_a_link_as_a_whole_is_named_by_its_title_and_has_its_date():
    (link,) = page(
        "<ul><li onclick=\"window.open('/nb/1.html')\">青榆县2023年年报<i>2024-01-30</i></li></ul>"
    ).anchors
    assert (link.text, link.date) == ("青榆县2023年年报", "2024-01-30")


def test_a_title_that_ends_in_a_figure_keeps_it():
    (link,) = page('<a href="/nb/1.html">青榆县2023年年报（一）2</a>').anchors
    assert link.text == "青榆县2023年年报（一）2"


def test_what_a_script_is_called_with_for_every_report_is_the_address_of_none():
    rows = "".join(
        f"<li><a href=\"javascript:show('/nb/','{y}')\">{y}年年报</a></li>" for y in (2022, 2023)
    )
    assert page(rows).anchors == ()


def test_one_report_linked_twice_by_a_script_keeps_its_address():
    row = "<li><a href=\"javascript:show('/nb/2023.html')\">2023年年报</a></li>"
    assert {link.url for link in page(row * 2).anchors} == {
        "http://www.qingyu.gov.test/nb/2023.html"
    }


def test_an_address_that_a_script_puts_together_redirects_nowhere():
    told = "<p>年报</p><script>function go(n){{location.href='/a/'{}}}</script>"
    assert page(told.format(" + n")).stub_target is None
    assert page(told.format("")).stub_target == "http://www.qingyu.gov.test/a/"
