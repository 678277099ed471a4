from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.checks.prose import DENIED, OTHER, REFUSED, UNABLE, check_prose
from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.reading.narrative import FIELDS, read_figures
from pipelines.reading.sections import split_sections
from pipelines.record import CellNote, Report
from pipelines.vocabulary.items import RawFile
from pipelines.vocabulary.rules import RULES

SHARED = Path(__file__).parents[4] / "shared"


def report(prose: str, scope: str = "unknown", **figures: float | None) -> Report:
    """A report whose table three is all 0 but for ``figures`` (row ids, or whole field ids)."""
    rows = (
        "new_received",
        "carried_in",
        "granted",
        "partial",
        *DENIED,
        *UNABLE,
        *REFUSED,
        *OTHER,
        "processed_total",
        "carried_out",
    )
    values: dict[str, int | float | None] = {f"t3_{row}__total": 0 for row in rows}
    for key, value in figures.items():
        values[key if key.startswith(("t2_", "t4_", "a14_")) else f"t3_{key}__total"] = value
    return Report(values=values, narrative=read_figures(prose, 2022), scope=scope)


def found(subject: Report) -> list[tuple[str, str, object, object]]:
    return [(f.rule, f.where, f.left, f.right) for f in check_prose(subject)]


@pytest.mark.parametrize(
    ("prose", "figures"),
    [
        ("收到政府信息公开申请30件。", {"new_received": 30}),
        ("收到政府信息公开申请32件。", {"new_received": 30, "carried_in": 2}),
        ("受理政府信息公开申请28件。", {"new_received": 30, "other_misc": 2}),
        ("收到政府信息公开申请30件，受理28件。", {"new_received": 30}),
        ("收到申请30件，办结29件，1件结转下年度办理。", {"new_received": 30, "processed_total": 29, "carried_out": 1}),
        ("收到申请30件，全部办结30件。", {"new_received": 30, "carried_in": 2, "processed_total": 32}),
        ("收到申请30件，答复25件。", {"new_received": 30, "processed_total": 30, "refused_petition": 3, "other_misc": 2}),
        ("收到政府信息公开申请约50件。", {"new_received": 30}),
        ("县政府办公室收到政府信息公开申请5件。", {"new_received": 30}),
        ("收到政府信息公开申请30件。县教育局收到政府信息公开申请9件。", {"new_received": 30}),
        ("答复申请9件，其中不予公开3件，无法提供4件。", {"processed_total": 9, "denied_internal_affairs": 1, "denied_process_info": 2, "unable_not_held": 4}),
        ("政府信息公开行政复议3件，行政诉讼2件。", {"t4_review_total": 3, "t4_direct_total": 1, "t4_after_review_total": 1}),
        ("政府信息公开行政复议11件。", {"t4_review_total": 0, "t4_review_upheld": 10, "t4_review_corrected": 1, "t4_review_other": 0, "t4_review_pending": 0}),
        ("制发行政规范性文件12件，废止3件，现行有效68件。", {"t2_normative_issued": 12, "t2_normative_repealed": 3, "t2_normative_in_force": 68}),
        ("县政府制发行政规范性文件3件。", {"t2_normative_issued": 8, "t2_rules_issued": 0}),
        ("未收取信息处理费。", {"a14_fee_wanyuan": 0}),
        ("未收到政府信息公开申请。", {}),
        ("收到政府信息公开申请30件。", {"new_received": None, "carried_in": None}),
    ],
)  # fmt: skip
def test_a_reading_that_agrees_is_no_finding(prose, figures):
    assert found(report(prose, **figures)) == []


