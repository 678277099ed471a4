"""The older statistical tables, read: each figure on the line of its label, in its own column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.documents.blocks import Document
from pipelines.forms import fujian_annex, shanghai_annex, v2014_annex
from pipelines.forms.cells import cell_value, prints_another
from pipelines.forms.column_roles import lines_with_roles
from pipelines.forms.foreign_columns import own_pieces
from pipelines.forms.indicators import IndicatorForm
from pipelines.forms.labels import Names, is_joint, joined_marks, joint, parts_of
from pipelines.forms.misprints import proved
from pipelines.forms.model import FormRow, TableReading, loose
from pipelines.forms.paper import Paper, paper_of
from pipelines.forms.pieces import Line, Piece, cut, label_of
from pipelines.forms.placements import split_digits
from pipelines.forms.recognised import marked
from pipelines.forms.repeated_tables import one_of
from pipelines.forms.units import Units, amount_of
from pipelines.reading.money import UNIT, money_units
from pipelines.reading.normal import normal_label
from pipelines.record import CellNote, Number, tell

FORMS: tuple[IndicatorForm, ...] = (v2014_annex.FORM, fujian_annex.FORM, shanghai_annex.FORM)
_LEAST_ROWS = 5
_FARTHEST_MARKS = 800
"""Characters of flattened text between two marks of one table at most."""
_UNITS = {
    "条",
    "件",
    "次",
    "人次",
    "人",
    "个",
    "篇",
    "部",
}
_NO_UNIT = {"—", "----", "--", "-", "/"}
"""Marks that rows without a unit have in the column of units; elsewhere they stand for figures."""
_UNITS_IN_TEXT = (_UNITS | _NO_UNIT) - {"-", "/"}
_SUM_FIRST = re.compile(r"历年累计数?[\s|]*(?:本|当|20\d\d) ?年")
"""A header in flattened text that has the sum over the years before the year."""
_OF_WHICH = re.compile(r"^(?:其中)?[:、]?")


_MIXED_UP = "most figures of the year are above the sums over the years"


@dataclass(slots=True, frozen=True)
class _Seen:
    """A labelled line with the pieces after its label, units dropped."""

    label: str
    pieces: tuple[Piece, ...]
    units: tuple[Units, ...]
    """The units of money stated for its figures, from near to far."""
    where: str
    carrier: str
    doubt: str = ""
    """Why none of the pieces is surely the form's figure."""
    row: str = ""
    """The row, or the joint id of several, where it was found by its key and not by its label."""


def read_indicator_table(document: Document | Paper) -> TableReading | None:
    """Return the older statistical table of a document, or None where it has none."""
    paper = paper_of(document)
    everything = normal_label("".join(c.text for g, _ in paper.grids for c in g.cells))
    form = _form(everything)
    found = _read(form, list(_grid_lines(paper, form)), set()) if form else None
    return marked(found or _in_text(paper), paper)


def unknown_indicators(paper: Paper) -> int:
    """Return how many rows of a grid are those of an older form, where it is read as none.

    Such is a form of a province that nobody described: its figures have no ids, and 0 means that
    there is none.
    """
    return max((_indicators_in(lines) for _, lines in paper.grids), default=0)


def _indicators_in(lines: Sequence[Line]) -> int:
    with_figures = [line for line in lines if "number" in line.kinds]
    labels = {core_label(words[-1]) for line in with_figures if (words := _words(line))}
    found = sum(any(re.search(row.key, label) for row in _ALL_ROWS) for label in labels)
    return found if found >= _LEAST_INDICATORS else 0


def _words(line: Line) -> list[str]:
    return [p.text for p in line.pieces if p.is_text and not _is_unit(p)]


_ALL_ROWS = tuple(row for form in FORMS for row in form.rows)
_LEAST_INDICATORS = 8
"""Rows with figures; a table of something else has labels like theirs, but not so many."""


def _form(text: str) -> IndicatorForm | None:
    """Tell the form by its marks; the one with the most labels present wins a tie."""
    scores = {
        f: sum(normal_label(m) in text for m in f.marks)
        for f in FORMS
        if any(normal_label(m) in text for m in f.marks)
    }
    if not scores:
        return None
    form = max(
        scores,
        key=lambda f: (scores[f], sum(bool(re.search(r.key.lstrip("^"), text)) for r in f.rows)),
    )
    if form is shanghai_annex.FORM:
        later = "不予公开答复" in text
        extra = shanghai_annex.LATER_SUMS if later else shanghai_annex.OLDER_SUMS
        return replace(form, sums=form.sums + extra)
    return form


