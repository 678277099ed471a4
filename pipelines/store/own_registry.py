"""The rows of registries that users gave, kept beside the archive they led to.

A document is read by the names and hosts of the registry it was crawled with. The folder keeps
those rows, so that its bytes read the same whichever registry is at hand later: none, one that
has grown, one of other portals.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from pipelines.registry import Portal, Registry, load_registry, registry_with
from pipelines.registry.portals import COLUMNS, read_portals
from pipelines.store.files import write_atomically

NAME = "archive/portals.csv"
_COLUMNS = (*COLUMNS[:5], "county", *COLUMNS[5:])


def remember_registry(output: Path, registry: Registry | None) -> None:
    """Keep the rows of a registry that is not the built-in one; the last said of a code counts.

    Raises:
        StoreError: they cannot be written.
    """
    if registry is None or registry is load_registry():
        return
    rows = {p.code: p for p in (*remembered(output), *registry.portals)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for _, row in sorted(rows.items()):
        writer.writerow([getattr(row, name) for name in _COLUMNS])
    write_atomically(output / NAME, text.getvalue().encode())


def remembered(output: Path) -> list[Portal]:
    """Return the rows that were kept; none where every run took the built-in registry.

    Raises:
        RegistryError: someone damaged the file.
    """
    return read_portals(output / NAME) if (output / NAME).exists() else []


def registry_of(output: Path, codes: Iterable[str] = (), given: Registry | None = None) -> Registry:
    """Return the registry to read a folder's documents by.

    ``codes``: the portals they were found on; where one is of no remembered row, the folder was
    crawled with the built-in registry as well. ``given``: rows that count before the remembered.
    """
    rows = {p.code: p for p in (*remembered(output), *(given.portals if given else ()))}
    return registry_with(list(rows.values()), built_in=not rows.keys() >= set(codes))
