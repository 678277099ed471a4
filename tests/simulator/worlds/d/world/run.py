"""Starts and stops the world."""
from __future__ import annotations

from .catalog import SPECS
from .model import Portal, Request
from .server import Net
from .site import Site


class World:
    """Thirty portals on loopback for the time of a with statement."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        self.portals: list[Portal] = []
        self.today = "2026-12-01"
        self._net = Net()

    @property
    def log(self) -> list[Request]:
        """Every request so far."""
        return self._net.log

    @property
    def port(self) -> int:
        """The port all hosts share."""
        return self._net.port

    def __enter__(self) -> World:
        """Bind the addresses, build the portals, answer."""
        ips: dict[str, dict[str, str]] = {}
        count = 0
        for spec in SPECS:
            for label in spec.hosts:
                count += 1
                ips.setdefault(spec.code, {})[label] = f"127.1.0.{count}"
        self._net.open([ip for one in ips.values() for ip in one.values()])
        self.portals = []
        for spec in SPECS:
            near = [s for s in SPECS if s.prefecture == spec.prefecture and s is not spec][:6]
            links = [(s.short, f"http://{ips[s.code]['www']}:{self._net.port}/") for s in near]
            site = Site(spec, self._net, ips[spec.code], self.seed, links)
            spec.build(site)
            site.portal.reports.sort(key=lambda t: (-t.year, t.kind))
            years = {t.year for t in site.portal.reports}
            site.portal.missing_years = [y for y in range(min(years), max(years)) if y not in years] if years else []
            self.portals.append(site.portal)
        self._net.start()
        return self

    def __exit__(self, *exc: object) -> None:
        """Stop answering."""
        self._net.close()
