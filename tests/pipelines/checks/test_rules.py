"""The table of rules: closed, whole, and the only place that says how grave a finding is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.record import tell
from pipelines.vocabulary.rules import GROUPS, RULES, SEVERITIES, rule_of

ROOT = Path(__file__).parents[3]
OF_EVERY_TABLE = ("TWICE", "WHOSE", "INT", "OCR")
CODE = [
    path
    for room in ("pipelines", "crawler", "spiders")
    for path in sorted((ROOT / room).rglob("*.py"))
    if path.name != "rules.py"
]


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_a_finding_is_as_grave_as_its_rule_says():
    found = tell("R3-ROW", "granted", left=3, right=4)
    assert (found.severity, found.cause) == ("E", "source")
    assert found.to_json() == {
        "rule": "R3-ROW",
        "where": "granted",
        "severity": "E",
        "left": 3,
        "right": 4,
        "cause": "source",
    }


def test_a_rule_with_two_severities_or_causes_takes_either():
    assert tell("R4-SHAPE", "t4").severity == "E"
    assert tell("R4-SHAPE", "t4", severity="W").severity == "W"
    assert tell("R3-ROW", "granted", cause="unknown").cause == "unknown"


@pytest.mark.parametrize(
    ("rule", "graded"),
    [
        ("R9-NONE", {}),
        ("R3-ROW", {"severity": "I"}),
        ("R3-ROW", {"cause": "extraction"}),
        ("RT-FEE", {"severity": "E"}),
    ],
)
def test_what_the_table_does_not_list_is_refused(rule, graded):
    with pytest.raises(ValueError, match=rule):
        tell(rule, "t3", **graded)


def test_several_places_are_one_finding():
    assert tell("R3-SHAPE", ["granted", "partial"]).where == "granted,partial"
    assert tell("R3-SHAPE", (row for row in ("granted",))).where == "granted"
    assert tell("R3-SHAPE", "granted").where == "granted"


def test_findings_are_made_in_one_place_only():
    makers = {str(path.relative_to(ROOT)) for path in CODE if "Finding" in calls(path)}
    assert makers == {"pipelines/record.py"}


def test_the_code_names_every_rule_of_the_table_and_no_other():
    named = {rule_of(t, what) for t in ("t2", "t3", "t4", "annex") for what in OF_EVERY_TABLE}
    for path in CODE:
        named |= set(re.findall(r'"(R[2-4AEMSTX]-[A-Z0-9-]+)"', path.read_text("utf-8")))
    assert named == set(RULES)


def test_every_rule_is_described_once():
    assert sum(len(group) for group in GROUPS.values()) == len(RULES)
    for rule in RULES.values():
        assert rule.severity in SEVERITIES
        assert rule.or_severity != rule.severity
        assert rule.or_cause != rule.cause
        assert rule.meaning
        assert rule.meaning[-1] != "."
