"""The closed list of rules a finding may name: how grave each is, whose fault, and what it says.

A finding is told with ``pipelines.record.tell``, which takes severity and cause from here. A rule
that is graver or another's fault in some cases names both; the first holds where nothing else is
said. docs/findings.md is built from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

Severity = Literal["E", "W", "I"]
"""E: an identity is broken, W: suspicious, I: a note; worst first."""
Cause = Literal["source", "extraction", "unknown"]
"""source: the document itself is at fault, extraction: we are, unknown: nothing says which."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(slots=True, frozen=True)
class Rule:
    """What a finding of this rule is, and what it says to a reader of the dataset."""

    severity: Severity
    cause: Cause
    meaning: str
    or_severity: Severity | None = None
    """What it is in other cases; the code that tells it says when."""
    or_cause: Cause | None = None

    @property
    def severities(self) -> tuple[Severity, ...]:
        """All it may have, the usual one first."""
        return (self.severity, self.or_severity) if self.or_severity else (self.severity,)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """All it may have, the usual one first."""
        return (self.cause, self.or_cause) if self.or_cause else (self.cause,)


def _sum(severity: Severity, meaning: str) -> Rule:
    """Return a rule about figures that must agree: the source's fault where each place is sure."""
    return Rule(severity, "source", meaning, or_cause="unknown")


_OF_TABLE = {"t2": "R2", "t3": "R3", "t4": "R4", "annex": "RA"}


def rule_of(table: str, what: str) -> str:
    """Return a table's own rule among those that every table has (INT, OCR, TWICE, WHOSE …)."""
    return f"{_OF_TABLE[table]}-{what}"


# fmt: off - one rule a line
_TABLE_TWO: dict[str, Rule] = {
    "R2-SHAPE": Rule("E", "unknown", "places of table two were not found"),
    "R2-PLACE": Rule(
        "W", "unknown", "figures of table two have no certain place or value; the cells are null"
    ),
    "R2-NEXT": Rule(
        "W", "unknown", "the row behind these is missing; the figures read here may be that row's"
    ),
    "R2-TWICE": Rule(
        "E", "source", "table two, or a row of it, is printed twice with different figures"
    ),
    "R2-WHOSE": Rule(
        "E",
        "source",
        "table two stands once beside tables of two reports; whose it is nothing says",
    ),
    "R2-JOINT": Rule("W", "source", "one label or cell of table two for several places"),
    "R2-INT": Rule("E", "source", "a count of table two is negative"),
    "R2-OCR": Rule(
        "W", "unknown", "figures of table two were read from a picture; no sum confirms them"
    ),
    "R2-RULES-LEVEL": Rule("W", "source", "规章 above 0 at a level that cannot make them"),
    "R2-STOCK": Rule("W", "source", "fewer documents in force than issued, none repealed"),
    "R2-STOCKZERO": Rule(
        "W", "source", "no document in force though more were issued than repealed"
    ),
    "R2-FEE-UNIT": Rule("W", "source", "a fee so large that it is probably in 元"),
    "R2-FEE-DEC": Rule("I", "source", "a fee with more than four decimals"),
    "R2-FEE-UNITCONFLICT": Rule(
        "W", "source", "the unit in the cell is not that of the header; the cell's is used"
    ),
    "R2-19-PUB": Rule("W", "source", "more documents newly public than public in all"),
    "R2-19-ITEMS": Rule("W", "source", "last year's items and their change give less than none"),
    "R2-19-MISFILL": Rule(
        "W", "source", "the number of items again, where the number of cases belongs"
    ),
    "R2-19-SHIFT": Rule(
        "W", "source", "a signed figure under 上一年项目数量: the row may be shifted"
    ),
    "R2-19-PROC-UNIT": Rule("W", "source", "a purchase so large that it is probably in 元"),
    "R2-AGGREGATE-ZERO": Rule(
        "W", "source", "a whole county without licence, penalty or coercion: scope in doubt"
    ),
}

