"""What every test shares: sockets to loopback only, and the way to real documents beside the project."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).parents[2] / "shared"))

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> Any:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])
        try:
            allowed = ipaddress.ip_address(host).is_loopback
        except ValueError:
            allowed = host == "localhost"
        if not allowed:
            raise AssertionError(f"a test tried to reach {host}: tests are offline")
    return _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def offline() -> Any:
    """Let no test leave this machine."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _loopback_only)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; skipped, and said, where there is none."""
    if not (SHARED / "gold" / "truth").is_dir():
        pytest.skip(f"no real documents at {SHARED}: the comparison with gold was not made")
    return SHARED
