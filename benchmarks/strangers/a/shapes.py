"""The forms as tables of many shapes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from . import forms
from .grid import Cell, Grid, stack, transpose, unspan, widen
from .labels import Labels
from .sheet import Sheet, plain


@dataclass(slots=True)
class Options:
    """Structural habits of one document."""

    line_numbers: bool = False
    column_numbers: bool = False
    percent: bool = False
    last_year: bool = False
    last_year_first: bool = False
    remarks: bool = False
    spacer_column: int | None = None
    spacer_rows: bool = False
    subtotals: bool = False
    order: tuple[str, ...] = forms.COLUMNS
    lost_columns: frozenset[str] = frozenset()
    doubled_column: str | None = None
    lost_rows: frozenset[str] = frozenset()  # t3 row ids, or field names of single rows elsewhere
    doubled_row: str | None = None
    joined_rows: tuple[str, str] | None = None
    joined_decisions: bool = False
    merged_cells: list[tuple[str, str]] = field(default_factory=list)
    hidden_column: bool = False
    hidden_row: bool = False
    year: int = 2023


@dataclass(frozen=True, slots=True)
class Column:
    """A column of table three: its three header levels and what stands in it."""

    path: tuple[str, str | None, str | None]
    text: Callable[[str], str]
    field: Callable[[str], str | None]
    hidden: bool = False


def _nothing(_row: str) -> None:
    return None


def columns3(sheet: Sheet, labels: Labels, opts: Options, rng: random.Random) -> list[Column]:
    """Columns of table three with the extras the habits ask for."""
    before = random.Random(rng.random())
    past: dict[str, int] = {}

    def last(row: str) -> str:
        return str(
            past.setdefault(
                row, before.choice((0, 0, before.randint(1, 30), before.randint(1, 400)))
            )
        )

    def share(row: str) -> str:
        whole, part = (
            sheet.slots["t3_new_received__total"].meant,
            sheet.slots[f"t3_{row}__total"].meant,
        )
        return f"{100 * part / whole:.1f}%" if whole else "0%"

    people, org = "申请人情况", labels("法人或其他组织")
    columns: list[Column] = []
    for key in opts.order:
        if key in opts.lost_columns:
            continue
        name = labels(forms.COLUMN_LABELS[key])
        if key == "total":
            name = labels("总计")
        path = (
            labels(people) if labels.habit != "label_wrapped" else people,
            name if key in {"natural", "total"} else org,
            None if key in {"natural", "total"} else name,
        )
        column = Column(
            path,
            lambda row, key=key: sheet.text(f"t3_{row}__{key}"),
            lambda row, key=key: f"t3_{row}__{key}",
        )
        columns.append(column)
        if opts.doubled_column == key:
            columns.append(column)
    if opts.hidden_column:
        at = rng.randint(0, len(columns))
        columns.insert(
            at,
            Column(
                ("", None, None), lambda _row: str(before.randint(0, 99)), _nothing, hidden=True
            ),
        )
    if opts.spacer_column is not None:
        columns.insert(
            min(opts.spacer_column, len(columns)),
            Column(("", None, None), lambda _row: "", _nothing),
        )
    if opts.last_year:
        extra = Column(
            (f"{opts.year - 1}年总计" if opts.year else "上年总计", None, None), last, _nothing
        )
        columns.insert(0 if opts.last_year_first else len(columns), extra)
    if opts.percent:
        columns.append(Column(("占新收申请比例", None, None), share, _nothing))
    if opts.remarks:
        columns.append(
            Column(
                ("备注", None, None), lambda row: "见说明" if row == "carried_out" else "", _nothing
            )
        )
    return columns


def _header3(columns: list[Column], corner: Cell | None, lead: list[Cell]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [list(lead) + ([corner] if corner else []), [], []]
    i = 0
    while i < len(columns):
        top, middle, low = columns[i].path
        if middle is None:
            rows[0].append(Cell(top, rs=3, head=True, hidden=columns[i].hidden))
            i += 1
            continue
        j = i
        while j < len(columns) and columns[j].path[0] == top and columns[j].path[1] is not None:
            j += 1
        rows[0].append(Cell(top, cs=j - i, head=True))
        k = i
        while k < j:
            _, middle, low = columns[k].path
            if low is None:
                rows[1].append(Cell(middle or "", rs=2, head=True))
                k += 1
                continue
            m = k
            while m < j and columns[m].path[1] == middle and columns[m].path[2] is not None:
                rows[2].append(Cell(columns[m].path[2] or "", head=True))
                m += 1
            rows[1].append(Cell(middle or "", cs=m - k, head=True))
            k = m
        i = j
    return rows


def _values(columns: list[Column], row: str) -> list[Cell]:
    return [Cell(c.text(row), c.field(row), hidden=c.hidden) for c in columns]


def table3(
    sheet: Sheet, labels: Labels, shape: str, opts: Options, rng: random.Random
) -> list[Grid]:
    """Table three in one of its shapes."""
    assert sheet.t3
    columns = columns3(sheet, labels, opts, rng)
    rows = [r for r in forms.rows3(sheet.t3) if r not in opts.lost_rows]
    names = {r: labels(forms.ROW_LABELS[r]) for r in rows}
    groups = {g: labels(forms.GROUP_LABELS[g]) for g in forms.GROUP_LABELS}
    result = labels(forms.RESULT_HEAD)
    body: list[tuple[str, str | None]] = []  # (row id or group, kind)
    for row in rows:
        if opts.joined_rows and row == opts.joined_rows[1]:
            continue
        body.append((row, None))
        if opts.doubled_row == row:
            body.append((row, None))

    def value_cells(row: str) -> list[Cell]:
        if opts.joined_rows and row == opts.joined_rows[0]:
            a, b = opts.joined_rows
            cells = []
            for c in columns:
                field_a, field_b = c.field(a), c.field(b)
                text = (
                    plain(sheet.slots[field_a].figure + sheet.slots[field_b].figure)
                    if field_a and field_b
                    else c.text(a)
                )
                cells.append(Cell(text, None, hidden=c.hidden))
            return cells
        return _values(columns, row)

    def name_of(row: str) -> str:
        if opts.joined_rows and row == opts.joined_rows[0]:
            a, b = opts.joined_rows
            return f"{names[a]}、{names[b].lstrip('12345.、')}"
        return names[row]

    if shape in {"flat", "indent", "long"}:
        grid = _flat3(shape, columns, body, value_cells, name_of, groups, result, labels, opts)
        return _cut(grid, opts, rng, None)
    grid = _nested3(columns, body, value_cells, name_of, groups, result, labels, opts, sheet)
    _extras3(grid, opts)
    if shape in {"repeat", "holes"}:
        grid = unspan(grid, shape)
    elif shape == "transposed":
        grid = transpose(grid)
    elif shape in {"cut", "cut_head"}:
        return _cut(unspan(grid, "holes") if rng.random() < 0.3 else grid, opts, rng, shape)
    elif shape == "columns_cut":
        return _columns_cut(grid, columns)
    return [grid]


def _nested3(
    columns: list[Column],
    body: list[tuple[str, str | None]],
    value_cells: Callable[[str], list[Cell]],
    name_of: Callable[[str], str],
    groups: dict[str, str],
    result: str,
    labels: Labels,
    opts: Options,
    sheet: Sheet,
) -> Grid:
    corner = Cell(
        labels(forms.CORNER) if labels.habit in {"label_halfwidth"} else forms.CORNER,
        rs=3,
        cs=3,
        head=True,
    )
    out = _header3(columns, corner, [])
    results = [r for r, _ in body if r not in {"new_received", "carried_in", "carried_out"}]
    sub = [g for g in groups if opts.subtotals and sum(forms.group3(r) == g for r in results) > 1]
    first_result, group_now = True, None
    for i, (row, _) in enumerate(body):
        line: list[Cell] = []
        if row in {"new_received", "carried_in", "carried_out"}:
            line.append(Cell(name_of(row), cs=3, head=True))
        else:
            if first_result:
                line.append(Cell(result, rs=len(results) + len(sub), head=True))
                first_result = False
            group = forms.group3(row)
            if group is None:
                line.append(Cell(name_of(row), cs=2, head=True))
            else:
                if group != group_now:
                    line.append(
                        Cell(
                            groups[group],
                            rs=sum(forms.group3(r) == group for r in results) + (group in sub),
                            head=True,
                        )
                    )
                line.append(Cell(name_of(row), head=True))
            group_now = group
        out.append(line + value_cells(row))
        group = forms.group3(row)
        ends = group is not None and (i + 1 == len(body) or forms.group3(body[i + 1][0]) != group)
        if ends and group in sub:
            members = [r for r in results if forms.group3(r) == group]
            cells = []
            for c in columns:
                fields = [f for f in map(c.field, members) if f]
                cells.append(
                    Cell(
                        str(sum(int(sheet.slots[f].figure) for f in fields)) if fields else "",
                        None,
                        hidden=c.hidden,
                    )
                )
            out.append([Cell("小计", head=True), *cells])
    return Grid(out, heads=3, name="t3")


def _flat3(
    shape: str,
    columns: list[Column],
    body: list[tuple[str, str | None]],
    value_cells: Callable[[str], list[Cell]],
    name_of: Callable[[str], str],
    groups: dict[str, str],
    result: str,
    labels: Labels,
    opts: Options,
) -> Grid:
    if shape == "long":
        out = [[Cell("事项", head=True), Cell("申请人", head=True), Cell("数量(件)", head=True)]]
        for row, _ in body:
            for column, cell in zip(columns, value_cells(row), strict=True):
                if column.field(row):
                    group = forms.group3(row)
                    name = f"{groups[group]}—{name_of(row)}" if group else name_of(row)
                    out.append(
                        [
                            Cell(name, head=True),
                            Cell(column.path[2] or column.path[1] or "", head=True),
                            cell,
                        ]
                    )
        return Grid(out, heads=1, name="t3")
    out = _header3(columns, Cell("事项", rs=3, head=True), [])
    group_now: str | None = None
    done = False
    for row, _ in body:
        group = forms.group3(row)
        if row not in {"new_received", "carried_in", "carried_out"} and not done:
            out.append([Cell(result, cs=1 + sum(not c.hidden for c in columns), head=True)])
            done = True
        if group and group != group_now:
            out.append([Cell(groups[group], cs=1 + sum(not c.hidden for c in columns), head=True)])
        group_now = group
        pad = (
            "\u3000"
            * (
                0
                if row in {"new_received", "carried_in", "carried_out"}
                else 1
                if group is None
                else 2
            )
            if shape == "indent"
            else ""
        )
        out.append([Cell(pad + name_of(row), head=True), *value_cells(row)])
    grid = Grid(out, heads=3, name="t3")
    _extras3(grid, opts)
    return grid


def _extras3(grid: Grid, opts: Options) -> None:
    """Line numbers, a row of column numbers, empty rows, hidden rows."""
    if opts.line_numbers:
        for i, row in enumerate(grid.rows):
            if i == 0:
                row.insert(0, Cell("行次", rs=grid.heads, head=True))
            elif i >= grid.heads:
                row.insert(0, Cell(str(i - grid.heads + 1), head=True))
    if opts.column_numbers:
        last = grid.rows[-1]
        labels = sum(c.cs for c in last if c.head)
        visible = [c for c in last if not c.head]
        numbers = [Cell("甲", cs=labels, head=True)] + [
            Cell("" if c.hidden else str(i + 1), head=True, hidden=c.hidden)
            for i, c in enumerate(visible)
        ]
        if not any(c.hidden for c in visible):
            grid.rows.insert(grid.heads, numbers)
            grid.heads += 1
    if opts.spacer_rows:
        at = grid.heads
        grid.rows.insert(at, [Cell("", cs=grid.width)])
    if opts.hidden_row:
        last = grid.rows[-1]
        n = sum(c.cs for c in last if c.head)
        decoy = [
            Cell("一、本年新收政府信息公开申请数量", cs=n, head=True),
            *[Cell(str(7 + 3 * i)) for i, c in enumerate(c for c in last if not c.head)],
        ]
        grid.rows.insert(grid.heads, decoy)
        grid.hidden_rows.add(grid.heads)


def _cut(grid: Grid, opts: Options, rng: random.Random, shape: str | None) -> list[Grid]:
    """A page break in the middle of the table: two tables, the second with or without its header."""
    if shape is None:
        return [grid]
    simple = unspan(grid, "holes")
    simple.hidden_rows = set(grid.hidden_rows)
    at = rng.randint(grid.heads + 4, len(grid.rows) - 4)
    head = unspan(grid, "repeat").rows[: grid.heads] if shape == "cut_head" else []
    return [
        Grid(simple.rows[:at], heads=grid.heads, name="t3"),
        Grid([*head, *simple.rows[at:]], heads=len(head), name="t3"),
    ]


def _columns_cut(grid: Grid, columns: list[Column]) -> list[Grid]:
    """A table too wide for the page: its left and its right half, the labels repeated."""
    full = unspan(grid, "repeat")
    n = len(full.rows[-1]) - len(columns)
    half = n + (len(columns) + 1) // 2
    left = Grid([row[:half] for row in full.rows], heads=full.heads, name="t3")
    right = Grid(
        [[replace(c) for c in row[:n]] + row[half:] for row in full.rows],
        heads=full.heads,
        name="t3",
    )
    return [left, right]


# Table two --------------------------------------------------------------------------------------------------------------------


def money_label(sheet: Sheet, labels: Labels) -> str:
    """The amount column's header with the unit it carries here."""
    assert sheet.t2
    text = labels(forms.FEE_LABEL[sheet.t2])
    if sheet.fee_header is not None:
        return f"{text}(单位:{sheet.fee_header})" if sheet.fee_header else text
    return f"{text}(单位:万元)" if sheet.t2 == "v2021" and not sheet.fee_caption else text


