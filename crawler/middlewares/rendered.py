"""What the browser's work ends with, for those who have no browser at hand.

``browser`` and ``turning`` load Playwright, a fifth of a second that only a crawl needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scrapy.exceptions import IgnoreRequest


class NoBrowserError(IgnoreRequest):
    """The page needs JavaScript and there is no Chromium on this machine."""


class RenderError(IgnoreRequest):
    """The browser could not show the page, tries and recovery included."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Pressed:
    """A request that a press in the browser has made."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class LedTo:
    """Where a page wants to go by itself while it is kept from going."""

    kept: bool = False
    """It is kept where it is."""
    urls: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Turned:
    """What the pages of a list showed, one after the other."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    """Address and source of each, the first included; one for a list that only grew."""
    turns: int = 0
    """How often something new came."""
    trouble: str = ""
    """Why it may not be the end; empty where the list came to one."""
    code: str = "list/short-of-total"
    """The problem the trouble is."""
    entered: list[str] = field(default_factory=list)
    """Names of the entries that were pressed before anything was listed."""
    learnt: int = 0
    """Rows without an address of which a press has shown where they lead."""
    asked: list[tuple[str, tuple[Pressed, ...]]] = field(default_factory=list)
    """What was pressed for each turn, and what the page asked for then."""
    new: list[tuple[str, ...]] = field(default_factory=list)
    """The rows each turn brought, as their words and addresses."""
    stopped_alike: bool = False
    """It was stopped because each turn asked one thing: the rest may be had without the browser."""
