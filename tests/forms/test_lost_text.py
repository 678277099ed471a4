"""Text lost between two labels: the next row's figures must not pass for the first one's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.reports import render_table_text
from crawler.demo.tables import Table
from pipelines.checks.tables import check_tables
from pipelines.forms import read_forms
from tests.forms.papers import NEW, document, html_document, only, text_document, three, two

THREE, TWO = only(NEW, "t3"), only(NEW, "t2")
FIRST, LOST = "unable_need_creation", "unable_unclear"


def joined(table: Table, first: str, lost: str) -> Table:
    """Return a table in which one row's label stands before the figures of the next row."""
    at = next(r for r, row in enumerate(table.rows) if str(row[-1].field).startswith(first))
    labels = tuple(c for c in table.rows[at] if not c.field)
    figures = tuple(c for c in table.rows[at + 1] if c.field)
    assert str(figures[0].field).startswith(lost)
    rows = (*table.rows[:at], (*labels, *figures), *table.rows[at + 2 :])
    return Table(table.name, tuple(_shorter(row, at, r) for r, row in enumerate(rows)), table.width)


def _shorter(row, at, r):
    return tuple(
        replace(c, rowspan=c.rowspan - 1) if r <= at < r + c.rowspan - 1 else c for c in row
    )


def flat(table: Table) -> str:
    return "".join(c.text for row in table.rows for c in row)


def lines(table: Table) -> str:
    return render_table_text(table, "lines")


def told(reading, rule):
    findings = check_tables(reading, scope="unknown", admin_level=None)
    return {w for f in findings if f.rule == rule for w in f.where.split(",")}


def row(name):
    return {f: n for f, n in THREE.items() if f.startswith(f"t3_{name}__")}


def no_wrong_proof(table, truth):
    derived = {f: n.derived for f, n in table.notes.items() if n.derived is not None}
    assert derived == {f: truth[f] for f in derived}


@pytest.mark.parametrize("draw", [flat, lines])
def test_in_running_text_the_first_row_is_null(draw):
    assert list(row(FIRST).values()) != list(row(LOST).values())
    reading = read_forms(
        text_document("勾稽关系\n" + draw(joined(three(NEW), f"t3_{FIRST}", f"t3_{LOST}")))
    )
    table = reading.tables["t3"]
    assert {table.values[f] for f in (*row(FIRST), *row(LOST))} == {None}
    assert "missing" in str(table.notes[f"t3_{FIRST}__natural"].reason)
    assert all(table.values[f] in (n, None) for f, n in THREE.items())
    no_wrong_proof(table, THREE)


def test_on_a_row_of_its_own_it_is_kept_and_told():
    reading = read_forms(document(joined(three(NEW), f"t3_{FIRST}", f"t3_{LOST}")))
    assert told(reading, "R3-NEXT") == {FIRST}
    assert told(reading, "R3-SHAPE") == {LOST}
    no_wrong_proof(reading.tables["t3"], THREE)


def test_a_row_that_stands_empty_leaves_its_neighbour_alone():
    table = three(NEW)
    rows = tuple(() if str(r[-1].field).startswith(f"t3_{LOST}") else r for r in table.rows)
    reading = read_forms(document(Table(table.name, rows, table.width)))
    assert told(reading, "R3-NEXT") == set()
    assert reading.tables["t3"].notes[f"t3_{LOST}__natural"].derived == THREE[f"t3_{LOST}__natural"]


def test_table_two_withdraws_what_may_be_the_next_rows():
    gone = joined(two(NEW), "t2_rules", "t2_normative")
    reading = read_forms(text_document(flat(gone) + "三、收到和处理政府信息公开申请情况"))
    assert {reading.values[f] for f in TWO if "_rules_" in f or "_normative_" in f} == {None}
    kept = read_forms(document(gone))
    assert told(kept, "R2-NEXT") == {f for f in TWO if "_rules_" in f}


def test_the_last_row_of_table_two_is_no_place_for_figures_of_table_three():
    text = "".join(c.text for r in two(NEW).rows[:-1] for c in r)
    torn = f"{text}行政事业性收费12二、上年结转政府信息公开申请数量0000000三、本年度办理结果（一）予以公开0000000"
    table = read_forms(text_document(torn)).tables["t2"]
    assert table.values["t2_fee_amount_wanyuan"] is None
    assert table.values["t2_license_decisions"] == TWO["t2_license_decisions"]


def test_a_lost_column_label_makes_one_figure_of_two_unreadable():
    text = flat(two(NEW)).replace("本年制发件数", "").replace("本年废止件数", "")
    table = read_forms(text_document(text + "三、收到和处理政府信息公开申请情况")).tables["t2"]
    assert table.values["t2_normative_in_force"] is None


def test_a_foreign_column_label_makes_counting_impossible():
    rows = [
        [c.text for c in r]
        + (["上年"] if r[0].text == "信息内容" else ["81"] if r[-1].field else [])
        for r in two(NEW).rows
    ]
    text = "".join(c for r in rows for c in r) + "三、收到和处理政府信息公开申请情况"
    assert read_forms(text_document(text)).values.get("t2_license_decisions") is None


def test_a_column_with_a_label_of_its_own_is_left_out():
    table = two(NEW)
    rows = tuple(
        (*r, replace(r[-1], text="上年" if r[0].text == "信息内容" else "81", colspan=1, field=None))
        if len(r) > 1 else r
        for r in table.rows
    )  # fmt: skip
    read = read_forms(document(Table("t2", rows, 5))).tables["t2"]
    assert dict(read.values) == dict(TWO)


def test_struck_and_raised_figures_are_no_part_of_a_figure():
    cell = f"<td>{TWO['t2_license_decisions']}</td>"
    for extra in (
        '<span style="text-decoration:line-through">8</span>', "<del>8</del>", "<s>8</s>",
    ):  # fmt: skip
        body = _page().replace(cell, cell.replace("<td>", f"<td>{extra}"))
        assert extra in body
        values = read_forms(html_document(body)).values
        assert values["t2_license_decisions"] == TWO["t2_license_decisions"]
    for mark in (
        "<sup>1</sup>", "<sub>1</sub>", '<span style="vertical-align:super">1</span>',
        '<span STYLE="Vertical-Align :\n Sub">1</span>',
    ):  # fmt: skip
        body = _page().replace(cell, cell.replace("</td>", f"{mark}</td>"))
        assert read_forms(html_document(body)).values["t2_license_decisions"] is None


def _page() -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{c.text}</td>" for c in r) + "</tr>" for r in two(NEW).rows
    )
    return f"<table>{rows}</table>"
