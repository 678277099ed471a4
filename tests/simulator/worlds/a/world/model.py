"""What the world tells about itself: portals, their true reports, and the requests it saw."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True)
class Truth:
    """One annual report a patient person with a browser finds from the home page."""

    kind: str  # "whole" | "office"
    year: int  # the year the report is about
    title: str
    url: str
    note: str = ""
    also: tuple[str, ...] = ()  # other addresses of the same report (twin, attachment, data behind a script page)


@dataclass
class Portal:
    """A fictional portal with everything an examiner needs."""

    code: str
    name: str
    level: str  # "county" | "prefecture"
    province: str
    prefecture: str
    home_url: str = ""
    column_url: str = ""
    traits: tuple[str, ...] = ()
    reports: list[Truth] = field(default_factory=list)
    missing_years: list[int] = field(default_factory=list)
    ok_allowed: bool = True
    decoys: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # where the reports are listed (for the examiner only)
    nasty: bool = False
    why: str = ""  # why ok is not allowed, or what to know

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the manifest."""
        return asdict(self)


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    at: float  # time.monotonic() at arrival
    host: str
    method: str
    path: str  # with query
    status: int
    in_flight: int  # requests of this host being answered at arrival, this one included
    agent: str = ""


def canonical(url: str) -> str:
    """An address without session ids, time stamps and a fragment that is no route: what to compare addresses by."""
    parts = urlsplit(url)
    path = quote(unquote(parts.path.split(";", 1)[0])) or "/"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in ("t", "_", "ddtab", "from")]
    fragment = parts.fragment if parts.fragment.startswith("/") else ""
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), fragment))
