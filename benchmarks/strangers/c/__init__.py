"""A world of made annual reports on openness, with known truth. See README.md."""

from __future__ import annotations

from .world import Made, documents

__all__ = ["Made", "documents"]
