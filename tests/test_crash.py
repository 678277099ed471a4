"""A few random kills of whole crawls; ``make crash-test`` does a hundred."""

from __future__ import annotations

from tests.crash import torture


def test_killed_crawls_lose_no_report_and_break_no_file(tmp_path):
    assert torture(10, 20261122, tmp_path) > 0
