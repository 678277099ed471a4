"""What a report says in prose against what its tables print (formats.md 8.9, RT-*).

A sentence can be read in more than one way: 收到 may or may not count what was carried in, 办结
what went over from last year, a figure may be one office's. A difference is therefore reported
only where *no* reading of any sentence about that quantity agrees with the tables; rounded
figures and figures of parts are left alone. Nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.record import Figure, Finding, Number, Report, tell

DENIED = (
    "denied_state_secret",
    "denied_other_law",
    "denied_three_securities",
    "denied_third_party",
    "denied_internal_affairs",
    "denied_process_info",
    "denied_enforcement_file",
    "denied_admin_query",
)
UNABLE = ("unable_not_held", "unable_need_creation", "unable_unclear")
REFUSED = (
    "refused_petition",
    "refused_duplicate",
    "refused_publication",
    "refused_mass_repeat",
    "refused_reissue",
)
OTHER = ("other_not_corrected", "other_fee_unpaid", "other_misc")
APPLICANTS = ("natural", "business", "research", "public_interest", "legal_service", "other_org")


@dataclass(slots=True, frozen=True)
class TableFigures:
    """The figures of a report's tables, printed or proved."""

    report: Report

    def of(self, field: str) -> Number | None:
        """Return a field as printed, else as the sums prove it, else None."""
        value = self.report.values.get(field)
        if value is None and (note := self.report.cells.get(field)) is not None:
            return note.derived
        return value

    def row(self, row: str) -> Number | None:
        """Return the total of a row of table three; where it has none, what its cells add up to.

        To compare, not to derive: a blank cell beside printed figures then adds nothing.
        """
        value = self.of(f"t3_{row}__total")
        if value is not None:
            return value
        cells = [f"t3_{row}__{column}" for column in APPLICANTS]
        printed = any(self.of(cell) is not None for cell in cells)
        return plus(*(0 if printed and self._is_blank(cell) else self.of(cell) for cell in cells))

    def _is_blank(self, field: str) -> bool:
        note = self.report.cells.get(field)
        return self.of(field) is None and note is not None and note.status == "blank"

    def group(self, rows: tuple[str, ...]) -> Number | None:
        """Return the sum of a group of rows, None where one of them is not known."""
        return plus(*(self.row(row) for row in rows))

    def other(self) -> Number | None:
        """Return 其他处理: one row in the form of 2019, three in that of 2021."""
        one = self.row("other_total")
        return one if one is not None else self.group(OTHER)

    def block(self, block: str, cell: str) -> Number | None:
        """Return a figure of table four."""
        return self.of(f"t4_{block}_{cell}")


def plus(*values: Number | None) -> Number | None:
    """Return the sum, None where a part is not known."""
    return None if None in values else sum(v for v in values if v is not None)


def minus(value: Number | None, *others: Number | None) -> Number | None:
    """Return the difference, None where a part is not known."""
    taken = plus(*others)
    return None if value is None or taken is None else value - taken


Readings = Callable[[TableFigures], list[Number | None]]


def _received(t: TableFigures) -> list[Number | None]:
    new, carried = t.row("new_received"), t.row("carried_in")
    return [new, plus(new, carried)]


def _accepted(t: TableFigures) -> list[Number | None]:
    # 受理 may leave out what was withdrawn or never made whole (其他处理).
    return [*_received(t), t.row("processed_total"), minus(t.row("new_received"), t.other())]


def _replied(t: TableFigures) -> list[Number | None]:
    done, refused, other = t.row("processed_total"), t.group(REFUSED), t.other()
    return [
        done,
        *_received(t),
        minus(done, t.row("carried_in")),
        minus(t.row("new_received"), t.row("carried_out")),
        minus(done, other),
        minus(done, refused),
        minus(done, refused, other),
    ]


def _granted(t: TableFigures) -> list[Number | None]:
    return [t.row("granted"), plus(t.row("granted"), t.row("partial"))]


def _denied(t: TableFigures) -> list[Number | None]:
    return [t.group(DENIED), plus(t.group(DENIED), t.group(REFUSED))]


def _parts_of_block(t: TableFigures, block: str) -> Number | None:
    return plus(*(t.block(block, cell) for cell in ("upheld", "corrected", "other", "pending")))


def _reviews(t: TableFigures) -> list[Number | None]:
    stated, added = t.block("review", "total"), _parts_of_block(t, "review")
    pending = t.block("review", "pending")
    return [stated, added, minus(stated, pending), minus(added, pending)]


def _suits(t: TableFigures) -> list[Number | None]:
    out: list[Number | None] = []
    for direct, after in (
        (t.block("direct", "total"), t.block("after_review", "total")),
        (_parts_of_block(t, "direct"), _parts_of_block(t, "after_review")),
    ):
        both = plus(direct, after)
        pending = (t.block("direct", "pending"), t.block("after_review", "pending"))
        out += [both, direct, after, minus(both, *pending)]
    return out


def _review_cell(cell: str) -> Readings:
    return lambda t: [t.block("review", cell)]


