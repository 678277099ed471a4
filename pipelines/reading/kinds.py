"""What a document can be, and why one thinks so: the closed lists of kinds and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "report": "a government information disclosure annual report",
        "sample_text": "a model text (范文) or a page of a document-sharing site",
        "mirror": "a hijacked or mirrored copy of a government page; its figures are not evidence",
        "encyclopedia_copy": "a copy on a wiki or encyclopedia",
        "order_or_rule": "an order, notice or rule about the reports",
        "blank_form": "the form itself, or a template, without figures",
        "website_yearly_form": "政府网站工作年度报表 or 监管年度报表, another yearly publication",
        "rule_of_law_report": "法治政府建设年度报告, another yearly publication",
        "work_summary": "a summary, plan, list of key points or self-assessment",
        "partial_year_statistics": "statistics of a month, a quarter or half a year",
        "guide_or_catalogue": "指南, 目录, 清单 or 制度 of information disclosure",
        "interpretation": "解读 or 图解 of a report; points to the report itself",
        "news": "news about a report; points to the report itself",
        "list_page": "a list of reports, not a report",
        "error_page": "a page that says the wanted page does not exist, or an error",
        "challenge_page": "a page that asks for a browser or a captcha",
        "empty": "no text and no tables",
        "other": "nothing that a report must have was found",
    }
)
"""Every kind a document may be given, with its meaning."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # what speaks for a report
        "report/title": "the title is that of an annual report",
        "report/outline": "at least four parts of a report have their headings",
        "report/part-outline": "two or three parts of a report have their headings",
        "report/tables": "labels of the statutory tables, with figures",
        "report/annex": "an indicator table of the years before 2019, with figures",
        "report/period": "the text says which period its figures are about",
        "report/figures": "the text states figures of its own on disclosure or requests",
        "report/form-corner": "the corner text of table three (勾稽关系)",
        # sample texts
        "sample/title-says-fanwen": "范文, 模板 or 例文 in the title",
        "sample/sharing-site-chrome": "download counters, page counts, points and the like",
        "sample/sharing-site-host": "the host is a document-sharing site",
        "sample/years-and-places-removed": "years and place names are cut out",
        "sample/no-named-publisher": "no division or organ is named in title or opening",
        "sample/word-swaps": "words swapped against copy detection (效劳 for 服务)",
        # mirrors
        "mirror/sounds-in-brackets": "sounds in brackets after characters: 號(hào)",
        "mirror/betting-words": "names of betting or adult sites on a host outside gov.cn",
        "mirror/brand-for-name": "a brand stands where the organ or domain should",
        "mirror/separators-between-words": "@@ or similar between words",
        "mirror/tables-may-be-genuine": "the copy holds tables: use them to cross-check only",
        "encyclopedia/host-or-chrome": "host or page frame of a wiki or encyclopedia",
        # other kinds
        "order/title": "the title is that of an order, notice or rule",
        "order/imperatives": "the text gives instructions (请…于…前报送)",
        "blank/labels-without-figures": "the labels of the form, and fewer than five figures",
        "blank/placeholders": "placeholders (文字描述, ××, 〇〇) in place of content",
        "blank/title": "the title says form, template or notes on filling in",
        "blank/no-year": "no year is named in title or opening",
        "blank/no-publisher": "no division or organ is named in title or opening",
        "website-form/title": "the title is that of the website report form",
        "website-form/fields": "fields of the website report form (网站标识码, 访问总量)",
        "rule-of-law/title": "法治政府 in the title",
        "summary/title": "总结, 要点, 自查, 计划 in the title",
        "partial-year/title": "a month, a quarter or half a year in the title",
        "guide/title": "指南, 目录, 清单, 制度 in the title",
        "interpretation/title": "解读, 图解, 一图读懂 in the title",
        "news/text": "told by others: 近日, 报告显示, 记者, and no parts of a report",
        "list/links": "mostly links to reports",
        "error/text": "the text says the page does not exist",
        "challenge/text": "the text asks for JavaScript, cookies or a captcha",
        "other/school-year": "the title names a school year: schools report under their own rules",
        "host/not-gov-cn": "the host is not under gov.cn (decides nothing alone)",
        "none/no-report-features": "neither parts, nor tables, nor figures of a report",
        "none/title-only": "the title is that of a report, the body is not there",
        "none/no-text": "no text and no tables",
    }
)
"""Every reason code, with its meaning."""


@dataclass(slots=True, frozen=True)
class Classification:
    """``kind`` is one of ``KINDS``; ``reasons`` are of ``REASONS``, the deciding ones first."""

    is_report: bool
    kind: str
    reasons: tuple[str, ...]

    @classmethod
    def no(cls, kind: str, reasons: Iterable[str]) -> Classification:
        """Return the classification of what is not a report."""
        return cls(is_report=False, kind=kind, reasons=tuple(reasons))
