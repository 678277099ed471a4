"""Build the logical tables in several styles."""

from __future__ import annotations

from . import fields as f
from .model import Cell, Grid
from .state import Col, State

CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"


def standard_cols() -> list[Col]:
    """The seven columns of table three."""
    return [Col(k, label, legal) for k, label, legal in f.COLS]


def t2_rows(s: State) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The rows of table two in this document's form, lost rows left out."""
    rows = list(f.T2_21 if s.t2v == "v2021" else f.T2_19)
    if s.hubei and s.t2v == "v2019":
        rows.insert(2, f.HUBEI)
    unit = s.options.get("fee_header")
    out = []
    for block, label, cells in rows:
        new = []
        for name, col in cells:
            if unit and name == "t2_fee_amount_wanyuan":
                col = f"本年收费金额(单位:{unit})"
            elif unit and name == "t2_procurement_amount_wanyuan":
                col = f"采购总金额(单位:{unit})"
            new.append((name, col))
        out.append((block, label, new))
    return out


def t2_official(s: State) -> Grid:
    """Four or five stacked blocks, as the notice prints them."""
    grid, last = Grid(), None
    rows = t2_rows(s)
    for i, (block, label, cells) in enumerate(rows):
        if block != last:
            grid.add(s.label(block, cs=4, head=True))
            spans = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(cells)]
            grid.add(s.label("信息内容", head=True), *[s.label(c, cs=n, head=True) for (_, c), n in zip(cells, spans, strict=True)])
            last = block
        if s.options.get("merged_label") and label == "行政处罚":
            a, b = cells[0][0], rows[i + 1][2][0][0]
            both = s.meant[a] if s.meant[a] == s.meant[b] else int(s.meant[a] or 0) + int(s.meant[b] or 0)
            grid.add(s.label("行政处罚、行政强制"), Cell(str(both), None, 1, 3))
            continue
        if s.options.get("merged_label") and label == "行政强制":
            continue
        if s.options.get("merged_cell") and label in ("规章",):
            grid.add(s.label(label), Cell("0", None, 1, 2), s.value(cells[2][0]))
            continue
        spans = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(cells)]
        grid.add(s.label(label), *[s.value(name, cs=n) for (name, _), n in zip(cells, spans, strict=True)])
    return grid


def t2_list(s: State) -> Grid:
    """One row a figure: item, measure, figure."""
    grid = Grid()
    grid.add(s.label("信息内容", head=True), s.label("统计项", head=True), s.label("数量", head=True))
    for _, label, cells in t2_rows(s):
        for i, (name, col) in enumerate(cells):
            first = [s.label(label, rs=len(cells))] if i == 0 else []
            grid.add(*first, s.label(col), s.value(name))
    return grid


def t2_joined(s: State) -> Grid:
    """One row a figure with one joined label."""
    grid = Grid()
    grid.add(s.label("项目", head=True), s.label("数量", head=True))
    for _, label, cells in t2_rows(s):
        for name, col in cells:
            grid.add(s.label(f"{label}{col}"), s.value(name))
    return grid


def t2_years(s: State) -> Grid:
    """As the list, with last year's column beside this year's."""
    grid = Grid()
    grid.add(s.label("信息内容", head=True), s.label("统计项", head=True), s.label(f"{s.year - 1}年", head=True), s.label(f"{s.year}年", head=True))
    for _, label, cells in t2_rows(s):
        for i, (name, col) in enumerate(cells):
            first = [s.label(label, rs=len(cells))] if i == 0 else []
            old = Cell(str(int(float(s.meant[name] or 0) * 0.8) + s.rng.randrange(0, 4)))
            grid.add(*first, s.label(col), old, s.value(name))
    return grid


def t2_split(s: State) -> list[Grid]:
    """Each block a table of its own."""
    whole, out = t2_official(s), []
    for row in whole.rows:
        if len(row.cells) == 1:
            out.append(Grid())
        out[-1].rows.append(row)
    return out


def t3_rows(s: State) -> list[tuple[str, str, str]]:
    """The rows of table three that the document has, in its order."""
    rows = list(f.ROWS21 if s.t3v == "v2021" else f.ROWS19)
    lost = s.options.get("lost_row")
    rows = [r for r in rows if r[0] != lost]
    if s.options.get("subtotal_rows"):
        out: list[tuple[str, str, str]] = []
        for i, row in enumerate(rows):
            out.append(row)
            if row[1] in (f.G3, f.G5) and rows[i + 1][1] != row[1]:
                out.append((f"sub:{row[1]}", row[1], "小计"))
        rows = out
    return rows


