"""The annexes before 2019: a figure on the line of its label, two where the form has two columns."""

from __future__ import annotations

import pytest

from pipelines.checks.tables import check_tables
from pipelines.forms import fujian_annex, read_forms, shanghai_annex, v2014_annex
from pipelines.forms.indicator_table import read_indicator_table
from pipelines.forms.model import FormReading
from tests.forms.papers import document, grid, text_document

A14 = {
    "proactive_total": 310, "proactive_normative": 12, "normative_issued": 15, "ch_gazette": 40,
    "ch_website": 260, "ch_weibo": 30, "ch_wechat": 55, "ch_other": 5, "hot_responses": 3,
    "press_total": 2, "press_chief": 1, "app_total": 14, "app_in_person": 4, "app_fax": 0,
    "app_network": 9, "app_letter": 1, "done_total": 14, "done_on_time": 13, "done_extended": 1,
    "reply_total": 14, "reply_already_public": 2, "reply_granted": 7, "reply_partial": 1,
    "reply_denied": 2, "denied_state_secret": 0, "denied_business_secret": 1, "denied_privacy": 1,
    "denied_security": 0, "denied_not_gov_info": 0, "denied_other_law": 0,
    "reply_not_this_organ": 1, "reply_not_exist": 1, "reply_supplement": 0, "reply_other_route": 0,
    "review_total": 2, "review_upheld": 1, "review_corrected": 1, "review_other": 0,
    "suit_total": 1, "suit_upheld": 0, "suit_corrected": 1, "suit_other": 0,
    "complaints": 0, "fee_wanyuan": 0.35, "staff_total": 9, "staff_full_time": 2,
    "staff_part_time": 7,
}  # fmt: skip
F08 = {
    "disclosed_total": (120, 2400), "disclosed_website": (118, 1900), "disclosed_gazette": (2, 90),
    "received_total": (8, 61), "received_in_person": (3, 20), "received_online": (4, 30),
    "received_letter_fax": (1, 11), "replied_total": (8, 61), "replied_granted": (6, 50),
    "replied_partial": (1, 6), "replied_denied": (1, 5), "reviews": (0, 1), "lawsuits": (0, 0),
}  # fmt: skip
S08 = {
    "proactive_total": 88, "proactive_fulltext": 80, "normative_new": 4, "visitors": 30,
    "app_total": 6, "app_in_person": 2, "app_fax": 0, "app_email": 1, "app_web": 3,
    "app_letter": 0, "app_other": 0, "reply_total": 6, "reply_granted": 3, "reply_partial": 1,
    "reply_denied": 2, "reason_not_exist": 1, "reason_not_this_organ": 1, "review_total": 0,
    "staff_total": 3, "staff_full_time": 1, "staff_part_time": 2,
}  # fmt: skip


def label(form, row):
    text = next(r.label for r in form.rows if r.id == row)
    return text.split(" / ")[0]


def rows_2014(figures=A14):
    form = v2014_annex.FORM
    units = {r.id: r.unit for r in form.rows}
    lines = [["统计指标", "单位", "统计数"], ["一、主动公开情况", "——", "——"]]
    lines += [[label(form, k), units[k], str(v)] for k, v in figures.items()]
    return lines


def rows_fujian(figures=F08):
    lines = [["指标名称", "计量单位", "2016年度", "历年累计"]]
    return lines + [
        [label(fujian_annex.FORM, k), "条", str(a), str(b)] for k, (a, b) in figures.items()
    ]


def rows_shanghai(figures=S08):
    lines = [["指标名称", "单位", "数值"]]
    return lines + [[label(shanghai_annex.FORM, k), "条", str(v)] for k, v in figures.items()]


def flat(rows):
    return "\n".join("\t".join(row) for row in rows)


def reading(subject):
    table = read_indicator_table(subject)
    assert table is not None
    return table


def rules(table):
    reading = FormReading(tables={"annex": table})
    return [f.rule for f in check_tables(reading, scope="unknown", admin_level=None)]


def both(rows):
    return [document(grid(rows)), text_document("附表\n" + flat(rows))]


@pytest.mark.parametrize("carrier", [0, 1], ids=["grid", "text"])
def test_the_annex_of_2014_is_read_exactly(carrier):
    table = reading(both(rows_2014())[carrier])
    assert table.version == "v2014_annex"
    assert {k: table.values[f"a14_{k}"] for k in A14} == A14
    assert rules(table) == []