_TABLE_THREE: dict[str, Rule] = {
    "R3-BAL": _sum("E", "一 + 二 is not 三 + 四 in a column"),
    "R3-SUM": _sum("E", "(七)总计 is not the sum of the results in a column (form of 2021)"),
    "R3-SUM19": _sum("E", "(七)总计 is not the sum of the results in a column (form of 2019)"),
    "R3-ROW": _sum("E", "总计 is not the sum of the six applicants in a row"),
    "R3-SHAPE": Rule("E", "unknown", "rows of table three were not found"),
    "R3-PLACE": Rule(
        "E",
        "unknown",
        "a row's figures have no place that labels or sums prove; the cells are null",
    ),
    "R3-NEXT": Rule(
        "W", "unknown", "the row behind these is missing; the figures read here may be that row's"
    ),
    "R3-TWICE": Rule(
        "E",
        "source",
        "table three, or a row of it, is printed twice with different figures",
        or_cause="unknown",
    ),  # of one row: what was read as it may be another row's
    "R3-SIXCELL": Rule(
        "W",
        "source",
        "rows lack a cell; what is read is what every placement the sums allow shares",
    ),
    "R3-RUNON": Rule(
        "I", "source", "figures run together or apart, cut in the only way the sums allow"
    ),
    "R3-ORDER": Rule(
        "I", "source", "rows without a readable label, placed by the form's order; their sums hold"
    ),
    "R3-STRAY": Rule("W", "unknown", "rows of figures that belong to no row of the form"),
    "R3-HEADER": Rule(
        "W",
        "unknown",
        "column labels not readable, the form's order taken; or most rows do not add up",
    ),
    "R3-WHOSE": Rule(
        "E",
        "source",
        "table three stands once beside tables of two reports; whose it is nothing says",
    ),
    "R3-JOINT": Rule("W", "source", "one label or cell of table three for several places"),
    "R3-INT": Rule("E", "source", "a count of table three is negative"),
    "R3-OCR": Rule(
        "W",
        "unknown",
        "figures of table three were read from a picture; no whole sum confirms them",
    ),
    "R3-SPLITMISSING": Rule(
        "W", "source", "only the total column is filled; the applicants beside it are 0"
    ),
    "R3-NEWZERO": _sum("E", "results though nothing was received or carried over"),
    "R3-BOUND": _sum("E", "a result above all requests of its column"),
}

_TABLE_FOUR: dict[str, Rule] = {
    "R4-SUM": _sum("E", "a 总计 of table four is not the sum of its four outcomes"),
    "R4-SHAPE": Rule(
        "E",
        "unknown",
        "table four has too many or too few figures, or some without a clear label",
        or_severity="W",
    ),  # where its figures were placed all the same
    "R4-RUNON": Rule(
        "I",
        "source",
        "figures of table four run together or one is missing; placed as the sums demand",
    ),
    "R4-TWICE": Rule(
        "E", "source", "table four, or its row of figures, is printed twice with different figures"
    ),
    "R4-HEADER": Rule(
        "W", "unknown", "column labels of table four not readable; taken in the form's order"
    ),
    "R4-WHOSE": Rule(
        "E",
        "source",
        "table four stands once beside tables of two reports; whose it is nothing says",
    ),
    "R4-JOINT": Rule("W", "source", "one label or cell of table four for several places"),
    "R4-INT": Rule("E", "source", "a count of table four is negative"),
    "R4-OCR": Rule(
        "W", "unknown", "figures of table four were read from a picture; no whole sum confirms them"
    ),
    "R4-VS-T3": Rule("W", "source", "more disputes than the requests could bring"),
}

_ANNEX: dict[str, Rule] = {
    "RA-PLACE": Rule(
        "W", "unknown", "figures of the annex have no certain place; the cells are null"
    ),
    "RA-UNREAD": Rule(
        "W",
        "extraction",
        "a table of indicators is there that has the marks of no known form: not read",
    ),
    "RA-RUNON": Rule(
        "I", "source", "two figures of the annex run together, cut where one cut alone is possible"
    ),
    "RA-TWICE": Rule("E", "source", "a row of the annex is printed again with another figure"),
    "RA-WHOSE": Rule(
        "E",
        "source",
        "the annex stands once beside tables of two reports; whose it is nothing says",
    ),
    "RA-JOINT": Rule("W", "source", "one label or cell of the annex for several places"),
    "RA-INT": Rule("E", "source", "a count of the annex is negative"),
    "RA-OCR": Rule(
        "W", "unknown", "figures of the annex were read from a picture; no sum confirms them"
    ),
    "RA-APP": _sum("W", "requests are not the sum of their channels"),
    "RA-DONE": _sum("W", "requests done are not those done in time and those extended"),
    "RA-REPLY": _sum("W", "replies are not the sum of their kinds"),
    "RA-DENIED": _sum("W", "denials are not the sum of their grounds"),
    "RA-DONE-REPLY": Rule("I", "source", "replies are not as many as requests done"),
    "RA-REVIEW": _sum("W", "reviews or suits are not the sum of their outcomes"),
    "RA-STAFF": _sum("W", "staff is not full-time and part-time together"),
    "RA-CHIEF": Rule(
        "W", "source", "the chief took part more often than there was anything to take part in"
    ),
    "RA-CHANNEL": Rule(
        "I", "source", "more was made public than its channels carried, or a part exceeds the whole"
    ),
    "RA-NORM": Rule("I", "source", "more normative documents made public than issued"),
    "RS-APP": _sum("W", "requests are not the sum of their channels (annex before 2014)"),
    "RS-REPLY": _sum("W", "replies are not the sum of their kinds (annex before 2014)"),
    "RS-DENIED": _sum("W", "denials are not the sum of their grounds (annex before 2014)"),
    "RS-FEE": _sum("W", "fees are not the sum of their kinds (annex before 2014)"),
    "RS-STAFF": _sum("W", "staff is not full-time and part-time together (annex before 2014)"),
    "RS-TWOCOL": Rule("W", "source", "the year's figure exceeds the sum over the years"),
}

