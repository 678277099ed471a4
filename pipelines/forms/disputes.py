"""表四, 行政复议 and 行政诉讼: fifteen cells in one row, the same in both forms.

Source: formats.md 1.4, 8.4.
"""

from __future__ import annotations

from functools import cache

from pipelines.forms.model import FormColumn, Identity

GROUPS: tuple[FormColumn, ...] = (
    FormColumn(
        id="review",
        label="行政复议",
        key=r"^(政府信息公开)?行政复议(?:案件)?(?:\((?:单位:)?件\))?$",
    ),
    FormColumn(id="direct", label="未经复议直接起诉", key="未经复议|直接起诉"),
    FormColumn(id="after_review", label="复议后起诉", key="复议后"),
)
OUTCOMES: tuple[FormColumn, ...] = (
    FormColumn(id="upheld", label="结果维持", key="结果维持|^维持"),
    FormColumn(id="corrected", label="结果纠正", key="结果纠正|^纠正"),
    FormColumn(id="other", label="其他结果", key="其他结果|其它结果"),
    FormColumn(id="pending", label="尚未审结", key="尚未审结|未审结"),
    FormColumn(id="total", label="总计", key="^总计$|^合计$"),
)

FIELDS: tuple[str, ...] = tuple(f"t4_{g.id}_{o.id}" for g in GROUPS for o in OUTCOMES)


@cache
def identities() -> tuple[Identity, ...]:
    """Return the three sums of table four."""
    return tuple(
        Identity(
            rule="R4-SUM",
            where=g.id,
            left=(f"t4_{g.id}_total",),
            right=tuple(f"t4_{g.id}_{o.id}" for o in OUTCOMES if o.id != "total"),
        )
        for g in GROUPS
    )
