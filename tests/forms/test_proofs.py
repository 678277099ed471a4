"""Proving: what the sums leave no choice about, with the rules that say so."""

from __future__ import annotations

from pipelines.forms.model import Identity
from pipelines.forms.proofs import prove

ROW = Identity(rule="ROW", where="r", left=("rt",), right=("ra", "rb"))
COL = Identity(rule="COL", where="a", left=("ta",), right=("ra", "sa"))


def derived(values, *identities):
    return prove(values, identities).derived


def test_blanks_beside_a_full_total_are_zero():
    values = {"rt": 3, "ra": 3, "rb": None}
    assert derived(values, ROW) == {"rb": (0, ("ROW[r]",))}


def test_one_blank_is_what_is_missing_to_the_total():
    assert derived({"rt": 5, "ra": 3, "rb": None}, ROW) == {"rb": (2, ("ROW[r]",))}


def test_a_blank_total_is_the_sum():
    assert derived({"rt": None, "ra": 3, "rb": 4}, ROW) == {"rt": (7, ("ROW[r]",))}


def test_two_blanks_that_share_a_rest_are_left_open():
    assert derived({"rt": 5, "ra": None, "rb": None}, ROW) == {}


def test_a_proof_that_rests_on_a_proof_cites_both():
    values = {"rt": 5, "ra": None, "rb": None, "ta": 4, "sa": 1}
    found = derived(values, ROW, COL)
    assert found["ra"] == (3, ("COL[a]",))
    assert found["rb"] == (2, ("COL[a]", "ROW[r]"))


def test_two_proofs_that_disagree_are_none():
    values = {"rt": 5, "ra": None, "rb": 5, "ta": 4, "sa": 1}
    assert derived(values, ROW, COL) == {}


def test_a_printed_figure_is_never_derived_anew():
    values = {"rt": 9, "ra": 3, "rb": 4}
    proof = prove(values, [ROW])
    assert proof.derived == {}
    assert [i.where for i in proof.broken] == ["r"]


def test_a_rest_below_zero_derives_nothing():
    assert derived({"rt": 2, "ra": 3, "rb": None}, ROW) == {}


def test_a_broken_sum_is_named_with_its_sides():
    proof = prove({"rt": 5, "ra": 3, "rb": 1}, [ROW])
    assert [i.rule for i in proof.broken] == ["ROW"]
    assert proof.sides == {("ROW", "r"): (5, 4)}


def test_a_sum_that_holds_with_what_another_proves_is_not_broken():
    proof = prove({"rt": 5, "ra": None, "rb": 1, "ta": 6, "sa": 2}, [ROW, COL])
    assert proof.derived["ra"] == (4, ("ROW[r]",))
    assert proof.broken == []
