"""Portals are walked so that neighbours are far apart."""

from __future__ import annotations

from itertools import pairwise

from pipelines.registry import load_registry
from spiders.turns import mixed

PORTALS = load_registry().portals


def most_of_one(portals, width, of):
    windows = (portals[at : at + width] for at in range(len(portals) - width + 1))
    return max(max(map([of(p) for p in w].count, {of(p) for p in w})) for w in windows)


def test_every_portal_is_walked_once():
    assert sorted(p.code for p in mixed(PORTALS)) == sorted(p.code for p in PORTALS)


def test_of_a_hundred_at_once_few_are_of_one_province_and_hardly_any_of_one_city():
    order = mixed(PORTALS)
    assert most_of_one(order, 100, lambda p: p.province) <= 12
    assert most_of_one(order, 100, lambda p: (p.province, p.prefecture)) <= 9
    assert most_of_one(list(PORTALS), 100, lambda p: p.province) >= 90


def test_neighbours_of_one_city_never_follow_each_other():
    places = [(p.province, p.prefecture) for p in mixed(PORTALS)]
    assert sum(a == b for a, b in pairwise(places)) <= 3


def test_the_order_is_the_same_every_time():
    assert mixed(PORTALS) == mixed(PORTALS)
    assert mixed(PORTALS[:1]) == [PORTALS[0]]
    assert mixed([]) == []
