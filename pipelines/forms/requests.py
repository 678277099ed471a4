"""表三, the table of requests: rows and columns common to the forms of 2019 and 2021.

Source: formats.md 1.3, 2.3, 8.3. The two forms differ in (六)其他处理 only: one row in v2019,
three in v2021.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.forms.model import FormColumn, FormRow, Identity

COLUMNS: tuple[FormColumn, ...] = (
    FormColumn(id="natural", label="自然人", key="自然人|公民个人|^公民$|^个人$"),
    FormColumn(id="business", label="商业企业", key="商业|^企业"),
    FormColumn(id="research", label="科研机构", key="科研"),
    FormColumn(id="public_interest", label="社会公益组织", key="社会公益|公益"),
    FormColumn(id="legal_service", label="法律服务机构", key="法律服务|服务机构"),
    FormColumn(id="other_org", label="其他", key="^其[他它](?:组织)?$"),
    FormColumn(id="total", label="总计", key="^(?:[总合共]计|总数)$"),
)

GROUP_BEFORE = re.compile(r"^\s*法人(?:和|或|及|与)?其[他它]组织\s*[-—–－/、:]\s*(?=\S)")
"""The heading of a group of columns in front of one of them: 法人或其他组织-其他."""

_DENIED = "(三)不予公开"
_UNABLE = "(四)无法提供"
_REFUSED = "(五)不予处理"
_OTHER = "(六)其他处理"

_HEAD: tuple[FormRow, ...] = (
    FormRow(id="new_received", label="一、本年新收政府信息公开申请数量", key="本年(度)?新收|新收政府信息"),
    FormRow(id="carried_in", label="二、上年结转政府信息公开申请数量", key="上(一)?年(度)?结转"),
    FormRow(id="granted", label="(一)予以公开", key="(?<!不)予以公开"),
    FormRow(id="partial", label="(二)部分公开(区分处理的,只计这一情形,不计其他情形)", key="部分(?:予以)?公开|区分处理的"),
    FormRow(id="denied_state_secret", label="1.属于国家秘密", key="国家秘密", group=_DENIED),
    FormRow(id="denied_other_law", label="2.其他法律行政法规禁止公开", key="法律.{0,6}止公开", group=_DENIED),
    FormRow(id="denied_three_securities", label="3.危及“三安全一稳定”", key="三安全|一稳定", group=_DENIED),
    FormRow(id="denied_third_party", label="4.保护第三方合法权益", key="第三方", group=_DENIED),
    FormRow(id="denied_internal_affairs", label="5.属于三类内部事务信息", key="内部事务", group=_DENIED),
    FormRow(id="denied_process_info", label="6.属于四类过程性信息", key="过程性", group=_DENIED),
    FormRow(id="denied_enforcement_file", label="7.属于行政执法案卷", key="执法案卷", group=_DENIED),
    FormRow(id="denied_admin_query", label="8.属于行政查询事项", key="查询事项", group=_DENIED),
    FormRow(id="unable_not_held", label="1.本机关不掌握相关政府信息", key="不掌握", group=_UNABLE),
    FormRow(id="unable_need_creation", label="2.没有现成信息需要另行制作", key="另行制作|没有现成", group=_UNABLE),
    FormRow(id="unable_unclear", label="3.补正后申请内容仍不明确", key="仍不明确|补正后", group=_UNABLE),
    FormRow(id="refused_petition", label="1.信访举报投诉类申请", key="信访", group=_REFUSED),
    FormRow(id="refused_duplicate", label="2.重复申请", key="重复申请", group=_REFUSED),
    FormRow(id="refused_publication", label="3.要求提供公开出版物", key="出版物", group=_REFUSED),
    FormRow(id="refused_mass_repeat", label="4.无正当理由大量反复申请", key="大量反复", group=_REFUSED),
    FormRow(id="refused_reissue", label="5.要求行政机关确认或重新出具已获取信息", key="重新出具|确认或重", group=_REFUSED),
)  # fmt: skip
_OTHER_2019: tuple[FormRow, ...] = (
    FormRow(id="other_total", label=_OTHER, key="其他处理|其它处理"),
)
_OTHER_2021: tuple[FormRow, ...] = (
    FormRow(id="other_not_corrected", label="1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", key="逾期不补正|不补正", group=_OTHER),
    FormRow(id="other_fee_unpaid", label="2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", key="缴纳费用|收费通知", group=_OTHER),
    FormRow(id="other_misc", label="3.其他", key="^3?其[他它]$", group=_OTHER, whole=True),
)  # fmt: skip
_TAIL: tuple[FormRow, ...] = (
    FormRow(id="processed_total", label="(七)总计", key="^[总合共]计$", whole=True),
    FormRow(id="carried_out", label="四、结转下年度继续办理", key="结转下(一)?年|转下(一)?年度"),
)

ROWS: dict[str, tuple[FormRow, ...]] = {
    "v2019": _HEAD + _OTHER_2019 + _TAIL,
    "v2021": _HEAD + _OTHER_2021 + _TAIL,
}

ALL_ROWS: tuple[FormRow, ...] = _HEAD + _OTHER_2019 + _OTHER_2021 + _TAIL
ORDER: dict[str, int] = {row.id: i for i, row in enumerate(ALL_ROWS)}
APPLICANTS: tuple[str, ...] = tuple(c.id for c in COLUMNS if c.id != "total")
COLUMN_IDS: tuple[str, ...] = tuple(c.id for c in COLUMNS)
_NOT_RESULTS = {"new_received", "carried_in", "processed_total", "carried_out"}


@cache
def field_id(row: str, col: str) -> str:
    """Return the id of a cell of table three."""
    return f"t3_{row}__{col}"


@cache
def fields_of_row(row: str) -> tuple[str, ...]:
    """Return the ids of a row's cells, in the order of the columns."""
    return tuple(field_id(row, col) for col in COLUMN_IDS)


@cache
def fields_of_column(version: str, col: str) -> tuple[str, ...]:
    """Return the ids of a column's cells, in the order of the rows."""
    return tuple(field_id(row.id, col) for row in ROWS[version])


@cache
def identities(version: str) -> tuple[Identity, ...]:
    """Return the sums of table three: 39 in v2021, 37 in v2019 (formats.md 1.5)."""
    rows = [r.id for r in ROWS[version]]
    results = [r for r in rows if r not in _NOT_RESULTS]
    out: list[Identity] = []
    for col in COLUMN_IDS:
        out.append(
            Identity(
                rule="R3-BAL",
                where=col,
                left=(field_id("new_received", col), field_id("carried_in", col)),
                right=(field_id("processed_total", col), field_id("carried_out", col)),
            )
        )
        out.append(
            Identity(
                rule="R3-SUM" if version == "v2021" else "R3-SUM19",
                where=col,
                left=(field_id("processed_total", col),),
                right=tuple(field_id(r, col) for r in results),
            )
        )
    out.extend(
        Identity(
            rule="R3-ROW",
            where=row,
            left=(field_id(row, "total"),),
            right=tuple(field_id(row, c) for c in APPLICANTS),
        )
        for row in rows
    )
    return tuple(out)
