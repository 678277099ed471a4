"""What stands on a column's page beside its rows and may hold more."""

import pytest

from crawler.families._beside import (
    draws_pager,
    grows_by_scrolling,
    leads_of,
    office_without_address,
    rows_that_wait,
    rows_without_address,
    years_without_address,
)
from crawler.families._paging import next_by_anchor
from crawler.families._rows import folders_of
from crawler.pages import Page

HERE = "http://www.qingyu.gov.test/gk/nb/list.html"


def page(body: str, url: str = HERE) -> Page:
    return Page(url=url, body=f"<html><body>{body}</body></html>".encode())


def leads(text: str, href: str = "/gk/older/") -> list[str]:
    return [lead.title for lead in leads_of(page(f'<a href="{href}">{text}</a>'))]


@pytest.mark.parametrize(
    "text",
    ["历年年报", "历史年报", "往年年度报告", "2009-2020年", "2009年至2020年年报", "2008—2018年", "2014年及以前",
     "历史年报（2009-2020年）请点击这里", "县政府办公室", "区人民政府办公室年报"],
)  # fmt: skip
def test_links_to_older_years_and_to_the_office_lead_on(text):
    assert leads(text) == [text]


@pytest.mark.parametrize(
    "text",
    ["2021-2025年发展规划", "历年财政决算", "历史沿革", "历史文化", "青榆县人民政府2024年政府信息公开工作年度报告",
     "县政府办公室领导", "往年政策文件", "通知公告"],
)  # fmt: skip
def test_other_links_do_not(text):
    assert leads(text) == []


def test_the_office_of_another_portal_is_no_lead():
    assert leads("市政府办公室", "http://www.huyu.gov.test/") == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>下拉加载</p><script>go()</script>",
        '<script>window.addEventListener("scroll",function(){fetch("/api?c="+c)})</script>',
        "<script>$(window).scroll(function(){ $.post('/list', {p: n}) })</script>",
    ],
)
def test_a_list_that_grows_by_scrolling_is_told(body):
    assert grows_by_scrolling(page(body))


@pytest.mark.parametrize(
    "body",
    [
        '<script>window.addEventListener("scroll",function(){top.style.display="block"})</script>',
        '<script>$.get("/hits")</script>',
        "<p>下拉加载</p>",
    ],
)
def test_a_button_to_the_top_and_a_counter_are_no_growing_list(body):
    assert not grows_by_scrolling(page(body))


def test_years_and_organs_that_only_a_script_opens_are_told():
    shut = page(
        "<select id=y><option value=2019>2019年</option><option value='/n/18.html'>2018年</option>"
        "</select><ul><li onclick='t(3)'>2017</li></ul><a href='/n/16.html'>2016年</a>"
        "<script>var nodes=[{id:1,name:'县政府办公室'},{id:2,name:'县财政局'}]</script>"
    )
    assert years_without_address(shut) == {2019, 2017}
    assert office_without_address(shut) == "县政府办公室"


def test_reports_whose_links_only_a_script_knows_are_told():
    title = "青榆县人民政府2024年政府信息公开工作年度报告"
    void = f"<a href='javascript:void(0)'>{title}</a><script>bind()</script>"
    assert rows_without_address(page(void)) == [title]
    assert rows_without_address(page(f"<a href='/nb/24.html'>{title}</a><script></script>")) == []


PAGER = "<div>{}</div>"


@pytest.mark.parametrize(
    "links",
    [
        "<a href='list.html'>1</a> <a href='list_2.html'>2</a> <a href='list_3.html'>3</a>",
        "<span>1</span> <a href='list_2.html'>2</a> <a href='list_3.html'>3</a>",
        "<ul><li><a href='list.html'>1</a></li><li><a href='list_2.html'>2</a></li></ul>",
    ],
)
def test_a_pager_of_bare_numbers_leads_on(links):
    (url,) = next_by_anchor(page(PAGER.format(links)))
    assert url.endswith("/list_2.html")


@pytest.mark.parametrize(
    "links",
    [
        "<a href='/a'>1</a> <a href='/b'>5</a>",
        "<a href='list.html'>1</a> <a href='list.html'>2</a>",
        "<a href='/x'>12</a>",
    ],
)
def test_numbers_that_are_no_pages_lead_nowhere(links):
    assert next_by_anchor(page(PAGER.format(links))) == ()


