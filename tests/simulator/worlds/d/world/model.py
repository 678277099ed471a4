"""What the world tells its examiner: portals, the reports a person finds, and the request log."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["whole", "office"]


@dataclass(frozen=True)
class Truth:
    """One report that a patient person with a browser finds from the home page."""

    kind: Kind
    year: int
    title: str
    url: str
    note: str = ""


@dataclass
class Portal:
    """A portal with its known truth."""

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
    hosts: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The portal as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Request:
    """One request that reached the world."""

    at: float
    host: str
    method: str
    path: str
    status: int
    in_flight: int
