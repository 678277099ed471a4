"""Tables to grids: which tables hold data, which only lay out the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipelines.documents.blocks import Grid
from pipelines.documents.html.inline import cell_text
from pipelines.documents.html.styles import BLANK, HIDDEN, NONE, Sheet
from pipelines.documents.layout import is_layout
from pipelines.documents.seen import DOUBT_OPENS, settled_cell
from pipelines.documents.spans import SpanCell, place

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
TABLE_ROLES = frozenset({"table", "grid"})
_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_NUMERIC = re.compile(r"^[\s\d,.+\-/%—－０-９]+[件条次人项个篇元万]{0,2}$")


def read_table(table: HtmlElement, sheet: Sheet, where: str) -> Grid | None:
    """Return the table's grid, or None when it only lays out other content.

    A table around other tables is layout unless it is itself data-shaped; so is a table of one
    column or one cell, and one whose text is mostly a single long cell or report sections.
    """
    inner = next((t for t in table.iter("table") if t is not table), None)
    if inner is not None and _mostly_tables(table):
        return None
    grid = place(_row_groups(table, sheet), where=where)
    if not grid.cells or not any(cell.text for cell in grid.cells):
        return None
    if inner is not None and not _is_data_around_tables(table, grid):
        return None
    return None if is_layout(grid) else grid


def _row_groups(table: HtmlElement, sheet: Sheet) -> list[list[list[SpanCell]]]:
    groups: list[list[list[SpanCell]]] = []
    feet: list[list[list[SpanCell]]] = []
    current: HtmlElement | None = None
    loose: list[SpanCell] | None = None
    for group, row, shown in _own_rows(table, sheet):
        if not groups or group is not current:
            current = group
            rows: list[list[SpanCell]] = []
            # A tfoot may be written before the body; it is printed after it.
            (feet if group is not None and group.tag == "tfoot" else groups).append(rows)
        if row.tag in _CELLS:
            if loose is None:
                loose = []
                rows.append(loose)
            loose.extend(_cells([row], sheet, blank=shown == BLANK))
            continue
        loose = None
        display = shown or ("" if sheet.says_nothing else sheet.display(row))
        if display != NONE:
            rows.append(_cells(_own_cells(row), sheet, blank=display == BLANK))
    whole = groups + feet
    if len(whole) >= _LEAST_GROUPS and all(len(rows) == 1 for rows in whole):
        return [[rows[0] for rows in whole]]  # spans are written over a tbody a row all the same
    return whole


_LEAST_GROUPS = 4


def _own_rows(
    table: HtmlElement, sheet: Sheet
) -> Iterator[tuple[HtmlElement | None, HtmlElement, str]]:
    """Yield the table's rows with their group, whatever a careless template put between.

    With them goes ``blank`` where what is around them keeps its place and is not seen.
    """
    stack: list[tuple[HtmlElement | None, HtmlElement, str]] = [
        (None, child, "") for child in reversed(table)
    ]
    while stack:
        group, node, shown = stack.pop()
        if node.tag in {"tr", "td", "th"}:
            yield group, node, shown
        elif node.tag not in {"table", "caption", "colgroup"}:
            if not sheet.says_nothing and (display := sheet.display(node)) in HIDDEN:
                if display == NONE:
                    continue
                shown = BLANK
            inner = node if node.tag in _GROUPS else group
            stack.extend((inner, child, shown) for child in reversed(node))


def _own_cells(row: HtmlElement) -> list[HtmlElement]:
    """Return the cells of a row, whatever stands between it and them."""
    found = row[:]
    if _CELLS.issuperset([child.tag for child in found]):  # nothing does, but in broken tables
        return found
    found.clear()
    stack = list(reversed(row))
    while stack:
        node = stack.pop()
        if node.tag in _CELLS:
            found.append(node)
        elif node.tag not in {"table", "tr"}:
            stack.extend(reversed(node))
    return found


def _cells(elements: list[HtmlElement], sheet: Sheet, *, blank: bool = False) -> list[SpanCell]:
    """Return cells as they are printed; ``blank``: nothing in them is seen."""
    cells: list[SpanCell] = []
    for element in elements:
        display = "" if sheet.says_nothing else sheet.display(element)
        if display == NONE:
            continue
        rows, cols = element.get("rowspan"), element.get("colspan")
        rowspan = _span(rows, least=0) if rows else 1
        colspan = _span(cols, least=1) if cols else 1
        text = element.text
        if blank or display == BLANK:
            text = ""
        elif len(element) or not text or not text.isalnum():  # most: a figure, a plain label
            text = cell_text(element, sheet)
            if DOUBT_OPENS in text:
                text = settled_cell(text)
        cells.append((text, rowspan, colspan))
    return cells


def _span(value: str, *, least: int) -> int:
    digits = _SPAN.match(value)
    if not digits:
        return 1
    number = int(digits[1])
    return number if number >= least else 1


def _mostly_tables(table: HtmlElement) -> bool:
    """Tell, without reading a cell, whether half the cells belong to tables inside this one."""
    nested = {cell for t in table.iter("table") if t is not table for cell in t.iter("td", "th")}
    return len(nested) * 2 >= sum(1 for _ in table.iter("td", "th"))


def _is_data_around_tables(table: HtmlElement, grid: Grid) -> bool:
    """Tell whether a table with a table inside is still data: most cells short and plain."""
    holding = sum(
        1 for cell in table.iter("td", "th") if next(cell.iter("table"), None) is not None
    )
    return grid.n_rows >= 3 and grid.n_cols >= 3 and holding * 20 <= len(grid.cells)


def may_be_table(box: HtmlElement, display: str, role: str) -> bool:
    """Tell at a glance whether a box that is no table element may be one (see below)."""
    return role in TABLE_ROLES or "table" in display or (len(box) >= 3 and len(box[0]) >= 3)


def read_div_table(box: HtmlElement, display: str, sheet: Sheet, where: str) -> Grid | None:
    """Return the grid of a table made of divs, or None.

    Recognised: ``role``s, CSS ``display: table-row`` and ``table-cell``, and rows of equal,
    short, link-free cells with figures in them.
    """
    rows = _role_rows(box) or _css_rows(box, display, sheet) or _even_rows(box)
    if not rows:
        return None
    grid = place([[_cells(row, sheet) for row in rows]], where=where, kind="div_table")
    return None if is_layout(grid) else grid


def _role_rows(box: HtmlElement) -> list[list[HtmlElement]]:
    if box.get("role") not in TABLE_ROLES:
        return []
    rows: list[list[HtmlElement]] = []
    stack = [box]
    while stack:
        node = stack.pop()
        if node.get("role") == "row":  # a row inside a row is no row more
            rows.append([c for c in node.iter() if c.get("role") in _CELL_ROLES])
        else:
            stack.extend(reversed(node))
    return rows


def _css_rows(box: HtmlElement, display: str, sheet: Sheet) -> list[list[HtmlElement]]:
    if "table" not in display:
        return []
    rows: list[list[HtmlElement]] = []
    for child in box:
        inner = sheet.display(child)
        if inner == "table-row":
            rows.append([c for c in child if sheet.display(c) == "table-cell"])
        elif inner.startswith("table-") and inner.endswith("-group"):
            rows.extend(
                [c for c in row if sheet.display(c) == "table-cell"]
                for row in child
                if sheet.display(row) == "table-row"
            )
    return rows if all(rows) else []


def _even_rows(box: HtmlElement) -> list[list[HtmlElement]]:
    if len(box) < 3 or len(box[0]) < 3 or len(box[1]) != len(box[0]):
        return []
    rows = [list(child) for child in box]
    if any(len(row) != len(rows[0]) for row in rows) or len(rows[0]) < 3:
        return []
    if len({str(child.tag) for child in box}) != 1:
        return []
    if next(box.iter("a", "img", "table", "input"), None) is not None:
        return []
    texts = [["".join(cell.itertext()).strip() for cell in row] for row in rows]
    if any(len(text) > 120 for row in texts for text in row):
        return []
    with_figures = sum(any(_NUMERIC.match(text) for text in row if text) for row in texts)
    return rows if with_figures * 2 >= len(rows) else []