def _extra(s: State, row: str, col: Col) -> Cell:
    """A cell that is no field of the form."""
    total = int(s.meant.get(f"t3_{row}__total") or 0)
    if row.startswith("sub:"):
        return Cell("")
    if col.kind == "pct":
        base = int(s.meant["t3_processed_total__total"] or 0)
        inside = row not in ("new_received", "carried_in", "carried_out")
        return Cell(f"{100 * total / base:.1f}%" if inside and base else "—")
    if col.kind == "sub":
        return Cell(str(sum(int(s.meant[f"t3_{row}__{c}"] or 0) for c in f.PARTS[1:])))
    if col.kind == "last":
        return Cell(str(max(0, total + s.rng.randrange(-3, 9))))
    if col.kind == "growth":
        return Cell(s.rng.choice(["↑", "↓", ""]) + f"{s.rng.randrange(0, 60)}%" if total else "持平")
    return Cell("")


def _cell(s: State, row: str, col: Col) -> Cell:
    if row.startswith("sub:"):
        group = row[4:]
        if col.kind != "field":
            return Cell("")
        return Cell(str(sum(int(s.meant[f"t3_{r}__{col.key}"] or 0) for r, g, _ in f.ROWS21 if g == group)))
    if col.kind != "field":
        return _extra(s, row, col)
    pair = s.options.get("merged_cols")
    if pair and col.key in pair:  # type: ignore[operator]
        return Cell(str(sum(int(s.meant[f"t3_{row}__{c}"] or 0) for c in pair)))  # type: ignore[union-attr]
    return s.value(f"t3_{row}__{col.key}")


def t3_head(s: State, grid: Grid, lead: int, number: bool) -> None:
    """The three header rows."""
    legal = [c for c in s.cols if c.legal]
    corner = s.label(str(s.options.get("corner", CORNER)), rs=3, cs=lead, head=True)
    first = [s.label("序号", rs=3, head=True)] if number else []
    grid.add(*first, corner, s.label("申请人情况", cs=len(s.cols), head=True))
    second: list[Cell] = []
    for i, col in enumerate(s.cols):
        if not col.legal:
            second.append(s.label(col.label, rs=2, head=True))
        elif i == 0 or not s.cols[i - 1].legal:
            second.append(s.label("法人或其他组织", cs=len(legal), head=True))
    grid.add(*second)
    grid.add(*[s.label(c.label, head=True) for c in legal])


def _path(group: str, label: str) -> tuple[str, str, str]:
    if group == "":
        return (label, "", "")
    if group == f.DONE:
        return (f.DONE, label, "")
    return (f.DONE, group, label)


def t3_body(s: State, grid: Grid, rows: list[tuple[str, str, str]], style: str, number: bool, start: int = 1) -> None:
    """Data rows with labels spanned, repeated, emptied or joined."""
    paths = [_path(g, label) for _, g, label in rows]
    for i, (rid, _, _) in enumerate(rows):
        a, b, c = paths[i]
        cells: list[Cell] = [Cell(str(start + i))] if number else []
        if style == "joined":
            cells.append(s.label("".join(x for x in (a, b, c) if x)))
        elif style == "tail":
            cells.append(s.label(c or b or a))
        elif style == "repeat":
            cells += [s.label(a), s.label(b or a), s.label(c or b or a)]
        elif style == "empty":
            cells += [s.label(a if i == 0 or paths[i - 1][0] != a else ""), s.label(b if i == 0 or paths[i - 1][1] != b else ""), s.label(c)]
        else:
            if not b:
                cells.append(s.label(a, cs=3))
            else:
                if i == 0 or paths[i - 1][0] != a:
                    cells.append(s.label("" if start > 1 and style == "nohead" else a, rs=sum(p[0] == a for p in paths)))
                if not c:
                    cells.append(s.label(b, cs=2))
                else:
                    if paths[i - 1][1] != b or i == 0:
                        cells.append(s.label(b, rs=sum(p[1] == b for p in paths)))
                    cells.append(s.label(c))
        cells += [_cell(s, rid, col) for col in s.cols]
        grid.add(*cells)


def t3_plain(s: State, style: str = "span") -> list[Grid]:
    """One table."""
    number = bool(s.options.get("line_numbers"))
    grid = Grid()
    lead = 1 if style in ("joined", "tail") else 3
    t3_head(s, grid, lead, number)
    if s.options.get("header_digits"):
        grid.add(*([Cell("")] if number else []), Cell("栏次", cs=lead), *[Cell(str(i + 1)) for i in range(len(s.cols))])
    t3_body(s, grid, t3_rows(s), style, number)
    return [grid]


