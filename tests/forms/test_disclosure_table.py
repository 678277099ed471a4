"""Table two: no sum proves it, so only labels, structure and units count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.reports import render_table_text
from crawler.demo.tables import Table, TableCell
from pipelines.forms import read_forms
from pipelines.forms.disclosure_table import read_disclosure_table
from tests.forms.papers import NEW, OLD, document, grid, only, text_document, two, without

SEEN = only(NEW, "t2")
SEEN_2019 = only(OLD, "t2")
FEE = "t2_fee_amount_wanyuan"
BOUGHT = "t2_procurement_amount_wanyuan"


def reading(*blocks):
    table = read_disclosure_table(document(*blocks))
    assert table is not None
    return table


def in_text(text):
    table = read_disclosure_table(text_document(text))
    assert table is not None
    return table


def wrong(table, truth=SEEN):
    return {f: (v, table.values.get(f)) for f, v in truth.items() if table.values.get(f) != v}


def rules(table):
    return [f.rule for f in table.findings]


@pytest.mark.parametrize(("report", "truth"), [(NEW, SEEN), (OLD, SEEN_2019)], ids=["2021", "2019"])
def test_each_form_is_read_by_its_own_columns(report, truth):
    table = reading(two(report))
    assert table.version == report.t2_form
    assert set(table.values) == set(truth)
    assert wrong(table, truth) == {}
    assert rules(table) == []


@pytest.mark.parametrize("prints", ["", "/", "—", "无"])
def test_a_cell_without_a_figure_is_null_and_nothing_is_proved(prints):
    table = reading(two(NEW, t2_license_decisions=prints))
    note = table.notes["t2_license_decisions"]
    assert table.values["t2_license_decisions"] is None
    assert (note.status, note.derived) == ("blank" if not prints else "na_mark", None)
    assert set(wrong(table)) == {"t2_license_decisions"}


@pytest.mark.parametrize(
    ("prints", "value", "status"),
    [
        ("104.17", 104.17, None),
        ("104.17万元", 104.17, "converted"),
        ("1041700元", 104.17, "converted"),
        ("1,041,700.00元", 104.17, "converted"),
        ("0.01亿元", 100, "converted"),
        ("0", 0, None),
    ],
)
def test_the_unit_in_the_cell_wins(prints, value, status):
    table = reading(two(NEW, **{FEE: prints}))
    assert table.values[FEE] == value
    assert (table.notes[FEE].status if FEE in table.notes else None) == status


def test_the_unit_of_the_header_is_used_where_the_cell_has_none():
    rows = [
        tuple(TableCell(c.text.replace("万元", "元"), c.colspan, c.rowspan, c.field) for c in row)
        for row in two(NEW, **{FEE: "1041700"}).rows
    ]
    table = reading(Table("t2", tuple(rows), 4))
    assert table.values[FEE] == 104.17
    assert table.notes[FEE].status == "converted"


def test_units_that_disagree_are_told():
    table = reading(two(OLD, **{BOUGHT: "251000元"}))
    assert table.values[BOUGHT] == 25.1
    assert rules(table) == ["R2-FEE-UNITCONFLICT"]


@pytest.mark.parametrize(
    ("prints", "value"), [("+3", 3), ("-8", -8), ("--253", -253), ("增3", 3), ("减少2项", -2)]
)
def test_changes_of_items_carry_signs_and_words(prints, value):
    table = reading(two(OLD, t2_license_items_delta=prints))
    assert table.values["t2_license_items_delta"] == value
    assert "R2-19-SHIFT" not in rules(table)


def test_a_signed_figure_under_last_year_s_items_is_told():
    assert rules(reading(two(OLD, t2_service_items_prev="+22"))) == ["R2-19-SHIFT"]


def test_columns_in_another_order_are_read_by_their_labels():
    rows = [list(row) for row in two(NEW).rows]
    for row in rows[1:4]:
        row[1], row[3] = row[3], row[1]
    assert wrong(reading(Table("t2", tuple(map(tuple, rows)), 4))) == {}


def test_a_lost_cell_takes_its_row_along_and_no_other():
    gone = without(two(NEW), lambda _, c: c.field == "t2_rules_repealed")
    table = reading(gone)
    lost = {f"t2_rules_{c}" for c in ("issued", "repealed", "in_force")}
    assert set(wrong(table)) == lost
    assert {table.notes[f].status for f in lost} == {"unreadable"}
    assert rules(table) == ["R2-PLACE"]


@pytest.mark.parametrize("layout", ["tab", "lines", "pipes", "pipe_lines"])
def test_a_blank_cell_of_flattened_text_does_not_let_the_next_figure_slip_in(layout):
    table = in_text(
        render_table_text(two(NEW, t2_normative_issued="12", t2_normative_repealed=""), layout)
    )
    assert table.values["t2_normative_issued"] == 12
    assert table.values["t2_normative_repealed"] is None
    assert table.values["t2_normative_in_force"] == SEEN["t2_normative_in_force"]


@pytest.mark.parametrize("layout", ["tab", "lines", "pipes", "pipe_lines"])
def test_a_lost_cell_of_flattened_text_leaves_its_row_null(layout):
    gone = without(two(NEW), lambda _, c: c.field == "t2_normative_issued")
    table = in_text(render_table_text(gone, layout))
    assert set(wrong(table)) == {f"t2_normative_{c}" for c in ("issued", "repealed", "in_force")}


@pytest.mark.parametrize(
    ("figures", "values"),
    [("000", (0, 0, 0)), ("693665", (None, None, None)), ("012", (None, None, None)), ("123", (None, None, None))],
)  # fmt: skip
def test_figures_run_together_are_cut_only_where_one_cut_is_possible(figures, values):
    table = in_text(
        f"信息内容本年制发件数本年废止件数现行有效件数规章 000行政规范性文件{figures}"
        "第二十条第（五）项信息内容本年处理决定数量行政许可7第二十条第（六）项信息内容本年处理决定数量"
        "行政处罚5行政强制0第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费1.5"
    )
    columns = ("issued", "repealed", "in_force")
    assert tuple(table.values[f"t2_normative_{c}"] for c in columns) == values


def test_a_sign_inside_of_one_label_joins_it_to_none_behind_it():
    table = in_text(
        "第二十条第（六）项信息内容上一年项目数量本年增/减处理决定数量行政处罚3948 0 行政强制29 5 60"
    )
    penalty = [f for f in table.values if f.startswith("t2_penalty_")]
    assert [table.values[f] for f in penalty] == [None] * 3
    assert {table.notes[f].status for f in penalty} == {"unreadable"}
    assert "R2-JOINT" not in rules(table)


def test_half_of_a_figure_on_the_next_line_is_not_the_figure():
    text = "信息内容 | 本年处理决定数量 | ||\n行政处罚 | 2\n12895 | ||\n行政强制 | 8 | ||\n"
    table = in_text(text)
    assert table.values["t2_penalty_decisions"] is None
    assert table.values["t2_coercion_decisions"] == 8


def test_a_province_s_third_row_is_kept_under_its_own_fields():
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章（设区的市、自治州人民政府应提供相关数据）", "1", "2", "3"],
        ["规范性文件", "4", "5", "6"],
        ["其他主动公开文件", "7", "8", "9"],
    ]
    table = reading(grid(rows))
    assert table.version == "v2019"
    found = [table.values[f"t2_otherdoc_{c}"] for c in ("made", "newly_public", "public_total")]
    assert found == [7, 8, 9]


def test_two_tables_of_different_forms_are_a_conflict_of_all():
    table = reading(two(NEW), "另一份报告", two(OLD))
    assert {v for v in table.values.values() if v is not None} <= {0}
    assert rules(table)[-1] == "R2-TWICE"


def test_a_figure_from_a_picture_says_so():
    table = reading(grid([["信息内容", "本年处理决定数量"], ["行政许可", "12"]], "ocr_table"))
    assert table.notes["t2_license_decisions"].status == "ocr"


def test_prose_about_documents_is_no_table():
    prose = "全年制发规范性文件12件，废止3件，现行有效40件；作出行政许可处理决定数量较上年增加。"
    assert read_disclosure_table(text_document(prose)) is None


def a_cell_a_line(*rows):
    header = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    lines = [
        "第二十条第（五）项",
        *header,
        "行政许可",
        "7",
        "0",
        "6",
        "第二十条第（六）项",
        *header,
    ]
    lines += [cell for row in rows for cell in row]
    return "\n".join([*lines, "三、收到和处理政府信息公开申请情况"])


def test_a_row_above_one_with_a_figure_less_may_share_its_cell_in_text():
    text = a_cell_a_line(("行政处罚", "5", "1", "30"), ("行政强制", "2", "0"))
    values = read_forms(text_document(text)).values
    penalty = ("items_prev", "items_delta", "decisions")
    assert [values[f"t2_penalty_{c}"] for c in penalty] == [None, None, None]
    whole = a_cell_a_line(("行政处罚", "5", "1", "30"), ("行政强制", "2", "0", "4"))
    values = read_forms(text_document(whole)).values
    assert [values[f"t2_penalty_{c}"] for c in penalty] == [5, 1, 30]


def test_a_figure_below_a_label_set_over_its_column_is_the_labels():
    rows = [
        ["信息内容", "本年收费金额（单位：万元）", None, ""],
        ["行政事业性收费", "", "52.5", ""],
    ]
    cells = [
        c._replace(colspan=2 if (c.row, c.col) == (0, 1) else 1)
        for c in grid(rows, "pdf_table").cells
    ]
    table = replace(grid(rows, "pdf_table"), cells=tuple(cells))
    reading = read_forms(document("第二十条第（八）项", table))
    assert reading.values["t2_fee_amount_wanyuan"] == 52.5
