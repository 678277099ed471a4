"""Damage correct reports in every way real ones are damaged, and count what is read wrong silently.

A wrong value counts as told only if its own cell, or the row, column or sum it belongs to, carries
a note or a finding. Damage that leaves another valid document (a changed figure in table two) is
counted apart: nothing in such a document can say what it said before.

    python -m benchmarks.perturb 20000
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing import get_context

from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.reports import render_table_html, render_table_text
from crawler.demo.tables import Table, TableCell, tables_of
from crawler.demo.world import APPLICANTS, DIVISIONS, ReportTruth, history, organs, truth
from crawler.items import RawFile
from pipelines.checks.tables import check_tables
from pipelines.documents import read_document
from pipelines.forms import FormReading, read_forms
from pipelines.record import Finding, Number

CARRIERS = ("html", "word", "tab", "lines", "pipes", "pipe_lines")
Rows = list[list[TableCell]]


@dataclass(slots=True)
class Case:
    """A report's tables while they are being damaged."""

    report: ReportTruth
    tables: dict[str, Rows]
    rng: random.Random
    carrier: str
    extra: list[str] = field(default_factory=list)
    """Stretches of further tables (another report) on the same page."""

    def figures(self, table: str = "t3") -> list[tuple[int, int]]:
        """Return the places of a table that print a figure."""
        return [
            (r, c)
            for r, row in enumerate(self.tables[table])
            for c, cell in enumerate(row)
            if cell.field
        ]

    def value_rows(self, table: str = "t3") -> list[int]:
        """Return the rows of a table that print figures."""
        return sorted({r for r, _ in self.figures(table)})


def _set(case: Case, table: str, at: tuple[int, int], text: str) -> None:
    r, c = at
    case.tables[table][r][c] = replace(case.tables[table][r][c], text=text)


# -- the damages: each takes a case and a random source, and changes its tables ------------------


def cell_lost(case: Case) -> None:
    """One cell of table three vanishes; the rest of its row moves up."""
    r, c = case.rng.choice(case.figures())
    del case.tables["t3"][r][c]


def two_cells_lost(case: Case) -> None:
    """Two cells of one row vanish."""
    r = case.rng.choice(case.value_rows())
    for c in sorted(case.rng.sample([c for q, c in case.figures() if q == r], 2), reverse=True):
        del case.tables["t3"][r][c]


def row_lost(case: Case) -> None:
    """A row of table three vanishes (labels that span rows stay with the next)."""
    r = case.rng.choice(case.value_rows())
    kept = [c for c in case.tables["t3"][r] if c.rowspan > 1]
    rest = case.tables["t3"][r + 1] if r + 1 < len(case.tables["t3"]) else []
    del case.tables["t3"][r]
    if kept and rest:
        rest[:0] = [replace(c, rowspan=c.rowspan - 1) for c in kept]


def column_lost(case: Case) -> None:
    """A column vanishes with its header."""
    col = case.rng.choice([*APPLICANTS, "total"])
    names = {"natural": "自然人", "business": "商业企业", "research": "科研机构",
             "public_interest": "社会公益组织", "legal_service": "法律服务机构",
             "other_org": "其他", "total": "总计"}  # fmt: skip
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [
            c for c in row
            if not (c.field and c.field.endswith(f"__{col}")) and not (r < 3 and c.text == names[col])
        ]  # fmt: skip


def column_lost_below_header(case: Case) -> None:
    """A column vanishes in the body; its header stays."""
    col = case.rng.choice([*APPLICANTS, "total"])
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [c for c in row if not (c.field and c.field.endswith(f"__{col}"))]


def zeros_blank(case: Case) -> None:
    """Every zero, or many of them, is printed as nothing."""
    share = case.rng.choice((1.0, 0.5, 0.1))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < share:
                _set(case, table, at, "")


def zeros_marked(case: Case) -> None:
    """Zeros are printed as a stroke or a word."""
    mark = case.rng.choice(("/", "—", "-", "无", "--"))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < 0.7:
                _set(case, table, at, mark)


