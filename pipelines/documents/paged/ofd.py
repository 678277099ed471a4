"""OFD, the national page format: a zip of XML with placed characters and paths (GB/T 33190)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_FILE_BYTES, MAX_PAGES, check_size, too_large
from pipelines.documents.packages import Package
from pipelines.documents.paged.assemble import document_of_pages
from pipelines.documents.paged.page import Edge, Glyph, PageContent, edge, glyph
from pipelines.documents.pictures import read_pictures
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_POINTS = 72 / 25.4
"""OFD measures in millimetres; tables and lines are found in points."""
_A4_HEIGHT = 297.0
_THIN = 1.0
"""Millimetres; a filled path no thicker than this is a ruling line."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_STEP = re.compile(r"[MLSC]|-?\d+(?:\.\d+)?(?:[eE]-?\d+)?|[QBA]")
_RESOURCES = frozenset({"DocumentRes.xml", "PublicRes.xml", "PageRes.xml"})
_ICON = 20_000
"""Bytes; a smaller picture is a stamp or an emblem, not a page."""
_MAX_OBJECTS = 200_000

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(raw: RawFile) -> Document:
    """Read an OFD file.

    Raises:
        DocumentError: ``document/malformed``, ``document/encrypted``, ``document/too-large``,
            ``document/empty`` when no page holds text, and for scans in an OFD wrapper what
            ``read_pictures`` raises.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    package = Package(raw.body)
    pages: list[PageContent] = []
    for root_path in _document_roots(package):
        pages += list(_pages(package, root_path, len(pages)))
    if not any(page.glyphs for page in pages):
        pictures = _pictures(package)
        if pictures:
            return replace(read_pictures(pictures), carrier="ofd")
        raise DocumentError("document/empty", "no text on any page of the OFD file")
    return document_of_pages(pages, "ofd", "ofd_table")


def _pictures(package: Package) -> list[bytes]:
    """Return the large pictures of an OFD file in the order of their pages."""
    files: dict[str | None, str] = {}
    for name in package.names:
        if posixpath.basename(name) in _RESOURCES:
            root = package.xml(name)
            folder = _path(posixpath.dirname(name), root.get("BaseLoc") or "")
            for media in _named(root, "MultiMedia"):
                location = next((m.text or "" for m in _named(media, "MediaFile")), "")
                files[media.get("ID")] = _path(folder, location.strip())
    contents = sorted(
        (n for n in package.names if posixpath.basename(n) == "Content.xml"), key=_page_order
    )
    used = (
        files.get(thing.get("ResourceID"))
        for name in contents
        for thing in _named(package.xml(name), "ImageObject")
    )
    bodies = (package.read(name) for name in dict.fromkeys(used) if name and name in package.names)
    return [body for body in bodies if len(body) > _ICON]


def _page_order(name: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d{1,9}", name)]


def _document_roots(package: Package) -> list[str]:
    entry = package.xml("OFD.xml")
    roots = [(e.text or "").strip().lstrip("/") for e in _named(entry, "DocRoot")]
    if not roots:
        raise DocumentError("document/malformed", "OFD.xml names no document")
    return roots[:1]  # further bodies are earlier versions of the same document


def _pages(package: Package, root_path: str, before: int) -> Iterator[PageContent]:
    folder = posixpath.dirname(root_path)
    root = package.xml(root_path)
    templates = {
        e.get("ID"): _path(folder, e.get("BaseLoc") or "") for e in _named(root, "TemplatePage")
    }
    height = _height(root, _A4_HEIGHT)
    pages = [e for tree in _named(root, "Pages") for e in _named(tree, "Page")]
    if before + len(pages) > MAX_PAGES:
        raise too_large(f"{len(pages)} pages, read are at most {MAX_PAGES}")
    for number, page in enumerate(pages, before + 1):
        content = package.xml(_path(folder, page.get("BaseLoc") or ""))
        layers = [content]
        for used in _named(content, "Template"):
            path = templates.get(used.get("TemplateID"))
            if path in package.names:
                layers.insert(0, package.xml(path))
        glyphs: list[Glyph] = []
        edges: list[Edge] = []
        for layer in layers:
            for thing in _named(layer, "TextObject"):
                glyphs += _glyphs(thing)
            for thing in _named(layer, "PathObject"):
                edges += _edges(thing)
            if len(glyphs) + len(edges) > _MAX_OBJECTS:
                raise too_large(f"page {number}: more than {_MAX_OBJECTS} objects")
        yield PageContent(
            number=number, height=_height(content, height) * _POINTS, glyphs=glyphs, edges=edges
        )


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    # Programs differ in the namespace they write (2016 or none); the local name is enough.
    return root.iter("{*}" + name)


def _path(folder: str, location: str) -> str:
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, location))


def _height(root: etree._Element, default: float) -> float:
    box = next(_named(root, "PhysicalBox"), None)
    numbers = _numbers(box.text if box is not None else "")
    return numbers[3] if len(numbers) == 4 and numbers[3] > 0 else default


def _numbers(text: str | None) -> list[float]:
    return [float(n) for n in _NUMBER.findall(text or "")]


def _frame(thing: etree._Element) -> tuple[float, float, Matrix]:
    box = _numbers(thing.get("Boundary"))
    matrix = _numbers(thing.get("CTM"))
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    if len(matrix) != 6:
        return x, y, _PLAIN
    a, b, c, d, e, f = matrix
    return x, y, (a, b, c, d, e, f)


def _glyphs(thing: etree._Element) -> Iterator[Glyph]:
    """Yield a text object's characters, each a square of the type size on its base line."""
    left, top, (a, b, c, d, e, f) = _frame(thing)
    size = (_numbers(thing.get("Size")) or [3.5])[0]
    for code in _named(thing, "TextCode"):
        text = code.text or ""
        x = (_numbers(code.get("X")) or [0.0])[0]
        y = (_numbers(code.get("Y")) or [size])[0]
        steps_x = _deltas(code.get("DeltaX"), len(text))
        steps_y = _deltas(code.get("DeltaY"), len(text))
        for index, character in enumerate(text):
            px, py = left + a * x + c * y + e, top + b * x + d * y + f
            tall = size * (abs(d) or 1.0)
            wide = size * (abs(a) or 1.0) * (0.5 if character.isascii() else 1.0)
            if not character.isspace():
                yield glyph(
                    character,
                    px * _POINTS,
                    (px + wide) * _POINTS,
                    (py - 0.85 * tall) * _POINTS,
                    (py + 0.15 * tall) * _POINTS,
                )
            default = 0.0 if steps_y else wide / (abs(a) or 1.0)
            x += steps_x[index] if index < len(steps_x) else default
            y += steps_y[index] if index < len(steps_y) else 0.0


