"""Held reports that the lists show no more: moved, removed, or only listed no more."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from crawler.demo.server import Site
from pipelines.store import open_store
from tests.spiders.world import Keep, Run, Sink, crawl, page, portal, report, rows

LAST, YEARS = 2025, (2025, 2024, 2023)
SETTINGS = (
    *("-s", 'ITEM_PIPELINES={"tests.spiders.test_lost.KeepYears": 1}'),
    *("-s", "CRAWL_DATE=2026-11-30", "-s", "RECHECK=always"),
)


class KeepYears(Keep):
    """Files each document under its portal and the year its address ends with."""

    def process_item(self, item):
        year = re.findall(r"\d{4}", item.source.url)[-1]
        record = {
            "report_id": f"{item.portal_code}-{year}",
            "adcode": item.portal_code,
            "report_year": int(year),
            "publisher_type": "government",
            "scope": "aggregate",
            "published_on": f"{int(year) + 1}-03-15",
            "source_url": item.source.url,
            "fetched_at": item.source.fetched_at,
        }
        self.state.keep(record, reader="test")
        self.state.remember_document(item)
        self.state.answered(item.source.url)
        return Sink.process_item(self, item)


def path(year: int, base: str) -> str:
    return f"{base}{year + 1}03/t{year + 1}0315_{year}.html"


def column(code: str, listed=YEARS, there=YEARS, base="/zwgk/nb/") -> Site:
    site = portal(code)
    site.page("/zwgk/nb/", page(rows(listed, base), "政府信息公开年报"))
    for year in range(2010, 2026):
        if year in there:
            site.page(path(year, base), report(year))
        else:
            site.page(path(year, base), "", status=404)
    return site


def moved(code: str) -> Site:
    """The new system has other addresses; the old ones lead there."""
    site = column(code, base="/xxgk/nb/")
    for year in YEARS:
        where = {"Location": path(year, "/xxgk/nb/")}
        site.page(path(year, "/zwgk/nb/"), "", status=301, headers=where)
    return site


FIRST = {"990085": column, "990086": column, "990087": column, "990088": column}
THEN = {
    "990085": lambda code: column(code, listed=YEARS[:2], there=YEARS[:2]),
    "990086": lambda code: column(code, listed=YEARS[:2]),
    "990087": moved,
    "990088": column,
}


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> list[Run]:
    output: Path = tmp_path_factory.mktemp("lost")
    port, runs = 0, []
    for world in (FIRST, THEN, THEN, FIRST):
        sites = [make(code) for code, make in world.items()]
        runs.append(crawl(sites, output, *SETTINGS, port=port))
        port = runs[0].server.port
    return runs


def told(run: Run, code: str, problem: str) -> list[str]:
    problems = [p for p in run.problems if p["code"] == problem and p.get("portal") == code]
    return [p["url"][-9:-5] for p in problems]


def test_a_report_removed_at_the_source_is_told_with_its_address(nights):
    _, second, third, healed = nights
    assert told(second, "990085", "report/gone") == ["2023"]
    assert second.outcome("990085") == "incomplete"
    assert "1 held reports were removed at the source" in second.portals["990085"]["evidence"]
    # It is known from then on: still told, and the column is complete as it stands.
    assert told(third, "990085", "report/gone") == ["2023"]
    assert third.outcome("990085") == "ok"
    assert "removed at the source earlier" in third.portals["990085"]["evidence"]
    assert told(healed, "990085", "report/gone") == []


def test_a_column_that_shows_fewer_reports_than_are_held_is_incomplete_while_it_does(nights):
    _, second, third, healed = nights
    for run in (second, third):
        assert told(run, "990086", "report/unlisted") == ["2023"]
        assert run.outcome("990086") == "incomplete"
    assert healed.outcome("990086") == "ok"
    assert "report/unlisted" not in healed.codes("990086")


def test_reports_that_moved_are_not_missing(nights):
    _, second, third, _ = nights
    for run in (second, third):
        assert run.outcome("990087") == "ok", run.portals["990087"]["evidence"]
        assert not {c for c in run.codes("990087") if c.startswith(("report/", "portal/"))}


def test_an_address_known_to_be_gone_is_not_asked_again_the_same_night(nights):
    _, _, third, _ = nights
    assert path(2023, "/zwgk/nb/") not in third.paths("990085")
    assert path(2023, "/zwgk/nb/") not in third.paths("990087")


def test_a_portal_of_which_nothing_was_lost_is_asked_nothing_more(nights):
    first, second, _, _ = nights
    assert len(second.paths("990088")) == len({*second.paths("990088")})
    assert second.outcome("990088") == "ok"
    assert len(second.asked("990088")) <= len(first.asked("990088"))


MANY = range(2018, 2026)


def host_moved(tmp_path, nights):
    """Crawl a portal whose reports lie on a host of their own, which is no more from the second on.

    Its registry names the old host as well, as one does whose portals moved.
    """
    output, registry = tmp_path / "out", tmp_path / "portals.csv"
    runs: list[Run] = []
    for number, (listed, extra) in enumerate(nights):
        site, old = column("990084", there=()), column("990090", there=MANY)
        for year in listed if number else ():
            site.page(path(year, "/zwgk/nb/"), report(year))

        def change(server, site=site, listed=listed, number=number):
            hosts = [f"http://127.0.0.{n}:{server.port}" for n in (2, 3)]
            base = f"{hosts[0 if number else 1]}/zwgk/nb/"
            site.page("/zwgk/nb/", page(rows(listed, base), "政府信息公开年报"))
            head = "code,name,level,province,prefecture,home_url,column_url"
            lines = [
                f"{code},试点县,county,澄湖省,澄湖市,{host}/,"
                for code, host in zip(("990084", "990090"), hosts, strict=True)
            ]
            registry.write_text("\n".join((head, *lines, "")), "utf-8")

        runs.append(
            crawl(
                [site],
                output,
                *SETTINGS,
                *("-a", f"portals={registry}", "-a", "code=990084", *extra),
                unlisted=() if number else [old],
                change=change,
                port=runs[0].server.port if runs else 0,
            )
        )
    return runs


def test_a_host_that_is_gone_with_all_its_reports_does_not_end_the_walk(tmp_path):
    first, second = host_moved(tmp_path, [(MANY, ()), (MANY, ())])
    assert first.portals["990084"]["read"] == len(MANY)
    assert second.outcome("990084") == "ok", second.portals["990084"]["evidence"]
    told = [p["url"] for p in second.problems if p["code"].startswith("fetch/")]
    assert len(told) == 1  # one page of the dead host was asked for
    store = open_store(second.output)
    old = [s for _, s in store.state.standings() if "127.0.0.3" in s.url]
    assert len(old) == len(MANY)
    assert all(s.unlisted_since and s.gone_because and not s.gone_since for s in old)
    store.close()


def test_a_run_of_some_years_tells_what_was_lost_of_these_years(tmp_path):
    first, second = host_moved(
        tmp_path, [((2025, 2024, 2023), ()), ((2025,), ("-a", "years=2024-2025"))]
    )
    assert first.portals["990084"]["read"] == 3
    assert told(second, "990084", "report/unlisted") == ["2024"]
    assert second.outcome("990084") == "incomplete"


def emptied(code: str) -> Site:
    """The portal was rebuilt: its column is left standing, with nothing in it and behind it."""
    site = column(code, there=(2025,))
    site.page("/zwgk/nb/", page("<ul></ul><p>暂无数据</p>", "政府信息公开年报"))
    return site


def lost_column(code: str) -> Site:
    """Column and home page lead nowhere, one report is removed."""
    site = column(code, there=(2025, 2024))
    site.page("/", page("<p>网站建设中</p>"))
    site.page("/zwgk/", "", status=404)
    site.page("/zwgk/nb/", "", status=404)
    return site


def test_reports_of_a_column_that_is_emptied_or_gone_are_asked_all_the_same(tmp_path):
    worlds = [
        {"990081": column, "990082": column, "990083": column},
        {"990081": column, "990082": emptied, "990083": lost_column},
    ]
    port, runs = 0, []
    for world in (*worlds, worlds[1]):
        for path_ in tmp_path.glob("state.sqlite"):
            db = sqlite3.connect(path_)  # let it be another night
            with db:
                days = "strftime('%Y-%m-%dT%H:%M:%SZ', missed_since, '-2 days')"
                db.execute(f"UPDATE addresses SET missed_since = {days}")
            db.close()
        sites = [make(code) for code, make in world.items()]
        # A fall that is right: elsewhere the country's other portals keep the run good.
        fallen = ("-s", "HEALTH_MIN_SHARE=0")
        runs.append(crawl(sites, tmp_path, *SETTINGS, *fallen, port=port))
        port = runs[0].server.port
    _, second, third = runs
    for run, gone in ((second, []), (third, ["2023", "2024"])):
        assert run.outcome("990082") == "incomplete"
        assert sorted(told(run, "990082", "report/gone")) == gone
        assert not {*gone} & {*told(run, "990082", "report/unlisted")}
        assert "2025" in told(run, "990082", "report/unlisted")
    assert third.outcome("990083") == "no_column_found"
    assert told(second, "990083", "report/gone") == []
    assert told(third, "990083", "report/gone") == ["2023"]