def row_blank(case: Case) -> None:
    """All figures of one row are blank."""
    r = case.rng.choice(case.value_rows())
    for q, c in case.figures():
        if q == r:
            _set(case, "t3", (q, c), "")


def totals_blank(case: Case) -> None:
    """The total column is blank on the detail rows."""
    for r, c in case.figures():
        f = case.tables["t3"][r][c].field or ""
        if f.endswith("__total") and not any(
            k in f for k in ("new_received", "carried", "processed_total")
        ):
            _set(case, "t3", (r, c), "")


def row_doubled(case: Case) -> None:
    """A row is printed twice, the second time perhaps with another figure."""
    r = case.rng.choice(case.value_rows())
    again = [replace(c, rowspan=1) for c in case.tables["t3"][r]]
    if case.rng.random() < 0.5:
        places = [i for i, c in enumerate(again) if c.field]
        i = case.rng.choice(places)
        again[i] = replace(again[i], text=str(int(again[i].text or 0) + case.rng.randint(1, 9)))
    for row in case.tables["t3"][: r + 1]:
        for i, c in enumerate(row):
            if c.rowspan > 1 and not c.field:
                row[i] = replace(c, rowspan=c.rowspan + 1)
    case.tables["t3"].insert(r + 1, again)


def footer_glued(case: Case) -> None:
    """A page number sticks to a figure."""
    at = case.rng.choice(case.figures())
    text = case.tables["t3"][at[0]][at[1]].text
    n = case.rng.randint(2, 9)
    _set(case, "t3", at, text + case.rng.choice((f"- {n} -", f" - {n} -", f" {n}", f"\n{n}")))


def footer_row(case: Case) -> None:
    """A page number stands between two rows."""
    r = case.rng.choice(case.value_rows())
    n = case.rng.randint(2, 9)
    case.tables["t3"].insert(r, [TableCell(case.rng.choice((f"- {n} -", f"{n}", f"第{n}页")))])


def digits_apart(case: Case) -> None:
    """The digits of a figure stand apart in its cell, or become two cells."""
    table = case.rng.choice(("t3", "t4"))
    long = [at for at in case.figures(table) if len(case.tables[table][at[0]][at[1]].text) > 1]
    if not long:
        return
    r, c = case.rng.choice(long)
    cell = case.tables[table][r][c]
    cut = case.rng.randint(1, len(cell.text) - 1)
    how = case.rng.random()
    if how < 0.4:
        _set(case, table, (r, c), f"{cell.text[:cut]} {cell.text[cut:]}")
    elif how < 0.7:
        _set(case, table, (r, c), f"{cell.text[:cut]}\n{cell.text[cut:]}")
    else:
        case.tables[table][r][c : c + 1] = [
            replace(cell, text=cell.text[:cut]),
            TableCell(cell.text[cut:]),
        ]


def columns_swapped(case: Case) -> None:
    """Two columns of organisations change places, headers and all."""
    pairs = {"business": "商业企业", "research": "科研机构", "public_interest": "社会公益组织",
             "legal_service": "法律服务机构", "other_org": "其他"}  # fmt: skip
    one, two = case.rng.sample(sorted(pairs), 2)
    for r, row in enumerate(case.tables["t3"]):
        at = {}
        for i, c in enumerate(row):
            for k in (one, two):
                if (c.field or "").endswith(f"__{k}") or (r < 3 and c.text == pairs[k]):
                    at[k] = i
        if len(at) == 2:
            row[at[one]], row[at[two]] = row[at[two]], row[at[one]]


def rows_swapped(case: Case) -> None:
    """Two neighbouring rows change places, labels and all."""
    rows = case.tables["t3"]
    plain = [
        r for r in case.value_rows()[:-1]
        if all(c.rowspan == 1 for c in rows[r]) and all(c.rowspan == 1 for c in rows[r + 1])
        and len(rows[r]) == len(rows[r + 1])
    ]  # fmt: skip
    r = case.rng.choice(plain)
    rows[r], rows[r + 1] = rows[r + 1], rows[r]