def t3_cut(s: State, header: bool) -> list[Grid]:
    """The table cut in two at a group's end."""
    rows, number = t3_rows(s), bool(s.options.get("line_numbers"))
    groups = (f.G3, f.G4, f.G5)
    last = s.rng.choice(groups)
    at = max(i for i, r in enumerate(rows) if r[1] == last) + 1
    out = [Grid(), Grid()]
    t3_head(s, out[0], 3, number)
    t3_body(s, out[0], rows[:at], "span", number)
    if header:
        t3_head(s, out[1], 3, number)
        out[1].caption = "(续表)"
    t3_body(s, out[1], rows[at:], "span" if header else "nohead", number, at + 1)
    return out


def t3_transposed(s: State) -> list[Grid]:
    """Applicants down, results across."""
    grid, rows = Grid(), t3_rows(s)
    grid.add(s.label("申请人", head=True), *[s.label("".join(x for x in _path(g, label) if x), head=True) for _, g, label in rows])
    for col in s.cols:
        name = f"法人或其他组织{col.label}" if col.legal else col.label
        grid.add(s.label(name), *[_cell(s, rid, col) for rid, _, _ in rows])
    return [grid]


def t3_long(s: State) -> list[Grid]:
    """Two tables: applicants that are natural persons and the total; then the five kinds of organisations."""
    keep, out = list(s.cols), []
    for legal in (False, True):
        s.cols = [c for c in keep if c.legal == legal]
        grid = Grid(caption="(申请人为法人或其他组织)" if legal else "(自然人及总计)")
        grid.add(s.label("办理情况", head=True), *[s.label(c.label, head=True) for c in s.cols])
        t3_body(s, grid, t3_rows(s), "joined", False)
        out.append(grid)
    s.cols = keep
    return out


def t4_official(s: State) -> Grid:
    """One data row of fifteen figures."""
    grid = Grid()
    grid.add(s.label("行政复议", rs=2, cs=5, head=True), s.label("行政诉讼", cs=10, head=True))
    grid.add(s.label("未经复议直接起诉", cs=5, head=True), s.label("复议后起诉", cs=5, head=True))
    grid.add(*[s.label(c, head=True) for _ in range(3) for _, c in f.T4_COLS])
    grid.add(*[s.value(f"t4_{b}_{c}") for b, _ in f.T4_BLOCKS for c, _ in f.T4_COLS])
    return grid


def _t4_name(block: str, name: str) -> str:
    return name if block == "review" else f"行政诉讼({name})"


def t4_rows(s: State) -> Grid:
    """Three rows of five."""
    grid = Grid()
    grid.add(s.label("类别", head=True), *[s.label(c, head=True) for _, c in f.T4_COLS])
    for block, name in f.T4_BLOCKS:
        grid.add(s.label(_t4_name(block, name)), *[s.value(f"t4_{block}_{c}") for c, _ in f.T4_COLS])
    return grid


def t4_list(s: State) -> Grid:
    """Fifteen rows."""
    grid = Grid()
    grid.add(s.label("类别", head=True), s.label("结果", head=True), s.label("件数", head=True))
    for block, name in f.T4_BLOCKS:
        for i, (c, label) in enumerate(f.T4_COLS):
            first = [s.label(_t4_name(block, name), rs=5)] if i == 0 else []
            grid.add(*first, s.label(label), s.value(f"t4_{block}_{c}"))
    return grid


def t4_years(s: State) -> Grid:
    """The official head, with a row for last year above this year's."""
    grid = Grid()
    grid.add(s.label("年度", rs=3, head=True), s.label("行政复议", rs=2, cs=5, head=True), s.label("行政诉讼", cs=10, head=True))
    grid.add(s.label("未经复议直接起诉", cs=5, head=True), s.label("复议后起诉", cs=5, head=True))
    grid.add(*[s.label(c, head=True) for _ in range(3) for _, c in f.T4_COLS])
    old = []
    for _ in range(3):
        part = [s.rng.randrange(0, 3) for _ in range(4)]
        old += [*part, sum(part)]
    grid.add(Cell(f"{s.year - 1}年"), *[Cell(str(v)) for v in old])
    grid.add(Cell(f"{s.year}年"), *[s.value(f"t4_{b}_{c}") for b, _ in f.T4_BLOCKS for c, _ in f.T4_COLS])
    return grid
