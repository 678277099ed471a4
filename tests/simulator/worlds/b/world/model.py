"""The data a world hands out: portals, their true reports, and the request log."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Truth:
    """One report a patient person finds from the home page."""

    kind: str  # "whole" or "office"
    year: int
    title: str
    url: str
    note: str = ""
    aliases: tuple[str, ...] = ()  # other addresses of the same report (file, redirect, re-issue)


@dataclass
class Portal:
    """One fictional government portal with its known truth."""

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    home_url: str
    column_url: str
    traits: tuple[str, ...]
    reports: list[Truth] = field(default_factory=list)
    missing_years: list[int] = field(default_factory=list)
    ok_allowed: bool = True
    decoys: list[str] = field(default_factory=list)
    hosts: tuple[str, ...] = ()  # addresses without the port, for an allow-list


@dataclass(frozen=True)
class Request:
    """One request as it was served."""

    at: float
    host: str
    method: str
    path: str  # path and query
    status: int
    in_flight: int  # requests of this host being served when it arrived, itself included


@dataclass(frozen=True)
class Item:
    """A row of a list: what is shown and where it leads (a path on its host, or absolute)."""

    title: str
    href: str
    date: str
    kind: str = "news"
    year: int = 0
