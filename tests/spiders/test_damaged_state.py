"""A crawl on a damaged state: one line, everything found again, no traceback."""

from __future__ import annotations

import pytest

from tests.pipelines.store.test_damage import flipped
from tests.spiders.test_lost import SETTINGS, column
from tests.spiders.world import crawl


@pytest.mark.parametrize(("seed", "number"), [(1, 300), (2, 3), (3, 30)])
def test_a_crawl_on_a_damaged_state_says_so_and_goes_on(tmp_path, seed, number):
    first = crawl([column("990090")], tmp_path, *SETTINGS)
    flipped(tmp_path / "state.sqlite", seed, number)
    for _ in range(2):  # at most one run meets what the check did not see
        again = crawl([column("990090")], tmp_path, *SETTINGS, port=first.server.port)
        assert "Traceback" not in again.error
        if again.status == 0:
            break
    assert again.outcome("990090") == "ok"
    told = [p["evidence"] for p in again.problems if p["code"] == "dataset/mended"]
    aside = list(tmp_path.glob("state.damaged-*.sqlite"))
    assert len(told) == len(aside)
    assert all("is set aside as" in text for text in told)
    assert aside or number < 300
