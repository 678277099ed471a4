"""The spider over everything that goes wrong, from home pages."""

import re

import pytest

from tests.simulator.sentences import Crawled, SoftTraps

pytestmark = pytest.mark.browser


class TestTraps(SoftTraps, Crawled):
    name = "traps, from home pages"

    def test_twins_for_telephones_printers_and_sharers_are_not_asked_for(self, results):
        seen = results["twins"].seen
        assert not [s.path for s in seen if re.search(r"_wap|print|timeline", s.path)]

    def test_challenges_are_opened_in_the_browser_once(self, results):
        """What the challenge let in once is not challenged again: one page with it, then pages."""
        for scene, status in (("T1", 412), ("T2", 521)):
            refused = [s for s in results[scene].seen if s.status == status]
            # robots.txt and the plain first try meet it too; the browser meets it at most once a cookie.
            assert 2 <= len(refused) <= 5, [s.path for s in refused]
        shut = results["T3"]
        assert {s.path for s in shut.seen} <= {"/robots.txt", "/"}
        assert len(shut.seen) <= 4

    def test_files_on_another_port_are_fetched_for_a_report_alone(self, results):
        result = results["T13"]
        first, *files = result.beside
        assert first.path == "/robots.txt"  # of the files' own host
        assert len(files) == len(result.expected)
        assert all(s.path.startswith("/f/") for s in files)
