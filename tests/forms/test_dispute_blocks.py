"""Table four in other layouts than one row: blocks under their labels, rows of two years."""

from __future__ import annotations

import pytest

from pipelines.forms import disputes, read_forms
from pipelines.forms.dispute_table import read_dispute_table
from tests.forms.papers import NEW, document, grid, html_document, only, text_document, three

GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = ((2, 1, 0, 3, 6), (1, 0, 2, 0, 3), (4, 0, 0, 1, 5))
TRUTH = dict(zip(disputes.FIELDS, [n for group in FIGURES for n in group], strict=True))


def cells(*texts, span=1):
    mark = f" colspan={span}" if span > 1 else ""
    return "".join(f"<td{mark}>{t}</td>" for t in texts)


def rows(*drawn):
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in drawn) + "</table>"


def a_row_each(labels=RESULTS, figures=FIGURES):
    return rows(
        cells("类别", span=2) + cells(*labels),
        cells("行政复议", span=2) + cells(*figures[0]),
        "<td rowspan=2>行政诉讼</td>" + cells(GROUPS[1], *figures[1]),
        cells(GROUPS[2], *figures[2]),
    )


def with_other_columns():
    return rows(
        cells("序号", "类别", *RESULTS, "备注"),
        *(cells(n, g, *f, "") for n, (g, f) in enumerate(zip(GROUPS, FIGURES, strict=True), 1)),
    )


def with_units():
    groups = ("行政复议（件）", f"行政诉讼（{GROUPS[1]}）", f"行政诉讼（{GROUPS[2]}）")
    return rows(
        cells("类别", *RESULTS), *(cells(g, *f) for g, f in zip(groups, FIGURES, strict=True))
    )


def results_as_rows():
    return rows(
        f"<td rowspan=2>结果</td><td rowspan=2>行政复议</td>{cells('行政诉讼', span=2)}",
        cells(*GROUPS[1:]),
        *(cells(r, *(g[n] for g in FIGURES)) for n, r in enumerate(RESULTS)),
    )


def upright():
    return rows(
        *(
            (f"<td rowspan=5>{group}</td>" if n == 0 else "") + cells(RESULTS[n], figure)
            for group, figures in zip(GROUPS, FIGURES, strict=True)
            for n, figure in enumerate(figures)
        )
    )


def stacked(figures=FIGURES, groups=GROUPS):
    return rows(
        *(
            row
            for group, block in zip(groups, figures, strict=True)
            for row in (cells(group, span=5), cells(*RESULTS), cells(*block))
        )
    )


def stacked_in_two_widths():
    return rows(
        cells("行政复议", span=10),
        cells(*RESULTS, span=2),
        cells(*FIGURES[0], span=2),
        cells("行政诉讼", span=10),
        cells(*GROUPS[1:], span=5),
        cells(*RESULTS * 2),
        cells(*FIGURES[1], *FIGURES[2]),
    )


def two_tables(figures=FIGURES):
    return rows(cells("行政复议", span=5), cells(*RESULTS), cells(*figures[0])) + rows(
        cells("行政诉讼", span=10),
        cells(*GROUPS[1:], span=5),
        cells(*RESULTS * 2),
        cells(*figures[1], *figures[2]),
    )


def three_tables():
    names = (GROUPS[0], f"行政诉讼（{GROUPS[1]}）", f"行政诉讼（{GROUPS[2]}）")
    return "<p></p>".join(
        rows(cells(name, span=5), cells(*RESULTS), cells(*block))
        for name, block in zip(names, FIGURES, strict=True)
    )


def one_row(*lines, label=True):
    head = "<td rowspan=3>类别</td>" if label else ""
    return rows(
        head + f"<td colspan=5 rowspan=2>行政复议</td>{cells('行政诉讼', span=10)}",
        cells(*GROUPS[1:], span=5),
        cells(*RESULTS * 3),
        *(cells(*line) for line in lines),
    )


def read(body):
    table = read_dispute_table(html_document(body))
    assert table is not None
    return table


def wrong(table):
    return {f: table.values.get(f) for f, v in TRUTH.items() if table.values.get(f) != v}


def rules(table):
    return [f.rule for f in table.findings]


LAYOUTS = {
    "a row each": a_row_each(),
    "with numbers and remarks": with_other_columns(),
    "with units": with_units(),
    "results as rows": results_as_rows(),
    "upright": upright(),
    "stacked": stacked(),
    "stacked, two widths": stacked_in_two_widths(),
    "two tables": two_tables(),
    "three tables": three_tables(),
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS)
def test_a_block_is_read_under_its_own_label_whatever_the_layout(body):
    table = read(body)
    assert wrong(table) == {}
    assert rules(table) == []