@pytest.mark.parametrize(
    ("prose", "figures", "finding"),
    [
        ("收到政府信息公开申请31件。", {"new_received": 30, "carried_in": 2}, ("RT-APP", "x_app_total", 31, 30)),
        ("未收到政府信息公开申请。", {"new_received": 3}, ("RT-APP", "x_app_total", 0, 3)),
        ("受理政府信息公开申请40件。", {"new_received": 30}, ("RT-APP", "x_app_accepted", 40, 30)),
        ("办结政府信息公开申请21件。", {"new_received": 24, "processed_total": 24}, ("RT-REPLY", "x_app_replied", 21, 24)),
        ("办结申请9件，其中无法提供4件。", {"new_received": 9, "processed_total": 9, "unable_not_held": 4, "unable_unclear": 1}, ("RT-RESULT", "x_unable", 4, 5)),
        ("结转下年度继续办理申请3件。", {"carried_out": 2}, ("RT-CARRY", "x_carried_out", 3, 2)),
        ("政府信息公开行政复议4件。", {"t4_review_total": 3}, ("RT-REVIEW", "x_review_total", 4, 3)),
        ("制发行政规范性文件12件。", {"t2_normative_issued": 10, "t2_rules_issued": 0}, ("RT-NORM", "x_normative_issued", 12, 10)),
        ("收取信息处理费1200元。", {"a14_fee_wanyuan": 0.2}, ("RT-FEE", "x_fee_yuan", 1200, 2000)),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_once(prose, figures, finding):
    assert found(report(prose, **figures)) == [finding]


def test_another_count_of_requests_is_one_finding_however_many_figures_follow_from_it():
    prose = "收到政府信息公开申请12件，办结11件，其中予以公开6件，结转下年度1件。政府信息公开行政复议2件。"
    assert found(
        report(prose, new_received=30, processed_total=30, granted=20, t4_review_total=3)
    ) == [
        ("RT-APP", "x_app_total,x_app_replied,x_carried_out,x_granted", 12, 30),
        ("RT-REVIEW", "x_review_total", 2, 3),
    ]


def test_one_offices_figure_counts_where_the_report_is_that_offices_own():
    prose = "县政府办公室收到政府信息公开申请5件。"
    assert found(report(prose, scope="single_organ", new_received=6)) == [
        ("RT-APP", "x_app_total", 5, 6)
    ]


def test_what_the_sums_prove_is_compared_too():
    subject = report(
        "办结申请9件，其中予以公开4件。", new_received=9, processed_total=9, granted=None
    )
    subject.cells["t3_granted__total"] = CellNote(status="blank", derived=5, proof=("R3-SUM",))
    assert found(subject) == [("RT-RESULT", "x_granted", 4, 5)]


def test_a_blank_total_is_added_up_from_its_row():
    subject = report(
        "办结申请9件，其中予以公开4件。", new_received=9, processed_total=9, granted=None
    )
    for column in (
        "natural",
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other_org",
    ):
        subject.values[f"t3_granted__{column}"] = 1
    assert found(subject) == [("RT-RESULT", "x_granted", 4, 6)]


def test_findings_are_warnings_about_the_source_with_the_sentence():
    [finding] = check_prose(report("收到政府信息公开申请31件。", new_received=30))
    assert (finding.severity, finding.cause, finding.note) == (
        "W",
        "source",
        "收到政府信息公开申请31件。",
    )


def test_every_rule_compares_and_every_field_compared_is_one_of_the_narratives():
    from pipelines.checks.prose import _COMPARISONS

    assert {c.rule for c in _COMPARISONS} == {rule for rule in RULES if rule.startswith("RT-")}
    assert {field for c in _COMPARISONS for field in c.fields} <= set(FIELDS)


@pytest.mark.gold
@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared is not on this machine")
@pytest.mark.parametrize(
    ("path", "conflicts"),
    [
        ("seeds/seed_000.txt", []),
        ("seeds/seed_001.txt", []),
        ("seeds/seed_002.txt", []),
        ("seeds/seed_004.txt", [("x_app_replied", 21, 24)]),
        ("gold/docs/kewei_2024.md", []),
        ("gold/docs/pingtan_2018_flat.txt", []),
        ("gold/docs/pingtan_2021.html", []),
        ("gold/docs/hongze_2023.pdf", []),
        ("gold/docs/huaian_2024.pdf", []),
        ("gold/docs/shanghai_office_2019.html", [("x_granted_or_partial", 258, 275), ("x_unable", 265, 337)]),
    ],
)  # fmt: skip
def test_the_contradictions_of_the_checked_documents_are_found_and_no_others(path, conflicts):
    file = SHARED / path
    document = read_document(RawFile(body=file.read_bytes(), filename=file.name))
    truth_file = SHARED / "gold/truth" / f"{file.stem.removesuffix('_flat')}.json"
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    prose = "\n".join(split_sections(document).values())
    subject = Report(narrative=read_figures(prose, truth["report_year"]))
    for table in read_forms(document).tables.values():
        subject.values.update(table.values)
        subject.cells.update(table.notes)
    assert [(f.where, f.left, f.right) for f in check_prose(subject)] == conflicts
    stated = [
        (c["narrative"], c.get("table", c.get("table_sum"))) for c in truth["narrative_conflicts"]
    ]
    assert [(left, right) for _, left, right in conflicts] == stated
