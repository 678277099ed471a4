"""Every scene of the specification is there, and every crawl of the simulator is in the suite."""

import re
from pathlib import Path

from tests.simulator.figures import CRAWLS
from tests.simulator.scenes import FAMILIES, TRAPS, WAYS


def test_every_route_and_trap_of_the_specification_has_its_scene():
    numbers = {
        letter: {int(m[1]) for s in scenes if (m := re.match(rf"{letter}(\d+)", s.id))}
        for letter, scenes in (("P", FAMILIES), ("T", TRAPS), ("H", WAYS))
    }
    needs_office = set() if any(s.needs_office for s in TRAPS) else {40}
    assert numbers["P"] == set(range(1, 16))
    assert numbers["T"] == set(range(1, 61)) - needs_office
    assert numbers["H"] == set(range(1, 15))


def test_each_crawl_has_a_module_of_its_own():
    modules = Path(__file__).parent.glob("test_crawl_*.py")
    named = [
        name
        for m in modules
        for name in re.findall(r'^    name = "(.+)"$', m.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(named) == sorted(CRAWLS)
