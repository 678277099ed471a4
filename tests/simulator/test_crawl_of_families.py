"""The spider over every vendor's routes, from home pages."""

from tests.simulator.sentences import MARKS, Crawled

pytestmark = MARKS


class TestFamilies(Crawled):
    name = "families, from home pages"
