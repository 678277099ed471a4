"""Whatever the document, the form readers return, and in time that grows with its length only."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.reports import render_text
from pipelines.checks.tables import check_tables
from pipelines.documents.blocks import Document, TextBlock
from pipelines.forms import read_forms
from pipelines.forms.placements import fits, known, solve, split_digits
from tests.effort import at_most, examples
from tests.forms.papers import NEW, OLD, document, grid, text_document, three

LABELS = (
    "一、本年新收政府信息公开申请数量", "二、上年结转", "（一）予以公开", "（二）部分公开",
    "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.其他", "（六）其他处理", "（七）总计",
    "四、结转下年度继续办理", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构",
    "其他", "总计", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章",
    "行政规范性文件", "行政许可", "本年处理决定数量", "行政复议", "行政诉讼", "结果维持",
    "未经复议直接起诉", "复议后起诉", "历年累计", "主动公开信息数", "申请总数", "勾稽关系",
    "第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费", "上一年项目数量", "本年增/减",
)  # fmt: skip
FIGURES = st.sampled_from(["0", "1", "12", "", " ", "/", "无", "1 2", "-3", "--4", "12345678901234567890", "3.5", "5元", "１２", "1,234", "0000000", "- 3 -"])  # fmt: skip
CELLS = st.sampled_from(LABELS) | FIGURES | st.text(max_size=4)
TEXTS = st.lists(CELLS | st.sampled_from(["\n", "\t", "|", "\n\n", "\n|\n"]), max_size=80)
GRIDS = st.lists(st.lists(CELLS | st.none(), min_size=2, max_size=12), min_size=1, max_size=30)


def sound(reading):
    """What must hold of any reading, of whatever it was read from."""
    assert reading.failed == []
    for table in reading.tables.values():
        assert set(table.notes) <= set(table.values)
        for f, value in table.values.items():
            note = table.notes.get(f)
            assert value is not None or (note is not None and note.status != "ocr"), f
            assert value is None or note is None or note.derived is None, f
            assert note is None or note.derived is None or note.proof, f
    findings = check_tables(reading, scope="unknown", admin_level=None)
    assert all(f.severity in {"E", "W", "I"} for f in findings)


@settings(max_examples=examples(150), derandomize=True)
@given(TEXTS.map("".join))
def test_no_text_makes_the_reader_raise(text):
    sound(read_forms(Document(carrier="text", blocks=(TextBlock(text=text),))))


@settings(max_examples=examples(150), derandomize=True)
@given(GRIDS, st.sampled_from(["html_table", "pdf_table", "ocr_table"]))
def test_no_grid_makes_the_reader_raise(rows, kind):
    sound(read_forms(document(grid(rows, kind))))


@settings(max_examples=examples(60), derandomize=True)
@given(st.randoms(use_true_random=False), st.sampled_from(["tab", "lines", "pipes", "pipe_lines"]))
def test_a_report_torn_anywhere_is_read_or_not_and_never_raises(rng, layout):
    text = render_text(rng.choice((OLD, NEW)), layout)
    for _ in range(rng.randint(1, 6)):
        at, size = rng.randrange(len(text)), rng.randint(1, 200)
        text = text[:at] + rng.choice(("", "\n", "\t", "7", "|")) + text[at + size :]
    sound(read_forms(text_document(text)))


@pytest.mark.parametrize(
    "unit", ["0", "12", "0 ", "\t0", "|", "\n|\n", " ", "本年", "其他", "(", "1."]
)
def test_endless_stretches_take_linear_time(unit):
    head = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n一、本年新收政府信息公开申请数量"
    text = head + unit * (60_000 // len(unit)) + "二、上年结转" + unit * 2_000
    with at_most(cpu_seconds=8):
        read_forms(text_document(text))


def test_a_table_that_leaves_everything_open_is_given_up_in_bounded_time():
    table = three(NEW)
    rng = random.Random(5)
    rows = [
        [c.text for c in row if c.field is None or rng.random() > 0.25] for row in table.rows[3:]
    ]
    with at_most(cpu_seconds=10):
        sound(read_forms(document(grid([["", "自然人", "商业企业"], *rows]))))


@pytest.mark.parametrize("labels", [("事项{}", "依据{}", "要求{}"), LABELS[:7], LABELS[10:17]])
def test_a_long_list_beside_the_tables_takes_linear_time(labels):
    # A thousand rows of words took two minutes: each was asked about with all those above it.
    rows = [[label.format(n) for label in labels] for n in range(2000)]
    with at_most(cpu_seconds=8):
        read_forms(document(grid(rows)))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5))
def test_digits_run_together_can_be_cut_back(numbers):
    joined = "".join(map(str, numbers))
    cuts = list(split_digits(joined, len(numbers)))
    assert tuple(numbers) in cuts
    assert all("".join(map(str, cut)) == joined for cut in cuts)
    assert len(cuts) == len(set(cuts))


def test_what_solve_returns_fits_every_sum_it_was_given():
    from pipelines.forms import disputes
    from pipelines.forms.pieces import Piece
    from pipelines.forms.placements import Options, placements_in_order

    pieces = [Piece(str(n)) for n in (1, 2, 3, 3, 0, 0, 0, 3, 0, 0, 1, 0, 1)]
    placements, certain = placements_in_order(pieces, disputes.FIELDS)
    assert not certain
    solution = solve([Options("t4", tuple(placements), certain=False)], {}, disputes.identities())
    assert not solution.exhausted
    for chosen in solution.placements:
        values = known(chosen["t4"])
        assert all(fits(values, i) for i in disputes.identities())