def test_the_names_of_results_decide_in_any_order():
    back = tuple(reversed(RESULTS))
    table = read(a_row_each(back, tuple(tuple(reversed(g)) for g in FIGURES)))
    assert wrong(table) == {}


def test_zeros_in_two_tables_are_no_rows_of_table_three():
    numbers = {f: v for f, v in only(NEW, "t3").items() if v is not None}
    zero = ((0,) * 5,) * 3
    paper = html_document(two_tables(zero))
    reading = read_forms(document(three(NEW), *paper.blocks))
    assert set(reading.tables["t4"].values.values()) == {0}
    assert {f: reading.values[f] for f in numbers} == numbers
    assert reading.tables["t3"].findings == []


@pytest.mark.parametrize("body", [upright(), results_as_rows(), a_row_each()])
def test_a_total_of_table_four_is_none_of_table_three(body):
    reading = read_forms(document(three(NEW), *html_document(body).blocks))
    total = {f: v for f, v in only(NEW, "t3").items() if "processed_total" in f}
    assert {f: reading.values[f] for f in total} == total
    assert reading.tables["t3"].findings == []


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS)
def test_a_lost_cell_or_row_never_moves_a_figure_to_another_label(body):
    for piece in ("td", "tr"):
        parts = body.split(f"<{piece}")
        for lost in range(1, len(parts)):
            end = parts[lost].find(f"</{piece}>") + len(f"</{piece}>")
            torn = f"<{piece}".join(parts[:lost]) + parts[lost][end:]
            torn += "".join(f"<{piece}{p}" for p in parts[lost + 1 :])
            table = read_dispute_table(html_document(torn))
            for f, value in TRUTH.items():
                seen = None if table is None else table.values[f]
                assert seen in (value, None), (piece, lost, f)


def test_a_group_without_its_label_is_null_and_told():
    table = read(stacked(groups=("行政复议", "", "复议后起诉")))
    assert {f for f in TRUTH if table.values[f] is not None} <= {
        f for f in TRUTH if "direct" not in f
    }
    assert "R4-SHAPE" in rules(table) or "R4-TWICE" in rules(table)
    assert all(f in table.notes for f in TRUTH if table.values[f] is None)


def test_blocks_that_disagree_leave_null():
    other = ((7, 0, 0, 0, 7), (9, 0, 0, 0, 9), (8, 0, 0, 0, 8))
    table = read(stacked() + stacked(other))
    assert "R4-TWICE" in rules(table)
    assert all(v in (TRUTH[f], None) for f, v in table.values.items())
    assert table.values["t4_review_total"] is None


def test_one_blank_figure_of_a_block_is_not_proved_by_its_one_sum():
    table = read(a_row_each(figures=(("", 1, 0, 3, 6), *FIGURES[1:])))
    assert set(wrong(table)) == {"t4_review_upheld"}
    assert table.notes["t4_review_upheld"].derived is None


def test_a_blank_of_a_block_beside_a_full_total_is_zero():
    table = read(a_row_each(figures=((2, 1, "", 3, 6), *FIGURES[1:])))
    assert table.notes["t4_review_other"].derived == 0


@pytest.mark.parametrize(
    "body",
    [
        rows(cells("行政复议", "件"), cells("结果维持", 1)),
        rows(cells("指标", "单位", "数"), cells("行政复议数量", "件", 2), cells("维持数", "件", 1)),
    ],
)
def test_some_words_of_disputes_are_no_table_four(body):
    assert read_dispute_table(html_document(body)) is None


# -- rows of two years --------------------------------------------------------------------------

OWN = [n for group in FIGURES for n in group]
LAST = [1, 1, 1, 1, 4] * 3
TITLE = "<h1>某县2023年政府信息公开工作年度报告</h1><p>统计期限为2023年1月1日至2023年12月31日。</p>"
PAIRS = [("2022年", "2023年"), ("上年", "本年"), ("上年度", "本年度"), ("去年", "今年")]


@pytest.mark.parametrize(("last", "own"), PAIRS)
@pytest.mark.parametrize("first", [True, False])
def test_the_row_of_the_report_s_year_is_read(last, own, first):
    lines = [[last, *LAST], [own, *OWN]]
    table = read(TITLE + one_row(*(lines if first else lines[::-1])))
    assert wrong(table) == {}
    assert rules(table) == []


HEAD = "行政复议\t行政诉讼\n" + "\t".join(RESULTS) + "\t未经复议直接起诉\t复议后起诉\n"
HEAD += "\t".join(RESULTS * 2) + "\n"


