from datetime import UTC, datetime

import pytest

from crawler.arguments import parse_arguments, parse_years
from pipelines.vocabulary.errors import UsageError

TODAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023", {2023}),
        ("2019-2021", {2019, 2020, 2021}),
        ("2021,2023", {2021, 2023}),
        ("2008, 2024-2025", {2008, 2024, 2025}),
        ("2021，2022", {2021, 2022}),
    ],
)
def test_years_come_as_single_years_ranges_and_lists(text, years):
    assert parse_years(text, TODAY) == years


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("20", "not a year"),
        ("2021-", "not a year"),
        ("2021,,2022", "empty part"),
        ("2024-2020", "runs backwards"),
        ("2007", "no report is about 2007"),
        ("2027", "no report is about 2027"),
        ("2019-2099", "no report is about 2099"),
    ],
)
def test_years_that_cannot_be_meant_are_refused_with_the_reason(text, says):
    with pytest.raises(UsageError, match=says):
        parse_years(text, TODAY)


@pytest.mark.parametrize(
    ("given", "says", "near"),
    [
        ({"conty": "苍南县"}, "unknown argument 'conty'", "county"),
        ({"kinds": "hole"}, "unknown kinds='hole'", "whole"),
        ({"kinds": "whole,"}, "unknown kinds=''", "office"),
        ({"mode": "fast"}, "unknown mode='fast'", "full"),
        ({"province": "浙工"}, "unknown province", "浙江省"),
        ({"code": "330399"}, "unknown code", "3303"),
        ({"county": "朝阳区"}, "ambiguous", "110105"),
        ({"province": ""}, "province= has no value", ""),
        ({"portals": "/nowhere.csv"}, "cannot be read", ""),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_that_does(given, says, near):
    with pytest.raises(UsageError) as error:
        parse_arguments(given)
    assert says in str(error.value)
    assert near in str(error.value)


def test_without_arguments_all_portals_are_asked_for_whole_and_office():
    args = parse_arguments({})
    assert len(args.portals) > 3000
    assert args.kinds == {"whole", "office"}
    assert args.years is None
    assert args.mode == "incremental"


def test_places_narrow_each_other_and_a_list_adds_up():
    args = parse_arguments({"prefecture": "温州", "county": "苍南,永嘉县", "years": "2023"})
    assert {p.code for p in args.portals} == {"330327", "330324"}
    assert args.years == {2023}
