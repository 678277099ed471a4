"""A few random kills in each phase of the work; ``make crash-test`` does a hundred."""

from __future__ import annotations

import pytest

from tests.crash import PHASES, torture


@pytest.mark.slow("some thirty commands, each started anew")
def test_killed_work_loses_no_report_and_breaks_no_file(tmp_path):
    landed, looks = torture(10, 20261122, tmp_path)
    assert looks > 100
    assert landed == dict.fromkeys(PHASES, 2)
