"""The period a report says its figures are about, damaged or not."""

import pytest

from pipelines.reading.period import dates_in, first_date, read_period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("统计期限自2023年1月1日起至2023年12月31日止", "2023-01-01", "2023-12-31"),
        ("统计期限为2023年1月1日到12月31日", "2023-01-01", "2023-12-31"),
        ("统计期限自 2023 年 1 月 1 日\n起至 2023 年 12 月 31 日止", "2023-01-01", "2023-12-31"),
        ("统计期限为 202111日到1231日", "2021-01-01", "2021-12-31"),
        ("数据自201711日至20171231日", "2017-01-01", "2017-12-31"),
        ("2025  1  1  日至 2025  12  31  日", "2025-01-01", "2025-12-31"),
        ("自2022年1月1日至12月21日", "2022-01-01", "2022-12-21"),
        ("二○一〇年一月一日起至二○一〇年十二月三十一日止", "2010-01-01", "2010-12-31"),
        ("从２０２１年１月１日—１２月３１日", "2021-01-01", "2021-12-31"),
        ("2023.1.1-2023.12.31", "2023-01-01", "2023-12-31"),
        ("统计期限2022年2月30日至2022年12月31日", None, "2022-12-31"),
    ],
)
def test_a_period_is_read_as_far_as_it_can_be(text, start, end):
    period = read_period(text)
    assert (period.start, period.end) == (start, end)
    assert period.year == int(end[:4])


def test_the_period_beside_the_words_for_it_counts():
    text = "2020年1月1日至2020年6月30日试点。所列数据的统计期限自2021年1月1日起至2021年12月31日止。"
    assert read_period(text).year == 2021


@pytest.mark.parametrize("text", ["", "2023年5月10日至12日举办活动", "编号20231231", "无"])
def test_what_is_no_period_gives_none(text):
    assert read_period(text) is None


def test_a_period_over_two_years_names_no_year():
    period = read_period("统计期限自2008年5月1日至2009年12月31日")
    assert (period.start, period.end, period.year) == ("2008-05-01", "2009-12-31", None)


def test_dates_are_read_in_every_usual_spelling_and_must_exist():
    assert list(dates_in("2024-01-30 16:13 2024年3月5日 20240306 2024/4/7")) == [
        "2024-01-30",
        "2024-03-05",
        "2024-03-06",
        "2024-04-07",
    ]
    assert first_date("2024-02-30") is None
    assert first_date(None) is None
