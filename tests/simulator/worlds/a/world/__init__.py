"""A world of fictional portals with known truth, for examining a crawler."""

from .model import Portal, Request, Truth, canonical
from .world import World

__all__ = ["Portal", "Request", "Truth", "World", "canonical"]
