"""Prose readers against the checked documents beside the project (their texts stay there)."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from pipelines.reading.classify import classify
from pipelines.reading.narrative import read_figures
from pipelines.reading.sections import split_sections
from pipelines.vocabulary.items import Source
from tests.reading.texts import document

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared is not on this machine"),
]
SOURCES = {
    **{f"seed_00{i}": f"seeds/seed_00{i}.txt" for i in range(5)},
    "kewei_2024": "gold/docs/kewei_2024.md",
    "pingtan_2018": "gold/docs/pingtan_2018_flat.txt",
    "pingtan_2021": "gold/docs/pingtan_2021_flat.txt",
    "hongze_2023": "gold/docs/hongze_2023.pdf",
    "huaian_2024": "gold/docs/huaian_2024.pdf",
    "shanghai_office_2019": "gold/docs/shanghai_office_2019.html",
}
REPORTS = sorted(set(SOURCES) - {"seed_003"})
# The keys of the truth are descriptive; more than one field can be the right one.
FIELDS = {
    "received": {"x_app_total", "x_app_accepted"},
    "handled": {"x_app_replied"},
    "carried_in": {"x_carried_in"},
    "carried_out": {"x_carried_out"},
    "granted": {"x_granted"},
    "partial": {"x_partial"},
    "granted_or_partial": {"x_granted_or_partial"},
    "denied": {"x_denied"},
    "unable": {"x_unable"},
    "rejected": {"x_refused"},
    "other": {"x_other"},
    "reviews": {"x_review_total"},
    "review_maintained": {"x_review_upheld"},
    "review_corrected": {"x_review_corrected"},
    "review_other": {"x_review_other"},
    "review_pending": {"x_review_pending"},
    "lawsuits": {"x_suit_total"},
    "lawsuits_maintained": {"x_suit_upheld"},
    "lawsuits_corrected": {"x_suit_corrected"},
    "lawsuits_other": {"x_suit_other"},
    "lawsuits_pending": {"x_suit_pending"},
    "disclosed_total": {"x_proactive_total", "x_website_items"},
    "disclosed_approx": {"x_proactive_total"},
    "disclosed_website": {"x_website_items"},
    "disclosed_new_media": {"x_newmedia_items"},
    "normative_issued": {"x_normative_issued"},
    "normative_repealed": {"x_normative_repealed"},
    "normative_valid": {"x_normative_in_force"},
    "fee_yuan": {"x_fee_yuan"},
}
NOT_READ = {
    "offline", "online", "letterbox", "responses", "rectification_notices", "circulars",
    "normative_published", "penalty_results_published", "power_list_published",
}  # fmt: skip


def text_of(name: str) -> str:
    path = SHARED / SOURCES[name]
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if path.suffix == ".html":
        return str(lxml.html.fromstring(path.read_text(encoding="utf-8")).text_content())
    return path.read_text(encoding="utf-8")


def truth_of(name: str) -> dict[str, object]:
    return json.loads((SHARED / f"gold/truth/{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_reports_and_samples_are_told_apart(name):
    verdict = classify(document(text_of(name)), Source())
    assert verdict.is_report == truth_of(name)["is_report"], verdict


@pytest.mark.parametrize("name", REPORTS)
def test_figures_in_prose_are_those_of_the_truth(name):
    truth = truth_of(name)
    parts = split_sections(document(text_of(name)))
    found = {
        (f.field, f.value) for f in read_figures("\n".join(parts.values()), truth["report_year"])
    }
    for key, value in truth["narrative"].items():
        if key.endswith("_pct") or key in NOT_READ:
            continue
        if key == "fee_collected":
            assert ("x_fee_yuan", 0) in found
            continue
        assert any((field, value) in found for field in FIELDS[key]), (key, value, found)


@pytest.mark.parametrize("name", REPORTS)
def test_parts_end_where_they_should(name):
    parts = split_sections(document(text_of(name)))
    if name == "pingtan_2018":
        assert {"2", "3", "4", "5"} <= set(parts)
        return
    assert {"1", "5", "6"} <= set(parts)
    assert "第二十条第" not in "".join(parts.get(key, "") for key in "1256")
    assert not {"2", "3", "4"} & set(parts), parts
