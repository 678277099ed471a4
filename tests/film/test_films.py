"""Films written by hand: what an operator sees over weeks in which one thing after another happens."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.film.calendar import cast, filmed, play
from tests.film.events import FAULTS
from tests.film.growth import quiet_nights
from tests.film.portals import portal
from tests.film.stage import Hand


@pytest.fixture(scope="module")
def hand():
    made = Hand()
    yield made
    made.close()


@pytest.fixture
def film(tmp_path, hand):
    """Two counties of one province and one of another."""
    portals = [portal(n, 2022, since=2020) for n in (0, 1, 3)]
    with filmed(tmp_path / "film", portals, hand=hand) as played:
        played.night()
        yield played


def as_expected(film):
    assert film.faults == [], "\n".join(film.log)


class Always(Random):
    """Chance that takes what it is told where that is among the choices."""

    def __init__(self, *wanted):
        super().__init__(0)
        self.wanted = wanted

    def choice(self, seq):
        return next((w for w in self.wanted if w in list(seq)), None) or super().choice(seq)


SLOW = pytest.mark.slow  # six nights each, and the same in another way


@pytest.mark.parametrize(
    "how", ["404", *(pytest.param(how, marks=SLOW) for how in ("301", "soft", "alive"))]
)
def test_a_correction_after_a_move_of_the_system_is_a_revision_at_the_living_address(film, how):
    at = film.portals[0]
    film.chance = Always(how)
    film.happen("cms_moves", at)
    film.night(days=3)
    film.happen("silent_correction", at)
    film.night(days=200)
    left = film.night(days=4)
    film.night("mode=full")
    as_expected(film)
    corrected = [line for line in left.lines.values() if line["revision"]]
    assert [line["adcode"] for line in corrected] == [at.code]
    assert {line["source_url"] for line in left.lines.values() if line["adcode"] == at.code} == {
        at.url(row) for row in at.living()
    }


@pytest.mark.parametrize(
    "how", ["301", *(pytest.param(how, marks=SLOW) for how in ("404", "drop"))]
)
def test_after_a_move_of_the_host_every_line_rests_on_the_new_one(film, how):
    film.chance = Always(how)
    film.happen("host_moves", film.portals[0])
    film.happen("to_https", film.portals[1])
    film.night(days=2)
    left = film.night(days=60)
    as_expected(film)
    for at in film.portals[:2]:
        urls = [line["source_url"] for line in left.lines.values() if line["adcode"] == at.code]
        assert len(urls) == 3
        assert all(url.startswith(at.base) for url in urls)


@pytest.mark.parametrize(
    "fault", [f if f == "home for all" else pytest.param(f, marks=SLOW) for f in FAULTS]
)
def test_one_bad_night_costs_one_night(film, fault):
    film.happen("new_report", film.portals[0])
    film.happen("new_report", film.portals[2])
    film.fault(fault, *film.portals[:2])
    film.night()
    left = film.night(days=2)
    as_expected(film)
    assert {(r["adcode"], r["report_year"]) for r in left.lines.values()} >= {
        (film.portals[n].code, 2023) for n in (0, 2)
    }
    assert left.status == 0


def test_what_is_published_corrected_and_removed_is_followed(film):
    first, second, third = film.portals
    film.happen("new_report", first)
    film.happen("reissue", second)
    film.happen("correction_elsewhere", third)
    film.night(days=10)
    film.happen("removal", first)
    film.happen("column_renamed", second)
    film.happen("foreign_report", third)
    left = film.night(days=30)
    assert left.portal(first.code)["outcome"] == "incomplete"
    film.happen("column_split", second)
    film.night(days=30)
    left = film.night()
    as_expected(film)
    assert sum(line.get("gone_since") is not None for line in left.lines.values()) == 1
    assert sorted(line["revision"] for line in left.lines.values()) == [0] * 8 + [1] * 2


def test_a_folder_that_loses_what_it_may_lose_keeps_what_it_must(film):
    film.happen("silent_correction", film.portals[0])
    film.happen("correction_elsewhere", film.portals[1])
    film.night("mode=full", days=5)
    film.correct()
    film.night()
    film.lose_state()
    film.night(kill_after=9)
    film.night()
    film.reparse()
    film.correct()
    film.night(days=2)
    film.lose_archive_file()
    film.upgrade()
    film.night(days=40)
    film.reparse()
    film.night("years=2021", days=2)
    film.night("kinds=department")
    film.night(f"code={film.portals[2].code}", asked=film.portals[2:])
    film.night()
    as_expected(film)


def test_a_county_that_was_merged_into_another_keeps_its_reports(tmp_path, hand):
    portals = [portal(n, 2022, since=2021) for n in (0, 3, 6)]
    with filmed(tmp_path / "film", portals, hand=hand) as film:
        film.night()
        assert film.happen("merged", film.portals[1])
        left = film.night()
        as_expected(film)
        assert sum(r["adcode"] == film.portals[1].code for r in left.lines.values()) == 2


def test_a_drawn_calendar_ends_as_an_operator_expects(tmp_path, hand):
    with filmed(tmp_path / "film", cast(6), seed=1, hand=hand) as film:
        play(film, 8)
        as_expected(film)


def test_a_quiet_night_costs_a_list_and_little_room(tmp_path):
    nights = list(quiet_nights(tmp_path / "film", nights=2, portals=6))
    requests, grown, _ = nights[-1]
    assert requests == 12  # robots.txt and the list of each
    assert grown["archive"] < 3_000  # one portal prints a counter
    assert grown["runs"] < 14_000  # half of it is the page, which sorts and searches by itself
    assert grown["state.sqlite"] == grown["reports"] == 0


def test_the_clock_of_a_film_is_the_one_that_runs_see(film):
    assert date.fromisoformat(film.stage.dataset().popitem()[1]["fetched_at"][:10]) == date(
        2024, 2, 1
    )
