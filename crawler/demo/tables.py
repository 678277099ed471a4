"""The statutory tables laid out cell by cell, before any carrier draws them.

A ``Table`` knows texts, spans and which cell prints which field; HTML, PDF, Word and pictures
are drawn from the same one, so a reader that gets a figure wrong has itself to blame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawler.demo.world import COLUMNS, T4_GROUPS, T4_PARTS, Number, ReportTruth, rows

Printer = Callable[[str, Number], str]
"""Turns a field and its value into what the cell prints."""


@dataclass(slots=True, frozen=True)
class TableCell:
    """One cell; ``field`` is set where it prints a figure."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    field: str | None = None


@dataclass(slots=True, frozen=True)
class Table:
    """Rows of cells as an HTML table has them: covered places are left out."""

    name: str
    rows: tuple[tuple[TableCell, ...], ...]
    width: int

    def placed(self) -> list[tuple[int, int, TableCell]]:
        """Return (row, column, cell) with spans resolved, for carriers that need places."""
        taken: set[tuple[int, int]] = set()
        out = []
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                out.append((r, c, cell))
                taken |= {(r + i, c + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
                c += cell.colspan
        return out


def plain_number(_field: str, value: Number) -> str:
    """Print a figure with nothing around it."""
    return str(value)


def blank_for_zero(field: str, value: Number) -> str:
    """Print nothing for the zeros of table three's applicants, as many offices do."""
    detail = field.startswith("t3_") and not field.endswith("__total")
    return "" if value == 0 and detail else str(value)


_T2_21: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (
            ("规章", ("rules_issued", "rules_repealed", "rules_in_force")),
            ("行政规范性文件", ("normative_issued", "normative_repealed", "normative_in_force")),
        ),
    ),
    ("第二十条第（五）项", ("本年处理决定数量",), (("行政许可", ("license_decisions",)),)),
    (
        "第二十条第（六）项",
        ("本年处理决定数量",),
        (("行政处罚", ("penalty_decisions",)), ("行政强制", ("coercion_decisions",))),
    ),
    (
        "第二十条第（八）项",
        ("本年收费金额（单位：万元）",),
        (("行政事业性收费", ("fee_amount_wanyuan",)),),
    ),
)
_ITEMS = ("上一年项目数量", "本年增/减", "处理决定数量")
_T2_19: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "第二十条第（一）项",
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        (
            ("规章", ("rules_made", "rules_newly_public", "rules_public_total")),
            ("规范性文件", ("normative_made", "normative_newly_public", "normative_public_total")),
        ),
    ),
    (
        "第二十条第（五）项",
        _ITEMS,
        (
            ("行政许可", ("license_items_prev", "license_items_delta", "license_decisions")),
            (
                "其他对外管理服务事项",
                ("service_items_prev", "service_items_delta", "service_decisions"),
            ),
        ),
    ),
    (
        "第二十条第（六）项",
        _ITEMS,
        (
            ("行政处罚", ("penalty_items_prev", "penalty_items_delta", "penalty_decisions")),
            ("行政强制", ("coercion_items_prev", "coercion_items_delta", "coercion_decisions")),
        ),
    ),
    (
        "第二十条第（八）项",
        _ITEMS[:2],
        (("行政事业性收费", ("fee_items_prev", "fee_items_delta")),),
    ),
    (
        "第二十条第（九）项",
        ("采购项目数量", "采购总金额（单位：万元）"),
        (("政府集中采购", ("procurement_count", "procurement_amount_wanyuan")),),
    ),
)


