"""The world: builds all portals on free loopback addresses and serves them."""

from __future__ import annotations

import errno

from .model import Portal, Request
from .server import Net
from .sites import BUILDERS


class World:
    """Context manager: inside it, the portals answer and `portals` and `log` are filled."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        self.portals: list[Portal] = []
        self._net = Net()

    @property
    def log(self) -> list[Request]:
        """Every request so far, in order of completion."""
        return self._net.log

    def __enter__(self) -> World:
        for attempt in range(20):
            self._net = Net()
            try:
                self.portals = [build(self._net, self.seed) for build in BUILDERS]
                break
            except OSError as err:
                self._net.stop()
                if err.errno != errno.EADDRINUSE or attempt == 19:
                    raise
        self._net.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._net.stop()
