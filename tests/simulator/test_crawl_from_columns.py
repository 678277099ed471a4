"""The spider over every vendor's routes and every soft trap, when the registry names the columns."""

from tests.simulator.sentences import MARKS, Crawled, SoftTraps

pytestmark = MARKS


class TestFromColumns(SoftTraps, Crawled):
    name = "families and soft traps, from known columns"
