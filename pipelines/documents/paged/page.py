"""A page as its carrier draws it: characters and ruling lines with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Glyph = dict[str, Any]
"""A character in pdfplumber's shape: text, x0, x1, top, bottom, doctop, upright, size."""
Edge = dict[str, Any]
"""A ruling line in pdfplumber's shape: orientation, x0, x1, top, bottom, width, height."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(slots=True)
class PageContent:
    """One page; lengths in points (or pixels) from the top left."""

    number: int
    height: float
    glyphs: list[Glyph]
    edges: list[Edge] = field(default_factory=list)
    is_picture: bool = False
    """The page is one large picture; text on it can only be a recognition layer."""
    recognised: bool = False
    """Its glyphs were read from a picture here, and carry the engine's own score."""


def glyph(text: str, x0: float, x1: float, top: float, bottom: float) -> Glyph:
    """Return a character (or word) for a carrier that does not come through pdfplumber."""
    return {
        "text": text,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "upright": True,
        "size": bottom - top,
        "width": x1 - x0,
        "height": bottom - top,
        "object_type": "char",
    }


def edge(x0: float, top: float, x1: float, bottom: float, way: str | None = None) -> Edge:
    """Return a horizontal or vertical ruling line; ``way`` (h or v) where its length is none."""
    return {
        "orientation": way or ("h" if abs(x1 - x0) >= abs(bottom - top) else "v"),
        "x0": min(x0, x1),
        "x1": max(x0, x1),
        "top": min(top, bottom),
        "bottom": max(top, bottom),
        "width": abs(x1 - x0),
        "height": abs(bottom - top),
        "object_type": "line",
    }
