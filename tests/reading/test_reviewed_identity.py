"""What a person's review says of whose report a document is, against what it says itself."""

from __future__ import annotations

import pytest

from pipelines.documents import read_document
from pipelines.reading.identity import Identity, identify
from pipelines.registry import load_registry
from pipelines.vocabulary.items import Correction, RawFile, Source

TITLE = "苍南县财政局2023年政府信息公开工作年度报告"
URL = "http://www.cncn.gov.cn/art/a.html"
ORGAN = ("publisher_norm", "苍南县财政局", "苍南县人民政府")


def identified(*rows: tuple[str, str | int | None, str | int]) -> Identity:
    text = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1></body></html>"
    corrections = tuple(
        Correction(about=URL, field=field, read=read, value=value, reason="看过", reviewer="王",
                   date="2026-11-20", line=line)
        for line, (field, read, value) in enumerate(rows, 2)
    )  # fmt: skip
    source = Source(url=URL, adcode="330327", corrections=corrections)
    document = read_document(RawFile(body=text.encode(), filename="a.html"))
    return identify(document, source, load_registry())


@pytest.mark.parametrize("read", ["single_organ", "aggregate"])
@pytest.mark.parametrize("turn", [1, -1])
def test_a_scope_is_corrected_as_first_read_or_as_the_corrected_organ_made_it(read, turn):
    rows = (ORGAN, ("scope", read, "single_organ"))
    found = identified(*rows[::turn])
    assert (found.publisher_norm, found.scope) == ("苍南县人民政府", "single_organ")
    assert {row.field for row in found.corrections} == {"publisher_norm", "scope"}
    assert not found.problems


def test_a_row_of_a_field_that_reads_otherwise_is_told_and_the_others_hold():
    found = identified(("report_year", 2022, 2021), ORGAN)
    assert (found.report_year, found.publisher_norm) == (2023, "苍南县人民政府")
    (problem,) = found.problems
    assert problem.code == "dataset/stale-correction"
    assert problem.evidence == "corrections.csv line 2: report_year reads 2023, not 2022"
