"""A figure that is told with all its labels stands where they lead, however it is told."""

from __future__ import annotations

import pytest

from pipelines.documents.blocks import Cell, Grid, TextBlock
from pipelines.forms import disclosure, disputes, read_forms, records
from pipelines.forms import requests as form
from tests.forms.papers import NEW, OLD, document, only, text_document

REPORTS = (NEW, OLD)
_PROCEDURES = {
    "review": ("行政复议",),
    "direct": ("行政诉讼", "未经复议直接起诉"),
    "after_review": ("行政诉讼", "复议后起诉"),
}


def told(report, table):
    """Yield (labels, figure) of a report's table, the column's label last."""
    version = report.t3_form if table == "t3" else report.t2_form
    if table == "t3":
        for row in form.ROWS[version]:
            path = [p for p in (row.group, row.label) if p]
            for col in form.COLUMNS:
                yield [*path, col.label], report.values[f"t3_{row.id}__{col.id}"]
    elif table == "t4":
        for group, path in _PROCEDURES.items():
            for outcome in disputes.OUTCOMES:
                yield [*path, outcome.label], report.values[f"t4_{group}_{outcome.id}"]
    else:
        for block in disclosure.BLOCKS:
            labels = {r.id: r.label for r in block.rows} | {c.id: c.label for c in block.columns}
            for (row, col), f in block.fields.items():
                if block.version == version and row != "otherdoc":
                    yield [labels[row], labels[col]], report.values[f]


def everything(report):
    return {f: n for t in ("t2", "t3", "t4") for f, n in only(report, t).items()}


def listed(report, line):
    return "\n".join(
        line(labels, figure)
        for table in ("t2", "t3", "t4")
        for labels, figure in told(report, table)
    )


def read(text):
    reading = read_forms(text_document(text))
    return reading, {f: v for f, v in reading.values.items() if v is not None}