def label_reworded(case: Case) -> None:
    """A row's label loses or changes some of its characters."""
    r = case.rng.choice(case.value_rows())
    labels = [i for i, c in enumerate(case.tables["t3"][r]) if not c.field]
    if not labels:
        return
    i = labels[-1]
    text = case.tables["t3"][r][i].text
    how = case.rng.random()
    if how < 0.4 and len(text) > 4:
        cut = case.rng.randint(2, len(text) - 2)
        text = text[:cut] + text[cut + case.rng.randint(1, 3) :]
    elif how < 0.7:
        text = text[:2] + "有关情形"
    else:
        text = text.replace("政府信息", "信息").replace("申请", "申 请").replace("类", "")
    _set(case, "t3", (r, i), text)


def label_lost(case: Case) -> None:
    """A row's own label vanishes."""
    r = case.rng.choice(case.value_rows())
    labels = [i for i, c in enumerate(case.tables["t3"][r]) if not c.field]
    if labels:
        _set(case, "t3", (r, labels[-1]), "")


def two_labels_lost(case: Case) -> None:
    """Two labels vanish, perhaps of neighbours."""
    label_lost(case)
    label_lost(case)


def group_cell_lost(case: Case) -> None:
    """The cell of a group (三, (三) …) vanishes, so its rows move left."""
    spans = [
        (r, c) for r, row in enumerate(case.tables["t3"]) for c, cell in enumerate(row)
        if cell.rowspan > 1 and not cell.field and r > 2
    ]  # fmt: skip
    r, c = case.rng.choice(spans)
    del case.tables["t3"][r][c]


def header_lost(case: Case) -> None:
    """The lowest header row, or all of them, vanish."""
    del case.tables["t3"][case.rng.choice((0, 2)) : 3]


def header_by_character(case: Case) -> None:
    """Header cells are broken over lines character by character."""
    for r in range(3):
        for c, cell in enumerate(case.tables["t3"][r]):
            if len(cell.text) < 8:
                _set(case, "t3", (r, c), "\n".join(cell.text))


def stray_cell(case: Case) -> None:
    """A cell too many stands in a row."""
    r, c = case.rng.choice(case.figures())
    case.tables["t3"][r].insert(c, TableCell(case.rng.choice(("", "0", "1", "3"))))


def text_between(case: Case) -> None:
    """A sentence stands between two rows."""
    r = case.rng.choice(case.value_rows())
    case.tables["t3"].insert(r, [TableCell("(续上表,本页数据由办公室汇总,共收到申请材料12份)", 10)])


def table_cut(case: Case) -> None:
    """The table is cut in two; the second half has no header."""
    r = case.rng.choice(case.value_rows()[3:-3])
    for row in case.tables["t3"][:r]:
        for i, c in enumerate(row):
            if c.rowspan > 1:
                row[i] = replace(c, rowspan=min(c.rowspan, r))
    case.tables["t3b"] = case.tables["t3"][r:]
    case.tables["t3"] = case.tables["t3"][:r]


def two_reports(case: Case) -> None:
    """Another report's tables stand on the same page."""
    other = case.rng.choice([r for r in _reports() if r.organ != case.report.organ])
    case.extra = [_draw(list(map(list, t.rows)), t.name, case.carrier) for t in tables_of(other)]


def dressed(case: Case) -> None:
    """Figures carry units, thousands separators, full-width digits, signs of nothing wrong."""
    for table in ("t2", "t3", "t4"):
        for at in case.figures(table):
            text = case.tables[table][at[0]][at[1]].text
            how = case.rng.random()
            if not text.isdigit():
                continue
            if how < 0.2:
                _set(case, table, at, f"{int(text):,}")
            elif how < 0.4:
                _set(case, table, at, text.translate({48 + d: 0xFF10 + d for d in range(10)}))
            elif how < 0.6:
                _set(case, table, at, f" {text}　")
            elif how < 0.7 and table != "t2":
                _set(case, table, at, f"{text}件")


