"""report.html names what to act on, with its links, and is looked at in a real browser."""

from __future__ import annotations

import re

import pytest
from scrapy.settings import Settings

from crawler.extensions.report_page import MOST, page
from crawler.middlewares.chromium import find_chromium
from pipelines.vocabulary.problems import Problem

EVIL = "<script>document.title='taken'</script>"


def portal(code, name, outcome="ok", **facts):
    zero = dict.fromkeys(("listed", "chosen", "read", "held", "rejected", "failed", "requests"), 0)
    return (
        zero
        | {
            "code": code,
            "name": name,
            "home_url": f"http://www.{code}.test/",
            "column_url": f"http://www.{code}.test/nb/",
            "outcome": outcome,
            "evidence": "seen " + "x" * 90,
            "years_missing": [],
            "series_missing": {},
            "problems": {},
            "read": 1,
        }
        | facts
    )


def report(number, change="added", **facts):
    return {
        "change": change,
        "report_id": f"990101-{2000 + number}-x",
        "adcode": "990101",
        "place": "试点县",
        "publisher": "试点县人民政府",
        "year": 2000 + number,
        "title": f"试点县{2000 + number}年政府信息公开工作年度报告",
        "source_url": f"http://www.990101.test/nb/{number}.html",
        "archive": {"file": "a b.warc.gz", "record_id": "<urn:uuid:0000-abcdef012345>"},
        "revision": 0,
        "carrier": "html_table",
        "broken": {},
        "warned": {},
    } | facts


def summary(portals, **facts):
    outcomes = {each["outcome"]: 1 for each in portals}
    counts = dict.fromkeys(("portals", "listed", "chosen", "read", "held"), 3)
    counts |= dict.fromkeys(("rejected", "failed", "requests", "problems"), 1)
    return {
        "run_id": "20261201T000000Z",
        "version": "0",
        "started": "2026-12-01T00:00:00Z",
        "finished": "2026-12-01T01:00:00Z",
        "seconds": 3600.0,
        "good": True,
        "verdict": "good",
        "reasons": [],
        "outcomes": outcomes,
        "counts": counts,
        "fates": {"read": 3},
        "problems": {"document/too-slow": 1},
        "dataset": {"added": ["a"], "changed": [], "removed": {}, "unchanged": 0},
        "portals": portals,
        "given_up": [],
    } | facts


@pytest.fixture
def made():
    portals = [
        portal("990101", "试点县", years_missing=[2021], series_missing={"office": [2020]}),
        portal("990102", f"又一县{EVIL}", "blocked", evidence="status 412"),
        portal("990103", "三号县", read=0),
    ]
    given_up = {
        "portal": "990101",
        "name": "试点县",
        "url": "javascript:alert(1)",
        "title": EVIL,
        "code": "document/too-slow",
        "evidence": "stopped after 300 s of processor time",
    }
    problem = Problem(
        code="report/unlisted",
        evidence="since 2026",
        portal="990101",
        url="http://www.990101.test/x",
    )
    return page(
        summary(portals, given_up=[given_up]),
        [report(9), report(10), report(11, "changed", broken={"R3-ROW": 2})],
        [problem.to_json()],
        [summary(portals, run_id="20261130T000000Z", verdict="bad", good=False)],
    )


def section(made, name):
    found = re.search(f"<section id='{name}'>(.*?)</section>", made, re.DOTALL)
    assert found, name
    return found.group(1)


def test_each_thing_to_act_on_has_its_section_and_its_links(made):
    assert "http://www.990102.test/" in section(made, "blocked")
    assert "status 412" in section(made, "blocked")
    assert "2021; office: 2020" in section(made, "missing")
    assert "http://www.990101.test/nb/" in section(made, "missing")
    assert "http://www.990101.test/nb/9.html" in section(made, "added")
    assert "http://www.990101.test/nb/11.html" in section(made, "changed")
    for name in ("added", "changed", "suspicious"):
        assert "href='../../archive/a%20b.warc.gz'" in section(made, name)
    assert "R3-ROW ×2" in section(made, "suspicious")
    assert "http://www.990101.test/x" in section(made, "suspicious")
    assert "READ_TIMEOUT" in section(made, "given-up")
    assert "../20261130T000000Z/report.html" in section(made, "runs")
    assert "1 more portal is ok as before" in section(made, "portals")


def test_what_a_portal_says_is_no_markup_and_no_script_is_linked(made):
    assert "taken" in made
    assert EVIL not in made
    assert "href='javascript" not in made


def test_a_page_of_very_many_reports_says_how_many_more_there_are():
    many = page(summary([]), [report(1)] * (MOST + 5))
    assert "… and 5 more" in many
    assert f"New <b>{MOST + 5}</b>" in many


@pytest.mark.browser
def test_it_fits_a_phone_and_a_desk_by_day_and_night_and_sorts_and_searches(made, tmp_path):
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(made, "utf-8")
    grounds = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=find_chromium(Settings()), args=["--no-sandbox"]
        )
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                view = browser.new_page(
                    viewport={"width": width, "height": 800}, color_scheme=scheme
                )
                said: list[str] = []
                asked: list[str] = []
                view.on("console", lambda message, said=said: said.append(message.text))
                view.on("pageerror", lambda error, said=said: said.append(str(error)))
                view.on("request", lambda request, asked=asked: asked.append(request.url))
                view.goto(path.as_uri())
                assert view.title() == "Run 20261201T000000Z: good"
                assert view.evaluate("document.documentElement.scrollWidth") == width
                assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
                grounds[scheme] = view.evaluate("getComputedStyle(document.body).backgroundColor")
                view.fill("#search", "2010 试点")
                assert view.locator("#added tbody tr:visible").count() == 1
                view.fill("#search", "")
                assert view.locator("#added tbody tr:visible").count() == 2
                if width > 760:
                    year = view.locator("#added th", has_text="year")
                    for order in (["2009", "2010"], ["2010", "2009"]):
                        year.click()
                        cells = view.locator("#added tbody td:nth-child(2)")
                        assert cells.all_text_contents() == order
                assert said == []
                view.close()
        browser.close()
    assert grounds["light"] != grounds["dark"]
