"""The stable name of a report."""

import pytest

from pipelines.reading.report_id import report_id

ONE = ("330327", 2023, "苍南县人民政府", "aggregate")


def test_the_id_is_readable_and_never_changes():
    assert report_id(*ONE) == "330327-2023-aggregate-39c480c3"


@pytest.mark.parametrize(
    "other",
    [
        ("330324", *ONE[1:]),
        (ONE[0], 2022, *ONE[2:]),
        (*ONE[:2], "苍南县人民政府办公室", ONE[3]),
        (*ONE[:3], "single_organ"),
        (*ONE[:2], None, ONE[3]),
    ],
)
def test_every_fact_of_the_key_tells_reports_apart(other):
    assert report_id(*other) != report_id(*ONE)


def test_without_division_or_year_there_is_no_id():
    assert report_id(None, *ONE[1:]) is None
    assert report_id(ONE[0], None, *ONE[2:]) is None
