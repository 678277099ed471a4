"""Thirty fictional government portals on loopback, with known truth."""
from __future__ import annotations

from . import places as places  # registers the portals
from .kit import PLANS, Kit
from .model import Portal, Request, Truth
from .web import Fleet, Site

__all__ = ["Portal", "Request", "Truth", "World"]


class World:
    """All portals, served while the context is open."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        self.portals: list[Portal] = []
        self.port = 0
        self._fleet = Fleet()
        self.log: list[Request] = self._fleet.record

    def __enter__(self) -> World:
        """Build the portals and open their hosts."""
        for attempt in range(5):
            self.port = Fleet.free_port()
            sites: list[Site] = []
            self.portals = []
            for number, plan in enumerate(PLANS, 1):
                kit = Kit(number, plan, self.port, self.seed)
                plan.build(kit)
                sites += kit.sites
                self.portals.append(kit.done())
            try:
                self._fleet.start(sites, self.port)
                break
            except OSError:
                if attempt == 4:
                    raise
        return self

    def __exit__(self, *exc: object) -> None:
        """Close every host."""
        self._fleet.stop()
