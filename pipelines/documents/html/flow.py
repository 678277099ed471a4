"""One walk over a page: its lines and tables in order, and which element each stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from pipelines.documents.blocks import Grid
from pipelines.documents.bounds import MAX_CELLS, MAX_TABLE_DEPTH, MAX_TABLES, too_large
from pipelines.documents.drawn import framed_blocks
from pipelines.documents.html.inline import (
    BLOCK_TAGS,
    Lines,
    cell_text,
    is_break,
    menu_lines,
    plain_line,
    raised,
    seen_text,
    typed,
)
from pipelines.documents.html.marks import line_marks, table_marks
from pipelines.documents.html.styles import BLANK, HIDDEN, Sheet
from pipelines.documents.html.tables import (
    TABLE_ROLES,
    may_be_table,
    read_div_table,
    read_table,
)
from pipelines.documents.html.tree import UNSEEN_TAGS
from pipelines.documents.page_numbers import is_page_number
from pipelines.documents.seen import DOUBT_OPENS, settled_line
from pipelines.remembered import kept

_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
# Names that mean page furniture and hardly anything else, and names that also occur inside
# articles (``wz`` is 位置 and 文章, ``print`` the printable part).
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|sub_?menu|top(?:bar|nav)|foot(?:er)?\w*|breadcrumbs?|crumbs?|"
    r"dqwz|mbx|share\w*|bdshare\w*|fenxiang|pagination|pages?_?nav|copyright|side(?:bar|nav)|"
    r"left_?nav|friend_?links?|yqlj|search\w*|wza|qrcode|ewm|login)(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_WEAK_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:head(?:er)?|top|location|position|wz|weizhi|social|related\w*|xgxx|xgwz|xgyd|"
    r"xglj|recommend|print|dayin|tool(?:s|bar)?|pager|side)(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CRUMB_NAMES = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|crumbs?|location|position|dqwz|mbx|wz|weizhi|curr?ent\w*|path)"
    r"(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CHROME_WORDS = re.compile(
    r"打印|关闭|分享|位置|来源|字体|字号|上一[篇条]|下一[篇条]|责任编辑|扫一扫|浏览|点击|收藏|搜索|登录"
)
_STRONG_ROOM, _WEAK_ROOM = 200, 60
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DIV_TABLES = frozenset({"div", "ul", "ol", "dl", "section"})
_OTHERWISE = frozenset({"br", "a", "sup", "input", "textarea", "pre"})
_LINES = BLOCK_TAGS - _CHROME_TAGS - _HEADINGS - {"table"}
"""Elements that, with nothing but text in them, are a line and no more."""
_SHORT_LINE = 80
"""Characters; a longer one is a sentence, and no label of a table."""
_MAX_MENU = 200
"""Entries of a list that is looked at as a whole."""
_NO_NAME = " "
"""What ``_names_of`` returns for an element with neither class nor id."""


@dataclass(slots=True)
class Event:
    """A line of text or a table."""

    text: str
    grid: Grid | None = None
    linked: int = 0
    """How many of the line's characters are link text."""
    heading: bool = False
    marks: int = 0

    @property
    def plain(self) -> int:
        """Characters that are not link text."""
        return len(self.text) - self.linked


@dataclass(slots=True)
class Region:
    """A block element: the events from ``start`` up to ``end`` stand inside it."""

    element: HtmlElement
    names: str
    """Its class and id."""
    start: int
    end: int = 0
    marks: int = 0
    plain: int = 0
    linked: int = 0
    chrome_room: int = 0
    """How much plain text this element may hold and still be page furniture by its name."""
    named_crumb: bool = False
    children: list[Region] = field(default_factory=list)

    @property
    def is_chrome(self) -> bool:
        """Tell whether this is page furniture: named so, and holding nothing of a report."""
        if not self.chrome_room or self.marks:
            return False
        return self.plain < self.chrome_room or self.linked > self.plain


def _names_of(element: HtmlElement) -> str:
    """Return an element's class and id, where systems say what it is for."""
    return f"{element.get('class', '')} {element.get('id', '')}"


@kept(1024)  # every entry of a menu has the same
def _told_by(names: str) -> tuple[int, bool]:
    """Return a region's ``chrome_room`` and ``named_crumb`` by its class and id."""
    room = 0
    if _CHROME_NAMES.search(names):
        room = _STRONG_ROOM
    elif _WEAK_CHROME_NAMES.search(names):
        room = _WEAK_ROOM
    return room, _CRUMB_NAMES.search(names) is not None


@dataclass(slots=True)
class Flow:
    """A page, walked."""

    events: list[Event]
    root: Region
    hidden: list[HtmlElement]
    """Elements the page hides, with what is in them."""
    tables: list[HtmlElement]
    """The elements that were read as grids."""


