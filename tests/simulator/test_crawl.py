"""The spider over the simulator: what can be found is found, nothing else is, nobody is pressed."""

from __future__ import annotations

import re

import pytest

from crawler.settings import REQUEST_GAP_PRIVATE
from tests.simulator.crawl import MOST_REQUESTS, MOST_TO_COLUMN
from tests.simulator.figures import CRAWLS, SOFT_RECALL, crawl, figures_of
from tests.simulator.scenes import FAMILIES, TRAPS, WAYS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
EACH = [(name, scene.id) for name, (scenes, _) in CRAWLS.items() for scene in scenes]
IDS = [f"{scene}{'-known' if CRAWLS[name][1] else ''}" for name, scene in EACH]
each_scene = pytest.mark.parametrize(("crawled", "scene"), EACH, ids=IDS)
each_crawl = pytest.mark.parametrize("crawled", CRAWLS)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every crawl once; all tests look at these."""
    return {name: crawl(name, tmp_path_factory.mktemp("crawl")) for name in CRAWLS}


@pytest.fixture
def result(runs, crawled, scene):
    return next(r for r in runs[crawled].results if r.scene.id == scene)


@each_scene
def test_each_portal_ends_as_it_must(result):
    assert result.outcome in result.scene.outcome, str(result)
    assert result.explained, str(result)


@each_scene
def test_every_report_of_government_and_office_is_found_once_with_its_figures(result):
    said = result.scene.may_miss and result.outcome != "ok"
    assert said or not result.missing, str(result)
    assert not result.twice, str(result)
    assert not result.wrong, str(result)


@each_scene
def test_nothing_else_is_taken_for_a_report_of_theirs(result):
    assert result.false == [], str(result)
    assert set(result.found) <= result.expected, str(result)


@each_scene
def test_no_host_is_pressed(result):
    assert result.crowded <= 1, str(result)
    assert len(result.seen) <= MOST_REQUESTS, str(result)
    assert result.until_column <= MOST_TO_COLUMN, str(result)
    assert result.gap >= REQUEST_GAP_PRIVATE, str(result)


@pytest.mark.parametrize("scene", [s.id for s in WAYS if s.evidence])
def test_the_evidence_a_scene_is_about_is_what_led_to_the_column(runs, scene):
    run = runs["ways and stops, from home pages"]
    found = next(r for r in run.results if r.scene.id == scene)
    assert found.scene.evidence in found.evidence, str(found)


@each_crawl
def test_the_figures_hold(runs, crawled):
    run = runs[crawled]
    figures = figures_of(run.results, len(run.off_limits))
    assert figures.expected > 300
    assert figures.recall == 1.0
    assert figures.false == 0
    assert figures.off_limits == 0
    assert figures.unexplained == 0
    assert figures.most_at_a_time == 1


@pytest.mark.parametrize("crawled", [name for name in CRAWLS if "traps" in name])
def test_with_every_soft_trap_on_hardly_a_report_is_missed(runs, crawled):
    soft = [r for r in runs[crawled].results if r.scene.id.startswith("soft-")]
    assert len(soft) == 14
    assert figures_of(soft, 0).recall >= SOFT_RECALL


def test_every_route_and_trap_of_the_specification_has_its_scene():
    numbers = {
        letter: {int(m[1]) for s in scenes if (m := re.match(rf"{letter}(\d+)", s.id))}
        for letter, scenes in (("P", FAMILIES), ("T", TRAPS), ("H", WAYS))
    }
    needs_office = set() if any(s.needs_office for s in TRAPS) else {40}
    assert numbers["P"] == set(range(1, 16))
    assert numbers["T"] == set(range(1, 61)) - needs_office
    assert numbers["H"] == set(range(1, 14))


def test_twins_for_telephones_printers_and_sharers_are_not_asked_for(runs):
    seen = next(r for r in runs["traps, from home pages"].results if r.scene.id == "twins").seen
    assert not [s.path for s in seen if re.search(r"_wap|print|timeline", s.path)]


def test_challenges_are_opened_in_the_browser_once(runs):
    """What the challenge let in once is not challenged again: one page with it, then pages."""
    results = {r.scene.id: r for r in runs["traps, from home pages"].results}
    for scene, status in (("T1", 412), ("T2", 521)):
        refused = [s for s in results[scene].seen if s.status == status]
        # robots.txt and the plain first try meet it too; the browser meets it at most once a cookie.
        assert 2 <= len(refused) <= 5, [s.path for s in refused]
    shut = results["T3"]
    assert {s.path for s in shut.seen} <= {"/robots.txt", "/"}
    assert len(shut.seen) <= 4


def test_files_on_another_port_are_fetched_for_a_report_alone(runs):
    result = next(r for r in runs["traps, from home pages"].results if r.scene.id == "T13")
    first, *files = result.beside
    assert first.path == "/robots.txt"  # of the files' own host
    assert len(files) == len(result.expected)
    assert all(s.path.startswith("/f/") for s in files)


def test_every_request_says_who_asks(runs):
    agents = {seen.agent for run in runs.values() for seen in run.server.log}
    assert agents
    assert all("county-reports/" in agent for agent in agents)
