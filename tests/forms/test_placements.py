"""Placing: all possibilities are made, the sums throw out, and nothing is taken for being first."""

from __future__ import annotations

import pytest

from pipelines.forms.model import Identity
from pipelines.forms.pieces import Piece
from pipelines.forms.placements import (
    Options,
    fits,
    known,
    narrow,
    placements_in_order,
    solve,
    split_digits,
)

SUM = Identity(rule="R", where="x", left=("t",), right=("a", "b", "c"))
FIELDS = ("a", "b", "c", "t")


def pieces(*texts):
    return [Piece(t) for t in texts]


def numbers(placements):
    return [tuple(known(p).values()) for p in placements]


def test_as_many_figures_as_places_leave_one_way():
    placements, certain = placements_in_order(pieces("1", "2", "3", "6"), FIELDS)
    assert certain
    assert numbers(placements) == [(1, 2, 3, 6)]


def test_blank_cells_of_a_grid_stay_where_they_stand():
    placements, certain = placements_in_order(pieces("", "2", "", "2"), FIELDS, cells=True)
    assert certain
    assert numbers(placements) == [(None, 2, None, 2)]


def test_empty_pieces_of_text_decide_nothing():
    placements, certain = placements_in_order(pieces("", "2", "", "2"), FIELDS)
    assert not certain
    assert len(placements) > 1


def test_a_lost_cell_may_be_any_of_them():
    placements, certain = placements_in_order(pieces("1", "2", "3"), FIELDS)
    assert not certain
    assert numbers(placements) == [
        (None, 1, 2, 3),
        (1, None, 2, 3),
        (1, 2, None, 3),
        (1, 2, 3, None),
    ]


def test_three_lost_cells_of_four_leave_nothing_to_hold_on_to():
    assert placements_in_order(pieces("1"), FIELDS) == ([], False)


def test_one_piece_too_many_is_a_stray_or_half_a_number():
    placements, certain = placements_in_order(pieces("1", "2", "0", "3", "24"), FIELDS)
    assert not certain
    assert (1, 20, 3, 24) in numbers(placements)
    assert (1, 2, 3, 24) in numbers(placements)


@pytest.mark.parametrize(
    ("digits", "parts", "cuts"),
    [
        ("000", 3, [(0, 0, 0)]),
        ("00", 3, []),
        ("120", 2, [(1, 20), (12, 0)]),
        ("105", 2, [(10, 5)]),
        ("", 1, []),
        ("01", 1, []),
    ],
)
def test_digits_are_cut_in_every_way_without_leading_zeros(digits, parts, cuts):
    assert list(split_digits(digits, parts)) == cuts


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"t": 6, "a": 1, "b": 2, "c": 3}, True),
        ({"t": 7, "a": 1, "b": 2, "c": 3}, False),
        ({"t": 7, "a": 1, "b": None, "c": 3}, True),
        ({"t": 3, "a": 1, "b": None, "c": 3}, False),
        ({"t": None, "a": 1, "b": 2, "c": 3}, True),
        ({"t": None, "a": 1, "b": None, "c": 3}, True),
        ({}, True),
    ],
)
def test_a_sum_is_broken_only_where_no_unknown_could_mend_it(values, holds):
    assert fits(values, SUM) is holds


def options(row, *choices):
    placements = tuple(dict(zip(FIELDS, pieces(*c), strict=True)) for c in choices)
    return Options(row, placements, certain=False)


def test_the_only_placement_that_adds_up_is_found():
    one = options("r", ("1", "2", "0", "6"), ("1", "2", "3", "6"))
    solution = solve([one], {}, [SUM])
    assert [known(s["r"]) for s in solution.placements] == [{"a": 1, "b": 2, "c": 3, "t": 6}]


def test_all_placements_that_add_up_are_returned_and_none_is_preferred():
    one = options("r", ("1", "2", "3", "6"), ("2", "1", "3", "6"))
    assert len(solve([one], {}, [SUM]).placements) == 2


def test_a_search_without_end_says_so():
    wide = [
        Options(f"r{n}", tuple({f"x{n}": Piece(str(i))} for i in range(20)), certain=False)
        for n in range(6)
    ]
    solution = solve(wide, {}, [])
    assert solution.exhausted


def test_narrowing_drops_only_what_no_choice_of_the_other_rows_could_mend():
    column = Identity(rule="C", where="a", left=("sum",), right=("a", "z"))
    mine = options("r", ("9", "0", "0", "9"), ("1", "0", "0", "1"))
    other = Options("s", ({"z": Piece("2")}, {"z": Piece("3")}), certain=False)
    left = narrow([mine, other], {"sum": 4}, [SUM, column])
    assert numbers(left[0].placements) == [(1, 0, 0, 1)]
    assert [known(p) for p in left[1].placements] == [{"z": 3}]
