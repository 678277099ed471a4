import pytest

from crawler import discovery
from crawler.discovery import FOUND, Candidate, candidates, score_of, verify
from crawler.families import family_of
from crawler.pages import Anchor, Page

HOST = "http://www.qingyu.gov.test"
MENU = "".join(
    f'<li><a href="/zwgk/{path}/">{text}</a></li>'
    for path, text in (
        ("zn", "政府信息公开指南"),
        ("zd", "政府信息公开制度"),
        ("zdgk", "法定主动公开内容"),
        ("nb", "年报"),
        ("ysq", "依申请公开"),
    )
)


def link(text: str, path: str = "/x/") -> Anchor:
    return Anchor(url=HOST + path, text=text)


def page(body: str, path: str = "/", title: str = "青榆县人民政府") -> Page:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Page(url=HOST + path, body=html.encode())


def judged(target: Page, score: int = 45, home: Page | None = None) -> str:
    candidate = Candidate(rank=-score, depth=1, url=target.url)
    return verify(target, family_of(target).read_list(target), home, candidate).kind


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开年报",
        "政府信息公开工作年度报告",
        "政府信息公开年度报告",
        "信息公开年报",
        "公开年报",
        "年度报告",
        "· 政府信息公开年报 >",
    ],
)
def test_a_link_that_names_the_column_in_words_is_as_good_as_found(text):
    assert score_of(link(text))[0] >= FOUND


@pytest.mark.parametrize(
    "anchor",
    [
        link("政府网站工作年度报表"),
        link("法治政府建设年度报告"),
        link("财政决算"),
        link("国民经济统计公报"),
        link("年报", "/wzndbb/"),
        link("依申请公开"),
        link("领导信箱"),
        link("English"),
        link("政府信息公开年报", "/search?q=nb"),
    ],
)
def test_other_yearly_papers_and_dead_ends_are_not_worth_a_request(anchor):
    assert score_of(anchor)[0] <= 0


def test_what_stands_at_the_end_of_a_path_counts_where_no_query_follows():
    assert score_of(link("更多信息", "/zwgk/x/nb"))[0] > 20
    assert score_of(link("图片新闻", "/zwgk/nb/1.jpg"))[0] < 0
    assert score_of(link("栏目", "/xxgk"))[0] > score_of(link("栏目", "/bszn"))[0]


def test_a_bare_nianbao_counts_only_beside_its_statutory_siblings():
    ranked = candidates(page(f"<ul>{MENU}</ul>"), 1)
    assert ranked[0].url == f"{HOST}/zwgk/nb/"
    assert ranked[0].score > FOUND
    assert score_of(link("年报"))[0] < FOUND


def test_landing_pages_come_after_named_columns_and_before_the_site_map():
    body = (
        '<a href="/map.html">网站地图</a><a href="/zwgk/">政务公开</a>'
        '<a href="/zwgk/zfxxgknb/">政府信息公开年报</a>'
    )
    texts = [c.text for c in candidates(page(body), 1)]
    assert texts == ["政府信息公开年报", "政务公开", "网站地图"]


def test_the_folder_of_a_report_leads_to_its_column():
    body = (
        f'<a href="{HOST}/zwgk/nb/202401/t20240130_1.html">青榆县2023年政府信息公开工作年度报告</a>'
        f'<a href="{HOST}/art/2023/1/19/art_1229720664_74.html">青榆县2022年政府信息公开年度报告</a>'
    )
    assert discovery.inverse(page(body)) == {
        f"{HOST}/zwgk/nb/": "the folder of a report",
        f"{HOST}/col/col1229720664/index.html": "the folder of a report",
    }


ROWS = "".join(
    f'<li><a href="/nb/t2024030{y - 2020}_{y}.html">青榆县{y}年政府信息公开工作年度报告</a>2024-03-01</li>'
    for y in (2022, 2023)
)


def test_two_rows_of_reports_make_a_column():
    assert judged(page(f"<ul>{ROWS}</ul>", "/nb/", "政府信息公开年报")) == "column"


def test_a_page_called_nianbao_without_rows_is_an_empty_column():
    assert judged(page("<p>暂无相关信息</p>", "/nb/", "政府信息公开年报_青榆县")) == "empty"


def test_a_list_of_other_things_is_no_column():
    news = "".join(
        f'<li><a href="/xw/{n}.html">河道清淤工程完工第{n}期</a>2024-03-01</li>' for n in range(9)
    )
    assert judged(page(f"<ul>{news}</ul>", "/xw/", "要闻")) == "no"


def test_the_home_page_under_another_address_is_no_column():
    home = page(f"<ul>{ROWS}</ul>", "/", "青榆县人民政府")
    again = Page(url=f"{HOST}/zfxxgk/zfxxgknb/", body=home.body)
    assert judged(again, FOUND, home) == "no"


