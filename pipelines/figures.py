"""The printed figures of two readings, held against each other: are they of one report?"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.record import Number

Values = Mapping[str, Number | None]

ENOUGH = 20
"""Equal printed figures, not all zero, that two reports do not share by chance."""


def printed(values: Values) -> dict[str, Number]:
    """Return the figures the source prints."""
    return {name: value for name, value in values.items() if value is not None}


def differing(left: Values, right: Values) -> list[str]:
    """Return the fields both print with different figures; what only one prints is no dispute."""
    mine, theirs = printed(left), printed(right)
    return sorted(name for name in mine.keys() & theirs.keys() if mine[name] != theirs[name])


def of_one_report(left: Values, right: Values) -> bool:
    """Tell whether two readings share so many figures, and dispute none, that they are of one."""
    mine, theirs = printed(left), printed(right)
    shared = mine.keys() & theirs.keys()
    return (
        len(shared) >= ENOUGH
        and any(mine[name] for name in shared)
        and all(mine[name] == theirs[name] for name in shared)
    )
