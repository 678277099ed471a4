"""Report pages of the demo world: every table once, in place, in order; nothing of the text lost."""

from __future__ import annotations

import base64

import pytest

from crawler.demo.prose import HEADINGS
from crawler.demo.reports import render_body, render_html
from pipelines.documents.blocks import Grid, TextBlock
from pipelines.documents.html.tree import parse
from pipelines.documents.prose import main_lines
from tests.pipelines.documents.shapes import (
    expected_grids,
    grids,
    placed,
    read,
    some_report,
)

CHROME = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_青榆县人民政府</title>
<meta name="SiteName" content="青榆县人民政府"><meta name="SITEIDCODE" content="9901210001"/>
<meta name="ArticleTitle" content="{title}"><meta name="ContentSource" content="null">
<meta name="Description" content=""></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">一、主动公开</a></li>
<li><a href="/zfxxgk/">政府信息公开</a></li></ul></div>
<div class="dqwz">您当前的位置： <a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
<div class="wrap"><h1>{title}</h1><div class="info">来源：青榆县人民政府办公室
 <span>发布日期：2024-01-20 10:00</span> 【字体：大 中 小】</div>
<div class="{box}">{body}</div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="fujian"><a href="./P020240120001.docx">附件：{title}.docx</a> <a href="sqb.doc">依申请公开申请表</a></div>
<div class="xgxx"><h3>相关信息</h3><ul><li><a href="/a/1.html">青榆县2021年政府信息公开工作年度报告</a></li></ul></div></div>
<div class="footer">主办：青榆县人民政府办公室 <a href="/map.html">网站地图</a> 备案号 0000</div></body></html>"""


@pytest.mark.parametrize("look", ["clean", "word", "spans"])
@pytest.mark.parametrize("number", [0, 4])
@pytest.mark.parametrize("box", ["TRS_UEDITOR", "unheard-of"])
def test_a_page_gives_each_table_once_where_its_spans_put_it(look, number, box):
    report = some_report(number)
    page = CHROME.format(title=report.title, body=render_body(report, look), box=box)
    document = read(page)
    wanted = expected_grids(report)
    found = grids(document)
    assert len(found) == len(wanted)
    for grid, cells in zip(found, wanted, strict=True):
        got = placed(grid)
        if look == "spans":  # the page lies about spans: cells shift as in a browser, none is lost
            assert [got[k][0] for k in sorted(got)] == [cells[k][0] for k in sorted(cells)]
        else:
            assert got == cells
    assert document.carrier == "html_table"


def test_headings_stand_before_their_tables_and_the_page_around_is_left_out():
    report = some_report()
    document = read(CHROME.format(title=report.title, body=render_body(report), box="x"))
    order = []
    for block in document.blocks:
        if isinstance(block, Grid):
            order.append(f"grid {block.n_rows}")
        else:
            order += [h for h in HEADINGS if h in block.text.split("\n")]
    tables = [i for i, entry in enumerate(order) if entry.startswith("grid")]
    assert [entry for entry in order if not entry.startswith("grid")] == list(HEADINGS)
    assert [order[i - 1] for i in tables] == list(HEADINGS[1:4])
    for furniture in ("网站地图", "分享到", "相关信息", "首页", "字体"):
        assert furniture not in document.text
        assert furniture in document.page_text


def test_what_the_page_says_of_itself_is_read():
    report = some_report()
    document = read(CHROME.format(title=report.title, body=render_body(report), box="zoom"))
    assert document.title == report.title
    assert document.breadcrumb == ("首页", "政务公开", "政府信息公开年报")
    assert document.metadata["siteidcode"] == "9901210001"
    assert document.metadata["sitename"] == "青榆县人民政府"
    assert document.metadata["发布日期"] == "2024-01-20 10:00"
    assert document.metadata["来源"] == "青榆县人民政府办公室"
    assert "contentsource" not in document.metadata, "a null content says nothing"


def test_a_bare_page_keeps_its_opening_and_its_title():
    report = some_report()
    document = read(render_html(report))
    assert document.title == report.title
    assert "统计期限" in document.text or "本报告" in document.text
    assert len(grids(document)) == 3


def test_sections_in_boxes_of_their_own_keep_the_opening_beside_them():
    parts = "".join(
        f"<div class=part><h2>{h}</h2><p>{'本县稳步推进各项工作。' * 9}</p></div>" for h in HEADINGS
    )
    page = (
        "<html><body><div class=top><a href=/>首页</a></div><div id=whole>"
        "<div class=lead><p>本报告依照有关规定编制，所列数据的统计期限为2023年1月1日至12月31日，由六个部分组成。</p></div>"
        f"<div class=parts>{parts}</div></div></body></html>"
    )
    document = read(page)
    assert "统计期限" in document.text
    assert [b.text for b in document.blocks if isinstance(b, TextBlock) and b.heading] == list(
        HEADINGS
    )


def test_a_list_of_contents_is_not_taken_for_the_report():
    toc = "<div class=toc>" + "".join(f"<p>{h}</p>" for h in HEADINGS) + "</div>"
    text = "".join(f"<p>{h}</p><p>{'本县稳步推进各项工作。' * 20}</p>" for h in HEADINGS)
    document = read(f"<html><body><div>{toc}<div class=t>{text}</div></div></body></html>")
    assert document.text.count("本县稳步推进各项工作。") == 120


def test_of_a_desktop_and_a_mobile_copy_one_is_read():
    report = some_report()
    body = render_body(report)
    document = read(f"<body><div class=pc>{body}</div><div class=m>{body}</div></body>")
    assert len(grids(document)) == 3
    assert document.text.count(HEADINGS[5]) == 1


def test_a_hidden_copy_is_not_read_and_a_hidden_report_is_when_nothing_else_is_there():
    report = some_report()
    body = render_body(report)
    style = "<style>.off{display:none} @media print{.on{display:none}}</style>"
    document = read(
        f"<head>{style}</head><body><div class=on>{body}</div><div class=off>{body}</div></body>"
    )
    assert len(grids(document)) == 3
    only = read(f"<head>{style}</head><body><p>加载中</p><div class=off>{body}</div></body>")
    assert len(grids(only)) == 3


def test_a_report_laid_out_by_nested_tables_comes_apart_into_its_blocks():
    report = some_report()
    page = (
        "<body><table width=1000><tr><td><table><tr><td><a href=/>首页</a></td><td><a href=/x>政务公开</a></td>"
        "</tr></table></td></tr><tr><td><table><tr><td width=200>左栏</td><td>"
        f"{render_body(report)}</td></tr></table></td></tr><tr><td>版权所有</td></tr></table></body>"
    )
    document = read(page)
    assert [placed(g) for g in grids(document)] == expected_grids(report)
    assert all(h in document.text for h in HEADINGS)


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
@pytest.mark.parametrize("label", ["utf-8", "gb2312", None])
def test_labels_of_charset_may_lie_in_any_direction(charset, label):
    report = some_report()
    page = render_html(report).replace(
        '<meta charset="utf-8">', f'<meta charset="{label}">' if label else ""
    )
    header = f"text/html; charset={label}" if label else "text/html"
    document = read(page.encode(charset), header)
    assert document.charset == charset
    assert document.title == report.title
    assert [placed(g) for g in grids(document)] == expected_grids(report)


def test_an_index_table_is_metadata_and_not_a_table_of_the_report():
    report = some_report()
    index = (
        "<table class=xxgk><tr><td>索 引 号：</td><td>990121/2024-00011</td><td>信息分类：</td><td>年报</td></tr>"
        "<tr><td>发布机构：</td><td>青榆县人民政府办公室</td><td>成文日期：</td><td>2024年01月18日</td></tr>"
        f"<tr><td>标　　题：</td><td colspan=3>{report.title}</td></tr></table>"
    )
    document = read(f"<body><div>{index}<div>{render_body(report)}</div></div></body>")
    assert len(grids(document)) == 3
    assert document.metadata["索引号"] == "990121/2024-00011"
    assert document.metadata["发布机构"] == "青榆县人民政府办公室"
    assert document.metadata["成文日期"] == "2024年01月18日"
    assert document.metadata["标题"] == report.title


def test_meta_tags_printed_escaped_into_the_page_are_read():
    document = read(
        "<body>&lt;meta name=&quot;SiteIDCode&quot; content=&quot;9901210001&quot;/&gt;<p>正文</p>"
    )
    assert document.metadata["siteidcode"] == "9901210001"


def test_a_hidden_tab_that_holds_the_tables_is_read_with_the_visible_text():
    report = some_report()
    text = "".join(f"<p>{h}</p><p>{'本县稳步推进各项工作。' * 9}</p>" for h in HEADINGS)
    tables = render_body(report)
    page = f"<body><div><div>{text}</div><div style='display:none'>{tables}</div></div></body>"
    assert len(grids(read(page))) == 3


def test_on_a_page_that_nothing_marks_the_article_is_told_from_its_surroundings():
    words = "本单位的年度工作按计划完成，群众办事更加方便，投诉明显减少，各项制度逐步健全。"
    menu = "".join(f"<li><a href='/{i}'>栏目名称{i}</a></li>" for i in range(40))
    page = (
        f"<html><body><div><ul>{menu}</ul></div><div><h1>某单位工作情况</h1>"
        + "".join(f"<p>{words}{i}</p>" for i in range(12))
        + "<table><tr><td>项</td><td>数</td></tr><tr><td>甲</td><td>1</td></tr></table></div>"
        + f"<div><ul>{menu}</ul></div></body></html>"
    )
    document = read(page)
    assert all(f"{words}{i}" in document.text for i in range(12))
    assert "栏目名称7" not in document.text
    assert "栏目名称7" in document.page_text
    assert len(grids(document)) == 1


def test_a_page_that_only_frames_a_file_is_a_document_with_that_link():
    page = "<html><body><div id=zoom><iframe src='/f/a.pdf'></iframe></div></body></html>"
    document = read(page)
    assert document.text == ""
    assert [link.kind for link in document.links] == ["iframe"]


def test_of_the_links_beside_the_report_only_files_are_the_documents():
    beside = (
        "<div><a href='/xxgk/'>目录</a> <a href='/a/index.html' title='首页'>首页</a>"
        " <a href='/col/1.shtml'>年报.pdf</a> <a href='/n.html' title='附件.docx'>附件</a>"
        " <a href='/b/c.pdf'>全文</a> <a href='/attach/9/'>下载</a> <a href='?id=1.doc'>原文</a></div>"
    )
    inner = render_html(some_report(), "clean").partition("<body")[2].partition(">")[2]
    page = f"<body><div>{inner.replace('</body>', '').replace('</html>', '')}</div>{beside}</body>"
    found = [link.text for link in read(page).links]
    assert [text for text in found if text in beside] == [
        "年报.pdf",
        "附件.docx",
        "全文",
        "下载",
        "原文",
    ]


@pytest.mark.parametrize(
    ("head", "attribute"),
    [
        ("", "style='DISPLAY: none'"),
        ("", "style='text-decoration: underline line-through'"),
        ("", "hidden"),
        ("<style>.x { Display : none }</style>", "class='y x'"),
        ("<style>.y {color:red} #x{display:none}</style>", "id=x class=y"),
    ],
)
def test_what_any_style_of_the_page_hides_is_not_printed(head, attribute):
    page = f"<html><head>{head}</head><body><p>一<span {attribute}>二</span>三<span>四</span></p></body></html>"
    assert read(page).page_text == "一三四"


def test_a_single_file_web_page_under_a_word_name_is_read():
    report = some_report()
    inner = render_html(report, "word").replace("utf-8", "gb2312").encode("gb18030")
    archive = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x1"\r\n\r\n--x1\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=gb2312\r\n\r\n"
        + base64.encodebytes(inner)
        + b"\r\n--x1--\r\n"
    )
    document = read(archive, "application/msword", filename="年报.doc")
    assert [placed(g) for g in grids(document)] == expected_grids(report)


@pytest.mark.parametrize("inside", ["position", "print", "wz", "top"])
def test_a_paragraph_in_a_box_with_a_name_of_page_furniture_is_kept(inside):
    parts = [f"<p>{h}</p><div class={inside}>收到申请{i}件。</div>" for i, h in enumerate(HEADINGS)]
    text = read(f"<body><div class=content>{''.join(parts)}</div></body>").text
    assert all(f"收到申请{i}件" in text for i in range(6))


def test_lines_of_the_main_text_come_in_the_order_of_the_page_on_every_run():
    # A line of ours may span several of theirs: which, must not hang on the hashes of strings.
    said = [f"第{n}句说的是水库清淤，与别的句子都不相同。" for n in range(40)]
    page = parse("<body>" + "".join(f"<p>{line}</p>" for line in said) + "</body>")
    assert [line for line in main_lines(page, []) if line in said] == said