def core_label(text: str) -> str:
    """Return an indicator's label without ordinals and 其中:."""
    label = label_of(text)
    for _ in range(3):
        shorter = label_of(_OF_WHICH.sub("", label))
        if shorter == label:
            break
        label = shorter
    return label


def _grid_lines(paper: Paper, form: IndicatorForm) -> Iterator[_Seen]:
    unit_columns = {
        id(line): columns
        for _, lines in paper.grids
        for columns in [{p.col for one in lines for p in one.pieces if _is_unit(p)}]
        for line in lines
    }
    for kind, line, roles in lines_with_roles(paper):
        units_at = unit_columns[id(line)]
        words = [
            i
            for i, p in enumerate(line.pieces)
            if p.is_text and not _is_unit(p, units_at) and not (roles and roles.is_beside(p))
        ]
        if not words:
            continue
        label = line.pieces[words[-1]].text
        unit = next((normal_label(p.text) for p in line.pieces if _is_unit(p, units_at)), "")
        rest, doubt = list(line.pieces[words[-1] + 1 :]), ""
        if roles:
            choose = roles.figures_of if form.columns == 1 else roles.pair_of
            rest, doubt = choose(line, words[-1])
        figures = tuple(p for p in rest if not (normal_label(p.text) == unit and unit))
        units = money_units(unit), money_units(label)
        yield _Seen(label, figures, units, line.where, kind, doubt)


def _is_unit(piece: Piece, columns: Collection[int | None] = ()) -> bool:
    """Tell whether a piece is a unit, or stands for none in one of the columns of units."""
    text = normal_label(piece.text)
    if text in _UNITS or _MONEY_UNIT.fullmatch(text) is not None:
        return True
    return text in _NO_UNIT and piece.col in columns


_MONEY_UNIT = re.compile(UNIT, re.IGNORECASE)


def _in_text(paper: Paper) -> TableReading | None:
    for text, where in paper.texts:
        form = _form(normal_label(text))
        if form is None:
            continue
        start = _opens_at(form, text)
        zone = text[start:]
        prose = {int(n) for n in re.findall(r"(?<![\d.])\d{1,9}(?![\d.])", text[:start])}
        seen = list(_text_lines(form, zone, where))
        found = _read(form, seen, prose)
        if found is not None:
            return found
    return None


def _opens_at(form: IndicatorForm, text: str) -> int:
    """Return where the table may open: before the last of its marks and those not far from it.

    A mark far above is prose that speaks of the indicator.
    """
    places = sorted(m.start() for k in form.marks if (m := re.search(loose(k), text)))
    opens = places.pop() if places else 0
    while places and opens - places[-1] <= _FARTHEST_MARKS:
        opens = places.pop()
    return max(0, opens - 300)


def _text_key(row: FormRow) -> str:
    """Return what finds a row in flattened text: its whole labels, else its key.

    The whole label comes first, so that no other row's key is found inside it (主动公开信息数 in
    全文电子化的主动公开信息数).
    """
    labels = [_OF_WHICH.sub("", part.strip()) for part in row.label.split(" / ")]
    return "|".join(loose(k) for k in (*map(re.escape, labels), re.sub(r"[$^]", "", row.key)))


def _text_lines(form: IndicatorForm, text: str, where: str) -> Iterator[_Seen]:
    keys = [(r, re.compile(_text_key(r))) for r in form.rows]
    marks: dict[int, tuple[int, FormRow]] = {}
    for row, key in keys:
        for m in key.finditer(text):
            if m.start() not in marks or m.end() > marks[m.start()][0]:
                marks[m.start()] = (m.end(), row)
    ordered = sorted(marks.items())
    turned = form.columns > 1 and _SUM_FIRST.search(text) is not None
    # A key inside a longer label that was matched (公开信息 in 受理依申请公开信息) is not a label.
    kept: list[tuple[int, int, FormRow]] = []
    for start, (end, row) in ordered:
        if kept and start < kept[-1][1]:
            continue
        kept.append((start, end, row))
    found = joined_marks(text, [(start, end, row.id) for start, end, row in kept])
    for i, (_, end, name) in enumerate(found):
        stop = found[i + 1][0] if i + 1 < len(found) else min(len(text), end + 80)
        stretch = re.sub(r"(?:其中[:：]?)?\s*\d\s*[.、．]\s*\Z", "", text[end:stop]).lstrip(" :：")
        pieces = [
            p
            for n, raw in enumerate(re.split(r"[\n\t|]", stretch))
            for p in cut(raw.strip(), n)
            if not p.is_empty and not p.is_text and normal_label(p.text) not in _UNITS_IN_TEXT
        ]
        figures = tuple(pieces[::-1] if turned else pieces)
        stated = money_units(_FIGURE_FROM.split(stretch, maxsplit=1)[0])
        yield _Seen(name, figures, (stated,), where, "text", row=name)