def _rows2(
    sheet: Sheet, block: forms.Block, labels: Labels, opts: Options
) -> list[tuple[str, list[Cell]]]:
    out: list[tuple[str, list[Cell]]] = []
    for label, fields in block.rows:
        if fields[0] in opts.lost_rows:
            continue
        if opts.joined_decisions and fields[0].startswith("t2_coercion"):
            continue
        if opts.joined_decisions and fields[0].startswith("t2_penalty"):
            both = [
                Cell(
                    plain(
                        sheet.slots[f].figure + sheet.slots[f.replace("penalty", "coercion")].figure
                    )
                )
                for f in fields
            ]
            out.append(("行政处罚、行政强制", both))
            continue
        out.append((labels(label), [Cell(sheet.text(f), f) for f in fields]))
    return out


def table2(
    sheet: Sheet, labels: Labels, shape: str, opts: Options, rng: random.Random
) -> list[Grid]:
    """Table two in one of its shapes."""
    assert sheet.t2
    blocks = forms.TABLE2[sheet.t2]
    width = 4
    made: list[Grid] = []
    flat: list[list[Cell]] = []
    for block in blocks:
        names = [
            money_label(sheet, labels) if c in forms.FEE_LABEL.values() else labels(c)
            for c in block.columns
        ]
        rows = _rows2(sheet, block, labels, opts)
        k = len(names)
        spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[k]
        grid = [
            [Cell(labels(block.title), cs=width, head=True)],
            [
                Cell(labels("信息内容"), head=True),
                *[Cell(n, cs=s, head=True) for n, s in zip(names, spans, strict=True)],
            ],
        ]
        for label, cells in rows:
            grid.append(
                [
                    Cell(label, head=True),
                    *[replace(c, cs=s) for c, s in zip(cells, spans, strict=True)],
                ]
            )
            for name, cell in zip(names, cells, strict=True):
                flat.append(
                    [
                        Cell(block.title, head=True),
                        Cell(label, head=True),
                        Cell(name, head=True),
                        cell,
                    ]
                )
        made.append(Grid(grid, heads=2, name="t2"))
    if shape == "blocks":
        return made
    if shape == "bare_blocks":  # block titles as captions, columns no wider than needed
        out = []
        for grid in made:
            title = grid.rows[0][0].text
            out.append(
                Grid(
                    [[replace(c, cs=1) for c in row] for row in grid.rows[1:]],
                    caption=title,
                    heads=1,
                    name="t2",
                )
            )
        return out
    if shape in {"flat", "two_years", "list", "unit_column"}:
        return [
            _flat2(
                flat,
                shape,
                opts,
                rng,
                "元" if sheet.fee_caption and "万" not in sheet.fee_caption else "万元",
            )
        ]
    if shape == "wide":
        top = [Cell(f"{r[1].text}{r[2].text}", head=True) for r in flat]
        return [Grid([top, [r[3] for r in flat]], heads=1, name="t2")]
    grid = stack(made)
    grid.name = "t2"
    if shape in {"holes", "repeat"}:
        grid = (
            unspan(grid, "holes" if shape == "holes" else "repeat")
            if shape == "holes"
            else _trim_repeat(grid)
        )
    return [grid]


