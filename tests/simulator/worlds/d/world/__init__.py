"""A held-out world of 30 fictional government portals on loopback addresses."""
import re

from .model import Portal, Request, Truth
from .run import World

__all__ = ["Portal", "Request", "Truth", "World", "canonical"]


def canonical(url: str) -> str:
    """Return the address a report has, without the ``t=`` that its list adds at every look."""
    return re.sub(r"\?t=\d+$", "", url)