LINES = {
    "a path, a colon": lambda labels, n: f"{' — '.join(labels)}：{n}",
    "a path, its figure below": lambda labels, n: f"{'，'.join(labels)}\n{n}",
    "words and white space": lambda labels, n: f"{' '.join(labels)} {n}",
    "tabs": lambda labels, n: "\t".join([*labels, str(n)]),
    "arrows and a unit": lambda labels, n: (
        f"{' > '.join(labels)}: {n}件"
        if "万元" not in labels[-1] and "金额" not in labels[-1]
        else f"{' > '.join(labels)}: {n}"
    ),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("report", REPORTS)
def test_a_line_a_figure_is_read(report, line):
    _, values = read(listed(report, line))
    assert values == everything(report)


@pytest.mark.parametrize("report", REPORTS)
def test_a_sentence_a_row_is_read(report):
    rows: dict[str, list[str]] = {}
    for table in ("t2", "t3", "t4"):
        for (*path, column), figure in told(report, table):
            head = f"{path[0]}（{path[1]}）" if table == "t4" and len(path) > 1 else path[-1]
            rows.setdefault(head, []).append(f"{column}{figure}")
    text = "\n".join(f"{head}：{'，'.join(parts)}。" for head, parts in rows.items())
    _, values = read(text)
    assert values == everything(report)


_GROUPED = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def with_group(labels):
    """Say of a column which group it stands in, as a header of two rows does."""
    *path, column = labels
    return [*path, f"法人或其他组织-{column}" if column in _GROUPED else column]


@pytest.mark.parametrize("report", REPORTS)
def test_labels_joined_by_hyphens_with_their_group_lead_to_the_figure_below(report):
    _, values = read(listed(report, lambda ls, n: "-".join(with_group(ls)) + f"\n{n}"))
    assert {f: values.get(f) for f in only(report, "t3")} == only(report, "t3")


@pytest.mark.parametrize("report", REPORTS)
def test_a_sentence_a_row_may_name_the_group_of_each_column(report):
    rows = {}
    for labels, figure in told(report, "t3"):
        *path, column = with_group(labels)
        rows.setdefault("-".join(path), []).append(f"{column} {figure}")
    text = "\n".join(f"{row}:{';'.join(cells)}" for row, cells in rows.items())
    _, values = read(f"三、收到和处理政府信息公开申请情况\n{text}")
    assert {f: values.get(f) for f in only(report, "t3")} == only(report, "t3")


def test_a_sentence_a_row_may_have_signs_where_a_figure_could_not_be_shown():
    rows = {}
    for (*path, column), figure in told(NEW, "t3"):
        rows.setdefault("-".join(path), []).append(f"{column} {figure}")
    text = "\n".join(f"{row}:{';'.join(cells)}" for row, cells in rows.items())
    at = text.index("总计 ", text.index("属于国家秘密"))
    torn = text[:at] + "总计 ######" + text[text.index("\n", at) :]
    _, values = read(f"三、收到和处理政府信息公开申请情况\n{torn}")
    expected = only(NEW, "t3")
    del expected["t3_denied_state_secret__total"]
    assert {f: v for f, v in values.items() if f[:2] == "t3"} == expected


def wide_two(report, *, blank=False, lost=None):
    """Put all figures of table two in one row, below items over their measures."""
    rows = list(told(report, "t2"))
    items, measures, figures = ["项目"], [""], ["数量"]
    for (item, measure), n in rows:
        items.append("" if blank and item in items else item)
        measures.append(measure)
        figures.append(str(n))
    if lost is not None:
        items[items.index(lost)] = ""
    lines = [items, measures, figures]
    cells = [Cell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    return Grid(cells=tuple(cells), n_rows=3, n_cols=len(items), where="", kind="sheet")


@pytest.mark.parametrize("blank", [False, True], ids=["repeated items", "blank beside items"])
@pytest.mark.parametrize("report", REPORTS)
def test_a_table_two_with_all_figures_in_one_row_is_read(report, blank):
    reading = read_forms(document(wide_two(report, blank=blank)))
    assert {f: v for f, v in reading.values.items() if v is not None} == only(report, "t2")


@pytest.mark.parametrize("lost", ["行政许可", "行政处罚"])
def test_no_figure_of_a_wide_table_two_is_read_under_its_neighbours_label(lost):
    values = read_forms(document(wide_two(NEW, blank=True, lost=lost))).values
    expected = only(NEW, "t2")
    assert all(v in {None, expected.get(f)} for f, v in values.items())


def test_a_blank_line_below_the_names_of_the_results_is_no_procedure():
    names = "结果维持 结果纠正 其他结果 尚未审结 总计"
    text = f"四、行政复议、行政诉讼情况\n行政诉讼情况\n{names}\n\n行政复议 1 0 0 0 1\n \n"
    _, values = read(text)
    assert values.get("t4_review_total") in (None, 1)


@pytest.mark.parametrize("report", REPORTS)
def test_the_total_of_a_procedure_is_none_of_table_three(report):
    rows = [[*[path[-1]] * (3 - len(path)), *path, col, str(n)][-4:] if len(path) > 1 else [path[0], col, col, str(n)]
            for (*path, col), n in told(report, "t4")]  # fmt: skip
    cells = [Cell(text, r, c) for r, line in enumerate(rows) for c, text in enumerate(line)]
    four = Grid(cells=tuple(cells), n_rows=len(rows), n_cols=4, where="", kind="sheet")
    reading = read_forms(document(tidy(report, "t3"), four))
    expected = only(report, "t3") | only(report, "t4")
    assert {f: v for f, v in reading.values.items() if v is not None} == expected


def tidy(report, table, *, mixed=False):
    rows = list(told(report, table))
    deep = max(len(labels) for labels, _ in rows)
    lines = [[*[""] * (deep - len(labels)), *labels, str(n)] for labels, n in rows]
    if mixed:
        lines = [[line[-2], *line[:-2], line[-1]] for line in lines]
    cells = [Cell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    return Grid(cells=tuple(cells), n_rows=len(lines), n_cols=deep + 1, where="", kind="sheet")


@pytest.mark.parametrize("mixed", [False, True], ids=["column last", "column first"])
@pytest.mark.parametrize("report", REPORTS)
def test_a_row_a_figure_is_read(report, mixed):
    reading = read_forms(document(*(tidy(report, t, mixed=mixed) for t in ("t2", "t3", "t4"))))
    values = {f: v for f, v in reading.values.items() if v is not None}
    expected = everything(report)
    if mixed:  # 行政诉讼 behind a result's name: table four may be left, never read otherwise
        expected = {f: n for f, n in expected.items() if f in values or f[:2] != "t4"}
    assert values == expected


def test_a_row_told_twice_with_different_figures_is_neither():
    lines = listed(NEW, LINES["a path, a colon"]).split("\n")
    at = next(i for i, line in enumerate(lines) if "重复申请 — 自然人" in line)
    again = [f"{line.rpartition('：')[0]}：9" for line in lines[at : at + 7]]
    reading, values = read("\n".join([*lines[: at + 7], *again, *lines[at + 7 :]]))
    assert not any(f.startswith("t3_refused_duplicate") for f in values)
    assert "R3-TWICE" in [x.rule for x in reading.tables["t3"].findings]


def test_a_figure_that_is_not_told_is_null_and_the_sums_may_prove_it():
    lines = listed(NEW, LINES["a path, a colon"]).split("\n")
    at = next(i for i, line in enumerate(lines) if "(一)予以公开 — 自然人" in line)
    del lines[at]
    reading, values = read("\n".join(lines))
    f = "t3_granted__natural"
    assert values == {x: n for x, n in everything(NEW).items() if x != f}
    assert reading.notes[f].derived in (None, NEW.values[f])


def test_a_lost_label_leaves_the_figures_of_its_neighbours_alone():
    """Where a figure stands alone below another, nobody knows which label was lost."""
    lines = listed(NEW, LINES["a path, its figure below"]).split("\n")
    at = next(i for i, line in enumerate(lines) if "予以公开，商业企业" in line)
    del lines[at]
    _, values = read("\n".join(lines))
    assert not any(f.startswith("t3_") for f in values)


def test_a_sentence_in_prose_is_no_table():
    _, values = read("全年予以公开：自然人3件，商业企业1件。\n行政复议：结果维持1件，结果纠正0件。")
    assert values == {}


def _in_tabs(report, show):
    rows = []
    for row in form.ROWS[report.t3_form]:
        numbers = [report.values[f"t3_{row.id}__{c.id}"] for c in form.COLUMNS]
        rows.append("\t".join([row.label, *map(show, numbers)]))
    header = "\t".join(["", *(c.label for c in form.COLUMNS)])
    return "\n".join(["三、收到和处理政府信息公开申请情况", header, *rows])


def test_figures_filled_up_with_zeros_to_one_length_are_figures():
    _, values = read(_in_tabs(NEW, lambda n: f"{n:04d}"))
    assert values == only(NEW, "t3")


def test_zeros_that_may_have_run_together_are_no_figure():
    _, values = read(_in_tabs(NEW, lambda n: f"{n:02d}" if n < 10 else f"{n}"))
    assert all(n == NEW.values[f] for f, n in values.items())


def test_two_misprints_in_rows_of_text_leave_the_others_their_figures():
    lines = _in_tabs(NEW, str).split("\n")
    whole = [i for i, line in enumerate(lines) if line.split("\t")[-1] not in {"0", "总计"}]
    for i in (whole[-3], whole[-6]):
        head, _, last = lines[i].rpartition("\t")
        if last.isdigit():
            lines[i] = f"{head}\t{int(last) + 3}"
    _, values = read("\n".join(lines))
    right = [f for f, n in only(NEW, "t3").items() if values.get(f) == n]
    assert len(right) >= len(only(NEW, "t3")) - 2


def test_what_was_recognised_says_so_when_it_is_told_figure_by_figure():
    text = listed(NEW, LINES["a path, a colon"])
    reading = read_forms(document(TextBlock(text=text, recognised=True)))
    values = {f: v for f, v in reading.values.items() if v is not None}
    assert values == everything(NEW)
    assert {reading.notes[f].status for f in values} == {"ocr"}


@pytest.mark.parametrize("blank", ["\t", "\xa0", "\r", "\u2003\x0b", "\u3000\x1f"])
def test_a_line_of_whatever_blanks_tells_nothing_and_raises_nothing(blank):
    assert records._of_text(f"一、表\n{blank}\n二、表") is not None
