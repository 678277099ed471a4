"""The rules over the figures of one report's tables (formats.md 8.9), one function a rule.

Each returns its findings; none changes a figure. ``check_tables`` runs them all and keeps one
finding a cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from pipelines.forms import disputes, requests
from pipelines.forms.model import FormReading, TableReading
from pipelines.forms.placements import fits
from pipelines.forms.proofs import total
from pipelines.record import Finding, Number, tell
from pipelines.vocabulary.rules import rule_of

Values = Mapping[str, Number | None]


def settled(table: TableReading) -> dict[str, Number | None]:
    """Return the printed values with the derived ones in the places that print none."""
    out = dict(table.values)
    for f, note in table.notes.items():
        if out.get(f) is None and note.derived is not None:
            out[f] = note.derived
    return out


def check_sums(table: TableReading) -> Iterator[Finding]:
    """R3-BAL, R3-SUM, R3-ROW, R4-SUM, RA-*, RS-*: every sum of the form that cannot hold."""
    values = settled(table)
    for identity in table.identities:
        if fits(values, identity):
            continue
        firm = all(f in table.firm or values.get(f) is None for f in identity.fields)
        yield tell(
            identity.rule,
            identity.where,
            left=total(values, identity.left),
            right=total(values, identity.right),
            cause="source" if firm else "unknown",
        )


def check_counts(table: TableReading) -> Iterator[Finding]:
    """R2-INT, R3-INT, R4-INT: counts are not negative (changes of items may be)."""
    for f, v in table.values.items():
        if v and v < 0 and not f.endswith("_items_delta"):
            yield tell(rule_of(table.table, "INT"), f, left=v, right=0)


def check_ocr(table: TableReading) -> Iterator[Finding]:
    """R2-OCR, R3-OCR, R4-OCR, RA-OCR: figures read from a picture that no whole sum confirms."""
    read = [f for f, v in table.values.items() if v is not None] if table.recognised else []
    if not read:
        return
    confirmed = {
        f
        for i in table.identities
        if all(table.values.get(x) is not None for x in i.fields) and fits(table.values, i)
        for f in i.fields
    }
    open_ones = [f for f in read if f not in confirmed]
    if open_ones:
        yield tell(
            rule_of(table.table, "OCR"),
            open_ones,
            left=len(open_ones),
            right=len(read),
            note="read from a picture, no sum confirms it",
        )


def check_bounds(table: TableReading) -> Iterator[Finding]:
    """R3-NEWZERO, R3-BOUND: no result without a request, none above the requests of its column.

    Where a sum over the same cells is broken, that is said already.
    """
    v = table.values
    above: list[tuple[str, str, str]] = []
    unasked: list[tuple[str, str, str]] = []
    rows = [row.id for row in requests.ROWS[table.version]]
    for col in requests.COLUMN_IDS:
        new, carried_in, *results = requests.fields_of_column(table.version, col)
        received, carried = v.get(new), v.get(carried_in)
        if received is None or carried is None:
            continue
        top = received + carried
        if max([v.get(f) or 0 for f in results]) <= top:  # nearly always
            continue
        for f, row in zip(results, rows[2:], strict=True):
            if (v.get(f) or 0) > top:
                (above if top else unasked).append((f, row, col))
    if not above and not unasked:
        return
    known = settled(table)
    broken = {i.where for i in table.identities if not fits(known, i)}
    for rule, found in (("R3-NEWZERO", unasked), ("R3-BOUND", above)):
        if fields := [f for f, row, col in found if not broken.intersection((row, col))]:
            yield tell(
                rule,
                fields,
                left=len(fields),
                right=0,
                note="more results than requests new and carried over",
                cause="source" if table.firm.issuperset(fields) else "unknown",
            )


def check_split_missing(table: TableReading) -> Iterator[Finding]:
    """R3-SPLITMISSING: totals are printed, the applicants beside them are all 0."""
    if table.table != "t3":
        return
    v = table.values
    rows = [
        r.id
        for r in requests.ROWS[table.version]
        for *parts, whole in [requests.fields_of_row(r.id)]
        if (v.get(whole) or 0) > 0 and all(v.get(f) == 0 for f in parts)
    ]
    column = next(
        (i for i in table.identities if i.rule.startswith("R3-SUM") and i.where == "total"), None
    )
    if rows and column and fits(v, column):
        yield tell(
            "R3-SPLITMISSING",
            rows,
            left=len(rows),
            note="only the total column is filled in these rows",
        )


def check_stock(table: TableReading) -> Iterator[Finding]:
    """R2-STOCK, R2-STOCKZERO: documents in force against documents issued and repealed."""
    v = table.values
    for kind in ("rules", "normative"):
        issued, repealed, force = (
            v.get(f"t2_{kind}_{c}") for c in ("issued", "repealed", "in_force")
        )
        if issued is None or repealed is None or force is None:
            continue
        if force == 0 and issued > repealed:
            yield tell("R2-STOCKZERO", kind, left=force, right=issued - repealed)
        elif repealed == 0 and force < issued:
            yield tell("R2-STOCK", kind, left=force, right=issued)


def check_items_2019(table: TableReading) -> Iterator[Finding]:
    """R2-19-PUB, R2-19-ITEMS, R2-19-MISFILL: the item counts of the 2019 form."""
    v = table.values
    for kind in ("rules", "normative"):
        new, public = v.get(f"t2_{kind}_newly_public"), v.get(f"t2_{kind}_public_total")
        if new is not None and public is not None and new > public:
            yield tell("R2-19-PUB", kind, left=new, right=public)
    for kind in ("license", "service", "penalty", "coercion", "fee"):
        prev, delta = v.get(f"t2_{kind}_items_prev"), v.get(f"t2_{kind}_items_delta")
        decisions = v.get(f"t2_{kind}_decisions")
        if prev is None or delta is None:
            continue
        if prev + delta < 0:
            yield tell("R2-19-ITEMS", kind, left=prev + delta, right=0)
        if decisions is not None and prev > 0 and decisions == prev + delta:
            yield tell(
                "R2-19-MISFILL",
                kind,
                left=decisions,
                right=prev + delta,
                note="the item count again, in place of cases",
            )


def check_fees(table: TableReading, scope: str) -> Iterator[Finding]:
    """R2-FEE-UNIT, R2-FEE-DEC, R2-19-PROC-UNIT: amounts in 万元 that look like 元."""
    v = table.values
    fee = v.get("t2_fee_amount_wanyuan")
    limit = 1_000_000 if scope != "single_organ" else 100_000
    if fee is not None and fee > limit:
        yield tell("R2-FEE-UNIT", "t2_fee_amount_wanyuan", left=fee, right=limit)
    if fee is not None and isinstance(fee, float) and round(fee, 4) != fee:
        yield tell("R2-FEE-DEC", "t2_fee_amount_wanyuan", left=fee, note="more than four decimals")
    bought = v.get("t2_procurement_amount_wanyuan")
    if bought is not None and bought > 1_000_000:
        yield tell("R2-19-PROC-UNIT", "t2_procurement_amount_wanyuan", left=bought, right=1_000_000)


_LAWMAKERS = {"government", "government_office", "unknown"}


def check_level(
    table: TableReading, admin_level: str | None, publisher_type: str
) -> Iterator[Finding]:
    """R2-RULES-LEVEL: 规章 are made by governments of provinces, cities and prefectures only."""
    if admin_level not in {"county", "township"} and publisher_type in _LAWMAKERS:
        return
    rules = {f: v for f, v in table.values.items() if f.startswith("t2_rules_") and v}
    if rules:
        yield tell("R2-RULES-LEVEL", rules, left=max(rules.values()), right=0)


def check_aggregate(table: TableReading, scope: str, admin_level: str | None) -> Iterator[Finding]:
    """R2-AGGREGATE-ZERO: a whole county without one licence, penalty or coercion."""
    three = [table.values.get(f"t2_{k}_decisions") for k in ("license", "penalty", "coercion")]
    if scope == "aggregate" and admin_level != "township" and all(v == 0 for v in three):
        yield tell(
            "R2-AGGREGATE-ZERO", "t2", left=0, note="the report is probably of a single organ"
        )


def check_against_requests(form: FormReading) -> Iterator[Finding]:
    """R4-VS-T3: more disputes than requests could bring."""
    t3, t4 = form.tables.get("t3"), form.tables.get("t4")
    if t3 is None or t4 is None:
        return
    processed = t3.values.get(requests.field_id("processed_total", "total"))
    sums = [t4.values.get(f"t4_{g.id}_total") for g in disputes.GROUPS]
    if processed is None or any(s is None for s in sums):
        return
    brought = sum(s for s in sums if s is not None)
    if brought > 3 * processed + 5:
        yield tell("R4-VS-T3", "t4", left=brought, right=3 * processed + 5)


def _prints(table: TableReading, field: str) -> bool:
    """Tell whether a figure is printed at a cell, be it read or not."""
    note = table.notes.get(field)
    told = note is not None and (note.candidates or any(map(str.isdigit, note.raw or "")))
    return table.values[field] is not None or bool(told)


def check_blank_form(form: FormReading) -> Iterator[Finding]:
    """RM-BLANKFORM: labels complete and hardly a figure: a template, or zeros lost on the way."""
    t3 = form.tables.get("t3")
    if t3 is None or t3.version not in requests.ROWS:
        return
    printed = (f for t in form.tables.values() for f in t.values if _prints(t, f))
    figures = len(list(islice(printed, _LEAST_PRINTED)))
    if figures < _LEAST_PRINTED:
        yield tell("RM-BLANKFORM", "t3", left=figures, right=_LEAST_PRINTED)


_LEAST_PRINTED = 5
"""Figures that a form must print to be no blank one."""


def check_cumulative(table: TableReading) -> Iterator[Finding]:
    """RS-TWOCOL, RA-CHIEF and their like: a year's figure above the sum over the years."""
    for f, v in table.values.items():
        cum = table.values.get(f"{f}__cum")
        if v is not None and cum is not None and v > cum:
            yield tell("RS-TWOCOL", f, left=v, right=cum)


