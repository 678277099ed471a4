"""The columns of governments above: what they list of the portals below, read once a run."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from pipelines.vocabulary.items import Column, ReportLink
from pipelines.vocabulary.ledger import newest_due


@dataclass(slots=True, frozen=True)
class Above:
    """A column of a government above, with its rows."""

    column: Column
    rows: tuple[ReportLink, ...]


Reader = Callable[[], Awaitable[Above | None]]


class ColumnsAbove:
    """Shared by the walks of a run: a city with twenty counties is asked once for all of them."""

    def __init__(self) -> None:
        self._read: dict[str, Above | None] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(self, url: str, read: Reader) -> Above | None:
        """Return a column; ``read`` is called where nobody has read it before."""
        async with self._locks[url]:
            if url not in self._read:
                self._read[url] = None  # whatever comes of it, it is asked once
                self._read[url] = await read()
            return self._read[url]


def years_lacking(seen: set[int], wanted: frozenset[int] | None, today: date) -> set[int]:
    """Return the years between the first and the newest that a column must have and has not.

    Years before the first one seen are not missed: how long a portal keeps its reports differs.

    >>> sorted(years_lacking({2019, 2022}, frozenset({2020, 2021, 2030}), date(2023, 5, 1)))
    [2020, 2021]
    """
    if not seen:
        return set()
    lacking = set(range(min(seen), newest_due(today) + 1)) - seen
    return lacking if wanted is None else lacking & wanted
