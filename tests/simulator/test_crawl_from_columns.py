"""The spider over every vendor's routes and every soft trap, when the registry names the columns."""

import pytest

from tests.simulator.sentences import Crawled, SoftTraps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow("the portals of the other crawls, over a shorter way"),
]


class TestFromColumns(SoftTraps, Crawled):
    name = "families and soft traps, from known columns"
