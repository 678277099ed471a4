"""OFD written by hand: no program on this machine writes the national page format.

Two ways of placing the same page: ``lines`` (a text object a printed line, steps between the
characters run-length coded, ruling lines as paths) and ``characters`` (an object a character, a
path around each cell, a transformation matrix, a template page with head and frame behind).
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import Table, tables_of
from crawler.demo.world import ReportTruth

LOOKS = ("lines", "characters")
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _TOP, _BOTTOM, _ROOM = 20.0, 25.0, 272.0, 170.0
"""Millimetres: margins and the room for text between them."""
_TEXT, _SMALL = 4.0, 2.4
"""Millimetres: sizes of body text and of text in tables."""


def _wide(text: str, size: float) -> float:
    return sum(size * (0.5 if ch.isascii() else 1.0) for ch in text)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines no wider than ``room``."""
    lines, line = [], ""
    for ch in text:
        if line and _wide(line + ch, size) > room:
            lines.append(line)
            line = ""
        line += ch
    return [*lines, line] if line else lines


class Ofd:
    """Draws lines of text and ruling lines on pages of 210 x 297 millimetres."""

    def __init__(self, look: str = "lines") -> None:
        self.look = look
        self.pages: list[list[str]] = [[]]

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])

    def text(self, x: float, y: float, text: str, size: float = 3.0) -> None:
        """Print one line of text, its top left corner at x, y."""
        if self.look == "characters":
            for ch in text:
                self._object(x, y, ch, size)
                x += _wide(ch, size)
            return
        self._object(x, y, text, size)

    def _object(self, x: float, y: float, text: str, size: float) -> None:
        steps = [f"{_wide(ch, size):.4g}" for ch in text[:-1]]
        coded: list[str] = []
        at = 0
        while at < len(steps):
            run = at
            while run < len(steps) and steps[run] == steps[at]:
                run += 1
            coded += ["g", str(run - at), steps[at]] if run - at > 2 else steps[at:run]
            at = run
        delta = f' DeltaX="{" ".join(coded)}"' if coded else ""
        # The same place said twice: in the object's own millimetres, or through its matrix.
        half = ' CTM="0.5 0 0 0.5 0 0"' if self.look == "characters" else ""
        scale = 2.0 if half else 1.0
        down = size * 0.88 * scale
        self.pages[-1].append(
            f'<ofd:TextObject Boundary="{x:.3f} {y:.3f} {_wide(text, size) + 1:.3f} {size + 1}"'
            f'{half} Size="{size * scale}"><ofd:TextCode X="0" Y="{down:.3f}"{delta}>'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw one ruling line."""
        self.path(x0, y0, x1 - x0, y1 - y0, f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a cell: four lines, or one closed path around it."""
        w, h = x1 - x0, y1 - y0
        if self.look == "characters":
            self.path(x0, y0, w, h, f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C")
            return
        for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.line(*ends)

    def path(self, x: float, y: float, w: float, h: float, data: str) -> None:
        """Draw a path within a boundary."""
        self.pages[-1].append(
            f'<ofd:PathObject Boundary="{x:.3f} {y:.3f} {w:.3f} {h:.3f}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def bytes(self, **extra: str) -> bytes:
        """Return the package; ``extra`` members by name."""
        head = _Template().xml() if self.look == "characters" else ""
        template = '<ofd:TemplatePage ID="900" BaseLoc="Tpls/T0/Content.xml"/>' if head else ""
        pages = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}/Content.xml"/>' for n in range(len(self.pages))
        )
        members = {
            "OFD.xml": f"<ofd:OFD {_NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {_NS}><ofd:CommonData><ofd:PageArea>"
            f"<ofd:PhysicalBox>0 0 {_WIDTH} {_HEIGHT}</ofd:PhysicalBox></ofd:PageArea>{template}"
            f"</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        }
        if head:
            members["Doc_0/Tpls/T0/Content.xml"] = head
        used = '<ofd:Template TemplateID="900"/>' if head else ""
        for n, things in enumerate(self.pages):
            members[f"Doc_0/Pages/P{n}/Content.xml"] = (
                f"<ofd:Page {_NS}>{used}<ofd:Content><ofd:Layer>{''.join(things)}</ofd:Layer>"
                "</ofd:Content></ofd:Page>"
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in (members | extra).items():
                package.writestr(name, text)
        return out.getvalue()


class _Template(Ofd):
    """What stands behind every page: a head line under which a rule is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.text(_LEFT, 12, "政府信息公开工作年度报告", 2.5)
        self.line(_LEFT, 16, _LEFT + _ROOM, 16)

    def xml(self) -> str:
        return (
            f"<ofd:Page {_NS}><ofd:Content><ofd:Layer>{''.join(self.pages[0])}</ofd:Layer>"
            "</ofd:Content></ofd:Page>"
        )


class _Setter:
    """Sets paragraphs and tables down the page and turns it when it is full."""

    def __init__(self, look: str) -> None:
        self.ofd = Ofd(look)
        self.y = _TOP

    def room_for(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            number = len(self.ofd.pages)
            self.ofd.text(100, 282, f"— {number} —", 3.0)
            self.ofd.turn()
            self.y = _TOP

    def paragraph(self, text: str, size: float = _TEXT, indent: float = 2.0) -> None:
        lines = wrapped("　" * round(indent) + text, _ROOM, size)
        for n, line in enumerate(lines):
            self.room_for(size * 1.6)
            bare = line.lstrip("　")
            shift = (len(line) - len(bare)) * size if n == 0 else 0.0
            self.ofd.text(_LEFT + shift, self.y, bare, size)
            self.y += size * 1.6

    def table(self, table: Table) -> None:
        columns = _columns(table)
        cells = table.placed()
        heights = _heights(table, columns)
        at = 0
        while at < len(heights):
            self.room_for(heights[at])
            end, height = at, 0.0
            while end < len(heights) and self.y + height + heights[end] <= _BOTTOM:
                height += heights[end]
                end += 1
            tops = [self.y + sum(heights[at:r]) for r in range(at, end + 1)]
            for r, c, cell in cells:
                # A cell over the page break is closed at its foot and opened again at the head.
                first, last = max(r, at), min(r + cell.rowspan, end)
                if first >= last:
                    continue
                x0, x1 = columns[c], columns[c + cell.colspan]
                self.ofd.box(x0, tops[first - at], x1, tops[last - at])
                if first == r:
                    for n, line in enumerate(wrapped(cell.text, x1 - x0 - 1.2, _SMALL)):
                        self.ofd.text(
                            x0 + 0.6, tops[0 if r < at else r - at] + 0.8 + n * 2.9, line, _SMALL
                        )
            self.y += height
            at = end
        self.y += 4


def _columns(table: Table) -> list[float]:
    widths = [_ROOM / table.width] * table.width
    if table.name == "t3":
        widths = [16.0, 24.0, 40.0, *[90.0 / 7] * 7]
    return [_LEFT + sum(widths[:n]) for n in range(table.width + 1)]


def _heights(table: Table, columns: list[float]) -> list[float]:
    heights = [5.0] * len(table.rows)

    def needed(c: int, text: str, colspan: int) -> float:
        return 1.8 + 2.9 * len(wrapped(text, columns[c + colspan] - columns[c] - 1.2, _SMALL))

    for r, c, cell in table.placed():
        if cell.rowspan == 1:
            heights[r] = max(heights[r], needed(c, cell.text, cell.colspan))
    for r, c, cell in table.placed():
        short = needed(c, cell.text, cell.colspan) - sum(heights[r : r + cell.rowspan])
        if short > 0:
            heights[r] += short
    return heights


def ofd_report(report: ReportTruth, look: str = "lines") -> bytes:
    """Return the whole report, tables broken over pages."""
    setter = _Setter(look)
    prose = prose_of(report)
    setter.paragraph(report.title, 6.0, 0)
    for text in prose.opening:
        setter.paragraph(text)
    for number, heading in enumerate(HEADINGS):
        setter.paragraph(heading)
        for text in prose.parts[number]:
            setter.paragraph(text)
        if 1 <= number <= 3:
            setter.table(tables_of(report)[number - 1])
    return setter.ofd.bytes()
