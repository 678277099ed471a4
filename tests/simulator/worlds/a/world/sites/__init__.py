"""The builders of all portals, in order."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Portal
from ..server import Net
from . import hard, menus, moved, painted, plain

BUILDERS: list[Callable[[Net, int], Portal]] = [*plain.ALL, *painted.ALL, *menus.ALL, *moved.ALL, *hard.ALL]