@pytest.mark.parametrize(("last", "own"), PAIRS)
def test_the_row_of_the_report_s_year_is_read_in_text(last, own):
    lines = ("\t".join(map(str, line)) for line in ([last, *LAST], [own, *OWN]))
    text = (
        "某县2023年政府信息公开工作年度报告\n统计期限为2023年1月1日至2023年12月31日。\n四、复议\n"
    )
    table = read_dispute_table(text_document(text + HEAD + "\n".join(lines) + "\n五、存在的问题"))
    assert table is not None
    assert wrong(table) == {}


@pytest.mark.parametrize(
    "labels", [("街道", "全县"), ("", ""), ("2022年", ""), ("", "本年"), ("2023年", "2023年")]
)
def test_of_two_rows_that_no_label_tells_apart_only_what_they_share_is_kept(labels):
    table = read(TITLE + one_row([labels[0], *LAST], [labels[1], *OWN]))
    for f, last, own in zip(disputes.FIELDS, LAST, OWN, strict=True):
        assert table.values[f] == (own if last == own else None)
    (finding,) = table.findings
    assert finding.rule == "R4-TWICE"
    assert set(finding.where.split(",")) == set(wrong(table))


def test_of_two_rows_of_text_without_labels_only_what_they_share_is_kept():
    lines = "\n".join("\t".join(map(str, line)) for line in (LAST, OWN))
    table = read_dispute_table(text_document(HEAD + lines + "\n五、存在的问题"))
    assert table is not None
    for f, last, own in zip(disputes.FIELDS, LAST, OWN, strict=True):
        assert table.values[f] == (own if last == own else None)
    assert "R4-TWICE" in rules(table)


def test_two_rows_say_nothing_of_the_other_tables():
    paper = html_document(one_row(["", *LAST], ["", *OWN]))
    reading = read_forms(document(three(NEW), *paper.blocks))
    assert reading.tables["t3"].findings == []


@pytest.mark.parametrize("label", ["上年", "2022年"])
def test_the_year_before_alone_is_not_the_report_s(label):
    table = read(TITLE + one_row([label, *LAST]))
    assert set(table.values.values()) == {None}
    assert rules(table) == ["R4-SHAPE"]


def test_the_year_before_does_not_stand_in_for_a_row_in_pieces():
    lines = ("\t".join(map(str, line)) for line in (["2023年", *OWN[:-2]], ["2022年", *LAST]))
    title = "某县2023年政府信息公开工作年度报告\n"
    text = title + HEAD + "\n".join(lines) + "\n五、存在的问题"
    table = read_dispute_table(text_document(text))
    assert table is None or set(table.values.values()) == {None}


def test_a_blank_row_between_two_years_ends_nothing():
    blank = [""] * (len(OWN) + 1)
    table = read(TITLE + one_row(["2022年", *LAST], blank, ["2023年", *OWN]))
    assert wrong(table) == {}
    assert rules(table) == []


def test_a_row_of_column_numbers_is_no_row_of_figures():
    table = read(one_row(range(1, 16), OWN, label=False))
    assert wrong(table) == {}
    assert rules(table) == []


def test_an_empty_row_above_the_figures_is_none_of_them():
    table = read(one_row([""] * 15, OWN, label=False))
    assert wrong(table) == {}
    assert rules(table) == []


def test_an_empty_row_alone_is_the_row():
    table = read(one_row([""] * 15, label=False))
    assert {note.status for note in table.notes.values()} == {"blank"}


def test_zero_in_words_is_zero():
    table = read(one_row(["零" if n == 0 else n for n in OWN], label=False))
    assert wrong(table) == {}
    text = HEAD + "\t".join("零" if n == 0 else str(n) for n in OWN) + "\n五、存在的问题"
    in_text = read_dispute_table(text_document(text))
    assert in_text is not None
    assert wrong(in_text) == {}


def test_names_of_results_cut_into_pieces_over_many_rows_are_a_header():
    lines = [
        [None] * 2 + ["行政复议"] + [None] * 6 + ["行政诉讼"] + [None] * 5,
        [None] * 6 + ["未经复议直接起诉"] + [None] * 4 + ["复议后起诉"] + [None] * 3,
        ["结果维结果纠", None, "其他结", "尚未审"] + [None] * 11,
        [None] * 4 + ["总计"] + [None] * 10,
        ["持", "正", "果", "结"] + [None] * 5 + ["总计"] + [None] * 5,
        [None] * 5 + ["结果维持", "纠正", "其他", "尚未审结"] + [None] * 6,
        [None] * 5 + ["持", "正", "果", "结"] + [None] * 5 + ["总计"],
        [str(n) for n in OWN],
    ]
    table = read_dispute_table(document("四、行政复议、行政诉讼情况", grid(lines, "pdf_table")))
    assert wrong(table) == {}
    assert rules(table) == ["R4-HEADER"]
