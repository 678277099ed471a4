"""Damaged reports: whatever is read wrong is said to be."""

from __future__ import annotations

import pytest

from benchmarks.compound import run_compound
from benchmarks.damages import DAMAGES, SINGLE
from benchmarks.pairs import damaged, run_pair
from benchmarks.perturb import CARRIERS, run_case

KINDS = len(DAMAGES)
# A seed is a damage, a carrier and a report: each damage here meets each carrier, and each time
# a report of its own.
SEEDS = [(lap * len(CARRIERS) + lap) * KINDS for lap in range(11)]


@pytest.mark.parametrize("kind", range(KINDS), ids=[d.__name__ for d in DAMAGES])
def test_no_damage_makes_a_silent_error(kind):
    results = [run_case(seed + kind) for seed in SEEDS]
    assert {r.damage for r in results} == {DAMAGES[kind].__name__}
    assert [(r.seed, r.silent) for r in results if r.silent] == []
    assert [(r.seed, r.false) for r in results if r.false] == []


@pytest.mark.parametrize("lap", range(5))
def test_no_two_damages_make_a_silent_error(lap):
    results = list(map(run_pair, range(lap * 60, (lap + 1) * 60)))
    assert [(r.seed, r.damage, r.silent) for r in results if r.silent] == []
    assert [(r.seed, r.damage, r.false) for r in results if r.false] == []


@pytest.mark.parametrize("lap", range(5))
def test_sparse_tables_and_misprints_prove_nothing_false(lap):
    results = list(map(run_compound, range(lap * 40, (lap + 1) * 40)))
    assert {"misprint" in r.damage for r in results} == {True, False}
    assert [(r.seed, r.of, r.silent) for r in results if r.silent] == []
    assert [(r.seed, r.of, r.false) for r in results if r.false] == []


def test_pairs_are_drawn_from_all_damages():
    pairs = [damaged(seed)[1] for seed in range(300)]
    assert all(one is not two for one, two in pairs)
    assert {d for pair in pairs for d in pair} == set(SINGLE)


def test_the_undamaged_reports_are_read_exactly():
    results = [run_case(seed) for seed in SEEDS]
    assert {r.carrier for r in results} == set(CARRIERS)
    for result in results:
        assert (result.damage, result.proved, result.null, result.told) == ("undamaged", 0, 0, 0)


def test_the_bench_notices_a_reader_that_shifts_figures(monkeypatch):
    from benchmarks import perturb
    from pipelines.forms import read_forms

    def shifting(document):
        reading = read_forms(document)
        for table in reading.tables.values():
            names = list(table.values)
            table.values = dict(zip(names, [None, *list(table.values.values())[:-1]], strict=True))
            table.identities = ()
        return reading

    monkeypatch.setattr(perturb, "read_forms", shifting)
    assert len(run_case(0).silent) > 20