def test_on_the_last_page_bare_numbers_lead_nowhere():
    links = "<a href='list.html'>1</a> <a href='list_2.html'>2</a>"
    assert next_by_anchor(page(links, HERE.replace(".html", "_2.html"))) == ()


def test_tabs_of_organs_that_are_sibling_files_are_folders():
    tabs = "".join(
        f"<a href='/showList/{n}/page_1.html'>{name}</a>"
        for n, name in enumerate(("县政府", "县政府办公室", "部门"), 1)
    )
    here = "http://www.qingyu.gov.test/showList/1/page_1.html"
    assert [f.title for f in folders_of(page(tabs, here))] == ["县政府办公室", "部门"]


def test_the_cases_of_columns_that_are_not_all_there_is_are_told(shared):
    def case(name: str) -> Page:
        return Page(url=HERE, body=(shared / "cases" / "portals" / name).read_bytes())

    assert len(leads_of(case("archive_host_column.html"))) == 1
    assert grows_by_scrolling(case("cursor_scroll_column.html"))


SCRIPT = "<script>listen()</script>"


def test_titles_that_are_no_links_wait_for_a_press():
    rows = "<li>青榆县2023年政府信息公开年报</li><li>2022年<span>2023-01-30</span></li>"
    rows += '<li><a href="javascript:show(3)">2020年</a><span>2021-01-30</span></li>'
    rows += "<li>青榆县2021年政府信…<span>2022-01-30</span></li>"
    pager = '<a href="1.html">1</a><a href="2.html">2</a>'
    assert rows_that_wait(page(f"<ul>{rows}</ul>{pager}{SCRIPT}")) == [
        "青榆县2023年政府信息公开年报",
        "2022年2023-01-30",
        "2020年2021-01-30",
        "青榆县2021年政府信…2022-01-30",
    ]


def test_what_is_linked_or_stands_on_a_page_without_scripts_waits_for_nothing():
    title = "青榆县2023年政府信息公开年报"
    linked = f'<li><a href="/a.html">{title}</a><span>2024-01-30</span></li>'
    whole = f"<li onclick=\"open('/a.html')\">{title}<span>2024-01-30</span></li>"
    assert rows_that_wait(page(linked + whole + SCRIPT)) == []
    assert rows_that_wait(page(f"<li>{title}</li>")) == []
    assert rows_without_address(page(whole + SCRIPT)) == []


def test_the_branch_of_the_office_in_a_tree_leads_to_it():
    nodes = """<script>var nodes=[{id:1,pId:0,name:"县政府办公室"},{id:11,pId:1,name:"年度报告",url:"b.html"},
{id:2,pId:0,name:"县财政局"},{id:21,pId:2,name:"年度报告",url:"c.html"}]</script>"""
    (lead,) = leads_of(page(nodes))
    assert (lead.title, lead.url, lead.organ) == (
        "县政府办公室",
        "http://www.qingyu.gov.test/gk/nb/b.html",
        True,
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("""document.write('<a href="nb-2.html">下一页</a>')""", True),
        ("pager.innerHTML = `<a href=${next}>下页</a>`", True),
        ("// 下一页 is drawn elsewhere", False),
        ("alert('没有了')", False),
    ],
)
def test_a_pager_that_only_a_script_writes_is_told(code, told):
    assert draws_pager(page(f"<ul><li>x</li></ul><script>{code}</script>")) is told


def test_years_that_lie_elsewhere_are_there_beside_organs_in_a_form():
    form = """<form action="list.html"><select name="dep" onchange="this.form.submit()">
<option value="1">县人民政府</option><option value="2">县政府办公室</option></select></form>"""
    years = "".join(f'<li><a href="/item/{y}.aspx">{y}年</a></li>' for y in (2022, 2023))
    names = [folder.title for folder in folders_of(page(form + years))]
    assert names[-2:] == ["2022年", "2023年"]
    assert "县政府办公室" in names


def test_one_year_alone_is_a_row_by_the_day_beside_it():
    row = '<li><a href="/item/7.aspx">2022年</a>{}</li>'
    assert [f.title for f in folders_of(page(row.format("<i>2023-01-30</i>")))] == ["2022年"]
    assert folders_of(page(row.format(""))) == ()