_AT_MOST_2014: tuple[tuple[str, str, str], ...] = (
    ("RA-CHIEF", "press_chief", "press_total"),
    ("RA-CHIEF", "interview_chief", "interview_total"),
    ("RA-CHANNEL", "proactive_normative", "proactive_total"),
    ("RA-NORM", "proactive_normative", "normative_issued"),
)
"""(rule, part, whole) of the annex of 2014-2018: the part cannot exceed the whole."""


def check_annex_2014(table: TableReading) -> Iterator[Finding]:
    """RA-CHIEF, RA-CHANNEL, RA-NORM, RA-DONE-REPLY: what holds beside the sums of the annex."""
    if table.version != "v2014_annex":
        return
    v = {f.removeprefix("a14_"): n for f, n in table.values.items()}
    for rule, part, whole in _AT_MOST_2014:
        one, two = v.get(part), v.get(whole)
        if one is not None and two is not None and one > two:
            yield tell(rule, f"a14_{part}", left=one, right=two)
    channels = [n for f, n in v.items() if f.startswith("ch_")]
    proactive = v.get("proactive_total")
    if proactive is not None and channels and None not in channels:
        by_channel = sum(n for n in channels if n is not None)
        if by_channel < proactive:
            yield tell(
                "RA-CHANNEL",
                "a14_proactive_total",
                left=by_channel,
                right=proactive,
                note="the channels add up to less than the items made public",
            )
    replied, done = v.get("reply_total"), v.get("done_total")
    if replied is not None and done is not None and replied != done:
        yield tell("RA-DONE-REPLY", "a14_reply_total", left=replied, right=done)


