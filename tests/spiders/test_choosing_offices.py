"""Whose office a link names, whatever it says after the name."""

from __future__ import annotations

import pytest

from spiders.choosing import Wanted

OURS = Wanted(
    kinds=frozenset({"whole", "office"}), years=None, names=("试点县", "试点"), upper=("澄湖市",)
)


@pytest.mark.parametrize(
    "name",
    [
        "县政府办公室",
        "县政府办公室年报",
        "试点县人民政府办公室政府信息公开年报",
        "政府办公室信息公开",
        "政府办年度报告",
    ],
)
def test_an_office_without_anothers_place_is_ours(name):
    assert OURS.own_office(name)


@pytest.mark.parametrize(
    "name", ["澄湖市人民政府办公室", "澄湖市政府办公室年报", "邻水县人民政府办公室信息公开年报"]
)
def test_the_office_of_another_place_is_none_of_ours(name):
    assert not OURS.own_office(name)


@pytest.mark.parametrize(
    "name", ["邻水县人民政府", "邻水县人民政府办公室", "澄湖市人民政府", "邻水区政府年报"]
)
def test_a_folder_of_another_places_government_is_not_opened(name):
    assert not OURS.folder(name)


@pytest.mark.parametrize(
    "name",
    ["试点县人民政府", "试点市人民政府", "县政府", "本级", "2019年", "政府办公室", "市级", "全部"],
)
def test_a_folder_that_may_be_ours_is_opened(name):
    assert OURS.folder(name)


@pytest.mark.parametrize("name", ["试点县人民政府", "试点县政府", "县人民政府", "县政府", "县本级"])
def test_a_list_of_organs_names_the_government_among_them(name):
    assert OURS.is_own_name(name)


@pytest.mark.parametrize(
    "name",
    ["试点县", "县政府办公室", "邻水县人民政府", "澄湖市人民政府", "县财政局", "政府信息公开"],
)
def test_other_names_are_not_the_governments_own(name):
    assert not OURS.is_own_name(name)


def test_a_list_of_the_offices_reports_alone_lacks_the_governments():
    office = [f"试点县人民政府办公室{y}年政府信息公开工作年度报告" for y in (2024, 2023)]
    assert OURS.lacks_own(office)
    assert OURS.lacks_own([*office, "试点县财政局2023年政府信息公开工作年度报告", "通知公告"])
    assert not OURS.lacks_own([*office, "试点县2022年政府信息公开工作年度报告"])
    assert not OURS.lacks_own([*office, "2022年政府信息公开工作年度报告"])
    assert not OURS.lacks_own([])
