"""Tables of two reports on one page, columns that are not where their labels say."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo.tables import Table
from pipelines.checks.tables import check_tables
from pipelines.forms import disputes, read_forms
from pipelines.forms.pieces import Piece
from pipelines.forms.placements import placements_in_order
from pipelines.forms.proofs import prove
from tests.forms.papers import NEW, OLD, REPORTS, document, four, only, text_document, three

OTHER = next(r for r in REPORTS if r.organ != NEW.organ and r.t3_form == NEW.t3_form)


def findings(reading):
    return [(f.rule, f.where) for f in check_tables(reading, scope="unknown", admin_level=None)]


def test_a_table_that_stands_once_beside_tables_of_two_reports_is_told():
    reading = read_forms(document(three(NEW), three(OTHER), four(OTHER)))
    assert ("R3-TWICE", "t3") in findings(reading)
    assert ("R4-WHOSE", "t4") in findings(reading)
    whole = read_forms(document(three(NEW), four(NEW)))
    assert findings(whole) == []


def test_a_table_that_cannot_be_read_is_not_replaced_by_another_reports():
    table = three(NEW)
    torn = tuple(
        tuple(
            replace(c, text=f"{c.text}{c.text}9") if c.field and "__total" not in c.field else c
            for c in row
        )
        for row in table.rows
    )
    unreadable = Table("t3", tuple(r[:-2] if r[-1].field else r for r in torn), 10)
    reading = read_forms(document(unreadable, three(OTHER)))
    true = only(NEW, "t3")
    assert all(v in (None, true[f]) for f, v in reading.values.items()) or (
        ("R3-TWICE", "t3") in findings(reading)
    )


def test_a_total_column_printed_first_under_the_labels_of_the_form_leaves_nothing_silent():
    table = three(NEW)
    rows = []
    for row in table.rows:
        figures = [c for c in row if c.field]
        labels = [c for c in row if not c.field]
        rows.append((*labels, *figures[-1:], *figures[:-1]))
    reading = read_forms(document(Table("t3", tuple(rows), 10)))
    table_three = reading.tables["t3"]
    assert set(table_three.values.values()) == {None}
    assert all("sum of the others" in str(n.reason) for n in table_three.notes.values())
    # Figures are printed that nobody can place: told as that, and the form is no blank one.
    assert [rule for rule, _ in findings(reading)] == ["R3-PLACE", "R3-HEADER"]


def test_words_among_the_figures_of_table_four_move_no_other_figure():
    table = four(NEW, t4_direct_other="约3")
    read = read_forms(document(table)).tables["t4"]
    true = only(NEW, "t4")
    assert {f for f, v in read.values.items() if v != true[f]} == {"t4_direct_other"}
    by_words = read_forms(document(four(NEW, t4_direct_other="三件"))).tables["t4"]
    assert {f for f, v in by_words.values.items() if v != true[f]} == {"t4_direct_other"}


def test_a_run_of_digits_with_too_many_cuts_has_none():
    piece = Piece("123456789123456789123456")
    assert placements_in_order([piece], disputes.FIELDS) == ([], False)
    fields = tuple("abcdefg")
    long = Piece("".join(map(str, (749, 111, 0, 0, 21, 14, 895))))
    cuts, certain = placements_in_order([long], fields, sum_at=6)
    assert not certain
    assert [749, 111, 0, 0, 21, 14, 895] in [
        [int(p.text) for p in c.values() if p is not None] for c in cuts
    ]


def test_the_ordinal_of_the_next_label_is_no_figure():
    table = three(NEW)
    text = "\n|\n".join(
        c.text.replace("1.", "1)").replace("2.", "2)").replace("3.", "3)")
        for row in table.rows
        for c in row
        if not str(c.field).endswith("__research")
    )
    reading = read_forms(text_document(text))
    true = only(NEW, "t3")
    assert all(v in (None, true[f]) for f, v in reading.values.items())
    assert not any("2)" in str(n.raw) for n in reading.notes.values())


def test_what_a_sum_contradicts_proves_no_other_number():
    identities = disputes.identities()
    values = dict.fromkeys(disputes.FIELDS, 0)
    values |= {"t4_review_upheld": -2, "t4_review_total": 3, "t4_review_other": None}
    assert "t4_review_other" not in prove(values, identities).derived
    values |= {"t4_review_upheld": 2}
    assert prove(values, identities).derived["t4_review_other"] == (1, ("R4-SUM[review]",))


def test_an_ordinal_on_a_line_of_its_own_is_no_cell():
    table = three(NEW)
    text = "\n".join(
        "\t" + (c.text.replace(".", ".\n") if c.text[1:2] == "." else c.text)
        for row in table.rows
        for c in row
        if not str(c.field).endswith("__research")
    )
    reading = read_forms(text_document(text))
    true = only(NEW, "t3")
    assert all(v in (None, true[f]) for f, v in reading.values.items())
    derived = {f: n.derived for f, n in reading.notes.items() if n.derived is not None}
    assert derived == {f: true[f] for f in derived}


def test_one_row_that_reads_only_other_is_the_form_of_2019():
    rows = tuple(
        tuple(replace(c, text="（六）其他") if c.text == "（六）其他处理" else c for c in row)
        for row in three(OLD).rows
    )
    reading = read_forms(document(Table("t3", rows, 10)))
    assert reading.versions == {"t3": "v2019"}
    assert ("R3-SHAPE", "other_total") in findings(reading)