_FIGURE_FROM = re.compile(r"(?=\d)|$")


def _read(form: IndicatorForm, seen: Sequence[_Seen], prose: set[int]) -> TableReading | None:
    parts = [_read_one(form, rows, prose) for rows in _tables(form, seen)]
    return one_of([p for p in parts if p is not None], "RA-TWICE")


def _tables(form: IndicatorForm, seen: Sequence[_Seen]) -> list[dict[str, _Seen]]:
    """Return row id to line, a dict for each time the table begins again (本级, then 汇总).

    A line whose label names several rows has their joint id.
    """
    out: list[dict[str, _Seen]] = [{}]
    cursor = -1
    ranks = {row.id: n for n, row in enumerate(form.rows)}
    for line in seen:
        named = _names_in(form, line)
        rows = out[-1]
        if len(named) > 1:
            rows.setdefault(joint(group[0] for group in named), line)
        elif named:
            name = _row_at(named[0], ranks, cursor, rows)
            if name is None and next(iter(rows)) in named[0]:
                out.append({})
                name = named[0][0]
            if name is not None:
                cursor = ranks[name]
                out[-1][name] = line
    return out


def _names_in(form: IndicatorForm, line: _Seen) -> list[tuple[str, ...]]:
    """Return what a line's label names: each the rows whose labels are alike (被依法纠错数)."""
    if line.row:
        own = {row.id: row.key for row in form.rows}
        return [tuple(r for r, k in own.items() if k == own[name]) for name in parts_of(line.row)]
    return _NAMES[form.prefix].groups_in(core_label(line.label))


_NAMES = {form.prefix: Names(form.rows) for form in FORMS}


def _read_one(form: IndicatorForm, rows: dict[str, _Seen], prose: set[int]) -> TableReading | None:
    out = TableReading(table="annex", version=form.version)
    figures = sum(p.reading.kind in {"number", "na_mark"} for s in rows.values() for p in s.pieces)
    if len(rows) < _LEAST_ROWS or not figures:
        return None
    first = next(iter(rows.values()))
    together = {name: line for name, line in rows.items() if is_joint(name)}
    rows = _own_columns(form, {n: line for n, line in rows.items() if n not in together})
    out.carrier, out.where = first.carrier, first.where
    out.sources = tuple(line.where for line in rows.values())
    for spec in form.rows:
        if spec.id in rows:
            _place(form, spec, rows[spec.id], out)
    _cut_run_on(form, rows, out, prose)
    _doubt_order(form, rows, out)
    out.identities = form.identities(set(rows))
    out.firm = {f for f, v in out.values.items() if v is not None}
    shared = _tell_joint(form, together, rows, out)
    derived = proved(out.values, out.identities, lone_sums=True, never=shared)
    for f, (number, rules) in derived.items():
        if prints_another(out.notes.get(f), number):
            continue
        note = out.notes.setdefault(f, CellNote(status="blank"))
        note.derived, note.proof = number, rules
    unread = sorted(f for f, n in out.notes.items() if n.status == "unreadable")
    if unread:
        out.findings.append(
            tell("RA-PLACE", unread, left=len(unread), note="figures without a certain place")
        )
    return out


def _tell_joint(
    form: IndicatorForm, together: dict[str, _Seen], rows: Collection[str], out: TableReading
) -> set[str]:
    """Tell of figures that one label has for several rows; return the fields of those rows.

    A row that has a line of its own as well keeps its figure.
    """
    shared: dict[str, CellNote] = {}
    for name, line in together.items():
        reason = f"one figure for {' and '.join(parts_of(name))}"
        raw = " ".join(p.text for p in line.pieces if not p.is_empty)[:80]
        for row in set(parts_of(name)) - set(rows):
            for column in range(form.columns):
                note = CellNote(status="joint", raw=raw, reason=reason)
                shared[form.field(row, column)] = note
    out.values.update(dict.fromkeys(shared))
    out.notes.update(shared)
    if shared:
        said = "one label for several; the parts have no figure of their own"
        out.findings.append(tell("RA-JOINT", sorted(shared), left=len(shared), note=said))
    return set(shared)


