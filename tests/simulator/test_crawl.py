"""The spider over the simulator: what can be found is found, nothing else is, nobody is pressed."""

from __future__ import annotations

import pytest

from crawler.settings import REQUEST_GAP_PRIVATE
from tests.simulator.crawl import crawl_scenes
from tests.simulator.scenes import FAMILIES, TRAPS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
SCENES = [*FAMILIES, *TRAPS]
IDS = [scene.id for scene in SCENES]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Crawl all families in one run and all traps in another; every test looks at these."""
    found = {}
    for name, scenes in (("families", FAMILIES), ("traps", TRAPS)):
        brought, _ = crawl_scenes(scenes, tmp_path_factory.mktemp(name))
        found |= {result.scene.id: result for result in brought}
    return found


@pytest.mark.parametrize("scene", IDS)
def test_each_portal_ends_as_it_must(results, scene):
    result = results[scene]
    assert result.outcome in result.scene.outcome, str(result)


@pytest.mark.parametrize("scene", IDS)
def test_every_report_of_the_government_is_found_once_with_its_figures(results, scene):
    result = results[scene]
    said = result.scene.may_miss and result.outcome != "ok"
    assert said or not result.missing, str(result)
    assert not result.twice, str(result)
    assert not result.wrong, str(result)


@pytest.mark.parametrize("scene", IDS)
def test_nothing_else_is_taken_for_a_report_of_the_government(results, scene):
    result = results[scene]
    assert result.false == [], str(result)
    assert not set(result.found) & result.scene.lost, str(result)


@pytest.mark.parametrize("scene", IDS)
def test_no_host_is_pressed(results, scene):
    result = results[scene]
    assert result.crowded <= 1, str(result)
    assert len(result.seen) <= 400, str(result)
    assert result.gap >= REQUEST_GAP_PRIVATE, str(result)


@pytest.mark.parametrize("scene", [s.id for s in SCENES if "ok" in s.outcome])
def test_a_column_is_found_within_sixty_requests(results, scene):
    result = results[scene]
    assert result.column, str(result)
    assert result.until_column <= 60, str(result)


@pytest.mark.parametrize("scene", [s.id for s in SCENES if "ok" not in s.outcome])
def test_what_was_not_got_is_explained(results, scene):
    result = results[scene]
    codes = {str(problem["code"]) for problem in result.problems}
    assert f"portal/{result.outcome.replace('_', '-')}" in codes, str(result)
    assert all(problem["evidence"] for problem in result.problems)


def test_what_robots_forbid_is_never_asked_for(results):
    forbidden = {"T8": "/", "T8-column": "/zwgk/zfxxgk/zfxxgknb/", "T8-aside": "/xw/"}
    for scene, prefix in forbidden.items():
        asked = [s.path for s in results[scene].seen if s.path != "/robots.txt"]
        assert [path for path in asked if path.startswith(prefix)] == []


def test_every_request_says_who_asks(results):
    agents = {seen.agent for result in results.values() for seen in result.seen}
    assert agents
    assert all("county-reports/" in agent for agent in agents)
