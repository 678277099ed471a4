"""A read report is kept where it belongs, under the code its division had."""

import pytest

from pipelines.choose import unwanted
from pipelines.record import Report


@pytest.mark.parametrize(
    ("adcode", "portal", "kept"),
    [
        ("330327", "330327", True),
        ("450127", "450181", True),  # 横县 became 横州市
        ("330104", "330102", True),  # 江干区 was merged into 上城区
        ("330324", "330327", False),
        ("330300", "330327", False),
        ("990121", "990121", True),
        ("990122", "990121", False),
    ],
)
def test_a_report_of_another_division_is_left_to_its_own_portal(adcode, portal, kept):
    report = Report(adcode=adcode, report_year=2018, publisher_type="government")
    problem = unwanted(report, portal_code=portal, kinds={"whole"}, years={2018})
    assert (problem is None) == kept
    assert problem is None or problem.code == "report/upper-level"