def _own_columns(form: IndicatorForm, rows: dict[str, _Seen]) -> dict[str, _Seen]:
    """Return the rows without the numbers of a 行次 or 序号 column."""
    own = own_pieces([seen.pieces for seen in rows.values()], form.columns)
    return {
        row: replace(seen, pieces=tuple(pieces))
        for (row, seen), pieces in zip(rows.items(), own, strict=True)
    }


def _doubt_order(form: IndicatorForm, rows: dict[str, _Seen], out: TableReading) -> None:
    """Withdraw all figures where the years' sums are mostly below the year's: columns mixed up."""
    if form.columns != 2:
        return
    above = 0
    for row in rows:
        year, over_years = (out.values.get(form.field(row, c)) for c in range(2))
        if year is not None and over_years is not None:
            above += (year > over_years) - (year < over_years)
    if above <= 0:
        return
    for field, value in out.values.items():
        if value is not None:
            out.values[field] = None
            out.notes[field] = CellNote(status="unreadable", raw=str(value), reason=_MIXED_UP)


def _row_at(
    names: Sequence[str], ranks: dict[str, int], cursor: int, rows: Collection[str]
) -> str | None:
    """Return the row a label names; labels printed twice (被依法纠错数) follow the form's order."""
    hits = [name for name in names if name not in rows]
    after = [name for name in hits if ranks[name] > cursor]
    return next(iter(after or hits), None)


def _place(form: IndicatorForm, spec: FormRow, line: _Seen, out: TableReading) -> None:
    pieces = [p for p in line.pieces if not p.is_empty] or list(line.pieces)
    if all(p.is_empty for p in pieces):
        pieces = [Piece("")] * form.columns
    fields = [form.field(spec.id, c) for c in range(form.columns)]
    if len(pieces) != form.columns or line.doubt:
        raw = " ".join(p.text for p in pieces)[:80]
        for f in fields:
            out.values[f] = None
            out.notes[f] = CellNote(
                status="unreadable",
                raw=raw,
                reason=line.doubt or f"{len(pieces)} figures for {form.columns} columns",
            )
        return
    for f, piece in zip(fields, pieces, strict=True):
        out.values[f], note = _value(spec, piece, line)
        if note:
            out.notes[f] = note


def _value(spec: FormRow, piece: Piece, line: _Seen) -> tuple[Number | None, CellNote | None]:
    if spec.unit not in _MONEY:
        return cell_value(piece)
    amount = amount_of(piece, line.units, spec.unit)
    return amount.value, amount.note


_MONEY = ("元", "万元")
"""The units of money the forms have."""


def _run_together(texts: Collection[str]) -> bool:
    """Whether two figures stand in each of these: nothing of one digit, and two zeros somewhere.

    Otherwise it is one column, or cells are lost.
    """
    return "00" in texts and all(len(text) > 1 for text in texts)


def _cut_run_on(
    form: IndicatorForm, rows: dict[str, _Seen], out: TableReading, prose: set[int]
) -> None:
    """Cut two figures that run together, where the prose states one of them.

    The year's figure cannot exceed the sum over the years, a part cannot exceed its whole, and
    both figures of 00 are 0. What is left after that must be one cut, or the cells stay null.
    """
    if form.columns != 2:  # the year and the sum over the years
        return
    alone = {
        row: line.pieces[0].text
        for row, line in rows.items()
        if len(line.pieces) == 1 and line.pieces[0].text.isdigit() and len(line.pieces[0].text) < 20
    }
    if len(alone) * 2 < len(rows) or not _run_together(alone.values()):
        return
    cuts = {row: [c for c in split_digits(text, 2) if c[0] <= c[1]] for row, text in alone.items()}
    for row, options in cuts.items():
        stated = [c for c in options if c[0] in prose]
        if len(options) > 1 and len(stated) == 1:
            cuts[row] = stated
    for part, whole in form.at_most:
        if part in cuts and len(cuts.get(whole, [])) == 1:
            top = cuts[whole][0]
            cuts[part] = [c for c in cuts[part] if c[0] <= top[0] and c[1] <= top[1]]
    for row, options in cuts.items():
        if len(options) != 1:
            continue
        for c, number in enumerate(options[0]):
            out.values[form.field(row, c)] = number
            out.notes.pop(form.field(row, c), None)
    if cuts:
        # Where figures run together, a space or break may as well stand inside one of them.
        apart = {r for r, seen in rows.items() if sum(not p.is_empty for p in seen.pieces) > 1}
        fields = sorted(form.field(r, c) for r in apart | set(cuts) for c in range(form.columns))
        out.findings.append(
            tell(
                "RA-RUNON",
                fields,
                left=len(fields),
                note="two figures run together; cut where only one cut is possible",
            )
        )
