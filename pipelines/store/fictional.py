"""Whether a folder holds records of places that do not exist: the demo's, or a test's."""

from __future__ import annotations

from pathlib import Path

_PREFIX = "99"
"""Codes of fictional places begin so; GB/T 2260 gives provinces 11 to 82 (looked up 2026-11)."""


def is_fictional(code: str) -> bool:
    """Tell whether a division code is of no real place.

    >>> is_fictional("990121"), is_fictional("330327")
    (True, False)
    """
    return code.startswith(_PREFIX)


def fictional_in(output: Path) -> str:
    """Return one line that says so where a folder's dataset has fictional records, else nothing."""
    names = [path.name for path in sorted((output / "reports").glob("*.jsonl"))]
    made_up = [name for name in names if is_fictional(name)]
    if not made_up:
        return ""
    files = ", ".join(f"reports/{name}" for name in made_up)
    if made_up == names:
        return f"{output} holds fictional records alone (the demo's or a test's): {files}"
    return (
        f"{output} holds fictional records (the demo's or a test's) beside real ones: {files}; "
        "keep real reports in a folder of their own (-s OUTPUT_DIR=…)"
    )