def disputes_cell_lost(case: Case) -> None:
    """A cell of table four vanishes."""
    r, c = case.rng.choice(case.figures("t4"))
    del case.tables["t4"][r][c]


def disputes_stray(case: Case) -> None:
    """A cell too many stands in table four."""
    r, c = case.rng.choice(case.figures("t4"))
    case.tables["t4"][r].insert(c, TableCell(case.rng.choice(("0", "1"))))


def disclosure_cell_lost(case: Case) -> None:
    """A cell of table two vanishes."""
    r, c = case.rng.choice(case.figures("t2"))
    del case.tables["t2"][r][c]


def disclosure_blank(case: Case) -> None:
    """Cells of table two are blank or struck."""
    for at in case.rng.sample(case.figures("t2"), 2):
        _set(case, "t2", at, case.rng.choice(("", "/", "—")))


def figure_changed(case: Case) -> None:
    """A figure of table three is another one: the sums must say so."""
    at = case.rng.choice(case.figures())
    old = int(case.tables["t3"][at[0]][at[1]].text)
    _set(case, "t3", at, str(old + case.rng.randint(1, 20)))


def undamaged(_case: Case) -> None:
    """Nothing."""


DAMAGES: tuple[Callable[[Case], None], ...] = (
    undamaged, cell_lost, two_cells_lost, row_lost, column_lost, column_lost_below_header,
    zeros_blank, zeros_marked, row_blank, totals_blank, row_doubled, footer_glued, footer_row,
    digits_apart, columns_swapped, rows_swapped, label_reworded, label_lost, two_labels_lost,
    group_cell_lost, header_lost, header_by_character, stray_cell, text_between, table_cut,
    two_reports, dressed, disputes_cell_lost, disputes_stray, disclosure_cell_lost,
    disclosure_blank, figure_changed,
)  # fmt: skip
"""figure_changed and the like print another figure: that figure is then what the document says."""


# -- drawing and judging -------------------------------------------------------------------------

_REPORTS: list[ReportTruth] = []


def _reports() -> list[ReportTruth]:
    if not _REPORTS:
        for division in DIVISIONS.values():
            for organ in organs(division)[:2]:
                _REPORTS.extend(history(organ, 2023))
    return _REPORTS


def _draw(rows: Rows, name: str, carrier: str) -> str:
    table = Table(name, tuple(tuple(row) for row in rows), 15)
    if carrier in ("html", "word"):
        return render_table_html(table, "word" if carrier == "word" else "clean")
    return render_table_text(table, carrier)


def draw(case: Case) -> RawFile:
    """Return the damaged report as a file of its carrier."""
    html = case.carrier in ("html", "word")
    prose = prose_of(case.report)
    wrap = (lambda t: f"<p>{t}</p>") if html else (lambda t: t)
    out = [wrap(case.report.title), *map(wrap, prose.opening)]
    for number, heading in enumerate(HEADINGS):
        out += [wrap(heading), *map(wrap, prose.parts[number])]
        for name in {1: ("t2",), 2: ("t3", "t3b"), 3: ("t4",)}.get(number, ()):
            if name in case.tables:
                out.append(_draw(case.tables[name], "t3" if name == "t3b" else name, case.carrier))
    out += case.extra
    text = "\n".join(out)
    if html:
        text = f'<html><head><meta charset="utf-8"></head><body>{text}</body></html>'
    return RawFile(body=text.encode(), filename="case.html" if html else "case.txt")


def _told(f: str, notes: set[str], findings: list[Finding]) -> bool:
    """Whether the cell, or the row, column or sum it belongs to, carries a note or finding."""
    if f in notes:
        return True
    row, _, col = f.removeprefix("t3_").partition("__")
    for finding in findings:
        where = finding.where.split(",")
        if f in where:
            return True
        if f.startswith("t3_") and finding.rule.startswith("R3-") and (
            row in where or col in where or (finding.severity == "E" and "t3" in where)
        ):  # fmt: skip
            return True
        if f.startswith("t4_") and finding.rule.startswith("R4-") and (
            "t4" in where or any(f.startswith(f"t4_{w}_") for w in where)
        ):  # fmt: skip
            return True
    return False


