"""The spider over columns whose first list is not all there is."""

import pytest

from tests.simulator.sentences import Crawled

pytestmark = pytest.mark.browser


class TestBeside(Crawled):
    name = "what stands beside lists, from home pages"
    least = 100
