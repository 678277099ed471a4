"""Tables told figure by figure: each with all the labels that lead to it.

Sheets for machines, lists and sentences print no table: 予以公开 — 自然人：3 on a line or in a row
of its own, or 予以公开：自然人3件，商业企业0件. Figures are put back below the label of their
column and beside that of their row, with the words the document prints, so that the readers of
grids take them and the sums may object. Only what is told without a gap is put together: where a
figure has no label of a column, or two stand behind one label, the document is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.documents.blocks import Block, Cell, Grid, TextBlock
from pipelines.forms import disclosure, disputes
from pipelines.forms import requests as form
from pipelines.forms.labels import Names, parts_of
from pipelines.forms.pieces import label_of
from pipelines.reading.normal import fold, read_number

_APPLICANTS = Names(form.COLUMNS)
_ROWS = Names(form.ALL_ROWS)
_OUTCOMES = Names(disputes.OUTCOMES)
_PROCEDURES = Names(disputes.GROUPS)
_MEASURES = Names(tuple({c.id: c for b in disclosure.BLOCKS for c in b.columns}.values()))
_ITEMS = Names(tuple({r.id: r for b in disclosure.BLOCKS for r in b.rows}.values()))
_TABLES = (
    ("t4", _OUTCOMES, _PROCEDURES),
    ("t3", _APPLICANTS, _ROWS),
    ("t2", _MEASURES, _ITEMS),
)
"""总计 ends rows of tables three and four: which, its row tells; a procedure is no row of three."""

_LEAST_ROWS = 3
_LEAST_COLUMNS = 5
"""Rows and columns of table three that must be told so before any figure is put together."""


class Record(NamedTuple):
    """One figure as printed, the label of its column, and the labels that lead to its row."""

    table: str
    path: tuple[str, ...]
    column: str
    figure: str


def with_records_gathered(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return a document's blocks, tables that are told figure by figure as grids."""
    if not any(map(_may_tell, blocks)):
        return blocks
    told = [_told(block) for block in blocks]
    if None in told:
        return blocks
    tables = _tables([t for t in told if t])
    if not tables:
        return blocks
    out: list[Block] = []
    for block, lines in zip(blocks, told, strict=True):
        records = [r for _, own in lines or () for r in own if r.table in tables]
        if not records:
            out.append(block)
            continue
        rest = [text for text, own in lines or () if not own or own[0].table not in tables]
        if isinstance(block, TextBlock) and rest:
            out.append(replace(block, text="\n".join(rest)))
        kind = _kind_of(block)
        out += _grids(records, block.where or "text", kind)
    return out


def _kind_of(block: Block) -> str:
    """Return the kind of grid that a block's figures make: what was recognised stays so."""
    if isinstance(block, Grid):
        return block.kind
    return "ocr_table" if block.recognised else "text_table"


def _may_tell(block: Block) -> bool:
    """Whether a block names a row or column again and again, as no table does with a header."""
    if isinstance(block, TextBlock):
        again = any(block.text.count(word) >= least for word, least in _AGAIN)
        return again or ("结果维持" in block.text and _RESULTS.search(block.text) is not None)
    if block.n_cols < len(Record._fields) - 1:
        return False
    return any(block.printed.count(word) >= least for word, least in _AGAIN)


_RESULTS = re.compile(
    r"^[^\S\n]*[\u3400-\u9fff]*[^\S\n]*结果维持\s+结果纠正\s+其[他它]结果\s+尚未审结\s+[总合]计[^\S\n]*$",
    re.MULTILINE,
)
"""A line that names the results of table four once: each line below it is a procedure's."""

_AGAIN = (("自然人", _LEAST_ROWS), ("本年制发", 2), ("新制作", 2), ("未经复议", 4))


def _told(block: Block) -> list[_Told] | None:
    """Return the lines of a block, each with the figures it tells.

    Returns:
        None where a figure of the tables has no label.
    """
    if isinstance(block, Grid):
        return [("", [r]) for r in _of_grid(block) or _of_wide_grid(block)]
    return _of_text(block.text)


