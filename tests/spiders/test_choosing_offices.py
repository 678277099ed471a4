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