def _trim_repeat(grid: Grid) -> Grid:
    """Titles repeated over the width, figures once (a wide figure cell would read as several)."""
    out = []
    for row in grid.rows:
        line: list[Cell] = []
        for cell in row:
            line.append(replace(cell, cs=1))
            line += [
                Cell(cell.text if cell.head and len(row) == 1 else "", head=cell.head)
                for _ in range(cell.cs - 1)
            ]
        out.append(line)
    return Grid(out, grid.caption, 0, grid.name)


def _flat2(
    flat: list[list[Cell]], shape: str, opts: Options, rng: random.Random, money: str
) -> Grid:
    if shape == "list":
        return Grid(
            [[Cell(f"{r[1].text}{r[2].text}", head=True), r[3]] for r in flat], heads=0, name="t2"
        )
    if shape == "unit_column":
        head = [Cell(t, head=True) for t in ("信息内容", "指标名称", "计量单位", "数值")]
        rows = [head]
        for r in flat:
            label, _, unit = r[2].text.partition("(单位:")
            rows.append(
                [
                    r[1],
                    Cell(label, head=True),
                    Cell(
                        unit.rstrip(")")
                        or (
                            money
                            if "金额" in label
                            else "项"
                            if "项目" in label or "增" in label
                            else "件"
                        ),
                        head=True,
                    ),
                    r[3],
                ]
            )
        return Grid(rows, heads=1, name="t2")
    if shape == "two_years":
        first = rng.random() < 0.5
        years = [f"{opts.year}年", f"{opts.year - 1}年"] if opts.year else ["本年", "上年"]
        head = [
            Cell(t, head=True) for t in ("信息内容", "指标", *(years if first else years[::-1]))
        ]
        rows = [head]
        for r in flat:
            past = Cell(str(rng.choice((0, rng.randint(1, 60), rng.randint(1, 3000)))))
            rows.append([r[1], r[2], *([r[3], past] if first else [past, r[3]])])
        return Grid(rows, heads=1, name="t2")
    head = [Cell(t, head=True) for t in ("类别", "信息内容", "指标", "数量")]
    return Grid([head, *flat], heads=1, name="t2")