def test_a_table_of_indicators_in_no_known_form_is_told_and_not_read():
    header, *rows = rows_fujian()
    alone = [[*header[:2], "2012年度"], *(row[:3] for row in rows)]
    reading = read_forms(document(grid(alone)))
    assert reading.tables == {}
    assert [(f.rule, f.cause, f.right) for f in reading.findings] == [
        ("RA-UNREAD", "extraction", len(rows))
    ]
    few = alone[:8]
    words = [[*row[:2], "见正文"] for row in alone]
    assert read_forms(document(grid(few))).findings == []
    assert read_forms(document(grid(words))).findings == []
    assert read_forms(document(grid([header, *rows]))).findings == []


@pytest.mark.parametrize("carrier", [0, 1], ids=["grid", "text"])
def test_the_fujian_annex_has_the_year_and_the_sum_over_the_years(carrier):
    table = reading(both(rows_fujian())[carrier])
    assert table.version == "v2008_local_annex"
    found = {k: (table.values[f"f08_{k}"], table.values[f"f08_{k}__cum"]) for k in F08}
    assert found == F08
    assert rules(table) == []


@pytest.mark.parametrize("carrier", [0, 1], ids=["grid", "text"])
def test_the_shanghai_annex_is_read_exactly(carrier):
    table = reading(both(rows_shanghai())[carrier])
    assert {k: table.values[f"s08_{k}"] for k in S08} == S08


def test_a_label_printed_twice_follows_the_order_of_the_form():
    figures = A14 | {
        "review_upheld": 0,
        "review_corrected": 2,
        "suit_upheld": 1,
        "suit_corrected": 0,
    }
    table = reading(document(grid(rows_2014(figures))))
    assert table.values["a14_review_corrected"] == 2
    assert table.values["a14_suit_corrected"] == 0


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"app_network": 10}, "RA-APP"),
        ({"done_on_time": 12}, "RA-DONE"),
        ({"reply_granted": 8}, "RA-REPLY"),
        ({"denied_privacy": 2}, "RA-DENIED"),
        ({"review_other": 1}, "RA-REVIEW"),
        ({"staff_part_time": 8}, "RA-STAFF"),
        ({"press_chief": 3}, "RA-CHIEF"),
        ({"ch_website": 10}, "RA-CHANNEL"),
        ({"normative_issued": 11}, "RA-NORM"),
        ({"done_total": 15, "done_on_time": 14}, "RA-DONE-REPLY"),
    ],
)
def test_each_rule_of_the_annex_speaks_once_where_it_is_broken(change, rule):
    assert rules(reading(document(grid(rows_2014(A14 | change))))) == [rule]


def test_a_year_above_the_sum_over_the_years_is_told():
    table = reading(document(grid(rows_fujian(F08 | {"disclosed_gazette": (91, 90)}))))
    assert "RS-TWOCOL" in rules(table)


def test_a_row_with_one_figure_for_two_columns_is_null():
    rows = rows_fujian()
    rows[3][3] = ""
    table = reading(document(grid(rows)))
    assert table.values["f08_disclosed_gazette"] is None
    assert table.notes["f08_disclosed_gazette"].status == "unreadable"


def test_figures_run_together_are_cut_where_the_prose_states_one():
    rows = rows_fujian()
    text = (
        "全年主动公开信息120条。\n"
        + "各科室按职责做好工作。" * 40
        + "\n".join("".join(row) for row in rows)
    )
    table = reading(text_document(text))
    for k, (year, cum) in F08.items():
        assert table.values[f"f08_{k}"] in (year, None)
        assert table.values[f"f08_{k}__cum"] in (cum, None)
    assert table.values["f08_disclosed_total"] == 120
    assert table.values["f08_lawsuits"] == 0


def test_amounts_in_the_other_unit_are_converted():
    rows = rows_2014()
    at = next(r for r in rows if r[1] == "万元")
    at[1], at[2] = "元", "3500"
    table = reading(document(grid(rows)))
    assert table.values["a14_fee_wanyuan"] == 0.35
    assert table.notes["a14_fee_wanyuan"].status == "converted"


def test_two_annexes_that_differ_keep_what_both_print_alike():
    whole = {k: v * 3 for k, v in A14.items()}
    table = reading(document(grid(rows_2014()), "汇总", grid(rows_2014(whole))))
    assert table.values["a14_app_total"] is None
    assert table.notes["a14_app_total"].candidates == (14, 42)
    assert table.values["a14_complaints"] == 0
    assert "RA-TWICE" in rules(table)