def _tables(told: Sequence[Sequence[_Told]]) -> set[str]:
    """Return the tables that are told so for sure: all three beside a table three.

    Without it a sentence may tell of several figures, but not a line for each of many.
    """
    lines = [own for lines in told for _, own in lines if own]
    of_three = [r for own in lines for r in own if r.table == "t3"]
    rows = {name for r in of_three for name in parts_of(_named(r.path, _ROWS) or "")}
    columns = {part for r in of_three for part in parts_of(_APPLICANTS.of(r.column) or "")}
    if len(rows) >= _LEAST_ROWS and len(columns) >= _LEAST_COLUMNS:
        return {"t2", "t3", "t4"}
    single = Counter(own[0].table for own in lines if len(own) == 1)
    procedures = [own for own in lines if len(own) == len(disputes.OUTCOMES)]
    single["t4"] += sum(len(own) for own in procedures if own[0].table == "t4")
    return {t for t, least in _LEAST_ALONE.items() if single[t] >= least}


_LEAST_ALONE = {"t2": 6, "t4": 10}

_Told = tuple[str, list[Record]]
"""A line of text, and the figures it tells."""


def _named(path: Sequence[str], names: Names) -> str | None:
    return next((n for label in reversed(path) if (n := names.of(label))), None)


def _record(path: Sequence[str], column: str, figure: str) -> Record | None:
    """Return a figure with its table, None where its labels are those of no table."""
    column = form.GROUP_BEFORE.sub("", column)
    for table, columns, rows in _TABLES:
        if columns.of(column) and _named(path, rows):
            return Record(table, tuple(path), column, figure)
    return None


# -- a row a figure -------------------------------------------------------------------------------


def _of_grid(grid: Grid) -> list[Record]:
    """Return the figures of a grid that has one a row, behind labels that name row and column.

    None of them where one has no such label.
    """
    rows = _covered(grid)
    filled = [row for row in rows if len(row) > 1]
    if not filled:
        return []
    figures = [
        col
        for col in range(grid.n_cols)
        if sum(_is_figure(row.get(col, "")) for row in filled) * 2 > len(filled)
        and any(any(map(str.isdigit, row.get(col, ""))) for row in filled)
    ]
    labels = [
        col
        for col in range(grid.n_cols)
        if sum(read_number(row.get(col, "")).kind == "text" for row in filled) * 2 > len(filled)
    ]
    figures = [col for col in figures if labels and col > min(labels)]
    if len(figures) != 1 or any(col > figures[0] for col in labels):
        return []
    at = figures[0]
    ways = [_below(rows, labels, column, at) for column in reversed(labels)]
    return max(ways, key=len)


def _below(
    rows: Sequence[dict[int, str]], labels: Sequence[int], column: int, at: int
) -> list[Record]:
    """Return the figures at ``at`` where the labels of one column of a grid name their columns."""
    out: list[Record] = []
    for row in rows:
        figure, name = row.get(at), row.get(column, "")
        if figure is None:
            continue
        path = [step for c in labels if c != column for step in _steps(row.get(c, ""))]
        if (record := _record(path, name, figure)) is not None:
            out.append(record)
        elif read_number(figure).kind not in {"text", "blank"}:
            return []  # a figure that has no label of its own
    return out


def _of_wide_grid(grid: Grid) -> list[Record]:
    """Return the figures of a table two that has them all in its last row, below their labels.

    The items stand in the row above their measures, each once, over or in front of its own. None
    of the figures where a row has a hole, where one lacks a label, or where two have the same.
    """
    rows: list[dict[int, Cell]] = [{} for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, grid.n_rows)):
            rows[row].update(dict.fromkeys(range(cell.col, cell.col + cell.colspan), cell))
    if any(len(row) != grid.n_cols for row in rows[-3:]) or len(rows) < _LEAST_WIDE:
        return []
    items, measures, figures = rows[-3:]
    out: dict[tuple[str, str | None], Record] = {}
    item = ""
    for col in range(grid.n_cols):
        item = items[col].text or item
        cell, measure = figures[col], measures[col]
        if not _is_figure(cell.text):  # what the row is called: 数量
            continue
        record = _record([item], measure.text, cell.text)
        key = _ITEMS.of(item) or "", _MEASURES.of(measure.text)
        if record is None or record.table != "t2" or cell.colspan > 1 or key in out:
            return []
        out[key] = record
    return list(out.values())


