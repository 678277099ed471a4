"""The registry's own upkeep: what governments link, beside what the registry says."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.demo.server import Site, WorldServer
from crawler.lower_governments import hubs, sightings, whose
from crawler.pages import Page
from pipelines.registry import load_registry
from tests.effort import LAST_RESORT
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


HEADER = "code,name,level,province,prefecture,home_url,column_url\n"
DEAD = "http://127.0.0.1:4/"


def discover(output: Path, rows: list[str], *extra: str) -> subprocess.CompletedProcess[str]:
    registry = output / "portals.csv"
    registry.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    command = [
        *(sys.executable, "-m", "scrapy", "crawl", "portal_discovery"),
        *("-a", f"portals={registry}"),
        *("-s", f"OUTPUT_DIR={output}"),
        *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
        *extra,
    ]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=LAST_RESORT,
        check=False,
    )


def proposals(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province, two cities, six counties; the registry knows the province and little else.

    One county moved, one is dead, one link leads to a homonym, one county no city links.
    """
    output = tmp_path_factory.mktemp("province")
    names = {
        "980000": "岭州省",
        "980100": "湖屿市",
        "980200": "梧屿市",
        "980121": "青榆县",
        "980122": "云梁区",
        "980123": "松墩县",
        "980221": "白渡县",
        "980222": "砚圩县",
        "980223": "漆坞县",
    }
    sites = {code: Site(code) for code in names if code != "980222"}
    old = Site("old")
    with WorldServer([*sites.values(), old]) as server:

        def home(code: str, body: str, says: str | None = None) -> None:
            tag = f'<meta name="SiteIDCode" content="{says or code}0001">'
            text = page(body, f"{names[code]}人民政府").replace("<head>", f"<head>{tag}")
            sites[code].page("/", text)

        def links(*codes: str) -> str:
            return "".join(f'<a href="{server.base(c)}/">{names[c]}</a>' for c in codes)

        cities = f'<option value="{server.base("980200")}/">{names["980200"]}</option>'
        home("980000", f"{links('980100')}<select>{cities}</select>")
        home("980100", '<a href="/qx/">县（市、区）政府</a>')
        counties = links("980121", "980122")
        sites["980100"].page("/qx/", page(counties, "县（市、区）政府"))
        home("980200", links("980221", "980223") + f'<a href="{DEAD}">砚圩县</a>')
        for code in ("980121", "980122", "980123", "980221"):
            home(code, "<p>x</p>")
        home("980223", "<p>x</p>", says="440301")
        old.page("/", page("<p>域名出售</p>", "域名出售"))
        known = {
            "980000": server.base("980000"),
            "980121": server.base("980121"),
            "980122": server.base("old"),  # another's by now
            "980123": server.base("980123"),
        }
        rows = []
        for code, name in names.items():
            level = (
                "county" if code[4:] != "00" else "prefecture" if code[2:4] != "00" else "province"
            )
            city = names[code[:4] + "00"] if level == "county" else ""
            url = f"{known[code]}/" if code in known else DEAD
            rows.append(f"{code},{name},{level},岭州省,{city},{url},")
        # Hosts that only the walk finds lie under no suffix here: allow them as gov.cn does.
        hosts = ",".join(f"127.0.0.{n}" for n in range(2, 12))
        done = discover(output, rows, "-s", f"ALLOWED_HOST_SUFFIXES={hosts}")
        truth = {code: f"{server.base(code)}/" for code in sites}
        log = list(server.log)
    assert done.returncode == 0, done.stderr
    return output, truth, log


def test_the_walk_goes_from_the_province_down_and_says_of_each_how_it_stands(province):
    output, _, _ = province
    found = proposals(output / "proposed_portals.csv")
    assert {code: row["status"] for code, row in found.items()} == {
        "980000": "same",
        "980100": "moved",
        "980200": "moved",
        "980121": "same",
        "980122": "moved",
        "980123": "not-linked",
        "980221": "moved",
        "980222": "dead",
        "980223": "unverified",
    }
    assert "SiteIDCode 4403010001 is another" in found["980223"]["evidence"]
    assert "connection refused" in found["980222"]["evidence"]
    assert "no link on 2 pages" in found["980123"]["evidence"]


def test_the_registry_can_be_rebuilt_by_walking(province):
    output, truth, _ = province
    rebuilt = load_registry(str(output / "verified_portals.csv"))
    wanted = {code: url for code, url in truth.items() if code != "980223"}
    assert {p.code: p.home_url for p in rebuilt.portals} == wanted
    assert {p.prefecture for p in rebuilt.portals if p.level == "county"} == {"湖屿市", "梧屿市"}


def test_a_walk_presses_nobody_and_changes_no_dataset(province):
    output, _, log = province
    assert max(seen.in_flight for seen in log) == 1
    assert not (output / "problems.jsonl").exists()
    assert not (output / "reports").exists()


def test_a_walk_that_verifies_nothing_is_not_good(tmp_path):
    done = discover(tmp_path, [f"980000,岭州省,province,,,{DEAD},"])
    assert done.returncode != 0
    assert proposals(tmp_path / "proposed_portals.csv")["980000"]["status"] == "dead"
