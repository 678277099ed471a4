"""What a second crawl asks of a portal; ``python -m benchmarks again`` prints it for five."""

import pytest

from benchmarks.again import CHOSEN, MOST, rows, twice


@pytest.mark.parametrize("years", MOST)
def test_a_second_crawl_costs_a_portal_little_and_changes_nothing(tmp_path, years):
    (portal,) = (p for p in CHOSEN if p.code == "990121")
    listed = {e.year for e in rows(portal, years) if e.kind == "whole"}
    assert len(listed) == years
    done = twice(years, tmp_path, [portal])
    assert done.reports == 2 * years  # the government's and its office's
    assert done.same
    assert done.share <= MOST[years]
