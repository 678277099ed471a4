"""Every demo portal has its trap, and behind the trap everything that is to be found."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urljoin

import docx
import lxml.html
import pdfplumber
import pytest

from crawler.demo.files import can_draw_pictures
from crawler.demo.listing import groups
from crawler.demo.manifest import expected
from crawler.demo.portals import PAGE_SIZE, PICTURES, PORTALS
from crawler.demo.registry import HEADER, write_registry
from crawler.demo.server import WorldServer
from tests.demo.test_server import get

BY_CODE = {portal.code: portal for portal in PORTALS}
READABLE = [p for p in PORTALS if p.outcome == "ok"]


@pytest.fixture(scope="module")
def world():
    with WorldServer([portal.site() for portal in PORTALS]) as server:
        yield server


def anchors(page, base):
    return [(a.text_content(), urljoin(base, a.get("href"))) for a in page.xpath("//a[@href]")]


def tree(body, charset="utf-8"):
    return lxml.html.fromstring(body.decode(charset))


def follow(world, code, *texts, charset="utf-8"):
    """Walk from the home page by link texts; return the last page's address and bytes."""
    url = f"{world.base(code)}/"
    body = get(url)[2]
    for text in texts:
        url = next(u for t, u in anchors(tree(body, charset), url) if t == text)
        body = get(url)[2]
    return url, body


PATH = ("政务公开", "政府信息公开", "政府信息公开年报")


@pytest.mark.parametrize("portal", READABLE, ids=lambda p: p.code)
def test_the_column_is_reached_from_the_home_page_by_the_menu(world, portal):
    charset = "gb18030" if portal.code == "990100" else "utf-8"
    url, body = follow(world, portal.code, *PATH, charset=charset)
    assert "政府信息公开年报" in body.decode(charset) or portal.needs_browser
    assert url.startswith(world.base(portal.code))


@pytest.mark.parametrize("portal", READABLE, ids=lambda p: p.code)
def test_pages_carry_the_tags_the_rules_prescribe(world, portal):
    body = get(f"{world.base(portal.code)}/")[2]
    page = tree(body, "gb18030" if portal.code == "990100" else "utf-8")
    assert page.xpath("//meta[@name='SiteIDCode']/@content")[0][:6] == portal.code
    assert portal.division.name in page.xpath("//meta[@name='SiteName']/@content")[0]


def test_static_tree_names_its_further_pages_only_in_a_script(world):
    url, body = follow(world, "990121", *PATH)
    rows = BY_CODE["990121"].rows()
    total = len(groups(rows, PAGE_SIZE))
    assert re.search(rb"createPageHTML\((\d+), 0", body)[1] == str(total).encode()
    assert not any("index_" in link for _, link in anchors(tree(body), url))
    seen = 0
    for n in range(total):
        name = "index.html" if n == 0 else f"index_{n}.html"
        page = tree(get(urljoin(url, name))[2])
        links = page.xpath("//ul[@class='list']/li/a")
        seen += len(links)
        assert get(urljoin(urljoin(url, name), links[0].get("href")))[0] == 200
    assert seen == len(rows)
    assert get(urljoin(url, f"index_{total}.html"))[0] == 404


def test_datastore_shows_no_anchor_until_the_xml_is_unwrapped(world):
    url, body = follow(world, "990122", *PATH)
    listed = [link for _, link in anchors(tree(body), url) if "/art/" in link]
    assert listed == []
    rows, step = 0, body.decode()
    while True:
        rows += step.count("<record>")
        after = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', step)
        if not after:
            break
        step = get(urljoin(url, after[1]))[2].decode()
    assert rows == len(BY_CODE["990122"].rows())


def test_script_only_pages_are_empty_shells_over_a_service(world):
    url, body = follow(world, "990181", *PATH)
    assert len(body) < 2000
    assert "年度报告" not in body.decode()
    listed = json.loads(get(urljoin(url, "/api/nb"))[2])["rows"]
    assert len(listed) == len(BY_CODE["990181"].rows())
    shell = get(urljoin(url, f"show.html?id={listed[0]['id']}"))[2].decode()
    assert listed[0]["title"] not in shell
    detail = json.loads(get(urljoin(url, f"/api/nb/{listed[0]['id']}"))[2])
    assert "<table" in detail["html"]


