"""What the examination knows of each portal: the truth, and the record of requests."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Truth:
    """One report a patient person with a browser finds."""

    kind: str  # "whole" | "office"
    year: int
    title: str
    url: str
    note: str = ""
    aliases: tuple[str, ...] = ()  # other addresses of the same report


@dataclass
class Portal:
    """One portal with everything known about it."""

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    home_url: str
    column_url: str
    traits: tuple[str, ...]
    reports: list[Truth] = field(default_factory=list)
    missing_years: list[int] = field(default_factory=list)  # of the kind "whole"
    ok_allowed: bool = True
    decoys: list[str] = field(default_factory=list)
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """One request as the server saw it; in_flight counts it and the others then open at its host."""

    at: float
    host: str
    method: str
    path: str
    status: int
    in_flight: int
