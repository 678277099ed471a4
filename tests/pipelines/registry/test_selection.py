"""Which portals the places of a command line choose."""

import pytest

from pipelines.registry import load_registry, select_portals
from pipelines.vocabulary.errors import UsageError


@pytest.fixture(scope="module")
def registry():
    return load_registry()


def names(portals):
    return [portal.place for portal in portals]


def test_nothing_given_means_every_portal(registry):
    assert select_portals(registry) == list(registry.portals)
    assert select_portals(registry, province="") == list(registry.portals)


def test_a_province_means_its_own_portal_and_all_below(registry):
    chosen = select_portals(registry, province="甘肃")
    assert chosen[0].name == "甘肃省人民政府"
    assert {p.province for p in chosen} == {"甘肃省"}
    assert len(chosen) == sum(p.code.startswith("62") for p in registry.portals)


def test_a_prefecture_means_its_own_portal_and_its_counties(registry):
    chosen = select_portals(registry, prefecture="延边州")
    assert chosen[0].name == "延边朝鲜族自治州人民政府"
    assert {p.prefecture for p in chosen} == {"延边朝鲜族自治州"}
    assert len(chosen) == 9


def test_a_county_or_code_means_exactly_itself(registry):
    assert names(select_portals(registry, county="苍南")) == ["苍南县"]
    assert names(select_portals(registry, code="330000")) == ["浙江省"]
    assert names(select_portals(registry, county="330327")) == ["苍南县"]


def test_places_of_one_argument_add_up_and_arguments_narrow(registry):
    assert names(select_portals(registry, county="永嘉，苍南、永嘉县")) == ["永嘉县", "苍南县"]
    assert names(select_portals(registry, province="北京", county="朝阳区")) == ["朝阳区"]
    assert names(select_portals(registry, county="北京/朝阳区,长春/朝阳区")) == ["朝阳区", "朝阳区"]
    assert names(select_portals(registry, prefecture="温州", code="330327,330324")) == [
        "永嘉县",
        "苍南县",
    ]


def test_former_names_and_codes_choose_what_the_place_is_now(registry):
    assert names(select_portals(registry, county="横县")) == ["横州市"]
    assert names(select_portals(registry, code="450127")) == ["横州市"]
    assert names(select_portals(registry, prefecture="襄樊市"))[0] == "襄阳市"


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ({"province": "浙冮"}, ["unknown province '浙冮'", "浙江省 (330000)"]),
        ({"county": "朝阳区"}, ["ambiguous", "北京市, 110105", "吉林省长春市, 220104"]),
        ({"county": "江苏/鼓楼区"}, ["ambiguous", "320106", "320302"]),
        ({"province": "甘肃", "county": "苍南"}, ["province=甘肃", "浙江省温州市, 330327"]),
        ({"province": "甘肃", "code": "330327"}, ["330327", "province=甘肃"]),
        ({"province": "苍南"}, ["unknown province", "use county="]),
        ({"prefecture": "北京"}, ["unknown prefecture", "use province="]),
        ({"county": "两江新区"}, ["no division code of its own"]),
        ({"code": "710000"}, ["台湾省", "no portal"]),
        ({"code": "330399"}, ["unknown code '330399'"]),
        ({"code": "苍南县"}, ["unknown code", "浙江省温州市, 330327"]),
        ({"code": "999999"}, ["unknown code '999999'", "659012"]),
        ({"code": "3303"}, ["unknown code '3303'", "温州市 (浙江省, 330300)"]),
        ({"prefecture": "339900"}, ["unknown prefecture", "浙江省, 33"]),
        ({"code": "341400"}, ["several"]),
        ({"county": "苍南,,永嘉"}, ["empty place"]),
    ],
)
def test_what_cannot_be_chosen_says_what_can(registry, places, says):
    with pytest.raises(UsageError) as caught:
        select_portals(registry, **places)
    assert all(part in str(caught.value) for part in says), str(caught.value)
