"""The registry of divisions and portals: data in CSV files, loaded, checked and looked up.

A portal is a row; adding one takes no code. ``build.py`` writes the two large files from a folder
of facts; ``changes.csv``, ``units.csv`` and ``hosts.csv`` are kept by hand.
"""

from pipelines.registry.loading import load_registry, registry_with
from pipelines.registry.places import Change, Division, Level, Unit
from pipelines.registry.portals import Portal
from pipelines.registry.registry import Registry
from pipelines.registry.selection import select_portals

__all__ = [
    "Change",
    "Division",
    "Level",
    "Portal",
    "Registry",
    "Unit",
    "load_registry",
    "registry_with",
    "select_portals",
]