_LEAST_WIDE = 3
"""Rows of a table two with all figures in one: items, measures, figures."""


def _covered(grid: Grid) -> list[dict[int, str]]:
    """Return of each row what stands in, or reaches into, each of its columns."""
    rows: list[dict[int, str]] = [{} for _ in range(grid.n_rows)]
    for text, row, col, rowspan, _ in grid.cells:
        is_label = rowspan > 1 and not _is_figure(text)
        for below in range(row, min(row + (rowspan if is_label else 1), grid.n_rows)):
            rows[below][col] = text
    return rows


def _is_figure(text: str) -> bool:
    return read_number(text).kind != "text"


# -- a line a figure, or a row --------------------------------------------------------------------

_STEP = re.compile(r"\s*[—–>›→]+\s*|\s+-\s+|\s*,\s*(?![^()]*\))|-(?=\(?\d{1,2}[.、．)])")
"""Between the labels of a path."""
_COLUMN_BEHIND = re.compile(r"(?:\s*[—–>›→|,:]+\s*|\s+-\s+)(?=(?:[^—–>›→|,:()]|\([^()]*\))+$)")
_OUTER_COLON = re.compile(r":(?![^()]*\))")
_PAIRS = re.compile(r"[,;](?!\d{3}(?!\d))|[。、]")
_PAIR = re.compile(
    r"(?P<label>[^\d:]*?[^\d\s:/—+'’-](?:\([^()]*\))?)\s*:?\s*(?P<figure>['’+-]*\d.*|[/—-]+|无|[#*?�×…]+)"
)


def _steps(label: str) -> list[str]:
    return [part for part in _STEP.split(label) if part]


def _of_text(text: str) -> list[_Told] | None:
    """Return the lines of a text, each with the figures it tells.

    Returns:
        None where a figure stands on a line of its own with no label before it.
    """
    out: list[_Told] = []
    waiting: tuple[tuple[str, ...], str] | None = None
    results: list[str] = []
    behind = False  # whether the line before was a record's
    for line in text.split("\n"):
        bare = fold(line).strip(" \u3000")
        if waiting is not None:
            figure = bare if _is_figure(bare) else ""
            record = _record(*waiting, figure)
            out[-1] = (
                f"{out[-1][0]}\n{line}" if figure else out[-1][0],
                [record] if record else [],
            )
            waiting = None
            if figure:
                continue
        elif behind and bare and read_number(bare).kind in {"number", "split"}:
            return None
        found = _in_line(bare) if 0 < len(bare) <= _LONGEST else []
        if "结果维持" in bare and _RESULTS.fullmatch(bare):
            results = bare.split()[-len(disputes.OUTCOMES) :]
        elif results and bare and not found:
            found = _of_procedure(bare, results)
        path = _path_of(bare) if 0 < len(bare) <= _LONGEST and not found else None
        out.append((line, found))
        behind = bool(found or path) or (behind and not bare)
        waiting = path
    if waiting is not None and (record := _record(*waiting, "")) is not None:
        out[-1] = out[-1][0], [record]
    return out


_LONGEST = 400


