"""What must hold of a crawl of the simulator: what can be found is found, nothing else is, nobody is pressed.

Each crawl of ``CRAWLS`` has a test module of its own, so that crawls, which mostly wait, go on side
by side; it names its crawl and adds the sentences that are about it alone.
"""

from __future__ import annotations

from typing import Any

import pytest

from crawler.settings import REQUEST_GAP_PRIVATE
from tests.simulator.crawl import MOST_REQUESTS, MOST_TO_COLUMN
from tests.simulator.figures import CRAWLS, SOFT_RECALL, crawl, figures_of


class Crawled:
    """The sentences of every crawl; ``name`` is the crawl's."""

    name: str
    least = 300
    """Reports there must be to find: a crawl of nothing proves nothing."""

    def pytest_generate_tests(self, metafunc: Any) -> None:
        if "scene" in metafunc.fixturenames:
            metafunc.parametrize("scene", [scene.id for scene in CRAWLS[self.name][0]])

    @pytest.fixture(scope="class")
    @classmethod
    def run(cls, tmp_path_factory):
        """The crawl, made once."""
        return crawl(cls.name, tmp_path_factory.mktemp("crawl"))

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls, run):
        return {r.scene.id: r for r in run.results}

    @pytest.fixture
    def result(self, results, scene):
        return results[scene]

    def test_each_portal_ends_as_it_must(self, result):
        assert result.outcome in result.scene.outcome, str(result)
        assert result.explained, str(result)

    def test_every_report_of_government_and_office_is_found_once_with_its_figures(self, result):
        said = result.scene.may_miss and result.outcome != "ok"
        assert said or not result.missing, str(result)
        assert not result.twice, str(result)
        assert not result.wrong, str(result)

    def test_nothing_else_is_taken_for_a_report_of_theirs(self, result):
        assert result.false == [], str(result)
        assert set(result.found) <= result.expected, str(result)

    def test_no_host_is_pressed(self, result):
        assert result.crowded <= 1, str(result)
        assert len(result.seen) <= MOST_REQUESTS, str(result)
        assert result.until_column <= MOST_TO_COLUMN, str(result)
        assert result.gap >= REQUEST_GAP_PRIVATE, str(result)

    def test_the_figures_hold(self, run):
        figures = figures_of(run.results, len(run.off_limits))
        assert figures.expected > self.least
        assert figures.recall == 1.0
        assert figures.false == 0
        assert figures.off_limits == 0
        assert figures.unexplained == 0
        assert figures.most_at_a_time == 1

    def test_every_request_says_who_asks(self, run):
        agents = {seen.agent for seen in run.server.log}
        assert agents
        assert all("county-reports/" in agent for agent in agents)


class SoftTraps:
    """The sentence of a crawl that has every soft trap in it."""

    def test_with_every_soft_trap_on_hardly_a_report_is_missed(self, run):
        soft = [r for r in run.results if r.scene.id.startswith("soft-")]
        assert len(soft) == 14
        assert figures_of(soft, 0).recall >= SOFT_RECALL
