"""Misprints: what the sums still place and prove where one printed figure is wrong."""

from __future__ import annotations

import pytest

from pipelines.forms import requests as form
from pipelines.forms.misprints import contradicts_itself, proved
from pipelines.forms.model import Identity
from pipelines.forms.pieces import Piece
from pipelines.forms.placements import Options, agreed, one_misprint_explains, with_near_misses
from pipelines.forms.request_table import read_request_table
from pipelines.forms.requests import field_id

from .papers import NEW, document, only, text_document, three, without

ROW_R = Identity(rule="ROW", where="r", left=("rt",), right=("ra", "rb"))
ROW_S = Identity(rule="ROW", where="s", left=("st",), right=("sa", "sb"))
COL_A = Identity(rule="COL", where="a", left=("ta",), right=("ra", "sa"))
COL_B = Identity(rule="COL", where="b", left=("tb",), right=("rb", "sb"))
COL_T = Identity(rule="COL", where="t", left=("tt",), right=("rt", "st"))
SQUARE = (ROW_R, ROW_S, COL_A, COL_B, COL_T)
WHOLE = {"ra": 1, "rb": 2, "rt": 3, "sa": 3, "sb": 4, "st": 7, "ta": 4, "tb": 6, "tt": 10}


def test_one_sum_alone_proves_no_figure():
    assert proved({"rt": 5, "ra": 3, "rb": None}, [ROW_R]) == {}


def test_a_row_and_a_column_that_agree_prove_a_figure():
    found = proved({**WHOLE, "rb": None}, SQUARE)
    assert found["rb"][0] == WHOLE["rb"]


def test_a_misprint_that_a_row_and_a_column_contradict_proves_nothing():
    assert proved({**WHOLE, "rb": None, "rt": 9}, SQUARE) == {}


def test_what_does_not_rest_on_the_suspects_is_proved_beside_a_broken_sum():
    row = Identity(rule="ROW", where="u", left=("ut",), right=("ua", "ub"))
    column = Identity(rule="COL", where="u", left=("ub",), right=("st", "va"))
    values = {**WHOLE, "ra": 5, "ut": 12, "ua": 3, "ub": None, "va": 2}
    assert proved(values, (*SQUARE, row, column))["ub"][0] == 9


def test_two_broken_sums_that_share_no_figure_prove_nothing_in_their_part():
    values = {**WHOLE, "rt": 30, "sb": 40, "ta": None}
    assert contradicts_itself(values, SQUARE)
    assert proved(values, SQUARE) == {}


def test_one_wrong_figure_is_no_contradiction():
    assert not contradicts_itself({**WHOLE, "ra": 8}, SQUARE)


def test_a_zero_beside_a_full_total_is_believed_of_lone_sums_only():
    values = {"rt": 3, "ra": 3, "rb": None}
    assert proved(values, [ROW_R]) == {}
    assert proved(values, [ROW_R], lone_sums=True) == {"rb": (0, ("ROW[r]",))}
    assert proved({"rt": 0, "ra": 0, "rb": None}, [ROW_R], lone_sums=True) == {}


@pytest.mark.parametrize(("changed", "explained"), [({}, True), ({"ra": 9}, True),
                                                    ({"ra": 9, "sb": 1}, False)])  # fmt: skip
def test_one_misprint_explains_what_it_broke_and_no_more(changed, explained):
    assert one_misprint_explains({**WHOLE, **changed}, SQUARE) is explained


def test_a_placement_is_not_excluded_by_sums_that_one_figure_breaks():
    ways = tuple({"ra": Piece(a), "rb": Piece(b)} for a, b in (("1", "2"), ("1", "5"), ("7", "9")))
    option = Options("r", ways, certain=False)
    fixed = {f: n for f, n in WHOLE.items() if f not in {"ra", "rb"}}
    left = agreed([option], fixed, SQUARE)
    assert left["r"] == [ways[0]]
    assert with_near_misses([option], left, fixed, SQUARE)["r"] == list(ways[:2])


# -- tables three ----------------------------------------------------------------------------------

DETAIL = [
    row.id for row in form.ROWS["v2021"] if row.id.startswith(("denied", "unable", "refused"))
]


def lose(column, table):
    ends = {field_id(row, column) for row in DETAIL}
    return without(table, lambda _, cell: cell.field in ends)


def misprinted(field):
    return {field: str(int(NEW.values[field]) + 6)}


@pytest.mark.parametrize("column", ["business", "legal_service", "other_org"])
@pytest.mark.parametrize("field", ["t3_denied_third_party__total", "t3_granted__total",
                                   "t3_unable_not_held__natural"])  # fmt: skip
def test_a_lost_column_beside_a_misprint_moves_no_figure_and_proves_none(column, field):
    wrong = misprinted(field)
    table = read_request_table(document(lose(column, three(NEW, **wrong))))
    printed = {**only(NEW, "t3"), **{f: int(n) for f, n in wrong.items()}}
    for f, value in table.values.items():
        lost = f in {field_id(row, column) for row in DETAIL}
        assert value is None or (value == printed[f] and not lost)
        note = table.notes.get(f)
        if note is not None and note.derived is not None:
            assert note.derived == only(NEW, "t3")[f]
            assert f not in wrong


def test_rows_that_lack_a_cell_are_said_to_add_up_only_where_they_do():
    table = read_request_table(document(lose("other_org", three(NEW))))
    notes = {f.note for f in table.findings if f.rule == "R3-SIXCELL"}
    broken = read_request_table(
        document(lose("other_org", three(NEW, **misprinted("t3_denied_third_party__total"))))
    )
    beside = [f for f in broken.findings if f.rule == "R3-SIXCELL" and "all sums hold" in f.note]
    assert notes
    assert beside == []


def test_a_row_of_text_as_wide_as_the_form_beside_wider_rows_is_not_taken():
    lines = []
    for row in three(NEW).rows:
        cells = [c.text for c in row]
        if row[-1].field and "new_received" not in row[-1].field:
            at = next(i for i, c in enumerate(row) if c.field)
            cells.insert(at + 1, cells[at + 1])
        lines.append(" ".join(cells))
    table = read_request_table(
        text_document("\n".join(["三、收到和处理政府信息公开申请情况", *lines]))
    )
    assert table.values["t3_new_received__business"] is None
    assert table.notes["t3_new_received__business"].reason