_DOCUMENT: dict[str, Rule] = {
    "RM-BLANKFORM": Rule(
        "E",
        "unknown",
        "labels complete and hardly a figure: a template, or figures lost on the way",
    ),
    "RM-OTHER-SCOPE": Rule(
        "I", "source", "a table captioned for another scope, 本机关 beside 汇总, is left out"
    ),
    "RM-OTHER-YEAR": Rule(
        "I", "source", "a table under a heading that dates it to another year is left out"
    ),
    "RM-HIDDEN": Rule(
        "I",
        "source",
        "the file holds what its reader does not see (hidden sheets, rows or columns, layers that "
        "are switched off, white text, hidden, struck or deleted text of Word, hidden figures in "
        "tables of a page): passed over",
    ),
    "RM-TABLES": Rule("W", "unknown", "statutory tables were not found in the document"),
    "RE-DIFFER": Rule(
        "W",
        "source",
        "two carriers of one report print different figures; the first carrier's stand",
    ),
    "RE-CHOICE": Rule(
        "I",
        "source",
        "the files hold several reports (drafts, other years, other organs); the one that fits "
        "page and portal is read, the note names the others",
    ),
    "RE-UNDECIDED": Rule(
        "E",
        "source",
        "the files hold several reports that differ, and nothing says which is meant: no figure is "
        "taken of any",
    ),
    "RE-PARTS": Rule(
        "I", "source", "tables of the report were read in another of its files than the rest"
    ),
}

_PROSE: dict[str, Rule] = {
    "RT-APP": Rule("W", "source", "requests received: prose says another figure than table three"),
    "RT-REPLY": Rule(
        "W", "source", "requests dealt with: prose says another figure than table three"
    ),
    "RT-CARRY": Rule(
        "W", "source", "requests carried in or out: prose says another figure than table three"
    ),
    "RT-RESULT": Rule(
        "W",
        "source",
        "results (予以公开, 不予公开, 无法提供 …): prose says another figure than table three",
    ),
    "RT-REVIEW": Rule(
        "W", "source", "行政复议 and 行政诉讼: prose says another figure than table four"
    ),
    "RT-NORM": Rule(
        "W",
        "source",
        "normative documents issued, repealed, in force: prose says another figure than table two",
    ),
    "RT-FEE": Rule(
        "I", "source", "信息处理费: prose says another figure than an indicator table's fees"
    ),
}

_IDENTITY: dict[str, Rule] = {
    "RM-YEAR": Rule("E", "unknown", "the year is before 2004, or not over when it was fetched"),
    "RM-YEAR-TITLE": Rule("W", "source", "the title names another year than the period's"),
    "RM-YEAR-WEAK": Rule(
        "W", "unknown", "neither title, period nor column names the year; text or date gave it"
    ),
    "RM-PUBLISHER": Rule(
        "W", "unknown", "neither title, site nor portal names the place: a hint of the text"
    ),
    "RM-PERIOD": Rule("I", "source", "the period is not 1 January to 31 December of the year"),
    "RM-LATE": Rule("I", "source", "published after the legal date"),
    "RM-EARLY": Rule("W", "unknown", "published before the period ended"),
    "RM-VERSION-YEAR": Rule(
        "I", "source", "the tables are not those of the form of the report's year"
    ),
    "RM-HOST": Rule("E", "unknown", "a host outside gov.cn whose kind nobody has decided"),
}

_ACROSS: dict[str, Rule] = {
    "RX-CARRY": Rule(
        "W", "unknown", "what came in from last year is not what last year's report carried over"
    ),
    "RX-STOCK": Rule(
        "I", "unknown", "documents in force are not last year's plus issued minus repealed"
    ),
    "RX-ITEMS19": Rule(
        "I", "unknown", "items at the start of 2020 are not those of 2019 plus their change"
    ),
    "RX-SAME": Rule("W", "unknown", "every figure of the tables is last year's: a copied report"),
    "RX-JUMP": Rule(
        "W", "unknown", "twenty times last year's figure or a twentieth, with at least a hundred"
    ),
    "RX-HIER": Rule(
        "W", "unknown", "a division's aggregate has less than one of the divisions in it"
    ),
    "RX-ORGAN": Rule("W", "unknown", "a place's aggregate has less than one of its organs"),
    "RM-DUP": Rule("W", "unknown", "the same prose stands under another organ or year"),
}
# fmt: on

GROUPS: Mapping[str, Mapping[str, Rule]] = MappingProxyType(
    {
        "Table two: what was made public": _TABLE_TWO,
        "Table three: requests": _TABLE_THREE,
        "Table four: reviews and suits": _TABLE_FOUR,
        "Indicators before 2019": _ANNEX,
        "The document and its files": _DOCUMENT,
        "Prose against tables": _PROSE,
        "Whose, of which year, from where": _IDENTITY,
        "Reports against each other (findings/<province code>.jsonl)": _ACROSS,
    }
)
"""All rules, by what they are about."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {name: rule for group in GROUPS.values() for name, rule in group.items()}
)