def test_a_page_that_names_an_indicator_or_two_has_no_annex():
    prose = "全年主动公开信息数有所上升，政府公报公开政府信息数12条，收到申请数3件，历年累计40条。"
    assert read_indicator_table(text_document(prose)) is None


@pytest.mark.parametrize("name", ["行次", "序号"])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("carrier", ["grid", "text"])
def test_numbers_of_the_lines_are_no_figures(name, at, carrier):
    rows = rows_2014()
    for n, row in enumerate(rows[2:], 1):
        row.insert(at, str(n))
    rows[0].insert(at, name)
    rows[1].insert(at, "")
    table = reading(document(grid(rows)) if carrier == "grid" else text_document(flat(rows)))
    assert {f"a14_{k}": table.values[f"a14_{k}"] for k in A14} == {
        f"a14_{k}": v for k, v in A14.items()
    }


def test_an_annex_that_shares_labels_with_table_three_is_the_annex():
    rows = rows_shanghai(S08 | {"exempt_1": 1, "exempt_2": 1, "reason_duplicate": 0})
    names = {"免予公开范围1": "国家秘密", "免予公开范围2": "商业秘密"}
    rows = [[names.get(row[0], row[0]), *row[1:]] for row in rows]
    tables = read_forms(document(grid(rows))).tables
    assert set(tables) == {"annex"}
    assert tables["annex"].values["s08_exempt_2"] == 1


def test_a_flattened_annex_is_read_from_its_first_row():
    figures = {r.id: n * 3 for n, r in enumerate(shanghai_annex.FORM.rows, 10)}
    units = {r.id: r.unit for r in shanghai_annex.FORM.rows}
    lines = [f"{label(shanghai_annex.FORM, k)}：{v}{units[k]}" for k, v in figures.items()]
    table = reading(text_document("附表：指标统计\n" + "\n".join(lines)))
    assert {k: table.values[f"s08_{k}"] for k in figures} == figures


def test_figures_of_one_column_are_not_cut_in_two():
    rows = [[row[0], row[1], str(n * 7 + 10)] for n, row in enumerate(rows_fujian()[1:])]
    table = reading(text_document("历年累计数另见说明。\n附表\n" + flat(rows)))
    assert set(table.values.values()) == {None}


def test_a_lost_figure_of_a_pair_is_not_cut_out_of_the_other():
    rows = rows_fujian()
    rows = [row[:2] + row[3:] if row[2] == "1" else row for row in rows]
    table = reading(document(grid(rows)))
    assert table.values["f08_replied_denied"] is None
    assert table.values["f08_received_letter_fax"] is None


def test_a_mark_in_the_years_column_is_no_unit_and_leaves_the_sum_where_it_stands():
    lines = [["指标名称", "2016年度", "历年累计", "计量单位"]] + [
        [label(fujian_annex.FORM, k), "/" if k == "received_letter_fax" else str(a), str(b), "条"]
        for k, (a, b) in F08.items()
    ]
    table = reading(document(grid(lines)))
    assert table.values["f08_received_letter_fax"] is None
    assert table.notes["f08_received_letter_fax"].status == "na_mark"
    assert table.values["f08_received_letter_fax__cum"] == 11
    assert table.values["f08_disclosed_total"] == 120


def strips_of(rows, count, *, header=0):
    """Return the rows of a list set beside itself, its header printed again over each strip."""
    above, head, body = rows[:header], rows[header], rows[header + 1 :]
    deep = -(-len(body) // count)
    strips = [body[n * deep : (n + 1) * deep] for n in range(count)]
    blank = [""] * len(head)
    return [
        *(line + blank * (count - 1) for line in above),
        head * count,
        *([t for s in strips for t in (s[r] if r < len(s) else blank)] for r in range(deep)),
    ]


@pytest.mark.parametrize("count", [2, 3])
def test_a_list_that_goes_on_beside_itself_is_one_list(count):
    reading = read_forms(document(grid(strips_of(rows_2014(), count))))
    assert {f: v for f, v in reading.values.items() if v is not None} == {
        f"a14_{k}": v for k, v in A14.items()
    }


def test_strips_are_not_cut_where_a_row_lost_a_cell():
    rows = strips_of(rows_2014(), 2)
    rows[5] = [*rows[5][:2], *rows[5][3:], None]
    values = read_forms(document(grid(rows))).values
    assert all(v in {None, A14[f.removeprefix("a14_")]} for f, v in values.items())
    assert sum(v is not None for v in values.values()) < len(A14) // 2