def check_tables_present(form: FormReading, report_year: int | None) -> Iterator[Finding]:
    """RM-TABLES: a report of a year with statutory tables in which some could not be read."""
    if report_year is None or report_year < 2019:
        return
    missing = [t for t in ("t2", "t3", "t4") if t not in form.tables]
    if missing:
        yield tell(
            "RM-TABLES",
            missing,
            left=3 - len(missing),
            right=3,
            note="tables not found in the document",
        )


_PER_TABLE: Mapping[str, tuple[Callable[[TableReading], Iterator[Finding]], ...]] = {
    "t2": (check_counts, check_stock, check_items_2019, check_ocr),
    "t3": (check_sums, check_counts, check_bounds, check_split_missing, check_ocr),
    "t4": (check_sums, check_counts, check_ocr),
    "annex": (check_sums, check_counts, check_cumulative, check_annex_2014, check_ocr),
}


def check_tables(
    form: FormReading, *, scope: str, admin_level: str | None, publisher_type: str = "unknown"
) -> list[Finding]:
    """Run every table rule; a table whose rows were not found has one finding for that."""
    findings: list[Finding] = list(form.findings)
    for name, table in form.tables.items():
        findings.extend(table.findings)
        for rule in _PER_TABLE[name]:
            findings.extend(rule(table))
    t2 = form.tables.get("t2")
    if t2 is not None:
        findings.extend(check_fees(t2, scope))
        findings.extend(check_level(t2, admin_level, publisher_type))
        findings.extend(check_aggregate(t2, scope, admin_level))
    findings.extend(check_against_requests(form))
    blank = list(check_blank_form(form))
    if blank:
        # One cause: the empty form. What follows from it is not said again.
        return [f for f in findings if f.severity == "I"] + blank
    return findings