# Table four -------------------------------------------------------------------------------------------------------------------


def table4(sheet: Sheet, labels: Labels, shape: str, opts: Options) -> list[Grid]:
    """Table four in one of its shapes."""
    cols = [(c, labels(t)) for c, t in forms.COLUMNS4.items()]
    suit = labels("行政诉讼")

    def cell(group: str, col: str) -> Cell:
        name = f"t4_{group}_{col}"
        return Cell(sheet.text(name), name)

    if shape == "three":
        out = []
        for group, title in forms.GROUPS4.items():
            name = labels(title) if group == "review" else f"{suit}({labels(title)})"
            out.append(
                Grid(
                    [
                        [Cell(name, cs=5, head=True)],
                        [Cell(t, head=True) for _, t in cols],
                        [cell(group, c) for c, _ in cols],
                    ],
                    heads=2,
                    name="t4",
                )
            )
        return out
    if shape == "vertical_full":
        return [unspan(table4(sheet, labels, "vertical", opts)[0], "repeat")]
    if shape in {"matrix", "matrix_t"}:
        rows = [[Cell("类别", head=True), *[Cell(t, head=True) for _, t in cols]]]
        for group, title in forms.GROUPS4.items():
            rows.append(
                [
                    Cell(title if group == "review" else f"行政诉讼—{title}", head=True),
                    *[cell(group, c) for c, _ in cols],
                ]
            )
        grid = Grid(rows, heads=1, name="t4")
        return [grid if shape == "matrix" else transpose(grid)]
    if shape == "vertical":
        rows = []
        for group, title in forms.GROUPS4.items():
            for i, (c, text) in enumerate(cols):
                line: list[Cell] = []
                if i == 0:
                    if group == "review":
                        line.append(Cell(labels(title), rs=5, cs=2, head=True))
                    else:
                        if group == "direct":
                            line.append(Cell(suit, rs=10, head=True))
                        line.append(Cell(labels(title), rs=5, head=True))
                rows.append([*line, Cell(text, head=True), cell(group, c)])
        return [Grid(rows, heads=0, name="t4")]
    low = [Cell(t, head=True) for _ in range(2) for _, t in cols]
    rows = [
        [Cell(labels("行政复议"), cs=5, head=True), Cell(suit, cs=10, head=True)],
        [
            *[Cell(t, rs=2, head=True) for _, t in cols],
            Cell(labels("未经复议直接起诉"), cs=5, head=True),
            Cell(labels("复议后起诉"), cs=5, head=True),
        ],
        low,
        [cell(g, c) for g in forms.GROUPS4 for c, _ in cols],
    ]
    grid = Grid(rows, heads=3, name="t4")
    if shape in {"holes", "repeat"}:
        grid = unspan(grid, shape)
    elif shape == "transposed":
        grid = transpose(grid)
    return [grid]


