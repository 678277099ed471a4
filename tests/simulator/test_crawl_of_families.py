"""The spider over every vendor's routes, from home pages."""

import pytest

from tests.simulator.sentences import Crawled

pytestmark = pytest.mark.browser


class TestFamilies(Crawled):
    name = "families, from home pages"