@dataclass(slots=True)
class Result:
    """One damaged document, read."""

    damage: str
    carrier: str
    exact: int = 0
    proved: int = 0
    null: int = 0
    told: int = 0
    silent: list[tuple[str, Number, Number]] = field(default_factory=list)
    seed: int = 0


def judge(case: Case, reading: FormReading, damage: str) -> Result:
    """Compare what was read with what the undamaged report says."""
    findings = check_tables(reading, scope="unknown", admin_level=None)
    values, notes = reading.values, reading.notes
    out = Result(damage, case.carrier)
    printed = dict(truth(case.report))
    if damage in ("figure_changed", "disclosure_blank"):
        for rows in case.tables.values():
            for row in rows:
                for cell in row:
                    if cell.field and cell.text.isdigit():
                        printed[cell.field] = int(cell.text)
    for f, expected in printed.items():
        value = values.get(f)
        if value == expected:
            out.exact += 1
        elif value is None:
            derived = notes[f].derived if f in notes else None
            if derived is None:
                out.null += 1
            elif derived == expected or damage == "figure_changed":
                out.proved += 1
            else:
                out.silent.append((f"derived {f}", expected, derived))
        elif _told(f, set(notes), findings):
            out.told += 1
        else:
            out.silent.append((f, expected, value))
    return out


def run_case(seed: int) -> Result:
    """Damage one report, read it, judge the reading. The seed alone decides everything."""
    rng = random.Random(seed)  # noqa: S311 - a reproducible bench, no secrets
    report = rng.choice(_reports())
    damage = DAMAGES[seed % len(DAMAGES)]
    carrier = CARRIERS[(seed // len(DAMAGES)) % len(CARRIERS)]
    tables = {t.name: [list(row) for row in t.rows] for t in tables_of(report)}
    case = Case(report, tables, rng, carrier)
    damage(case)
    result = judge(case, read_forms(read_document(draw(case))), damage.__name__)
    result.seed = seed
    return result


def run(total: int, workers: int = 2) -> Iterator[Result]:
    """Yield the results of ``total`` damaged documents."""
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(run_case, range(total), chunksize=64)


def report_table(results: Iterator[Result]) -> tuple[list[str], int]:
    """Return the printed table and the number of silent errors."""
    sums: dict[str, Counter[str]] = {}
    silent: list[Result] = []
    count = 0
    for result in results:
        count += 1
        row = sums.setdefault(result.damage, Counter())
        row["documents"] += 1
        row["exact"] += result.exact
        row["proved"] += result.proved
        row["null"] += result.null
        row["told"] += result.told
        row["silent"] += len(result.silent)
        if result.silent:
            silent.append(result)
    lines = [
        f"{'damage':26}{'documents':>10}{'exact %':>9}{'proved %':>9}{'null %':>8}"
        f"{'wrong, told':>12}{'wrong, silent':>14}"
    ]
    for name in [d.__name__ for d in DAMAGES]:
        row = sums.get(name, Counter())
        cells = max(1, sum(row[k] for k in ("exact", "proved", "null", "told", "silent")))
        lines.append(
            f"{name:26}{row['documents']:>10,}{100 * row['exact'] / cells:>9.2f}"
            f"{100 * row['proved'] / cells:>9.2f}{100 * row['null'] / cells:>8.2f}"
            f"{row['told']:>12,}{row['silent']:>14,}"
        )
    total = sum(r["silent"] for r in sums.values())
    lines.append(f"{count:,} damaged documents, {total:,} silent errors")
    lines += [
        f"  silent: seed {r.seed} {r.damage} {r.carrier} {r.silent[:2]}" for r in silent[:40]
    ]
    return lines, total


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    printed, errors = report_table(run(wanted))
    print("\n".join(printed))  # noqa: T201 - a bench prints
    sys.exit(1 if errors else 0)