def walk_page(body: HtmlElement, sheet: Sheet, *, unhide: bool = False) -> Flow:
    """Return the lines, tables and block regions of a page body in document order.

    Args:
        body: where to start; usually ``body``.
        sheet: what the page's own styles hide.
        unhide: read hidden elements as well (a page whose report is revealed by a script).

    Raises:
        DocumentError: ``document/too-large`` for more tables or cells than any report has.
    """
    return _Walker(body, sheet, unhide=unhide).run()


class _Walker:
    """State of one walk: the open regions, the line being collected, what was skipped."""

    def __init__(self, body: HtmlElement, sheet: Sheet, *, unhide: bool) -> None:
        self.body = body
        self.sheet = sheet
        self.unhide = unhide
        self.events: list[Event] = []
        self.hidden: list[HtmlElement] = []
        self.read_apart: list[HtmlElement] = []
        self.lines = Lines()
        self.regions = [Region(body, _names_of(body), 0)]
        self.links = 0
        self.in_heading = 0
        self.tables = 0
        self.cells = 0

    def run(self) -> Flow:
        add = self.lines.add
        add(self.body.text)
        # A loop, not a recursion: pages nest deeper than Python calls may.
        inside = [(self.body, iter(self.body))]
        while inside:
            element, children = inside[-1]
            for node in children:
                if self._start(node):
                    if text := node.text:
                        add(text, self.links > 0)
                    if len(node):
                        inside.append((node, iter(node)))
                        break
                    self._end(node)
                if text := node.tail:
                    add(text, self.links > 0)
            else:
                inside.pop()
                if inside:
                    self._end(element)
                    if text := element.tail:
                        add(text, self.links > 0)
        self._flush()
        root = self.regions[0]
        root.end = len(self.events)
        return Flow(self.events, root, self.hidden, self.read_apart)

    def _start(self, node: HtmlElement) -> bool:
        """Open an element; return False when its content is done with or unseen."""
        tag: str = node.tag  # type: ignore[assignment]  # the parser drops comments
        if tag in UNSEEN_TAGS:
            return False
        plain = not node.keys()  # most entries of a menu: no attribute to ask for
        sheet = self.sheet
        display = "" if sheet.says_nothing or (plain and not sheet.of_bare) else sheet.display(node)
        if display in HIDDEN and not (self.unhide and _holds_lines(node, tag)):
            self.hidden.append(node)
            if display == BLANK:
                self.lines.add(" ")
            return False
        if tag in _OTHERWISE:
            return self._start_otherwise(node, tag)
        if tag in BLOCK_TAGS or (display and is_break(tag, display)):
            if self.lines.parts:
                self._flush()
            names, role = (_NO_NAME, "") if plain else (_names_of(node), node.get("role", ""))
            if not display and not role and tag in _LINES:
                line = plain_line(node, self.sheet, linked=self.links > 0)
                if line is not None:
                    if line[0] and not is_page_number(line[0]):
                        self._line(node, names, *line)
                    return False
            if tag == "table" or display == "table" or tag in _DIV_TABLES:
                grid = self._grid(node, tag, display, role)
                if grid is not None:
                    self.read_apart.append(node)
                    self._emit_grid(grid)
                    return False
            self._open(node, tag, names, role)
            if tag == "ul" and len(node) <= _MAX_MENU and self._menu(node):
                self._close(tag)
                return False
        return True

    def _menu(self, items: HtmlElement) -> bool:
        """Take in a list of nothing but links; return False for any other."""
        lines = menu_lines(items, self.sheet)
        if lines is None or (items.text and items.text.strip()):
            return False
        heading = self.in_heading > 0
        self.events += [Event(line, None, len(line), heading) for line in lines]
        self.regions[-1].linked += sum(map(len, lines))
        return True

    def _line(self, node: HtmlElement, names: str, text: str, linked: int) -> None:
        """Take in an element that is a single line.

        It is a region only where one is ever asked for: with a name, or with marks of the report.
        """
        marks = self._add(text, linked)
        if marks or names != _NO_NAME:
            end = len(self.events)
            region = Region(node, names, end - 1, end, marks, len(text) - linked, linked)
            if names != _NO_NAME:
                region.chrome_room, region.named_crumb = _told_by(names)
            self._leave(region)

    def _start_otherwise(self, node: HtmlElement, tag: str) -> bool:
        """Open an element that does something else than to hold text or lines."""
        if tag == "br":
            self._flush()
        elif tag == "a":
            self.links += 1
        elif tag == "sup" and (mark := raised(node)) is not None:
            self.lines.add(mark)
            return False
        elif tag == "input":
            self.lines.add(typed(node))
        elif tag in {"textarea", "pre"}:
            self._flush()
            self._verbatim(seen_text(node, self.sheet))
            return False
        return True

    def _end(self, node: HtmlElement) -> None:
        tag: str = node.tag  # type: ignore[assignment]  # the parser drops comments
        if tag == "a":
            self.links -= 1
        elif self.regions[-1].element is node:
            self._flush()
            self._close(tag)

    def _close(self, tag: str) -> None:
        """Close the innermost region; one without a line is forgotten."""
        region = self.regions.pop()
        if tag in _HEADINGS:
            self.in_heading -= 1
        region.end = len(self.events)
        if region.end == region.start:
            return
        parent = self.regions[-1]
        parent.marks |= region.marks
        parent.plain += region.plain
        parent.linked += region.linked
        self._leave(region)

    def _leave(self, region: Region) -> None:
        """Hang a region that has ended below the one it stands in."""
        if region.chrome_room == _WEAK_ROOM and not self._says_chrome(region):
            region.chrome_room = 0
        self.regions[-1].children.append(region)

    def _says_chrome(self, region: Region) -> bool:
        """Tell whether a part with a doubtful name also reads like page furniture."""
        texts = (event.text for event in self.events[region.start : region.end])
        return region.linked > 0 or any(_CHROME_WORDS.search(text) for text in texts)

    def _open(self, node: HtmlElement, tag: str, names: str, role: str) -> None:
        if tag in _HEADINGS:
            self.in_heading += 1
        region = Region(node, names, len(self.events))
        if names != _NO_NAME:
            region.chrome_room, region.named_crumb = _told_by(names)
        if tag in _CHROME_TAGS or role in _CHROME_ROLES:
            region.chrome_room = _STRONG_ROOM
        self.regions.append(region)

    def _grid(self, node: HtmlElement, tag: str, display: str, role: str) -> Grid | None:
        if tag != "table" and not may_be_table(node, display, role):
            return None
        if tag == "table" or role in TABLE_ROLES:
            depth = sum(_is_table(region.element) for region in self.regions)
            if depth > MAX_TABLE_DEPTH:
                raise too_large(f"tables nested {depth} deep")
        where = f"table {self.tables + 1}"
        if tag == "table":
            grid = read_table(node, self.sheet, where)
            caption = next((c for c in node if c.tag == "caption"), None)
            if grid is not None and caption is not None:
                before = len(self.events)
                self.lines.add(cell_text(caption, self.sheet).replace("\n", " "))
                self._flush()
                for event in self.events[before:]:
                    event.heading = True
        else:
            grid = read_div_table(node, display, self.sheet, where)
        if grid is not None:
            self._count(grid)
        return grid

    def _count(self, grid: Grid) -> None:
        self.tables += 1
        self.cells += len(grid.cells)
        if self.tables > MAX_TABLES or self.cells > MAX_CELLS:
            raise too_large(f"{self.tables} tables with {self.cells} cells")

    def _emit_grid(self, grid: Grid) -> None:
        text = _grid_text(grid)
        marks = table_marks(text)
        self.events.append(Event(text, grid, marks=marks))
        self.regions[-1].plain += len(text)
        self.regions[-1].marks |= marks

    def _verbatim(self, text: str) -> None:
        """Take in a text whose lines count; a table drawn in a frame is a grid here as anywhere."""
        for block in framed_blocks(text):
            if isinstance(block, Grid):
                self._count(block)
                self._emit_grid(replace(block, where=f"table {self.tables}"))
                continue
            for line in block.text.split("\n"):
                self.lines.add(line)
                self._flush()

    def _flush(self) -> None:
        if not self.lines.parts:
            return
        text, linked = self.lines.end()
        if text and not is_page_number(text):
            self._add(text, linked)

    def _add(self, text: str, linked: int) -> int:
        """Add a line of the page; return its marks."""
        if DOUBT_OPENS in text:
            text = settled_line(text)
        marks, size = 0, len(text)
        if linked * 2 < size:
            marks = line_marks(text)
            if size < _SHORT_LINE:
                marks |= table_marks(text)
        self.events.append(Event(text, None, linked, self.in_heading > 0, marks))
        region = self.regions[-1]
        region.plain += size - linked
        region.linked += linked
        region.marks |= marks
        return marks


def _holds_lines(node: HtmlElement, tag: str) -> bool:
    """Tell whether a hidden element may be a part of the page, and not of a line in it."""
    return tag in BLOCK_TAGS or any(child.tag in BLOCK_TAGS for child in node)


def _is_table(element: HtmlElement) -> bool:
    return element.tag == "table" or element.get("role") in TABLE_ROLES


def _grid_text(grid: Grid) -> str:
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for text, row, _, _, _ in grid.cells:
        rows[row].append(text.replace("\n", " ") if "\n" in text else text)
    return "\n".join(["\t".join(row) for row in rows if row])
