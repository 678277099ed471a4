"""The registry's own upkeep: what governments link, beside what the registry says."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.demo.server import Site, WorldServer
from crawler.pages import Page
from crawler.siblings import hubs, sightings, whose
from tests.spiders.world import page

ROOT = Path(__file__).parents[2]
CHILDREN = [("990121", "青榆县"), ("990122", "云梁区"), ("990123", "松墩县")]


def made(body: str, url: str = "http://www.huyu.gov.test/") -> Page:
    return Page(url=url, body=page(body, "湖屿市人民政府").encode())


def test_children_are_seen_as_links_options_and_in_any_of_their_names():
    body = (
        '<a href="http://www.qy.gov.test/">青榆县人民政府</a>'
        '<select><option value="http://www.yl.gov.test/col/1/">云梁</option></select>'
        '<a href="/songdun/">松墩县</a><a href="http://x.gov.test/">松墩文旅</a>'
    )
    assert {(s.code, s.url) for s in sightings(made(body), CHILDREN)} == {
        ("990121", "http://www.qy.gov.test/"),
        ("990122", "http://www.yl.gov.test/"),
    }


def test_a_short_name_that_two_children_share_names_neither():
    twins = [("990131", "城关县"), ("990132", "城关区")]
    body = '<a href="http://a.gov.test/">城关</a><a href="http://b.gov.test/">城关区</a>'
    assert [s.code for s in sightings(made(body), twins)] == ["990132"]


def test_pages_of_links_are_found_on_the_same_host_only():
    body = '<a href="/qxlj/">县（市、区）政府</a><a href="http://x.gov.test/">网站导航</a>'
    assert hubs(made(body)) == ["http://www.huyu.gov.test/qxlj/"]


@pytest.mark.parametrize(
    ("head", "right"),
    [
        ('<meta name="SiteIDCode" content="9901210009"><title>首页</title>', True),
        ('<meta name="SiteIDCode" content="4403010009"><title>青榆县人民政府</title>', False),
        ('<meta name="SiteIDCode" content="null"><title>青榆县人民政府</title>', True),
        ("<title>青榆县人民政府门户网站</title>", True),
        ("<title>云梁区人民政府</title>", False),
    ],
)
def test_a_home_page_says_whose_it_is_by_its_code_else_by_its_title(head, right):
    home = Page(url="http://x/", body=f"<html><head>{head}</head></html>".encode())
    assert whose(home, "990121", "青榆县")[0] is right


def test_the_spider_proposes_rows_with_their_evidence(tmp_path):
    city, right, wrong = Site("990100"), Site("990121"), Site("990122")
    right.page("/", page("<p>x</p>", "青榆县人民政府"))
    wrong.page("/", page("<p>x</p>", "某某公司"))
    with WorldServer([city, right, wrong]) as server:
        city.page(
            "/",
            page(
                f'<a href="{server.base("990121")}/zw/">青榆县</a>'
                f'<a href="{server.base("990122")}/">云梁区政府</a>',
                "湖屿市人民政府",
            ),
        )
        registry = tmp_path / "portals.csv"
        rows = [
            ("990100", "湖屿市", "prefecture", "", server.base("990100")),
            ("990121", "青榆县", "county", "湖屿市", server.base("990121")),
            ("990122", "云梁区", "county", "湖屿市", server.base("990122")),
            ("990123", "松墩县", "county", "湖屿市", "http://127.0.0.1:9"),
        ]
        registry.write_text(
            "code,name,level,province,prefecture,home_url,column_url\n"
            + "".join(f"{c},{n},{lv},试点省,{up},{url}/,\n" for c, n, lv, up, url in rows),
            "utf-8",
        )
        done = subprocess.run(
            [
                *(sys.executable, "-m", "scrapy", "crawl", "portal_discovery"),
                *("-a", f"portals={registry}"),
                *("-s", f"OUTPUT_DIR={tmp_path}"),
                *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
            ],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    with (tmp_path / "proposed_portals.csv").open(encoding="utf-8") as file:
        found = {row["code"]: row for row in csv.DictReader(file)}
    assert {code: row["status"] for code, row in found.items()} == {
        "990121": "same",
        "990122": "unverified",
        "990123": "not-linked",
    }
    assert "某某公司" in found["990122"]["evidence"]
    assert not (tmp_path / "problems.jsonl").exists()
