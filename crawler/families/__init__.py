"""Platform families: one module each, found by looking into this folder.

A family module has a ``NAME``, ``recognise(page) -> float`` (0 to 1: how sure it is that it made
the page), ``first_asks(page)`` (what else must be asked before the list can be read; usually
nothing) and ``read_list(page) -> ListPage``; where the platform keeps the column by rule, also
``columns(page)``, the addresses it must have. ``generic`` reads what no other module knows.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Protocol, cast

from crawler.pages import Page
from pipelines.vocabulary.errors import LayoutError
from pipelines.vocabulary.items import Ask, ListPage


class Family(Protocol):
    """What every module of this folder offers."""

    NAME: str

    def recognise(self, page: Page) -> float:
        """Return 0 to 1: how sure the marks on the page are."""

    def first_asks(self, page: Page) -> tuple[Ask, ...]:
        """Return what must be fetched to see the list; empty where the page is the list."""

    def read_list(self, page: Page) -> ListPage:
        """Read a list page or an answer to ``first_asks``.

        Raises:
            LayoutError: the page lacks what its family must have.
            BlockedError: the answer is a challenge page.
        """


@cache
def families() -> Mapping[str, Family]:
    """Return all families by name."""
    found: dict[str, Family] = {}
    for info in pkgutil.iter_modules(__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "read_list"):
            family = cast("Family", module)
            found[family.NAME] = family
    return MappingProxyType(found)


def columns_by_rule(page: Page) -> list[tuple[str, str]]:
    """Return (address, family) of where a platform keeps the column by rule.

    Only some families have such a rule (``columns``); what they return is to be verified.
    """
    found: dict[str, str] = {}
    for family in families().values():
        rule = getattr(family, "columns", None)
        for url in rule(page) if rule else ():
            found.setdefault(url, family.NAME)
    return list(found.items())


def first_asks(family: Family, page: Page) -> tuple[Ask, ...]:
    """Return what a family must ask first; nothing where the page names no address for it."""
    try:
        return family.first_asks(page)
    except ValueError:  # what a script calls an address may be none
        return ()


def other_ways(family: Family, page: Page, read: ListPage, rows: int) -> tuple[Ask, ...]:
    """Return other questions that may bring the rows behind the first ``rows`` of a list.

    For when the way the page itself names brings nothing new; only some families have more than
    one (``other_ways``).
    """
    ways = getattr(family, "other_ways", None)
    try:
        return tuple(ways(page, read, rows)) if ways else ()
    except ValueError:
        return ()


def read_list(family: Family, page: Page) -> ListPage:
    """Read a list page; what an answer has in no shape its family knows is a layout, no crash.

    Raises:
        LayoutError: the page or the answer is not what its family makes.
        BlockedError: the answer is a challenge page.
    """
    try:
        return family.read_list(page)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        words = f"{family.NAME} cannot read it: {type(error).__name__}: {error}"
        raise LayoutError("list/layout", f"{page.url}: {words}", evidence=words[:200]) from error


def family_of(page: Page) -> Family:
    """Return the family whose marks the page bears most surely; ``generic`` where none does."""
    return max(families().values(), key=lambda f: (f.recognise(page), f.NAME))
