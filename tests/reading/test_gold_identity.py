"""Identity of real documents: year and publisher as they were read off by hand."""

import json
from pathlib import Path

import pytest

from pipelines.documents import read_document
from pipelines.reading.identity import identify
from pipelines.registry import load_registry
from pipelines.vocabulary.items import RawFile, Source

SHARED = Path(__file__).parents[3] / "shared"
TRUTH = SHARED / "gold" / "truth"

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not TRUTH.exists(), reason="the gold set ../shared is not on this machine"),
]


def documents():
    for path in sorted(TRUTH.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for name in truth["documents"] if truth["is_report"] else ():
            folder = SHARED if name.startswith("seeds/") else SHARED / "gold" / "docs"
            yield pytest.param(folder / name, truth, id=name)


@pytest.mark.parametrize(("path", "truth"), list(documents()))
def test_year_and_publisher_are_those_read_by_hand(path, truth):
    document = read_document(RawFile(body=path.read_bytes(), filename=path.name))
    found = identify(document, Source(), load_registry())
    assert (found.report_year, found.publisher_norm) == (truth["report_year"], truth["publisher"])
    printed = truth["publisher_as_printed"]
    assert printed is None or found.publisher_raw == printed
    assert not found.problems
