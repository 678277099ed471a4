"""Real documents against their true figures, where they lie beside the project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.read import read_report
from pipelines.record import Report
from pipelines.vocabulary.items import RawFile
from tests.conftest import SHARED

pytestmark = pytest.mark.gold

NOT_PROVABLE = {
    # Three figures run together (no separator in this export) and no sum or sentence says where
    # to cut: null with a reason is the honest reading.
    ("pingtan_2021_flat.txt", "t2_normative_issued"),
    ("pingtan_2021_flat.txt", "t2_normative_repealed"),
    ("pingtan_2021_flat.txt", "t2_normative_in_force"),
    # The truth accepts null here: the cell is blank and a stray figure stands elsewhere.
    ("kewei_2024.md", "t3_carried_out__total"),
}
GROUPS = {"review": "t4_review", "direct": "t4_direct", "after_review": "t4_after_review"}
ROWS: list[str] = []


def _cases() -> Iterator[Any]:
    folder = SHARED / "gold" / "truth"
    if not folder.is_dir():
        yield pytest.param({}, "", id="no-gold")
        return
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        for name in truth["documents"]:
            yield pytest.param(truth, name, id=Path(name).name)


def _read(shared: Path, name: str) -> Report:
    path = shared / name if name.startswith("seeds/") else shared / "gold" / "docs" / name
    if path.suffix == ".doc" and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not on this machine: legacy Word files are not read")
    return read_report(RawFile(body=path.read_bytes(), filename=path.name))


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print a line a document when all are done."""
    yield
    if not ROWS:
        return
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\n\ngold document               cells exact  null wrong silent  year publisher")
        print("\n".join(ROWS))


@pytest.mark.parametrize(("truth", "name"), list(_cases()))
def test_a_real_document_reads_as_its_truth_says(
    shared: Path, truth: dict[str, Any], name: str
) -> None:
    report = _read(shared, name)
    assert report.is_report is truth["is_report"], report.reasons
    if not truth["is_report"]:
        ROWS.append(f"{Path(name).name:28}not a report: {', '.join(report.reasons)}")
        assert report.reasons
        return
    wrong, silent, null = _compare(report, truth, name)
    cells = len(truth["values"])
    exact = cells - len(wrong) - len(null)
    ROWS.append(
        f"{Path(name).name:28}{cells:5}{exact:6}{len(null):6}{len(wrong):6}{len(silent):7}"
        f"  {report.report_year} {report.publisher_norm}"
    )
    assert not wrong
    assert {(Path(name).name, f) for f in null} <= NOT_PROVABLE
    assert all(f in report.cells for f in null), "a null must say why"
    assert report.table_versions == truth["table_versions"]
    assert report.report_year == truth["report_year"]
    assert report.publisher_norm == truth["publisher"]
    assert report.problems == [] or truth["tables_lost"]


def _compare(
    report: Report, truth: dict[str, Any], name: str
) -> tuple[list[str], list[str], list[str]]:
    wrong, silent, null = [], [], []
    for field, expected in truth["values"].items():
        got = report.values.get(field, "missing")
        if got == expected:
            continue
        if got is None:
            null.append(field)
        else:
            wrong.append(f"{field}: {got}, not {expected}")
            if field not in report.cells:
                silent.append(field)
    return wrong, silent, null


@pytest.mark.parametrize(("truth", "name"), list(_cases()))
def test_every_listed_contradiction_is_found_and_no_other(
    shared: Path, truth: dict[str, Any], name: str
) -> None:
    if not truth["is_report"]:
        return
    report = _read(shared, name)
    expected = set()
    for item in truth["source_contradictions"]:
        where = item.get("column") or item.get("row") or item["group"]
        expected.add((item["rule"], where))
    errors = {(f.rule, f.where): f for f in report.findings if f.severity == "E"}
    assert set(errors) == expected
    assert {f.cause for f in errors.values()} <= {"source"}


@pytest.mark.parametrize(("truth", "name"), list(_cases()))
def test_what_the_sums_prove_is_derived_with_its_proof(
    shared: Path, truth: dict[str, Any], name: str
) -> None:
    if not truth["is_report"]:
        return
    report = _read(shared, name)
    for field, value in truth["derived"].items():
        note = report.cells[field]
        assert report.values[field] is None
        assert note.status in {"absent", "blank"}
        assert note.derived == value
        assert note.proof


def test_the_sample_text_of_a_sharing_site_is_refused_with_its_reasons(shared: Path) -> None:
    report = _read(shared, "seeds/seed_003.txt")
    assert "sample/title-says-fanwen" in report.reasons
    assert "sample/sharing-site-chrome" in report.reasons


def test_lost_tables_leave_the_figures_of_the_prose(shared: Path) -> None:
    report = _read(shared, "seeds/seed_000.txt")
    stated = {f.field: f.value for f in report.narrative}
    assert report.values == {}
    assert stated["x_app_replied"] == 533
    assert stated["x_granted"] == 270
    assert stated["x_partial"] == 55


def test_a_narrative_that_contradicts_the_table_is_found(shared: Path) -> None:
    report = _read(shared, "seeds/seed_004.txt")
    found = [f for f in report.findings if f.rule.startswith("RT-")]
    assert [(f.left, f.right) for f in found] == [(21, 24)]
