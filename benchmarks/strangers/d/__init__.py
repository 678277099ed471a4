"""A stranger's world of annual disclosure reports, with known truth."""

from .compose import documents
from .model import Made

__all__ = ["Made", "documents"]