def _in_line(line: str) -> list[Record]:
    """Return the figures that one line tells, each behind its labels; none if one has none."""
    *labels, figure = (line.split("\t") if "\t" in line else line.split()) or [""]
    if len(labels) > 1 and _is_figure(figure):
        steps = [step for label in labels for step in _steps(label.strip(" :"))]
        record = _record(steps[:-1], steps[-1], figure) if steps else None
        if record is not None:
            return [record]
    colons = [m.start() for m in _OUTER_COLON.finditer(line)]
    if not colons:
        return []
    head, tail = line[: colons[-1]].strip(), line[colons[-1] + 1 :].strip()
    if _is_figure(tail):
        path = _path_of(head)
        record = _record(*path, tail) if path else None
        return [record] if record else []
    head, tail = line[: colons[0]].strip(), line[colons[0] + 1 :].strip().rstrip(".")
    out: list[Record] = []
    for part in _PAIRS.split(tail):
        if not part.strip():
            continue
        pair = _PAIR.fullmatch(part.strip())
        if pair is None:
            return []
        if read_number(pair["figure"]).kind == "text" and pair["figure"][0].isalnum():
            return []  # words; signs stand where a figure could not be shown
        record = _record(_steps(head), pair["label"], pair["figure"])
        if record is None:
            return []
        out.append(record)
    return out


def _of_procedure(line: str, results: Sequence[str]) -> list[Record]:
    """Return the figures of a line that names one procedure, below the names of the results."""
    label, *figures = line.split() or [""]
    if len(figures) != len(results) or not all(map(_is_figure, figures)):
        return []
    found = [_record(_steps(label), name, n) for name, n in zip(results, figures, strict=True)]
    return [record for record in found if record is not None]


def _path_of(label: str) -> tuple[tuple[str, ...], str] | None:
    """Return the labels that lead to a row and the one of the column behind them, None if none."""
    cut = _COLUMN_BEHIND.search(label)
    if cut is not None:
        head, column = label[: cut.start()], label[cut.end() :]
        return (tuple(_steps(head)), column) if _record(_steps(head), column, "") else None
    joined = _BY_HYPHEN.fullmatch(label)
    if joined is not None and _record(_steps(joined["row"]), joined["column"], "") is not None:
        return tuple(_steps(joined["row"])), joined["column"]
    for key in _MEASURE_KEYS:
        if (found := key.search(label)) is not None and found.start():
            head, column = label[: found.start()], label[found.start() :]
            if label_of(head) and _ITEMS.of(head) and _record((head,), column, ""):
                return (head,), column
    return None


_BY_HYPHEN = re.compile(
    r"(?P<row>.+?)(?:-法人(?:和|或|及|与)?其[他它]组织)?-(?P<column>[\u3400-\u9fff]{2,8})"
)
"""Labels joined by hyphens alone, which stand inside labels as well: the last one is a column's."""
_MEASURE_KEYS = tuple(
    re.compile(c.key.replace("^", ""))
    for c in {c.id: c for b in disclosure.BLOCKS for c in b.columns}.values()
)


# -- put together ---------------------------------------------------------------------------------


def _grids(records: Sequence[Record], where: str, kind: str) -> Iterator[Grid]:
    """Yield a grid for the figures of each table, in the order they are told."""
    for table in ("t2", "t3", "t4"):
        own = [r for r in records if r.table == table]
        if own:
            yield _grid(
                [[*r.path, r.column, r.figure] for r in own] if table == "t4" else _rows(own),
                where,
                kind,
            )


def _rows(records: Sequence[Record]) -> list[list[str]]:
    """Return rows of labels and figures below the labels of their columns.

    A column told again for the same row opens another one: both are then printed, and differ.
    """
    deep = max(len(r.path) for r in records)
    rows: list[tuple[tuple[str, ...], dict[str, str]]] = []
    for path, column, figure in ((r.path, r.column, r.figure) for r in records):
        if not rows or rows[-1][0] != path or column in rows[-1][1]:
            rows.append((path, {}))
        rows[-1][1][column] = figure
    out: list[list[str]] = []
    header: list[str] = []
    widest = list(dict.fromkeys(r.column for r in records if r.table == "t3"))
    for path, figures in rows:
        columns = widest or list(figures)
        if columns != header:
            header = columns
            out.append([*[""] * (deep - 1), _CORNER, *header])
        out.append([*[""] * (deep - len(path)), *path, *(figures.get(c, "") for c in header)])
    return out


_CORNER = "信息内容"


def _grid(rows: Sequence[Sequence[str]], where: str, kind: str) -> Grid:
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(cells=cells, n_rows=len(rows), n_cols=max(map(len, rows)), where=where, kind=kind)