def _suit_cell(cell: str) -> Readings:
    return lambda t: [
        plus(t.block("direct", cell), t.block("after_review", cell)),
        t.block("direct", cell),
        t.block("after_review", cell),
    ]


def _normative(*cells: str) -> Readings:
    """Documents alone, or together with 规章 where prose counts both."""
    return lambda t: [
        reading
        for cell in cells
        for normative, rules in [(t.of(f"t2_normative_{cell}"), t.of(f"t2_rules_{cell}"))]
        for reading in (normative, plus(normative, rules))
    ]


def _fees(t: TableFigures) -> list[Number | None]:
    wanyuan = t.of("a14_fee_wanyuan")
    return [
        None if wanyuan is None else round(wanyuan * 10_000, 2),
        t.of("s08_fee_total_yuan"),
        t.of("s08_fee_on_request_yuan"),
    ]


@dataclass(slots=True, frozen=True)
class _Comparison:
    rule: str
    fields: Mapping[str, Readings]
    """Fields that state one quantity; agreement of one of them is enough."""


def _each(rule: str, /, **fields: Readings) -> list[_Comparison]:
    """Return one comparison for each field of a rule."""
    return [_Comparison(rule, {f"x_{k}": v}) for k, v in fields.items()]


_COMPARISONS: tuple[_Comparison, ...] = (
    _Comparison("RT-APP", {"x_app_total": _received, "x_app_accepted": _accepted}),
    *_each("RT-REPLY", app_replied=_replied),
    *_each(
        "RT-CARRY",
        carried_in=lambda t: [t.row("carried_in")],
        carried_out=lambda t: [t.row("carried_out")],
    ),
    *_each(
        "RT-RESULT",
        granted=_granted,
        partial=lambda t: [t.row("partial")],
        granted_or_partial=lambda t: [plus(t.row("granted"), t.row("partial"))],
        denied=_denied,
        unable=lambda t: [t.group(UNABLE)],
        refused=lambda t: [t.group(REFUSED)],
        other=lambda t: [t.other()],
    ),
    *_each("RT-REVIEW", review_total=_reviews, suit_total=_suits),
    *(
        comparison
        for cell in ("upheld", "corrected", "other", "pending")
        for comparison in _each(
            "RT-REVIEW", **{f"review_{cell}": _review_cell(cell), f"suit_{cell}": _suit_cell(cell)}
        )
    ),
    *_each(
        "RT-NORM",
        normative_issued=_normative("issued", "made", "newly_public"),
        normative_repealed=_normative("repealed"),
        normative_in_force=_normative("in_force"),
    ),
    *_each("RT-FEE", fee_yuan=_fees),
)

# A figure of one office or of a part: not comparable with the table of a whole place.
_ONE_OFFICE = re.compile(
    r"(?:政府办(?:公室|公厅)?|[局委厅院]|本级|乡镇|街道|部门|办公室|名义)[^,，。；;]{0,12}?"
    r"(?:收到|受理|接到|办理|答复|办结|制发|制定|印发|出台|未发生|发生|未收到)"
    # Documents a government issued itself; the table counts those of its departments too.
    r"|(?<!全)[省市县区州旗]政府[^,，。；;]{0,10}?(?:制发|制定|印发|出台|新增)"
)


def _comparable(figure: Figure, scope: str) -> bool:
    return not figure.approximate and (
        scope == "single_organ" or _ONE_OFFICE.search(figure.sentence) is None
    )


def _compare(comparison: _Comparison, report: Report, tables: TableFigures) -> Iterator[Finding]:
    """Yield at most one finding: the first figure, where none of the figures agrees."""
    first: tuple[Figure, Number] | None = None
    for figure in report.narrative:
        readings = comparison.fields.get(figure.field)
        if readings is None:
            continue
        if not _comparable(figure, report.scope):
            continue
        known = [reading for reading in readings(tables) if reading is not None]
        if not known or figure.value in known:
            return
        # The first reading is what the words mean on the form.
        first = first or (figure, known[0])
    if first is not None:
        figure, right = first
        yield tell(
            comparison.rule, figure.field, left=figure.value, right=right, note=figure.sentence
        )


def check_prose(report: Report) -> list[Finding]:
    """Return where the prose of ``report`` contradicts its own tables.

    ``left`` is the figure in prose, ``right`` what the table has for it, ``where`` the field of
    ``report.narrative``. Source of the rules: formats.md 8.9.
    """
    tables = TableFigures(report)
    return _one_a_cause(
        [finding for comparison in _COMPARISONS for finding in _compare(comparison, report, tables)]
    )


def _one_a_cause(findings: list[Finding]) -> list[Finding]:
    """Fold what follows from a different count of requests into the finding about the count.

    Prose that counts other requests than the table (one office's, another period's) differs in
    every figure about them; that is one cause.
    """
    count = next((f for f in findings if f.rule == "RT-APP"), None)
    if count is None:
        return findings
    follow = [f for f in findings if f.rule in {"RT-REPLY", "RT-CARRY", "RT-RESULT"}]
    count.where = ",".join([count.where, *(f.where for f in follow)])
    return [f for f in findings if f not in follow]
