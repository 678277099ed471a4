"""表二, 主动公开: blocks of rows under their own headers, one set a form version.

Source: formats.md 1.2, 2.2, 8.2. The version of the table is told from its column labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.forms.model import FormColumn, FormRow


@dataclass(slots=True, frozen=True, kw_only=True)
class Block:
    """One 第二十条第(…)项: rows, the columns above them, and the field of each place."""

    version: str
    rows: tuple[FormRow, ...]
    columns: tuple[FormColumn, ...]
    fields: dict[tuple[str, str], str]


_RULES = FormRow(id="rules", label="规章", key="^规章")
_NORMATIVE = FormRow(
    id="normative", label="行政规范性文件", key="(?<!党内)规范性文件|^规范文件|行政规范"
)
_OTHERDOC = FormRow(
    id="otherdoc", label="其他主动公开文件", key="其他主动公开|其它主动公开", optional=True
)
_LICENSE = FormRow(id="license", label="行政许可", key="^(?:行政)?许可")
_SERVICE = FormRow(id="service", label="其他对外管理服务事项", key="对外管理服务")
_PENALTY = FormRow(id="penalty", label="行政处罚", key="^(?:行政)?处罚")
_COERCION = FormRow(id="coercion", label="行政强制", key="^(?:行政)?强制")
_FEE = FormRow(id="fee", label="行政事业性收费", key="^行政事业性收费|事业性收费")
_PROCUREMENT = FormRow(id="procurement", label="政府集中采购", key="集中采购")

_ITEMS = (
    FormColumn(id="items_prev", label="上一年项目数量", key="上(一)?年(度)?项目"),
    FormColumn(id="items_delta", label="本年增/减", key="本年(度)?增(/?减)?"),
)
_DECISIONS = (FormColumn(id="decisions", label="处理决定数量", key="处理决定数"),)


def _fields(rows: tuple[FormRow, ...], cols: tuple[FormColumn, ...]) -> dict[tuple[str, str], str]:
    return {(r.id, c.id): f"t2_{r.id}_{c.id}" for r in rows for c in cols}


_DOC_2021 = (
    FormColumn(id="issued", label="本年制发件数", key="本年(度)?制发|^制发件?数"),
    FormColumn(id="repealed", label="本年废止件数", key="本年(度)?废止|废止件?数"),
    FormColumn(id="in_force", label="现行有效件数", key="现行有效|有效件数"),
)
_DOC_2019 = (
    FormColumn(id="made", label="本年新制作数量", key="新制作"),
    FormColumn(id="newly_public", label="本年新公开数量", key="新公开数"),
    FormColumn(id="public_total", label="对外公开总数量", key="公开总数"),
)
_FEE_AMOUNT = FormColumn(id="fee_amount", label="本年收费金额(单位:万元)", key="收费金额")
_BUY = (
    FormColumn(id="bought", label="采购项目数量", key="采购项目"),
    FormColumn(id="bought_amount", label="采购总金额", key="(?:采购)?(?:项目)?总金额"),
)

BLOCKS: tuple[Block, ...] = (
    Block(version="v2021", rows=(_RULES, _NORMATIVE), columns=_DOC_2021,
          fields=_fields((_RULES, _NORMATIVE), _DOC_2021)),
    Block(version="v2021", rows=(_LICENSE,), columns=_DECISIONS, fields=_fields((_LICENSE,), _DECISIONS)),
    Block(version="v2021", rows=(_PENALTY, _COERCION), columns=_DECISIONS,
          fields=_fields((_PENALTY, _COERCION), _DECISIONS)),
    Block(version="v2021", rows=(_FEE,), columns=(_FEE_AMOUNT,), fields={("fee", "fee_amount"): "t2_fee_amount_wanyuan"}),
    Block(version="v2019", rows=(_RULES, _NORMATIVE, _OTHERDOC), columns=_DOC_2019,
          fields=_fields((_RULES, _NORMATIVE, _OTHERDOC), _DOC_2019)),
    Block(version="v2019", rows=(_LICENSE, _SERVICE), columns=_ITEMS + _DECISIONS,
          fields=_fields((_LICENSE, _SERVICE), _ITEMS + _DECISIONS)),
    Block(version="v2019", rows=(_PENALTY, _COERCION), columns=_ITEMS + _DECISIONS,
          fields=_fields((_PENALTY, _COERCION), _ITEMS + _DECISIONS)),
    Block(version="v2019", rows=(_FEE,), columns=_ITEMS, fields=_fields((_FEE,), _ITEMS)),
    Block(version="v2019", rows=(_PROCUREMENT,), columns=_BUY, fields={("procurement", "bought"): "t2_procurement_count",
                  ("procurement", "bought_amount"): "t2_procurement_amount_wanyuan"}),
)  # fmt: skip

MARKS: dict[str, str] = {
    "v2021": "本年(度)?制发|本年(度)?废止|现行有效件数|收费金额",
    "v2019": "新制作数|新公开数|对外公开总数|上(一)?年(度)?项目数|集中采购|对外管理服务",
}
"""Column and row labels found in one version only (formats.md 0, detection order)."""


@cache
def fields_of(version: str) -> tuple[str, ...]:
    """Return the fields every table of this version has, in the form's order."""
    return tuple(
        f
        for b in BLOCKS
        if b.version == version
        for (row, _), f in b.fields.items()
        if row != "otherdoc"
    )
