"""Write divisions.csv and portals.csv from a folder of facts.

Usage: ``python -m pipelines.registry.build ../shared/portals``. The folder holds ``divisions.csv``
and ``portals.csv``; what is written here is only those of their columns the registry uses, in
order of the code, and is read back and checked before the command ends.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

from pipelines.registry.loading import load_registry
from pipelines.registry.portals import COLUMNS, read_rows, why_no_column
from pipelines.vocabulary.errors import RegistryError

DIVISION_COLUMNS = ("code", "name", "level", "parent_code")
PORTAL_COLUMNS = (*COLUMNS, "county")


HERE = Path(__file__).parent


def build(facts: Path, target: Path = HERE) -> tuple[int, int]:
    """Write both files; return how many divisions and portals they hold.

    Raises:
        RegistryError: a file of facts is missing or lacks a column.
    """
    return (
        _write(facts / "divisions.csv", target / "divisions.csv", DIVISION_COLUMNS),
        _write(facts / "portals.csv", target / "portals.csv", PORTAL_COLUMNS),
    )


def _write(source: Path, target: Path, columns: tuple[str, ...]) -> int:
    rows = sorted(
        (tuple(_fact(row, name) for name in columns) for _, row in read_rows(source, columns)),
        key=_parents_first,
    )
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return len(rows)


def _fact(row: Mapping[str, str], name: str) -> str:
    # A column of one year, or of one office, would hide the others: it is searched for instead.
    return "" if name == "column_url" and why_no_column(row[name]) else row[name]


def _parents_first(row: tuple[str, ...]) -> str:
    return row[0]  # 330000 < 330300 < 330327


def main(arguments: list[str]) -> int:
    """Build, check, say what was written; 2 for wrong usage or wrong facts."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m pipelines.registry.build FOLDER_OF_FACTS\n")
        return 2
    try:
        divisions, portals = build(Path(arguments[0]))
        load_registry()
    except RegistryError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{divisions} divisions, {portals} portals written to {HERE}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
