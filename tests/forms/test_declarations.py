"""The forms as declared: rows, columns, fields and sums are those of the printed forms."""

from __future__ import annotations

import re

import pytest

from crawler.demo.world import result_rows, rows
from pipelines.forms import (
    disclosure,
    disputes,
    fujian_annex,
    requests,
    shanghai_annex,
    v2014_annex,
)
from pipelines.forms.disclosure_rows import _row_of as disclosure_row
from pipelines.forms.indicator_table import core_label
from pipelines.forms.pieces import label_of
from pipelines.forms.request_rows import row_of

ANNEXES = {"2014": v2014_annex.FORM, "fujian": fujian_annex.FORM, "shanghai": shanghai_annex.FORM}


@pytest.mark.parametrize(("version", "n_rows", "n_sums"), [("v2019", 23, 37), ("v2021", 25, 39)])
def test_table_three_has_the_rows_and_sums_of_its_form(version, n_rows, n_sums):
    assert [r.id for r in requests.ROWS[version]] == list(rows(version))
    assert len(requests.ROWS[version]) == n_rows
    assert len(requests.identities(version)) == n_sums


@pytest.mark.parametrize("version", ["v2019", "v2021"])
def test_the_sums_of_table_three_touch_every_cell(version):
    touched = {f for i in requests.identities(version) for f in i.fields}
    cells = {
        requests.field_id(r.id, c) for r in requests.ROWS[version] for c in requests.COLUMN_IDS
    }
    assert touched == cells
    column = next(
        i
        for i in requests.identities(version)
        if i.rule.startswith("R3-SUM") and i.where == "total"
    )
    assert {f.split("__")[0].removeprefix("t3_") for f in column.right} == set(result_rows(version))


@pytest.mark.parametrize("version", ["v2019", "v2021"])
def test_every_label_of_table_three_is_known_as_its_own_row(version):
    assert {r.id: row_of(r.label) for r in requests.ROWS[version]} == {
        r.id: r.id for r in requests.ROWS[version]
    }


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("２．其他法律法规禁止公开", "denied_other_law"),
        ("2.其他法律行政止公开", "denied_other_law"),
        ('3.危及"三安全一稳定"', "denied_three_securities"),
        ("3、危及『三安全 一稳定』", "denied_three_securities"),
        ("（七）  总计", "processed_total"),
        ("(六)其他处理", "other_total"),
        ("3.其他", "other_misc"),
        ("一、本年度新收政府信息公开申请数量", "new_received"),
        ("二、上年度结转政府信息公开申请数量", "carried_in"),
        ("四、結轉下年度繼續辦理", "carried_out"),
        ("三、本年度办理结果", None),
        ("(三)不予公开", None),
        ("法人或其他组织", None),
        ("", None),
    ],
)
def test_labels_in_other_spellings_are_the_same_rows_and_headings_are_none(label, row):
    assert row_of(label) == row


def test_table_two_has_ten_cells_in_2021_and_twenty_two_in_2019():
    assert len(disclosure.fields_of("v2021")) == 10
    assert len(disclosure.fields_of("v2019")) == 22


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("规章", "rules"),
        ("规章（县级无此项）", "rules"),
        ("规章（设区的市、自治州人民政府应提供相关数据）", "rules"),
        ("规范性文件", "normative"),
        ("行政规范性文件", "normative"),
        ("规范文件", "normative"),
        ("其他主动公开文件", "otherdoc"),
        ("行政许可", "license"),
        ("其他对外管理服务事项", "service"),
        ("政府集中采购", "procurement"),
        ("信息内容", None),
    ],
)
def test_rows_of_table_two_are_known_by_their_beginnings(label, row):
    assert disclosure_row(label) == row


def test_table_four_has_fifteen_cells_and_three_sums_over_all_of_them():
    assert len(disputes.FIELDS) == 15
    assert sorted(f for i in disputes.identities() for f in i.fields) == sorted(disputes.FIELDS)


@pytest.mark.parametrize("name", ANNEXES)
def test_every_label_of_an_annex_names_its_own_row_and_ids_are_unique(name):
    form = ANNEXES[name]
    assert len({r.id for r in form.rows}) == len(form.rows)
    for spec in form.rows:
        label = core_label(spec.label.split("/")[0])
        hits = [r.id for r in form.rows if re.search(r.key, label)]
        assert spec.id in hits, spec.label


@pytest.mark.parametrize("name", ANNEXES)
def test_the_sums_of_an_annex_are_over_rows_it_has(name):
    form = ANNEXES[name]
    ids = {r.id for r in form.rows}
    extra = shanghai_annex.LATER_SUMS + shanghai_annex.OLDER_SUMS if name == "shanghai" else ()
    for s in form.sums + extra:
        assert {s.total, *s.parts} <= ids, s


def test_labels_lose_ordinals_and_notes_and_nothing_else():
    assert label_of("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "部分公开"
    assert label_of("1.属于国家秘密") == "属于国家秘密"
    assert label_of("本年收费金额（单位：万元）") == "本年收费金额"
    assert label_of("12") == "12"