def test_pdf_portal_has_a_linked_a_framed_and_a_bare_file(world):
    url, body = follow(world, "990124", *PATH)
    whole = {}
    while True:
        page = tree(body)
        for a in page.xpath("//li/a[@title]"):
            title = a.get("title")
            if re.match(r"松墩县(人民政府)?20\d\d年政府信息公开工作年度报告$", title):
                whole[re.search(r"20\d\d", title)[0]] = urljoin(url, a.get("href"))
        after = [link for text, link in anchors(page, url) if text == "下一页"]
        if not after:
            break
        url = after[0]
        body = get(url)[2]
    assert whole["2020"].endswith(".pdf")
    forms = set()
    for address in whole.values():
        file = address
        if not address.endswith(".pdf"):
            article = tree(get(address)[2])
            assert not article.xpath("//div[@class='article-content']//table")
            link = article.xpath("//iframe/@src | //a[contains(@href, '.pdf')]/@href")[0]
            forms.add("iframe" if article.xpath("//iframe") else "anchor")
            file = urljoin(address, link)
        status, headers, data = get(file)
        assert (status, headers["Content-Type"], data[:5]) == (200, "application/pdf", b"%PDF-")
    assert forms == {"iframe", "anchor"}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert "松墩县" in pdf.pages[0].extract_text()


def test_docx_portal_hides_the_file_behind_a_script_with_a_name_in_a_header(world):
    url, body = follow(world, "990127", *PATH)
    assert re.search(rb"createPageHTML\('page_div',\d+, 1,'zfxxgklby_nb','shtml'", body)
    address = next(
        urljoin(url, a.get("href"))
        for a in tree(body).xpath("//li/a[@title]")
        if a.get("title").startswith("远圩县2025")
    )
    link = tree(get(address)[2]).xpath("//a[contains(@href, 'downfile')]/@href")[0]
    _, headers, data = get(urljoin(address, link))
    assert headers["Content-Type"] == "application/octet-stream"
    assert "docx" in headers["Content-Disposition"]
    assert len(docx.Document(io.BytesIO(data)).tables) == 3


def test_gb18030_bytes_are_declared_nowhere_and_need_more_than_gbk(world):
    url, _ = follow(world, "990100", *PATH, charset="gb18030")
    bodies = []
    for n in (1, 2, 3, 4):
        _, headers, body = get(f"{url}&page={n}")
        assert headers["Content-Type"] == "text/html"
        assert b"charset" not in body
        bodies.append(body)
    everything = b"".join(bodies)
    assert "㵲溪乡" in everything.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        everything.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        everything.decode("utf-8")


def test_the_refusing_portal_refuses_everything(world):
    for path in ("/", "/robots.txt", "/zwgk/zfxxgk/zfxxgknb/", "/nothing"):
        status, headers, body = get(world.base("990126") + path)
        assert status == 412
        assert headers["Set-Cookie"]
        assert "年报" not in body.decode()


def test_the_forbidding_portal_would_answer_but_asks_not_to_be_asked(world):
    assert get(world.base("990128") + "/robots.txt")[2] == b"User-agent: *\nDisallow: /\n"
    assert get(world.base("990128") + "/")[0] == 200


def test_the_registry_has_the_contracts_header_and_no_column(world, tmp_path):
    path = write_registry(tmp_path / "portals.csv", world.base)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HEADER
    assert {row["column_url"] for row in rows} == {""}
    assert {row["code"] for row in rows} == set(BY_CODE)
    assert all(get(row["home_url"])[0] in (200, 412) for row in rows)


def test_the_manifest_expects_each_report_once_and_corrections_instead_of_originals():
    for portal in expected():
        keys = [report.key for report in portal.reports]
        assert len(keys) == len(set(keys))
        if portal.outcome == "ok":
            assert len([k for k in keys if k[2] == "government"]) == 7
            assert any("更正" in report.title for report in portal.reports)
        else:
            assert keys == []


@pytest.mark.skipif(not can_draw_pictures(), reason="no font with Chinese characters here")
def test_the_picture_portal_prints_no_figure_as_text_and_counts_its_pages_backwards():
    site = PICTURES.site()
    rows = PICTURES.rows()
    whole = [row for row in rows if row.kind == "whole"]
    assert [row.year for row in whole] == [2025, 2024]
    for row in whole:
        page = tree(site.pages[f"/info/1025/{row.number}.htm"].body)
        (box,) = page.xpath("//div[@class='v_news_content']")
        assert box.text_content().strip() == ""
        pictures = [site.pages[src].body for src in box.xpath(".//img/@src")]
        assert len(pictures) >= 2
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    total = len(groups(rows, PAGE_SIZE))
    assert f"zfxxgknb/{total - 1}.htm".encode() in site.pages["/zfxxgk/zfxxgknb.htm"].body
    assert "下页".encode() not in site.pages["/zfxxgk/zfxxgknb/1.htm"].body