def _deltas(text: str | None, count: int) -> list[float]:
    """Return the steps between characters; ``g 5 3.5`` stands for five steps of 3.5."""
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        try:
            if words[at] == "g":
                out += [float(words[at + 2])] * min(int(words[at + 1]), count)
                at += 3
            else:
                out.append(float(words[at]))
                at += 1
        except (ValueError, IndexError):
            break
    return out


def _edges(thing: etree._Element) -> Iterator[Edge]:
    """Yield the horizontal and vertical lines of a path; shaded areas have none."""
    left, top, (a, b, c, d, e, f) = _frame(thing)
    stroked = thing.get("Stroke") != "false"
    points: list[tuple[float, float] | None] = []
    data = next((x.text or "" for x in _named(thing, "AbbreviatedData")), "")
    words = _STEP.findall(data[:100_000])
    at = 0
    start: tuple[float, float] | None = None
    while at < len(words):
        word = words[at]
        at += 1
        if word in {"M", "L", "S"}:
            try:
                x, y = float(words[at]), float(words[at + 1])
            except (ValueError, IndexError):
                break
            at += 2
            place = (left + a * x + c * y + e, top + b * x + d * y + f)
            if word == "L":
                points.append(place)
            else:
                points += [None, place]
                start = place
        elif word == "C" and start is not None:
            points.append(start)
    drawn = [p for p in points if p is not None]
    if not drawn:
        return
    width = max(p[0] for p in drawn) - min(p[0] for p in drawn)
    height = max(p[1] for p in drawn) - min(p[1] for p in drawn)
    if not stroked and min(width, height) > _THIN:
        return
    for one, two in pairwise(points):
        if one is None or two is None:
            continue
        flat = abs(one[1] - two[1]) < _THIN
        steep = abs(one[0] - two[0]) < _THIN
        if flat != steep:
            (x0, y0), (x1, y1) = one, two
            y1, x1 = (y0, x1) if flat else (y1, x0)
            yield edge(x0 * _POINTS, y0 * _POINTS, x1 * _POINTS, y1 * _POINTS)
