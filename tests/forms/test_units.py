"""An amount is counted in the nearest unit stated for it; 元 is told from every other."""

from __future__ import annotations

import pytest

from pipelines.forms import read_forms
from pipelines.reading.normal import read_number
from tests.forms.papers import html_document, text_document

FEE, BOUGHT = "t2_fee_amount_wanyuan", "t2_procurement_amount_wanyuan"


def fee(
    *, cell="5234", label="行政事业性收费", header="本年收费金额", caption="", above="", block=""
):
    """Return the fee of a table two in HTML, a unit stated wherever one is given."""
    rows = [f"<tr><td colspan=2>{caption}</td></tr>"] if caption else []
    rows += [f"<tr><td colspan=2>第二十条第（八）项{block}</td></tr>"]
    rows += [
        f"<tr><td>信息内容</td><td>{header}</td></tr>",
        f"<tr><td>{label}</td><td>{cell}</td></tr>",
    ]
    page = f"<p>二、主动公开政府信息情况</p><p>{above}</p><table>{''.join(rows)}</table>"
    return read_forms(html_document(page))


def fee_in_text(*, cell="5234", label="行政事业性收费", header="本年收费金额", above="", block=""):
    lines = ["二、主动公开政府信息情况", above, f"第二十条第（八）项{block}"]
    lines += [f"信息内容\t{header}", f"{label}\t{cell}", "行政许可"]
    return read_forms(text_document("\n".join(filter(None, lines))))


UNITS = [
    ("元", 0.5234), ("圆", 0.5234), ("人民币", 0.5234), ("RMB", 0.5234), ("千元", 523.4), ("万元", 5234),
    ("人民币万元", 5234), ("万圆", 5234), ("十万元", 52340), ("百万元", 523400), ("亿元", 52340000),
]  # fmt: skip


@pytest.mark.parametrize("read", [fee, fee_in_text])
@pytest.mark.parametrize(("unit", "value"), UNITS)
def test_each_unit_is_its_own_wherever_it_is_stated(read, unit, value):
    places = [
        {"header": f"本年收费金额（单位：{unit}）"},
        {"label": f"行政事业性收费（{unit}）"},
        {"above": f"单位：件、{unit}"},
        {"block": f"（单位：{unit}）"},
    ]
    assert [read(**place).values[FEE] for place in places] == [value] * len(places)


@pytest.mark.parametrize(("unit", "value"), UNITS)
def test_a_caption_row_states_the_unit_of_its_table(unit, value):
    reading = fee(caption=f"单位：{unit}")
    assert reading.values[FEE] == value
    assert (reading.notes.get(FEE) is None) == (value == 5234)


@pytest.mark.parametrize("read", [fee, fee_in_text])
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("￥5234", 0.5234),
        ("5234圆", 0.5234),
        ("RMB5234", 0.5234),
        ("5.2百万元", 520),
        ("5234千元", 523.4),
    ],
)
def test_a_unit_in_the_cell_is_read_whole(read, cell, value):
    assert read(cell=cell).values[FEE] == value


@pytest.mark.parametrize("read", [fee, fee_in_text])
@pytest.mark.parametrize(
    "place", [{"cell": "5234美元"}, {"header": "本年收费金额（万美元）"}, {"above": "单位：港币"}]
)
def test_a_foreign_unit_is_null_and_says_so(read, place):
    reading = read(**place)
    assert reading.values[FEE] is None
    assert "no unit of the form" in reading.notes[FEE].reason


@pytest.mark.parametrize("read", [fee, fee_in_text])
def test_the_nearer_unit_holds_and_the_contradiction_is_told(read):
    reading = read(header="本年收费金额（单位：万元）", above="单位：元")
    assert reading.values[FEE] == 5234
    [finding] = [x for x in reading.tables["t2"].findings if x.rule == "R2-FEE-UNITCONFLICT"]
    assert (finding.left, finding.right) == ("元", "万元")


@pytest.mark.parametrize("read", [fee, fee_in_text])
def test_two_units_in_one_place_say_nothing(read):
    reading = read(header="本年收费金额（元、万元）")
    assert reading.values[FEE] is None
    assert "several units" in reading.notes[FEE].reason


@pytest.mark.parametrize("read", [fee, fee_in_text])
def test_where_no_unit_is_stated_the_cell_says_that_the_forms_own_is_taken(read):
    reading = read()
    assert reading.values[FEE] == 5234
    assert (reading.notes[FEE].status, reading.notes[FEE].raw) == ("printed", "5234")
    assert "万元" in reading.notes[FEE].reason


def test_a_row_below_the_header_and_a_note_below_the_table_state_units():
    page = "<table><tr><td>信息内容</td><td>本年收费金额</td></tr>{}<tr><td>行政事业性收费</td><td>5234</td></tr>{}</table>"
    below_header = page.format("<tr><td></td><td>（元）</td></tr>", "")
    note = page.format("", "<tr><td colspan=2>注：收费金额单位为元</td></tr>")
    for text in (below_header, note):
        assert read_forms(html_document(text)).values[FEE] == 0.5234


def test_a_line_above_holds_for_the_tables_that_follow_each_other():
    licences = "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>12</td></tr></table>"
    fees = "<table><tr><td>信息内容</td><td>本年收费金额</td></tr><tr><td>行政事业性收费</td><td>5234</td></tr></table>"
    assert read_forms(html_document(f"<p>单位：件、千元</p>{licences}{fees}")).values[FEE] == 523.4


def test_a_scale_alone_is_a_unit_where_one_is_stated():
    assert fee(header="本年收费金额（单位：百万）").values[FEE] == 523400


def test_words_that_hold_a_unit_are_none():
    reading = fee(label="行政事业性收费（多元化解单元）", header="本年收费金额（单位：万元）")
    assert reading.values[FEE] == 5234
    assert FEE not in reading.notes


@pytest.mark.parametrize(("unit", "value"), [("元", 0.5), ("千元", 500), ("万元", 5000)])
def test_units_of_an_annex_have_a_column(unit, value):
    rows = [
        ("统计指标", "单位", "统计数"),
        ("（一）收到申请数", "件", "2"),
        ("1.当面申请数", "件", "2"),
    ]
    rows += [("回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", "0")]
    rows += [("主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "9")]
    rows += [("七、依申请公开信息收取的费用", unit, "5000")]
    cells = ("".join(f"<td>{c}</td>" for c in row) for row in rows)
    page = "<table>" + "".join(f"<tr>{c}</tr>" for c in cells) + "</table>"
    for document in (html_document(page), text_document("\n".join(map("\t".join, rows)))):
        assert read_forms(document).values["a14_fee_wanyuan"] == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("'12", 12),
        ("’0", 0),
        ("十二", 12),
        ("一百零五", 105),
        ("贰拾叁件", 23),
        ("三千零二十", 3020),
    ],
)
def test_figures_behind_an_apostrophe_and_in_characters_are_figures(cell, value):
    assert read_number(cell).value == value


@pytest.mark.parametrize("cell", ["二", "一零", "二〇二三", "十几", "万"])
def test_signs_that_may_be_ordinals_or_years_are_no_figures(cell):
    assert read_number(cell).value is None
