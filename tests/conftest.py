"""What every test shares: sockets to loopback only, and the way to real documents beside the project."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.effort import PROFILE

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).parents[2] / "shared"))

HERE = Path(__file__).parent
LONGEST = (
    "simulator/test_crawl_",
    "test_crash",
    "test_side_by_side",
    "spiders/test_hostile",
    "spiders/test_browser",
    "pipelines/documents/test_carriers",
    "pipelines/test_stages",
    "pipelines/documents/test_hostile",
    "demo/test_run",
    "test_full_disk",
    "crawler/commands/",
    "spiders/",
)
"""Paths of the modules that take longest, or wait longest for commands they started."""

# Sentences that test modules share are tests as well: their asserts say what they saw.
pytest.register_assert_rewrite("tests.simulator.sentences")

# No example has a deadline on the wall: another's work would fail it.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=25, **_CALM)
settings.register_profile("thorough", max_examples=100, print_blob=True, **_CALM)
settings.load_profile(PROFILE)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name long bytes by their length: a name must be the same in each process that runs tests."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 64 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest modules: what computes goes on beside, and none is left for the end."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(HERE).as_posix()
        return next(
            (n for n, begins in enumerate(LONGEST) if path.startswith(begins)), len(LONGEST)
        )

    items.sort(key=place)


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
