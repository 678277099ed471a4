"""Builds the tables of a draft as grids."""

from __future__ import annotations

from collections.abc import Sequence

from . import fields as F
from .draft import Draft, plain
from .grid import Cell, Grid, Row

Item = tuple[tuple[str, ...], str | None, str]


def _value(d: Draft, names: Sequence[str], rs: int = 1, cs: int = 1) -> Cell:
    """A value cell; more than one name makes it a shared one."""
    if len(names) == 1:
        shown = d.sheet[names[0]]
        return Cell(shown.text, rs, cs, (names[0],), shown.value, False, shown.sup, shown.ghost, shown.split)
    total = sum(d.meant[name] for name in names)
    return Cell(plain(total), rs, cs, tuple(names), total)


def _head(d: Draft, text: str, rs: int = 1, cs: int = 1) -> Cell:
    return Cell(d.style(text), rs, cs, head=True)


# ---- table two -------------------------------------------------------------------------------------------------

def _fee(d: Draft, text: str) -> str:
    return text.replace("(单位:万元)", d.opts.fee_unit)


def _two_rows(d: Draft, rows: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The rows of a block; 处罚 and 强制 in one where the office merged the labels."""
    kept = [(label, [(name,) for name in names]) for label, names in rows if not set(names) & d.opts.lost_rows]
    if d.opts.merged_two == "label" and [label for label, _ in kept] == ["行政处罚", "行政强制"]:
        joined = [(a[0], b[0]) for a, b in zip(kept[0][1], kept[1][1])]
        return [("行政处罚、行政强制", joined)]
    return kept


def two(d: Draft) -> list[Grid]:
    """Table two in the chosen shape."""
    assert d.two_era
    blocks = F.two(d.two_era)
    if d.opts.t2 == "list":
        return [_two_list(d, blocks)]
    if d.opts.t2 == "wide":
        return [_two_wide(d, blocks)]
    grids: list[Grid] = []
    rows: list[Row] = []
    for caption, heads, lines in blocks:
        body = _two_rows(d, lines)
        beside = {"last_year": "上年处理决定数量", "own": "其中:本级处理决定数量", "same_rate": "同比增减(%)"}.get(d.opts.two_beside, "")
        if not (beside and len(heads) == 1 and "处理决定" in heads[0]):
            beside = ""
        widths = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(heads) + bool(beside)]
        block: list[Row] = [Row([_head(d, caption, cs=4)])]
        labels = [_fee(d, head) for head in heads] + ([beside] if beside else [])
        block.append(Row([_head(d, "信息内容"), *(_head(d, text, cs=width) for text, width in zip(labels, widths))]))
        for at, (label, names) in enumerate(body):
            cells = [_head(d, label)]
            for group, width in zip(names, widths):
                if d.opts.merged_two == "cell" and label in ("行政处罚", "行政强制") and len(body) == 2 and "decisions" in group[0]:
                    if at == 0:
                        cells.append(_value(d, (group[0], body[1][1][-1][0]), rs=2, cs=width))
                    continue
                cells.append(_value(d, group, cs=width))
            if beside:
                now = int(d.meant[names[0][0]])
                other = {"last_year": str(max(0, now + d.rng.randint(-now // 3 - 1, now // 3 + 2))), "own": str(d.rng.randint(0, now)),
                         "same_rate": f"{d.rng.uniform(-40, 60):.1f}"}[d.opts.two_beside]
                cells.append(Cell(other, cs=widths[-1]))
            block.append(Row(cells))
        if d.opts.t2 == "separate":
            grids.append(Grid(block, 2, 1, "t2"))
        else:
            if rows and d.opts.spacer_rows:
                rows.append(Row([Cell("", cs=4)]))
            rows += block
    return grids or [Grid(rows, 2, 1, "t2")]


def _two_list(d: Draft, blocks: Sequence[F.Block]) -> Grid:
    rows = [Row([_head(d, "信息内容"), _head(d, "指标"), _head(d, "数量")])]
    for _, heads, lines in blocks:
        for label, names in _two_rows(d, lines):
            for at, (head, group) in enumerate(zip(heads, names)):
                cells = [_head(d, label, rs=len(names))] if at == 0 else []
                rows.append(Row([*cells, _head(d, _fee(d, head)), _value(d, group)]))
    return Grid(rows, 1, 2, "t2")


def _two_wide(d: Draft, blocks: Sequence[F.Block]) -> Grid:
    first, second, third = [_head(d, "项目", rs=2)], [], [_head(d, "数量")]
    for _, heads, lines in blocks:
        for label, names in _two_rows(d, lines):
            first.append(_head(d, label, cs=len(names)))
            second += [_head(d, _fee(d, head)) for head in heads]
            third += [_value(d, group) for group in names]
    return Grid([Row(first), Row(second), Row(third)], 2, 1, "t2")


# ---- table three -----------------------------------------------------------------------------------------------

def _items(d: Draft) -> list[Item]:
    assert d.three_era
    kept: list[Item] = []
    pair = d.opts.merged_rows
    for row, group, label in F.table_three_rows(d.three_era):
        if row in d.opts.lost_rows:
            continue
        if pair and row == pair[1]:
            ids, above, text = kept[-1]
            kept[-1] = ((*ids, row), above, f"{text}、{label}")
        else:
            kept.append(((row,), group, label))
    return kept


def three(d: Draft) -> list[Grid]:
    """Table three in the chosen shape."""
    items = _items(d)
    columns = d.opts.columns or [name for name, _ in F.COLUMNS]
    shape = d.opts.t3
    if shape in ("cut_head", "cut_bare"):
        at = d.rng.randint(5, len(items) - 6)
        return [_three(d, items[:at], columns, "official", True), _three(d, items[at:], columns, "official", shape == "cut_head")]
    if shape == "cut_columns":
        return [_three(d, items, columns[:4], "official", True), _three(d, items, columns[4:], "official", True)]
    if shape == "transposed":
        return [_three(d, items, columns, "official", True).transposed()]
    return [_three(d, items, columns, shape, True)]


def _three_head(d: Draft, columns: Sequence[str], shape: str, labels: int) -> list[list[Cell]]:
    times = 2 if d.opts.paired else 1
    deep = 1 if d.opts.paired else 0
    if shape == "one_head":
        names = [("法人或其他组织-" if name in F.APPLICANTS[1:] else "") + F.COLUMN_LABEL[name] for name in columns]
        rows = [[_head(d, F.CORNER, rs=1 + deep, cs=labels), *(_head(d, name, cs=times) for name in names)]]
    else:
        second: list[Cell] = []
        third: list[Cell] = []
        for at, name in enumerate(columns):
            if name in F.APPLICANTS[1:]:
                third.append(_head(d, F.COLUMN_LABEL[name], cs=times))
                if at and columns[at - 1] in F.APPLICANTS[1:]:
                    second[-1].cs += times
                else:
                    second.append(_head(d, "法人或其他组织", cs=times))
            else:
                second.append(_head(d, F.COLUMN_LABEL[name], rs=2, cs=times))
        rows = [[_head(d, F.CORNER, rs=3 + deep, cs=labels), _head(d, "申请人情况", cs=len(columns) * times)], second, third]
    if d.opts.paired:
        rows.append([_head(d, text) for _ in columns for text in ("件数", "占比")])
    return rows


def _share(d: Draft, row: str, column: str) -> str:
    whole = d.meant[F.t3("processed_total", column)]
    part = d.meant[F.t3(row, column)]
    return f"{100 * part / whole:.1f}%" if whole else "0.0%"


def _three_labels(d: Draft, items: Sequence[Item], at: int, shape: str) -> list[Cell]:
    ids, group, label = items[at]
    if shape in ("flat", "groups"):
        whole = f"{group}-{label}" if group and shape == "flat" else label
        return [_head(d, whole)]
    if group is None:
        return [_head(d, label, cs=3)]
    cells: list[Cell] = []
    if at == 0 or items[at - 1][1] is None:
        cells.append(_head(d, F.OUTCOME_HEAD, rs=sum(1 for item in items if item[1] is not None)))
    if group == "":
        return [*cells, _head(d, label, cs=2)]
    if at == 0 or items[at - 1][1] != group:
        cells.append(_head(d, group, rs=sum(1 for item in items if item[1] == group)))
    return [*cells, _head(d, label)]


def _three_values(d: Draft, ids: tuple[str, ...], columns: Sequence[str]) -> list[Cell]:
    cells: list[Cell] = []
    down, across = d.opts.merged_down, d.opts.merged_across
    for name in columns:
        if down and name == down[0] and ids == (down[2],):
            continue
        if across and ids == (across[0],) and name == across[2]:
            continue
        if down and name == down[0] and ids == (down[1],):
            cells.append(_value(d, [F.t3(row, name) for row in down[1:]], rs=2))
        elif across and ids == (across[0],) and name == across[1]:
            cells.append(_value(d, [F.t3(ids[0], column) for column in across[1:]], cs=2))
        else:
            cells.append(_value(d, [F.t3(row, name) for row in ids]))
        if d.opts.paired:
            cells.append(Cell(_share(d, ids[0], name)))
    return cells


def _three(d: Draft, items: Sequence[Item], columns: Sequence[str], shape: str, headed: bool) -> Grid:
    labels = 1 if shape in ("flat", "groups") else 3
    rows: list[Row] = []
    extras = d.opts.percent + d.opts.remarks
    values = len(columns) * (2 if d.opts.paired else 1)
    width = labels + d.opts.line_numbers + d.opts.spacer_column + values + extras
    head = _three_head(d, columns, shape, labels) if headed else []
    if head:
        deep = len(head)
        if d.opts.line_numbers:
            head[0].insert(0, _head(d, "序号", rs=deep))
        place = 1 + d.opts.line_numbers
        if d.opts.unseen_column == "middle":
            head[0].insert(place, Cell("上年", rs=deep, head=True, unseen=True))
        if d.opts.spacer_column:
            head[0].insert(place, Cell("", rs=deep))
        if d.opts.percent:
            head[0].append(_head(d, "占比", rs=deep))
        if d.opts.remarks:
            head[0].append(_head(d, "备注", rs=deep))
        if d.opts.unseen_column == "end":
            head[0].append(Cell("上年总计", rs=deep, head=True, unseen=True))
        rows += [Row(cells) for cells in head]
        if d.opts.column_numbers:
            cells = [_head(d, "栏次", cs=labels + d.opts.line_numbers)]
            cells += [Cell("")] * d.opts.spacer_column
            rows.append(Row(cells + [Cell(str(n + 1)) for n in range(values + extras)]))
    top = len(rows)
    for at, (ids, group, _) in enumerate(items):
        if shape == "groups":
            above = [F.OUTCOME_HEAD] if group is not None and (at == 0 or items[at - 1][1] is None) else []
            above += [group] if group and (at == 0 or items[at - 1][1] != group) else []
            for text in above:
                front = [Cell("") for _ in range(d.opts.line_numbers)]
                rows.append(Row([*front, _head(d, text), *(Cell("") for _ in range(width - 1 - d.opts.line_numbers))]))
        if d.opts.spacer_rows and ids in (("carried_out",), ("carried_in",)) and rows:
            rows.append(Row([Cell("", cs=width)]))
        cells = _three_labels(d, items, at, shape)
        if d.opts.unseen_column == "middle":
            cells.append(Cell(str(d.rng.randint(0, 30)), unseen=True))
        if d.opts.spacer_column:
            cells.append(Cell(""))
        if d.opts.line_numbers:
            cells.insert(0, Cell(str(at + 1)))
        cells += _three_values(d, ids, columns)
        if d.opts.percent:
            cells.append(Cell(_share(d, ids[0], "total")))
        if d.opts.remarks:
            cells.append(Cell(d.rng.choice(("", "", "", "较上年增加2件", "见附件1", "含2件跨年"))))
        if d.opts.unseen_column == "end":
            cells.append(Cell(str(d.rng.randint(0, 60)), unseen=True))
        rows.append(Row(cells))
        if d.opts.unseen_row and ids == ("carried_in",):
            ghost = [Cell("二、上年结转政府信息公开申请数量", cs=labels)]
            rows.append(Row(ghost + [Cell(str(d.rng.randint(1, 40))) for _ in range(values)], unseen=True))
    return Grid(rows, top, labels, "t3")


# ---- table four ------------------------------------------------------------------------------------------------

def four(d: Draft) -> list[Grid]:
    """Table four in the chosen shape."""
    order = d.opts.four_order or [name for name, _ in F.FOUR_RESULTS]
    groups = d.opts.four_groups or [name for name, _ in F.FOUR_GROUPS]
    label, title = dict(F.FOUR_RESULTS), dict(F.FOUR_GROUPS)
    suits = [name for name in groups if name != "review"]
    shape = d.opts.t4
    if shape in ("matrix", "list"):
        def full(name: str) -> str:
            return title[name] if name == "review" else f"行政诉讼-{title[name]}"
        if shape == "matrix":
            rows = [Row([_head(d, "类别"), *(_head(d, label[name]) for name in order)])]
            rows += [Row([_head(d, full(group)), *(_value(d, (F.t4(group, name),)) for name in order)]) for group in groups]
            return [Grid(rows, 1, 1, "t4")]
        rows = [Row([_head(d, "类别"), _head(d, "结果"), _head(d, "件数")])]
        for group in groups:
            for at, name in enumerate(order):
                first = [_head(d, full(group), rs=len(order))] if at == 0 else []
                rows.append(Row([*first, _head(d, label[name]), _value(d, (F.t4(group, name),))]))
        return [Grid(rows, 1, 2, "t4")]
    if shape == "three":
        return [Grid([Row([_head(d, title[group] if group == "review" else f"行政诉讼({title[group]})", cs=5)]),
                      Row([_head(d, label[name]) for name in order]),
                      Row([_value(d, (F.t4(group, name),)) for name in order])], 2, 0, "t4") for group in groups]
    first = [_head(d, "行政复议", rs=1, cs=5)] if "review" in groups else []
    second = [_head(d, label[name], rs=2 if suits else 1) for name in order] if "review" in groups else []
    rows = []
    if suits:
        first.append(_head(d, "行政诉讼", cs=5 * len(suits)))
        second += [_head(d, title[name], cs=5) for name in suits]
        rows = [Row(first), Row(second), Row([_head(d, label[name]) for _ in suits for name in order])]
    else:
        rows = [Row(first), Row(second)]
    rows.append(Row([_value(d, (F.t4(group, name),)) for group in groups for name in order]))
    grid = Grid(rows, len(rows) - 1, 0, "t4")
    return [grid.transposed()] if shape == "vertical" else [grid]


# ---- the older annexes -----------------------------------------------------------------------------------------

def annex(d: Draft) -> list[Grid]:
    """The statistical table of 2008-2018."""
    assert d.form
    form = F.FORMS[d.form]
    shape = d.opts.annex
    if d.form == "f08":
        rows = [Row([_head(d, text) for text in ("指标名称", "计量单位", f"{d.year}年度", "历年累计")])]
        for name, label, unit, _ in form:
            assert name
            if name in d.opts.lost_rows:
                continue
            rows.append(Row([_head(d, label), Cell(unit), _value(d, (name,)), _value(d, (name + "__cum",))]))
        return [Grid(rows, 1, 2, "annex")]
    lines: list[list[Cell]] = []
    heads = ["统计指标", "单位", "统计数"] if d.form == "a14" else ["指标名称", "计量单位", "数量"]
    years = d.opts.annex_years
    inline = shape == "unit_in_label"
    for at, (name, label, unit, _) in enumerate(form):
        if name in d.opts.lost_rows:
            continue
        money = name in F.MONEY and bool(name)
        printed_unit = "元" if money and d.opts.fee_unit == "(单位:元)" else unit
        text = label if not (inline and name) else f"{label}(单位:{printed_unit})"
        cells = [_head(d, text)] + ([] if inline else [Cell(printed_unit)])
        extra: list[Cell] = []
        for back in range(years, 0, -1):
            guess = "" if name is None else str(max(0, int(d.meant[name] * d.rng.uniform(0.4, 1.3))))
            extra.append(Cell(guess))
        value = Cell("——" if unit == "——" and shape != "blank_heads" else "") if name is None else _value(d, (name,))
        if shape == "code":
            cells.insert(0, Cell(f"{at + 1:02d}"))
        if d.opts.line_numbers and shape != "code":
            cells.insert(0, Cell(str(at + 1)))
        lines.append([*cells, *extra, value])
    top = [_head(d, heads[0])] + ([] if inline else [_head(d, heads[1])])
    if shape == "code":
        top.insert(0, _head(d, "代码"))
    elif d.opts.line_numbers:
        top.insert(0, _head(d, "序号"))
    labels = len(top)
    if years:
        top += [_head(d, f"{d.year - back}年") for back in range(years, 0, -1)] + [_head(d, f"{d.year}年")]
    else:
        top.append(_head(d, heads[2]))
    if shape == "side":
        half = (len(lines) + 1) // 2
        right = lines[half:]
        while len(right) < half:
            right.append([Cell("") for _ in lines[0]])
        beside = [_head(d, cell.text) for cell in top]
        return [Grid([Row(top + beside)] + [Row(a + b) for a, b in zip(lines[:half], right)], 1, labels, "annex")]
    if shape == "cut":
        half = d.rng.randint(12, len(lines) - 12)
        again = [_head(d, cell.text) for cell in top]
        return [Grid([Row(top)] + [Row(a) for a in lines[:half]], 1, labels, "annex"),
                Grid([Row(again)] + [Row(a) for a in lines[half:]], 1, labels, "annex")]
    return [Grid([Row(top)] + [Row(a) for a in lines], 1, labels, "annex")]


def last_year(d: Draft) -> Grid:
    """Last year's table three, shown for comparison: figures without keys."""
    grid = _three(d, [((row,), group, label) for row, group, label in F.table_three_rows(d.three_era or "v2021")],
                  [name for name, _ in F.COLUMNS], "official", True)
    for row in grid.rows:
        for cell in row.cells:
            if cell.keys:
                number = max(0, int(d.meant[cell.keys[0]] * 0.7) + d.rng.randint(0, 2))
                cell.text, cell.value, cell.keys, cell.sup, cell.ghost = str(number), None, (), "", ""
    return grid


def read_truth(names: Sequence[str], grids: Sequence[Grid]) -> dict[str, int | float | None]:
    """What a person reads: only cells that are seen and belong to one field alone."""
    printed: dict[str, int | float | None] = dict.fromkeys(names)
    for grid in grids:
        for row in grid.seen():
            for cell in row:
                if len(cell.keys) == 1:
                    key = cell.keys[0]
                    if printed.get(key) is not None and printed[key] != cell.value:
                        raise ValueError(f"{key} stands twice with two figures")
                    printed[key] = cell.value
    return printed