# Older indicator tables --------------------------------------------------------------------------------------------------------


def indicator_table(
    sheet: Sheet, shape: str, opts: Options, rng: random.Random, labels: Labels | None = None
) -> list[Grid]:
    """The statistical tables of 2008-2018: indicator, unit, value."""
    cumulative = any(f.endswith("__cum") for f in sheet.slots)
    rows: list[list[Cell]] = []
    for i, line in enumerate(l for l in sheet.lines if l.field not in opts.lost_rows):
        pad = "\u3000" * line.depth if shape != "plain" else ""
        unit = sheet.line_units.get(line.field or "", line.unit)
        if line.field is None:
            values = [Cell(rng.choice(("", "——", "—")))] if i == 0 else [Cell(rows[0][-1].text)]
            values = values * (2 if cumulative else 1)
        else:
            values = [Cell(sheet.text(line.field), line.field)]
            if cumulative:
                values.append(Cell(sheet.text(f"{line.field}__cum"), f"{line.field}__cum"))
        label = [Cell(pad + line.label, head=True)]
        if shape == "unit_in_label" and line.field:
            label = [Cell(f"{pad}{line.label}({unit})", head=True)]
        units = [] if shape == "unit_in_label" else [Cell(unit, head=True)]
        number = [Cell(str(i + 1), head=True)] if opts.line_numbers else []
        if shape == "unit_last":
            rows.append([*number, *label, *[replace(v) for v in values], *units])
        else:
            rows.append([*number, *label, *units, *[replace(v) for v in values]])
        if opts.last_year and line.field and not cumulative:
            past = Cell(str(rng.choice((0, rng.randint(1, 50)))))
            rows[-1].append(past)
        elif opts.last_year and not cumulative:
            rows[-1].append(Cell(""))
    names = [f"{opts.year}年度", "历年累计"] if cumulative else ["统计数"]
    head = [*(["序号"] if opts.line_numbers else []), "指标名称" if cumulative else "统计指标"]
    head += {"unit_last": [*names, "单位"], "unit_in_label": names}.get(shape, ["单位", *names])
    if opts.last_year and not cumulative:
        head = [f"{opts.year}年" if h == "统计数" else h for h in head] + [f"{opts.year - 1}年"]
    top = [Cell(h, head=True) for h in head]
    if shape == "side_by_side":
        half = (len(rows) + 1) // 2
        left, right = rows[:half], rows[half:]
        right += [[Cell("") for _ in top]] * (half - len(right))
        return [
            Grid(
                [
                    top + [replace(c) for c in top],
                    *[a + b for a, b in zip(left, right, strict=True)],
                ],
                heads=1,
                name="annex",
            )
        ]
    if shape == "cut":
        at = rng.randint(8, len(rows) - 5)
        return [
            Grid([top, *rows[:at]], heads=1, name="annex"),
            Grid(rows[at:], heads=0, name="annex"),
        ]
    return [Grid([top, *rows], heads=1, name="annex")]


