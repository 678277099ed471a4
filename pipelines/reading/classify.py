"""Is this document a 政府信息公开工作年度报告? If not, what is it, and how can one tell?

No single sign decides against a report: a genuine one speaks of 通知, 制度, 培训 and 指南 on every
page. What a report *has* (its parts, its tables, its own figures, a period; ``evidence``) is
weighed against what a look-alike has (``lookalikes``). Kinds and reasons are the closed lists of
``kinds``.
"""

from __future__ import annotations

from pipelines.documents.blocks import Document
from pipelines.reading.evidence import (
    WEIGHTS,
    Evidence,
    for_report,
    gather,
    is_whole_form,
    tells_every_part,
)
from pipelines.reading.figures_of_none import kind_with_figures
from pipelines.reading.kinds import KINDS, REASONS, Classification
from pipelines.reading.lookalikes import (
    blank_reasons,
    covers_half_a_year,
    enough_against,
    gives_orders,
    is_encyclopedia,
    is_news,
    is_of_a_school,
    is_sample,
    is_title_and_table,
    is_website_form,
    mirror_reasons,
    orders_by_title,
    page_kind,
    sample_reasons,
)
from pipelines.reading.other_titles import kind_of_other
from pipelines.vocabulary.items import Source

__all__ = ["KINDS", "REASONS", "Classification", "classify"]


def classify(document: Document, source: Source) -> Classification:
    """Say whether ``document`` is an annual report, and what it is otherwise.

    Source of the rules: formats.md section 7; every kind has a fixture in tests/reading.
    """
    seen = gather(document, source)
    pro = for_report(seen)
    score = sum(WEIGHTS[reason] for reason in pro)
    outside = ["host/not-gov-cn"] if seen.host and not seen.gov else []

    if mirror := mirror_reasons(seen):
        tables = ["mirror/tables-may-be-genuine"] if seen.labels >= 12 else []
        return Classification.no("mirror", tuple(mirror + tables + outside))
    sample = sample_reasons(seen)
    if is_sample(sample, gov=seen.gov):
        return Classification.no("sample_text", tuple(sample + outside))
    if is_encyclopedia(seen):
        return Classification.no("encyclopedia_copy", ("encyclopedia/host-or-chrome", *outside))
    if page := page_kind(seen, score):
        return Classification.no(page[0], tuple(page[1] + outside))
    if is_of_a_school(seen):
        return Classification.no("other", ("other/school-year", *outside))
    if other := kind_with_figures(seen, pro):
        return Classification.no(other[0], (other[1], *outside))
    named = kind_of_other(seen.headline)
    blank = blank_reasons(seen, pro)
    # An order may have the form in its annex; a form may be called 格式 without being an order.
    if blank and not (named and named[0] == "order_or_rule" and orders_by_title(seen)):
        return Classification.no("blank_form", tuple(blank + outside))
    if is_website_form(seen):
        return Classification.no("website_yearly_form", ("website-form/fields", *outside))
    if named:
        kind, reason = named
        if (
            score < enough_against(kind, seen)
            # Half a year in the form of a year has all a report has, except the year.
            or covers_half_a_year(seen)
            or (kind == "order_or_rule" and gives_orders(seen, pro))
        ):
            return Classification.no(kind, (reason, *outside))
    elif gives_orders(seen, pro, signs=3) and not {"report/figures", "report/outline"} & set(pro):
        return Classification.no("order_or_rule", ("order/imperatives", *outside))
    elif is_news(seen, pro):
        return Classification.no("news", ("news/text", *outside))
    return _verdict(seen, pro, score, outside)


def _verdict(seen: Evidence, pro: list[str], score: float, outside: list[str]) -> Classification:
    body = {"report/outline", "report/tables", "report/annex"}.intersection(pro)
    some = {"report/part-outline", "report/figures", "report/period", "report/form-corner"}
    signs = len(some.intersection(pro))
    # A township's report may be three lines: then its own figures must be among the signs; one of
    # a sentence tells every part in it.
    told = signs == 1 and tells_every_part(seen)
    least = 120 if "report/figures" not in pro else 40 if told else 60
    enough = (body and (score >= 3.0 or is_whole_form(seen, pro))) or (
        "report/title" in pro and len(seen.prose) > least and signs + told >= 2
    )
    if enough or is_title_and_table(seen, pro):
        return Classification(is_report=True, kind="report", reasons=tuple(pro + outside))
    if "report/title" in pro:
        return Classification.no("other", ("none/title-only", *outside))
    return Classification.no("other", ("none/no-report-features", *outside))
