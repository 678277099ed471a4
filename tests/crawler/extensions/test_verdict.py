"""What makes a run good enough to become the dataset."""

from __future__ import annotations

from crawler.extensions.verdict import Tally, judge


def tally(reports, outcomes=None, reason="finished", **more):
    outcomes = outcomes or dict.fromkeys(reports, "ok")
    return Tally(reports=reports, outcomes=outcomes, reason=reason, **more)


def test_a_first_run_has_nothing_to_fall_short_of():
    assert judge(tally({"990101": 0}, {"990101": "blocked"}), []).word == "good"


def test_a_province_that_fell_by_more_than_half_makes_the_run_bad():
    last = [{"reports": {"990101": 4, "990102": 4, "980101": 9}}]
    verdict = judge(tally({"990101": 3, "990102": 0, "980101": 9}), last)
    (reason,) = verdict.reasons
    assert reason.startswith("province 990000: 3 reports where the last good run had 8")
    assert not verdict.suspect
    assert (verdict.good, verdict.promotes, verdict.held_back) == (False, True, {"990000"})
    fallen = tally({"990101": 3, "990102": 0, "980101": 9})
    assert judge(fallen, last, min_share=0).good
    assert judge(tally({"990101": 4, "990102": 0, "980101": 9}), last).good


def test_a_fall_of_the_whole_holds_everything_back():
    last = [{"reports": {"990101": 20, "980101": 5, "970101": 1}}]
    verdict = judge(tally({"990101": 2, "980101": 5, "970101": 1}), last)
    assert (verdict.promotes, verdict.held_back) == (False, frozenset())


def test_a_fall_beside_another_fault_holds_everything_back():
    last = [{"reports": {"990101": 4, "980101": 9}}]
    fallen = tally({"990101": 0, "980101": 9}, changed=5, lost_figures=5)
    assert not judge(fallen, last).promotes


def test_only_portals_that_both_runs_asked_are_compared():
    last = [{"reports": {"990101": 20, "990102": 4}}]
    assert judge(tally({"990102": 4, "990103": 0}), last).good


def test_the_latest_good_run_that_asked_a_portal_counts():
    runs = [{"reports": {"990102": 1}}, {"reports": {"990101": 3}}, {"reports": {"990101": 99}}]
    assert judge(tally({"990101": 2}), runs).good


def test_a_run_that_did_not_start_is_bad():
    verdict = judge(tally({}, reason="start_error", start_error="no registry"), [])
    assert verdict.reasons == ["the crawl did not start: no registry"]


def test_a_run_without_a_portal_is_bad():
    assert judge(tally({}), []).reasons == ["no portal was visited"]


def test_a_state_that_cannot_be_written_is_bad_and_said_once():
    verdict = judge(tally({"990101": 1}, reason="store_failed", store_error="disk full"), [])
    assert verdict.reasons == ["disk full"]


def test_a_run_the_user_stopped_is_not_judged():
    verdict = judge(tally({"990101": 0}, reason="shutdown"), [{"reports": {"990101": 9}}])
    assert (verdict.word, verdict.good) == ("stopped", False)


def test_no_answer_from_any_of_several_portals_is_no_network_not_an_empty_country():
    codes = ("990101", "990102", "990103")
    silent = dict.fromkeys(codes, "unreachable")
    assert not judge(tally(dict.fromkeys(codes, 0), silent), []).good
    one = judge(tally({"990101": 0}, {"990101": "unreachable"}), [])
    assert one.reasons == ["no portal answered: is there a network?"]
    answered = {"990101": "unreachable", "990102": "blocked"}
    assert judge(tally({"990101": 0, "990102": 0}, answered), []).good


def test_readings_that_lose_most_of_their_figures_make_the_run_bad():
    verdict = judge(tally({"990101": 5}, changed=5, lost_figures=3), [])
    assert (verdict.good, verdict.suspect) == (False, True)
    assert judge(tally({"990101": 5}, changed=9, lost_figures=3), []).good