def one_table(sheet: Sheet, t2: Grid, t3: Grid, t4: Grid, titles: list[str]) -> Grid:
    """All three tables as one, fifteen columns wide."""
    lead = t3.width - 7
    widths3 = [8 // lead] * (lead - 1) if lead else []
    widths3 = [*widths3, 8 - sum(widths3)] + [1] * 7
    return stack([widen(t2, [4, 4, 4, 3]), widen(t3, widths3), t4], titles)


def merge_cells(grids: list[Grid], rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Merge neighbouring figure cells of one row; the fields that lost their own figure."""
    done: list[tuple[str, str]] = []
    for _ in range(count):
        spots = [
            (row, i)
            for grid in grids
            for row in grid.rows
            for i in range(len(row) - 1)
            if row[i].field
            and row[i + 1].field
            and row[i].rs == row[i + 1].rs == 1
            and not row[i].hidden
            and not row[i + 1].hidden
        ]
        if not spots:
            break
        row, i = rng.choice(spots)
        a, b = row[i], row[i + 1]
        assert a.field and b.field
        done.append((a.field, b.field))
        row[i : i + 2] = [Cell(a.text or b.text or "0", None, cs=a.cs + b.cs)]
    return done


def merge_down(grids: list[Grid], rng: random.Random) -> list[tuple[str, str]]:
    """Merge two figure cells of one column in neighbouring rows of table three."""
    spots = []
    for grid in grids:
        if grid.name != "t3":
            continue
        for r in range(grid.heads, len(grid.rows) - 1):
            up = [(i, c) for i, c in enumerate(grid.rows[r]) if c.field]
            down = [(i, c) for i, c in enumerate(grid.rows[r + 1]) if c.field]
            if len(up) == len(down) and r + 1 not in grid.hidden_rows and r not in grid.hidden_rows:
                for (i, a), (j, b) in zip(up, down, strict=True):
                    if (
                        a.field
                        and b.field
                        and a.field.split("__")[-1] == b.field.split("__")[-1]
                        and not a.hidden
                        and a.field != b.field
                    ):
                        spots.append((grid.rows[r], i, grid.rows[r + 1], j))
    if not spots:
        return []
    first, i, second, j = rng.choice(spots)
    a, b = first[i], second[j]
    assert a.field and b.field
    first[i] = replace(a, field=None, rs=2)
    del second[j]
    return [(a.field, b.field)]