def _spread(n: int) -> tuple[int, ...]:
    """Split three columns over n cells, the last one taking the rest."""
    return {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[n]


def table_two(form: str, values: Mapping[str, Number], show: Printer = plain_number) -> Table:
    """Lay out 主动公开政府信息情况."""
    out: list[tuple[TableCell, ...]] = []
    for heading, columns, lines in _T2_21 if form == "v2021" else _T2_19:
        out.append((TableCell(heading, colspan=4),))
        spans = _spread(len(columns))
        out.append(
            (
                TableCell("信息内容"),
                *(TableCell(c, span) for c, span in zip(columns, spans, strict=True)),
            )
        )
        for label, fields in lines:
            cells = [
                TableCell(show(f"t2_{f}", values[f"t2_{f}"]), span, field=f"t2_{f}")
                for f, span in zip(fields, spans, strict=True)
            ]
            out.append((TableCell(label), *cells))
    return Table("t2", tuple(out), 4)


_APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_LABELS = {
    "granted": "（一）予以公开",
    "partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "denied_state_secret": "1.属于国家秘密",
    "denied_other_law": "2.其他法律行政法规禁止公开",
    "denied_three_securities": "3.危及“三安全一稳定”",
    "denied_third_party": "4.保护第三方合法权益",
    "denied_internal_affairs": "5.属于三类内部事务信息",
    "denied_process_info": "6.属于四类过程性信息",
    "denied_enforcement_file": "7.属于行政执法案卷",
    "denied_admin_query": "8.属于行政查询事项",
    "unable_not_held": "1.本机关不掌握相关政府信息",
    "unable_need_creation": "2.没有现成信息需要另行制作",
    "unable_unclear": "3.补正后申请内容仍不明确",
    "refused_petition": "1.信访举报投诉类申请",
    "refused_duplicate": "2.重复申请",
    "refused_publication": "3.要求提供公开出版物",
    "refused_mass_repeat": "4.无正当理由大量反复申请",
    "refused_reissue": "5.要求行政机关确认或重新出具已获取信息",
    "other_total": "（六）其他处理",
    "other_not_corrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_fee_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_misc": "3.其他",
    "processed_total": "（七）总计",
}
# The label of a group and how many rows it spans.
_GROUPS = {
    "denied_state_secret": ("（三）不予公开", 8),
    "unable_not_held": ("（四）无法提供", 3),
    "refused_petition": ("（五）不予处理", 5),
    "other_not_corrected": ("（六）其他处理", 3),
}
_UNGROUPED = {"granted", "partial", "other_total", "processed_total"}


def table_three(form: str, values: Mapping[str, Number], show: Printer = plain_number) -> Table:
    """Lay out 收到和处理政府信息公开申请情况: three header rows, then 25 or 23 rows."""
    head = (
        (TableCell(_CORNER, 3, 3), TableCell("申请人情况", 7)),
        (
            TableCell("自然人", rowspan=2),
            TableCell("法人或其他组织", 5),
            TableCell("总计", rowspan=2),
        ),
        tuple(TableCell(text) for text in _APPLICANTS),
    )
    body = []
    for row in rows(form):
        labels: tuple[TableCell, ...]
        if row == "new_received":
            labels = (TableCell("一、本年新收政府信息公开申请数量", 3),)
        elif row == "carried_in":
            labels = (TableCell("二、上年结转政府信息公开申请数量", 3),)
        elif row == "carried_out":
            labels = (TableCell("四、结转下年度继续办理", 3),)
        elif row in _UNGROUPED:
            labels = (TableCell(_LABELS[row], 2),)
        elif row in _GROUPS:
            group, height = _GROUPS[row]
            labels = (TableCell(group, rowspan=height), TableCell(_LABELS[row]))
        else:
            labels = (TableCell(_LABELS[row]),)
        if row == "granted":
            labels = (TableCell("三、本年度办理结果", rowspan=len(rows(form)) - 3), *labels)
        fields = [f"t3_{row}__{col}" for col in COLUMNS]
        body.append((*labels, *(TableCell(show(f, values[f]), field=f) for f in fields)))
    return Table("t3", (*head, *body), 10)


def table_four(values: Mapping[str, Number], show: Printer = plain_number) -> Table:
    """Lay out 政府信息公开行政复议、行政诉讼情况: one row of fifteen figures."""
    parts = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    fields = [f"t4_{group}_{part}" for group in T4_GROUPS for part in (*T4_PARTS, "total")]
    return Table(
        "t4",
        (
            (TableCell("行政复议", 5), TableCell("行政诉讼", 10)),
            (
                *(TableCell(part, rowspan=2) for part in parts),
                TableCell("未经复议直接起诉", 5),
                TableCell("复议后起诉", 5),
            ),
            tuple(TableCell(part) for part in parts * 2),
            tuple(TableCell(show(f, values[f]), field=f) for f in fields),
        ),
        15,
    )


def tables_of(report: ReportTruth, show: Printer = plain_number) -> tuple[Table, Table, Table]:
    """Lay out a report's three tables, each in the form the report uses for it."""
    return (
        table_two(report.t2_form, report.values, show),
        table_three(report.t3_form, report.values, show),
        table_four(report.values, show),
    )
