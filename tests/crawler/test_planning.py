"""What a crawl will cost is told before it is made, and a sample is the same each time."""

from __future__ import annotations

import pytest

from crawler.arguments import parse_arguments
from crawler.planning import Pace, in_bytes, in_words, plan_of
from pipelines.vocabulary.errors import UsageError

PACE = Pace(gap=3.0, portals_at_a_time=48)
GANSU = parse_arguments({"province": "甘肃省"}).portals


def planned(portals=GANSU, **facts):
    given = {"years": 5, "full": False, "before": {}, "pace": PACE} | facts
    return plan_of(portals, **given)


def test_portals_walked_before_cost_little_and_all_again_with_mode_full():
    new = planned()
    before = {portal.code: (30, 12) for portal in GANSU}
    again, full = planned(before=before), planned(before=before, full=True)
    assert new.known == 0
    assert again.known == again.portals == len(GANSU)
    assert again.requests < new.requests < full.requests
    assert (again.reports, full.reports) == (0, 12 * len(GANSU))
    assert planned(years=None).requests > new.requests


def test_requests_of_one_host_come_one_after_the_other_however_many_portals_go_on():
    alone = planned(GANSU[:1])
    assert alone.seconds == alone.longest == pytest.approx(alone.requests * 5, rel=0.1)
    assert planned(GANSU[:30]).seconds == pytest.approx(alone.seconds)
    few = planned(pace=Pace(gap=3.0, portals_at_a_time=2))
    assert few.seconds > 10 * planned().seconds


def test_a_disk_that_is_too_small_is_told():
    assert "NOT ENOUGH" in "\n".join(in_words(planned(), free=10**8, pace=PACE, output="o"))
    assert "NOT ENOUGH" not in "\n".join(in_words(planned(), free=10**11, pace=PACE, output="o"))


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (73_000_000, "73 MB"), (6.5e12, "6.5 TB")],
)
def test_sizes_are_for_people(number, said):
    assert in_bytes(number) == said


def test_a_sample_is_the_same_each_time_and_grows_by_what_was_not_in_it():
    def sample(size):
        portals = parse_arguments({"province": "甘肃省", "sample": str(size)}).portals
        return [portal.code for portal in portals]

    assert len(sample(5)) == 5
    assert sample(5) == sample(5) == sorted(sample(5))
    assert set(sample(5)) < set(sample(12))
    assert sample(1000) == [portal.code for portal in GANSU]


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "１２"])
def test_a_sample_that_is_no_number_is_refused(given):
    with pytest.raises(UsageError, match="sample="):
        parse_arguments({"sample": given})
