import pytest

from spiders.fetching import FetchError
from spiders.patience import REFUSALS, SILENCES, Patience


def error(code: str) -> FetchError:
    return FetchError(code, f"{code} was met", url="http://x.gov.test/")


def test_a_refusal_before_any_answer_is_the_portals_answer():
    assert Patience().failed(error("fetch/blocked")) == ("blocked", "fetch/blocked was met")


def test_a_refusal_after_an_answer_is_one_pages_until_they_come_in_a_row():
    patience = Patience()
    patience.answered()
    stops = [patience.failed(error("fetch/blocked")) for _ in range(REFUSALS)]
    assert stops[:-1] == [None] * (REFUSALS - 1)
    assert stops[-1] is not None
    assert stops[-1][0] == "blocked"


def test_a_page_in_between_starts_the_count_anew():
    patience = Patience()
    for _ in range(REFUSALS * 2):
        patience.answered()
        assert patience.failed(error("fetch/blocked")) is None


@pytest.mark.parametrize("code", ["fetch/timeout", "fetch/failed"])
def test_a_host_that_falls_silent_is_left(code):
    patience = Patience()
    patience.answered()
    stops = [patience.failed(error(code)) for _ in range(SILENCES)]
    assert stops[:-1] == [None] * (SILENCES - 1)
    assert stops[-1] is not None
    assert stops[-1][0] == "unreachable"


def test_pages_that_are_not_there_never_end_a_walk():
    patience = Patience()
    assert not any(patience.failed(error("fetch/http-status")) for _ in range(50))
