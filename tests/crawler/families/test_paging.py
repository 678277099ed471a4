"""What follows a list page: printed, derived, promised, or nothing."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from crawler.families import columns_by_rule, families
from crawler.families._paging import number_of, promised, read_anchors, usual_second
from crawler.families._rows import counted, declared, home_of
from crawler.pages import Page

HOST = "http://www.qingyu.gov.test"
ROWS = "".join(
    f'<li><a href="/nb/{n}234567.html">青榆县{2020 + n}年政府信息公开工作年度报告</a></li>'
    for n in range(1, 4)
)


def page(after: str, path: str = "/nb/") -> Page:
    return Page(url=HOST + path, body=f"<html><body><ul>{ROWS}</ul>{after}</body></html>".encode())


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("共62条", (62, None)),
        ('<div class="pager">1/7</div>', (None, 7)),
        ("共5页", (None, 5)),
        ('<div totalpage="7"></div>', (None, 7)),
        ("<script>var countPage = 4</script>", (None, 4)),
        ("<p>办结率 3/4，2024/03/01</p>", (None, None)),
        ('<div class="pages">2024/03/01</div>', (None, None)),
        ('<div class="page">9/7</div>', (None, None)),
    ],
)
def test_a_page_says_how_much_there_is_in_many_ways(words, wanted):
    assert declared(page(words)) == wanted


def test_a_pager_s_fraction_tells_page_and_pages():
    assert counted(page('<div class="pagination">首页 2/7 末页</div>')) == (2, 7)


@pytest.mark.parametrize(
    ("after", "path", "wanted"),
    [
        ("共3页", "/nb/", ("/nb/index_2.html", "/nb/index_1.html")),
        ("共3页", "/nb/list.shtml", ("/nb/list_2.shtml", "/nb/list-2.shtml")),
        ("共3页", "/nb", ("/nb/2", "/nb/index_2")),
        ("共3页 第2页", "/nb/index_2.jhtml", ("/nb/index_3.jhtml",)),
        ("共3页", "/nb/list-1.html", ("/nb/list-2.html",)),
        ("共3页", "/iList.jsp?cat_id=28012&cur_page=1", ("/iList.jsp?cat_id=28012&cur_page=2",)),
        ("共3页 第3页", "/nb/index_3.html", ()),
        ("共3条", "/nb/", ()),
        ("共4条", "/nb/", ("/nb/index_2.html", "/nb/index_1.html")),
        ("没有页数", "/nb/", ()),
    ],
)
def test_an_address_is_derived_only_where_the_page_declares_more(after, path, wanted):
    read = read_anchors(page(after, path))
    assert read.next_urls == tuple(HOST + path for path in wanted)
    assert read.guessed is bool(wanted)


def test_a_printed_address_is_not_derived():
    read = read_anchors(page('共3页 <a href="/nb/p2.html">下一页</a>'))
    assert (read.next_urls, read.guessed) == ((f"{HOST}/nb/p2.html",), False)


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ('<button onclick="more()">加载更多</button>', "加载更多"),
        ("<div class='load'>点击加载更多</div>", "加载更多"),
        ('<button class="more disabled">加载更多</button>', ""),
        ('<button style="display:none">加载更多</button>', ""),
        ('<a href="javascript:next(2)">下一页</a>', "下一页"),
        ('<a href="javascript:void(0)" onclick="goPage(this,2)">下页</a>', "下一页"),
        ('<a href="javascript:;" class="disabled" onclick="goPage(2)">下一页</a>', ""),
        ("<span>下一页</span>", ""),
        ('<a href="/xw/">更多</a>', ""),
    ],
)
def test_a_button_without_an_address_promises_more_unless_it_is_off(after, wanted):
    assert promised(page(after)) == wanted


def test_a_page_knows_its_own_number():
    assert number_of(page("", "/nb/?page=4")) == 4
    assert number_of(page("第5页", "/nb/index_4.html")) == 5
    assert number_of(page("", "/nb/index_4.html")) == 4
    assert number_of(page("", "/nb/")) == 1


def test_the_second_page_of_a_folder_keeps_its_kind_of_file():
    assert usual_second(f"{HOST}/nb/default.htm")[0] == f"{HOST}/nb/default_2.htm"


@pytest.mark.parametrize(
    ("article", "home"),
    [
        ("/nb/202401/t20240130_1.html", "/nb/"),
        ("/nb/20230131/i2920151.html", "/nb/"),
        ("/nb/content/post_1.html", "/nb/"),
        ("/n1/n2/c98121723/content.html", "/n1/n2/"),
        ("/govxxgk/x/2024-01-30/a.html", "/govxxgk/x/"),
        ("/art/2023/1/19/art_1229_74.html", "/art/col1229/"),
        ("/columns/u/202602/26/a.html", "/columns/u/"),
    ],
)
def test_an_article_s_column_is_its_folder_without_dates(article, home):
    assert home_of(HOST + article) == HOST + home


@pytest.mark.parametrize(
    ("link", "column"),
    [
        ("/public/column/26?type=4&catId=7", "/public/column/26?type=3&action=list"),
        ("/zfxxgk/public/column/29621?type=2", "/zfxxgk/public/column/29621?type=3&action=list"),
        ("/OpennessContent/showList/3/9/page_1.html", "/XxgkAnnualReport/showList/3/page_1.html"),
        ("/fzx/c111100/zfxxgklby_zn.shtml", "/fzx/c111100/zfxxgklby_nb.shtml"),
    ],
)
def test_a_platform_keeps_the_column_where_its_rule_says(link, column):
    found = columns_by_rule(page(f'<a href="{link}">公开指南</a>', "/zwgk/"))
    assert (HOST + column) in [url for url, _ in found]


def test_a_platform_s_report_column_is_not_derived_from_itself():
    for path in ("/public/column/26?type=3", "/XxgkAnnualReport/showList/3/page_1.html"):
        assert columns_by_rule(page("", path)) == []


VOID = '<a href="javascript:void(0)">下一页</a>'
MANY = "".join(f'<li><a href="/nb/9{n:07}.html">2{n:03}年信息公开年报</a></li>' for n in range(12))


@pytest.mark.parametrize(
    ("after", "rendered", "words"),
    [
        ('<button onclick="more()">加载更多</button>', False, "加载更多"),
        ('<button onclick="more()" disabled>加载更多</button>', False, ""),
        ('<a onclick="turn()">下一页</a>', False, "下一页"),
        ('<li class="disabled"><a onclick="turn()">下一页</a></li>', False, ""),
        ('<a onclick="turn()">下一页</a>共1页', False, ""),
        ('<a href="javascript:go(1)">下一页</a>', False, ""),  # the number of this page
        (VOID, False, ""),
        (VOID, True, "下一页"),
        ('<button class="btn-next"><i></i></button>', False, ""),
        ('<button class="btn-next"><i></i></button>', True, "下一页"),
        ('<button class="btn-next" disabled><i></i></button>', True, ""),
        ('<li class="ant-pagination-next" aria-disabled="true"><i></i></li>', True, ""),
    ],
)
def test_what_a_page_promises_beyond_its_addresses(after, rendered, words):
    assert promised(replace(page(after), rendered=rendered)) == words


@pytest.mark.parametrize(
    ("after", "maybe"),
    [
        (VOID, False),  # three rows may be all
        (MANY + VOID, True),
        (MANY + VOID.replace("<a", '<a class="disabled"'), False),
        ("<script></script><a href='#2023'>2023年</a><a href='#2022'>2022年</a>", True),
        ("<script></script><a href='#2023'>2023年</a>", False),
        ("<script></script><a href='/2023/'>2023年</a><a href='/2022/'>2022年</a>", False),
        ('<script></script><select onchange="o(this)"><option>2023<option>2022</select>', True),
        ("<script></script><select><option>2023<option>2022</select>", False),
    ],
)
def test_where_a_press_is_worth_a_try(after, maybe):
    assert read_anchors(page(after)).maybe_more is maybe


POSTED = (
    '<form method="post" action="l.do"><input type="hidden" name="no" value="2">'
    '<input type="submit" name="b" value="下一页"></form>'
)


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        (
            POSTED,
            ("POST", f"{HOST}/nb/l.do", b"no=2&b=%E4%B8%8B%E4%B8%80%E9%A1%B5"),
        ),
        (
            '<form action="/l"><input name="no" value="2"><button>下一页</button></form>',
            ("GET", f"{HOST}/l?no=2", b""),
        ),
        ('<form action="/l"><button disabled>下一页</button></form>', None),
        ('<form action="javascript:;"><button>下一页</button></form>', None),
    ],
)
def test_a_form_s_button_asks_for_the_next_page(form, asked):
    asks = [(a.method, a.url, a.body) for a in read_anchors(page(form)).next_asks]
    assert asks == ([asked] if asked else [])


def pager(*words: str) -> str:
    return '<input type="hidden" name="__VIEWSTATE"><form action="l.aspx">' + "".join(
        f"<span>{w[1:-1]}</span>"
        if w[0] == "["
        else f"<a href=\"javascript:__doPostBack('P','{w}')\">{w}</a>"
        for w in words
    )


@pytest.mark.parametrize(
    ("words", "argument"),
    [
        (("[1]", "2", "3"), "2"),
        (("1", "[2]", "3"), "3"),
        (("1", "2", "[3]"), None),
        (("...", "11", "[12]", "13", "..."), "13"),
        (("8", "9", "[10]", "..."), "..."),
        (("[1]", "2", "下一页"), "下一页"),
    ],
)
def test_a_web_form_s_pager_of_numbers_is_turned(words, argument):
    asks = families()["webforms"].read_list(page(pager(*words))).next_asks
    assert [parse_qs(a.body.decode())["__EVENTARGUMENT"] for a in asks] == (
        [[argument]] if argument else []
    )


@pytest.mark.parametrize("cell", ["<td>{}</td><td>", "<span>{}</span>", "<b>{}</b><i></i>"])
def test_a_link_that_says_only_look_is_named_by_its_row(cell):
    title = "青榆县2023年政府信息公开工作年度报告"
    tag = "tr" if "td" in cell else "li"
    row = f'<{tag}>{cell.format(title)}<a href="/x/7.html">查看</a></{tag}>'
    body = f"<html><body><table>{row}</table></body></html>".encode()
    read = read_anchors(Page(url=HOST + "/nb/", body=body))
    assert [(link.title, link.url) for link in read.links] == [(title, f"{HOST}/x/7.html")]


def test_years_that_lie_together_are_folders_wherever_they_lie():
    links = "".join(f'<li><a href="/d/{y}7.html">{y}年</a></li>' for y in (2023, 2022))
    alone = '<li><a href="/e/1.html">2021年</a></li>'
    read = read_anchors(page(links + alone, "/zw/nb/"))
    assert [f.url for f in read.sub_columns] == [f"{HOST}/d/20237.html", f"{HOST}/d/20227.html"]
    assert read_anchors(page(alone, "/zw/nb/")).sub_columns == ()
