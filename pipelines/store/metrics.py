"""Figures that analysts derive, each defined once, with its denominator.

A metric is null where any figure it needs is: blanks are not taken for zero (``--derived`` fills
in those that are proved to be). A rate whose denominator is zero is null as well. Rates are
fractions of one, not percent; a rate over few cases says little, so look at its denominator.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.forms.requests import ROWS, field_id
from pipelines.store.meanings import ROWS as ROWS_IN_ENGLISH

_DENIED = tuple(r.id for r in ROWS["v2021"] if r.id.startswith("denied_"))
_REFUSED = tuple(r.id for r in ROWS["v2021"] if r.id.startswith("refused_"))
_SUITS = ("direct", "after_review")


@dataclass(slots=True, frozen=True, kw_only=True)
class Metric:
    """``(over - less) / (under - without) * times``; without ``under`` a difference."""

    name: str
    label: str
    english: str
    unit: str
    over: tuple[str, ...]
    less: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    times: int = 1

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the figures it needs."""
        return (*self.over, *self.less, *self.under, *self.without)

    @property
    def definition(self) -> str:
        """Return the formula in words of the fields."""
        if not self.under:
            return _sum(self.over, self.less)
        out = f"{_bracketed(self.over, self.less)} / {_bracketed(self.under, self.without)}"
        return f"{out} × {self.times}" if self.times != 1 else out


def _sum(plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    return " - ".join((" + ".join(plus), *minus))


def _bracketed(plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    return f"({_sum(plus, minus)})" if len(plus) + len(minus) > 1 else plus[0]


def _t3(*rows: str, col: str = "total") -> tuple[str, ...]:
    return tuple(field_id(row, col) for row in rows)


def _rate(
    name: str,
    label: str,
    english: str,
    over: tuple[str, ...],
    under: tuple[str, ...],
    **more: int | tuple[str, ...],
) -> Metric:
    return Metric(
        name=f"m_{name}",
        label=label,
        english=english,
        unit="1",
        over=over,
        under=under,
        **more,  # type: ignore[arg-type]
    )


_PROCESSED = _t3("processed_total")
_ACCEPTED = _t3("new_received", "carried_in")


def _t4(groups: tuple[str, ...], outcome: str) -> tuple[str, ...]:
    return tuple(f"t4_{group}_{outcome}" for group in groups)


def _corrections(name: str, label: str, english: str, groups: tuple[str, ...]) -> Metric:
    return _rate(
        f"{name}_correction_rate",
        f"{label}纠错率",
        f"{english} corrected, of those closed",
        _t4(groups, "corrected"),
        _t4(groups, "total"),
        without=_t4(groups, "pending"),
    )


METRICS: tuple[Metric, ...] = (
    Metric(
        name="m_accepted",
        label="受理总量",
        english="requests on hand in the year",
        unit="件",
        over=_ACCEPTED,
    ),
    _rate(
        "natural_share",
        "自然人占比",
        "share of natural persons among new requests",
        _t3("new_received", col="natural"),
        _t3("new_received"),
    ),
    _rate(
        "business_share",
        "商业企业占比",
        "share of enterprises among new requests",
        _t3("new_received", col="business"),
        _t3("new_received"),
    ),
    _rate(
        "legal_service_share",
        "法律服务机构占比",
        "share of legal services among new requests",
        _t3("new_received", col="legal_service"),
        _t3("new_received"),
    ),
    _rate("granted_rate", "予以公开率", "granted, of all processed", _t3("granted"), _PROCESSED),
    _rate(
        "granted_or_partial_rate",
        "予以公开和部分公开率",
        "granted in full or part, of all processed",
        _t3("granted", "partial"),
        _PROCESSED,
    ),
    _rate("denied_rate", "不予公开率", "denied, of all processed", _t3(*_DENIED), _PROCESSED),
    *(
        _rate(
            f"{row.id}_share",
            f"不予公开中{row.label[2:]}占比",
            f"share among denials of: {ROWS_IN_ENGLISH[row.id].partition(': ')[2]}",
            _t3(row.id),
            _t3(*_DENIED),
        )
        for row in ROWS["v2021"]
        if row.id in _DENIED
    ),
    _rate(
        "not_held_share",
        "本机关不掌握占比",
        "not held, of all processed",
        _t3("unable_not_held"),
        _PROCESSED,
    ),
    _rate(
        "refused_share",
        "不予处理占比",
        "not examined, of all processed",
        _t3(*_REFUSED),
        _PROCESSED,
    ),
    _rate(
        "carry_forward_rate",
        "结转率",
        "still open at the end of the year, of all on hand",
        _t3("carried_out"),
        _ACCEPTED,
    ),
    _rate(
        "reviews_per_100",
        "每百件复议",
        "reviews per 100 requests processed",
        _t4(("review",), "total"),
        _PROCESSED,
        times=100,
    ),
    _rate(
        "suits_per_100",
        "每百件诉讼",
        "suits per 100 requests processed",
        _t4(_SUITS, "total"),
        _PROCESSED,
        times=100,
    ),
    _corrections("review", "行政复议", "reviews", ("review",)),
    _corrections("direct_suit", "直接起诉", "direct suits", ("direct",)),
    _corrections("after_review_suit", "复议后起诉", "suits after review", ("after_review",)),
    _corrections("pooled", "复议和诉讼合计", "reviews and suits", ("review", *_SUITS)),
    _rate(
        "escalation_rate",
        "复议后起诉率",
        "suits after review, of reviews closed",
        _t4(("after_review",), "total"),
        _t4(("review",), "total"),
        without=_t4(("review",), "pending"),
    ),
    Metric(
        name="m_normative_net",
        label="规范性文件净增",
        english="normative documents issued less repealed",
        unit="件",
        over=("t2_normative_issued",),
        less=("t2_normative_repealed",),
    ),
)

RECEIVED = field_id("new_received", "total")

LAG = Metric(
    name="m_days_late",
    label="晚于法定期限天数",
    english="days from the statutory deadline, 31 March of the next year, to publication; "
    "negative: early. The date is what the page says, which may be that of a move",
    unit="日",
    over=("published_on",),
    less=("deadline",),
)
GROWTH = Metric(
    name="m_new_received_growth",
    label="新收申请同比增长",
    english="growth of new requests over last year's report of the same organ and scope, if held",
    unit="1",
    over=(RECEIVED,),
    less=("last year's",),
    under=("last year's",),
)
EVERY = (*METRICS, GROWTH, LAG)