@pytest.mark.parametrize(
    "text", ["抱歉，您访问的页面不存在", "该信息已被删除", "栏目建设中", "404 Not Found"]
)
def test_a_page_that_says_it_is_not_there_is_not_there(text):
    gone = page(f"<p>{text}</p>", "/zfxxgk/zfxxgknb/", "政府信息公开年报")
    assert discovery.soft_404(gone)
    assert judged(gone, FOUND) == "no"


def test_a_long_page_that_mentions_a_missing_page_is_there():
    text = "本系统改版后部分旧链接可能提示页面不存在，请从首页进入。" + "公开内容" * 500
    assert not discovery.soft_404(page(f"<p>{text}</p>"))


def test_a_column_that_is_one_report_in_full_is_recognised():
    body = (
        "<h2>一、总体情况</h2><h2>二、主动公开政府信息情况</h2><h2>三、收到和处理政府信息公开申请情况</h2>"
        "<h2>四、行政复议、行政诉讼情况</h2><h2>五、存在的主要问题及改进情况</h2>"
    )
    assert discovery.is_report_itself(page(body))
    assert not discovery.is_report_itself(page("<h2>一、总体情况</h2>"))


def test_a_menu_that_came_as_jsonp_is_read_as_links_and_null_pages_as_what_lies_beside():
    nodes = '[{"name":"公开","children":[{"name":"政府信息公开年报","url":"/x/c9/null.shtml"}]},{"name":"无","url":""}]'
    tree = Page(url=f"{HOST}/u/channel/treeNew/x?level=1", body=f"null({nodes});".encode())
    assert [c.url for c in candidates(tree, 2)] == [
        f"{HOST}/x/c9/xlist.shtml",
        f"{HOST}/x/c9/xxgkList.shtml",
    ]


@pytest.mark.parametrize(
    "body", [b"[" * 5000, b'{"a": [1, null, {"name": 3, "url": {}}]}', b"{", b"", b"null(1);"]
)
def test_an_odd_answer_is_no_menu(body):
    assert discovery.tree_nodes(Page(url=f"{HOST}/tree", body=body)) == ()


def test_a_frame_and_a_tree_are_no_step_further_than_the_page_that_shows_them():
    body = '<iframe src="/module/xxgk/tree.jsp?area=1"></iframe><script>get("/u/channel/treeNew/x?level=1")</script>'
    assert {(c.url, c.depth) for c in candidates(page(body), 2)} == {
        (f"{HOST}/module/xxgk/tree.jsp?area=1", 1),
        (f"{HOST}/u/channel/treeNew/x?level=1", 1),
    }


REPORT = "<h1>青榆县水利局2023年政府信息公开工作年度报告</h1>"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (f"电子版可在政府网站下载（{HOST}/zwgk/nb/）。", f"{HOST}/zwgk/nb/"),
        (
            "本报告可在 www.qingyu.gov.test/nb/l.html 查阅下载 www.qingyu.gov.test/nb/l.html",
            f"{HOST}/nb/l.html",
        ),
        ("电子版可在网站下载（http://mlxxxgk.old.gov.test/col/col12946/index.html）。", None),
        (f"电子版可在政府网站下载（{HOST}/）。", None),
    ],
)
def test_a_report_prints_where_its_column_lies_and_other_hosts_are_not_believed(said, found):
    wanted = {found: "printed in a report"} if found else {}
    assert discovery.inverse(page(f"{REPORT}<p>{said}</p>", "/xw/1.html")) == wanted


def test_the_breadcrumb_of_a_report_leads_back_to_its_column():
    crumbs = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/k/">公开</a> &gt; <a href="/k/7/">专栏</a></div>'
    assert list(discovery.inverse(page(f"{crumbs}{REPORT}", "/xw/1.html"))) == [
        f"{HOST}/k/7/",
        f"{HOST}/k/",
    ]
    # Of an article that is no report it says nothing.
    assert discovery.inverse(page(f"{crumbs}<h1>河道清淤工程完工</h1>", "/xw/1.html")) == {}


def test_an_article_that_bears_the_name_of_its_column_is_no_empty_column():
    body = '<meta name="ArticleTitle" content="通知"><meta name="ColumnName" content="政府信息公开年报">'
    article = Page(
        url=f"{HOST}/xw/1.html",
        body=f"<html><head>{body}</head><body><p>x</p></body></html>".encode(),
    )
    assert judged(article) == "no"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("政府办公室信息公开年报", "column"), ("云溪县人民政府", "no"), ("部门信息公开年报", "no")],
)
def test_bare_years_are_believed_for_what_the_link_says_not_for_its_address(text, kind):
    """On a city's platform another county's folder has the same name as ours."""
    years = "".join(f'<li><a href="{y}n/">{y}年</a></li>' for y in (2023, 2022))
    shown = page(f"<ul>{years}</ul>", "/110093/zfxxgknb/", "列表")
    found = Candidate(rank=-80, depth=1, url=shown.url, text=text, evidence=("path names 年报",))
    assert verify(shown, family_of(shown).read_list(shown), None, found).kind == kind
