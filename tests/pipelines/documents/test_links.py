"""Links and frames of a page, and which of them may hold the report."""

from __future__ import annotations

import pytest

from pipelines.documents import attachments_of
from tests.pipelines.documents.shapes import read

BASE = "https://www.qingyu.gov.cn/zwgk/nb/t20240120_1.html"


def attached(markup: str, url: str = BASE) -> list[str]:
    return [link.url for link in attachments_of(read(f"<body>{markup}</body>", url=url))]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<a href='./P020240120.pdf'>附件</a>", "https://www.qingyu.gov.cn/zwgk/nb/P020240120.pdf"),
        ("<a href='//f.qingyu.gov.cn/a.docx'>年报</a>", "https://f.qingyu.gov.cn/a.docx"),
        (
            "<a href='/module/download/downfile.jsp?classid=0&filename=0a1b.pdf'>下载</a>",
            "https://www.qingyu.gov.cn/module/download/downfile.jsp?classid=0&filename=0a1b.pdf",
        ),
        (
            "<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9'>年报</a>",
            "https://www.qingyu.gov.cn/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9",
        ),
        ("<a href='..\\f\\a.doc'>附件</a>", "https://www.qingyu.gov.cn/zwgk/f/a.doc"),
        ("<a href=' ./a b.xls '>附表</a>", "https://www.qingyu.gov.cn/zwgk/nb/a%20b.xls"),
        (
            "<a href='javascript:void(0)' data-url='/f/a.ofd'>查看</a>",
            "https://www.qingyu.gov.cn/f/a.ofd",
        ),
        ("<a href='#' onclick=\"open('/f/a.zip')\">下载</a>", "https://www.qingyu.gov.cn/f/a.zip"),
        (
            "<iframe src='/pdfjs/web/viewer.html?file=%2Ffiles%2Fnb%202023.pdf'></iframe>",
            "https://www.qingyu.gov.cn/files/nb%202023.pdf",
        ),
        (
            "<iframe src='/pdfjs/web/viewer.html?file=https%253A%252F%252Fa.gov.cn%252Fb.pdf'></iframe>",
            "https://a.gov.cn/b.pdf",
        ),
        ("<embed src='a.pdf'>", "https://www.qingyu.gov.cn/zwgk/nb/a.pdf"),
        ("<object data='/a.pdf'></object>", "https://www.qingyu.gov.cn/a.pdf"),
        (
            "<p>文</p><script>PDFObject.embed('/f/a.pdf','#x')</script>",
            "https://www.qingyu.gov.cn/f/a.pdf",
        ),
        (
            "<p>详见图片</p><img src='./W0202401.png'>",
            "https://www.qingyu.gov.cn/zwgk/nb/W0202401.png",
        ),
    ],
)
def test_what_may_hold_the_report_is_found_with_its_full_address(markup, address):
    assert attached(markup) == [address]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='javascript:window.print()'>打印</a>",
        "<a href='mailto:a@b.gov.cn'>信箱</a>",
        "<a href='http://[broken/a.pdf'>附件</a>",
        "<a href='sqb.doc'>依申请公开申请表</a>",
        "<a href='/v/a.mp4'>视频</a>",
        "<a href='/zwgk/other.html'>政务公开</a>",
        "<img src='/images/icon_pdf.gif'>",
    ],
)
def test_what_cannot_hold_the_report_is_not_offered(markup):
    assert attached("<p>正文</p>" + markup) == []


def test_pictures_are_not_offered_beside_a_text():
    assert attached("<p>" + "本县稳步推进各项工作。" * 80 + "</p><img src='W01.jpg'>") == []


def test_better_carriers_come_first():
    markup = (
        "<p>附件：</p><a href=a.zip>1</a><a href=a.pdf>2</a><a href=a.docx>3</a><a href=a.wps>4</a>"
    )
    assert [url.rsplit(".", 1)[1] for url in attached(markup)] == ["docx", "pdf", "wps", "zip"]


def test_a_base_element_moves_relative_addresses():
    markup = "<html><head><base href='https://cdn.qingyu.gov.cn/x/'></head><body><a href=a.pdf>年报</a></body></html>"
    assert [link.url for link in read(markup, url=BASE).links] == [
        "https://cdn.qingyu.gov.cn/x/a.pdf"
    ]


def test_a_cut_link_text_is_completed_from_the_title_attribute():
    page = read(
        "<body><p>文</p><a href=a.pdf title='青榆县2023年政府信息公开工作年度报告'>青榆县2023年政府…</a></body>"
    )
    assert page.links[0].text == "青榆县2023年政府信息公开工作年度报告"
