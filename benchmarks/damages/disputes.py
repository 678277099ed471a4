"""Table four."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, Rows, set_text
from crawler.demo.tables import Table, TableCell, table_four
from pipelines.forms.disputes import FIELDS


def disputes_cell_lost(case: Case) -> None:
    """A cell of table four vanishes."""
    r, c = case.rng.choice(case.figures("t4"))
    del case.tables["t4"][r][c]


def disputes_stray(case: Case) -> None:
    """A cell too many stands in table four."""
    r, c = case.rng.choice(case.figures("t4"))
    case.tables["t4"][r].insert(c, TableCell(case.rng.choice(("0", "1"))))


def disputes_header_lost(case: Case) -> None:
    """Header rows of table four vanish."""
    del case.tables["t4"][case.rng.choice((0, 1, 2)) : 3]


def disputes_swapped(case: Case) -> None:
    """Two columns of table four change places, headers and all."""
    rows = case.tables["t4"]
    if "blocks" in case.look:
        raise ValueError
    one, two = case.rng.sample(range(5), 2)
    first = next(i for i, c in enumerate(rows[-1]) if c.field)
    for row, at in ((rows[1], 0), (rows[-1], first)):
        row[at + one], row[at + two] = row[at + two], row[at + one]


def disputes_blank(case: Case) -> None:
    """Some cells of table four are blank or struck."""
    for at in case.rng.sample(case.figures("t4"), case.rng.randint(1, 4)):
        set_text(case, "t4", at, case.rng.choice(("", "/", "—")))


def disputes_two_lost(case: Case) -> None:
    """Two cells of table four vanish."""
    for _ in range(2):
        disputes_cell_lost(case)


def disputes_transposed(case: Case) -> None:
    """Table four stands upright: a row for each of its columns."""
    grid = {
        (r, c): cell
        for r, c, cell in Table("t4", tuple(map(tuple, case.tables["t4"])), 15).placed()
    }
    turned: Rows = [[] for _ in range(max(c for _, c in grid) + 1)]
    for r, c in sorted(grid, key=lambda at: (at[1], at[0])):
        cell = grid[r, c]
        turned[c].append(replace(cell, rowspan=cell.colspan, colspan=cell.rowspan))
    case.tables["t4"] = turned


_GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _blocks(case: Case) -> list[list[TableCell]]:
    """Return the figures of table four, five a group, and say that it is drawn in blocks.

    They are laid out in the form's order, wherever an earlier damage moved them.
    """
    figures = [c for row in case.tables["t4"] for c in row if c.field]
    figures.sort(key=lambda c: FIELDS.index(str(c.field)))
    if len(figures) != len(_GROUPS) * len(_RESULTS):
        raise ValueError
    case.look.add("blocks")
    return [figures[i : i + 5] for i in range(0, len(figures), 5)]


def _labels() -> list[TableCell]:
    return [TableCell(result) for result in _RESULTS]


def disputes_a_row_each(case: Case) -> None:
    """Table four has a row for each procedure."""
    review, direct, after = _blocks(case)
    case.tables["t4"] = [
        [TableCell("类别", 2), *_labels()],
        [TableCell(_GROUPS[0], 2), *review],
        [TableCell("行政诉讼", rowspan=2), TableCell(_GROUPS[1]), *direct],
        [TableCell(_GROUPS[2]), *after],
    ]


def disputes_results_as_rows(case: Case) -> None:
    """Table four has a row for each result and a column for each procedure."""
    blocks = _blocks(case)
    case.tables["t4"] = [
        [TableCell("结果", rowspan=2), TableCell(_GROUPS[0], rowspan=2), TableCell("行政诉讼", 2)],
        [TableCell(_GROUPS[1]), TableCell(_GROUPS[2])],
        *([label, *row] for label, *row in zip(_labels(), *blocks, strict=True)),
    ]


def disputes_upright(case: Case) -> None:
    """Table four has one figure a row."""
    blocks = _blocks(case)
    case.tables["t4"] = [
        [*([TableCell(group, rowspan=5)] if n == 0 else []), label, figure]
        for group, block in zip(_GROUPS, blocks, strict=True)
        for n, (label, figure) in enumerate(zip(_labels(), block, strict=True))
    ]


def disputes_stacked(case: Case) -> None:
    """The groups of table four stand one below the other."""
    case.tables["t4"] = [
        row
        for group, block in zip(_GROUPS, _blocks(case), strict=True)
        for row in ([TableCell(group, 5)], _labels(), block)
    ]


def disputes_in_tables(case: Case) -> None:
    """Table four is printed as two tables or three."""
    review, direct, after = _blocks(case)
    case.tables["t4"] = [[TableCell(_GROUPS[0], 5)], _labels(), review]
    if case.rng.random() < 0.5:
        case.tables["t4b"] = [
            [TableCell("行政诉讼", 10)],
            [TableCell(_GROUPS[1], 5), TableCell(_GROUPS[2], 5)],
            [*_labels(), *_labels()],
            [*direct, *after],
        ]
        return
    case.tables["t4b"] = [[TableCell(f"行政诉讼（{_GROUPS[1]}）", 5)], _labels(), direct]
    case.tables["t4c"] = [[TableCell(f"行政诉讼（{_GROUPS[2]}）", 5)], _labels(), after]


_IN_BLOCKS = (
    disputes_a_row_each, disputes_results_as_rows, disputes_upright, disputes_stacked,
    disputes_in_tables,
)  # fmt: skip


def disputes_blocks_torn(case: Case) -> None:
    """Table four is printed in blocks, and cells or a row of it vanish."""
    case.rng.choice(_IN_BLOCKS)(case)
    name = case.rng.choice([n for n in case.tables if n.startswith("t4")])
    rows = case.tables[name]
    if case.rng.random() < 0.3:
        del rows[case.rng.randrange(len(rows))]
        return
    for _ in range(case.rng.choice((1, 1, 2))):
        row = case.rng.choice([r for r in rows if r])
        at = case.rng.randrange(len(row))
        if case.rng.random() < 0.5:
            del row[at]
        else:
            row[at] = replace(row[at], text="")


def disputes_two_years(case: Case) -> None:
    """Table four has a row of figures for last year, too."""
    rows = case.tables["t4"]
    year = case.report.year
    pairs = ((f"{year - 1}年", f"{year}年"), ("上年", "本年"), ("上年度", "本年度"), ("", ""))
    labels = case.rng.choice(pairs)
    other = table_four(case.rng.choice(case.others).values)
    last = [replace(c, field=None) for c in other.rows[-1]]
    rows[0].insert(0, TableCell("类别", rowspan=3))
    own = [TableCell(labels[1]), *rows.pop()]
    both = [[TableCell(labels[0]), *last], own]
    rows += both if case.rng.random() < 0.7 else both[::-1]


def disputes_blank_row(case: Case) -> None:
    """An empty row stands above the figures of table four."""
    case.tables["t4"].insert(-1, [TableCell("") for _ in range(15)])
