"""Bytes to a record: the whole reading, with no crawl around it.

    >>> from pipelines.vocabulary.items import RawFile
    >>> report = read_report(RawFile(body=b"hello", filename="note.txt"))
    >>> report.is_report
    False

Every step is a pure function of this package. A step that fails costs what it would have set, and
leaves a problem with its name; the figures already read stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.checks import check_report
from pipelines.documents import read_document, read_pages
from pipelines.documents.blocks import Document
from pipelines.forms import FormReading, read_forms
from pipelines.reading.classify import Classification, classify
from pipelines.reading.identity import identify
from pipelines.reading.narrative import processing_fee_yuan, read_figures
from pipelines.reading.report_id import report_id
from pipelines.reading.sections import prose_of, split_sections
from pipelines.record import Report, tell
from pipelines.registry import Registry, load_registry
from pipelines.report_parts import (
    JoinedTables,
    Part,
    dispute,
    edition,
    others,
    text_of,
    units,
)
from pipelines.rivals import choose_part
from pipelines.vocabulary.errors import CodedError, DocumentError
from pipelines.vocabulary.items import RawFile, Source
from pipelines.vocabulary.problems import Problem

_NOTE = 300
"""Characters of a finding's note about what was passed over."""


def read_report(
    page: RawFile,
    files: Sequence[RawFile] = (),
    source: Source | None = None,
    registry: Registry | None = None,
) -> Report:
    """Read one report from its page and the files the page links.

    Args:
        page: the report page, or the document itself.
        files: attachments that may hold the report or pieces of it; of several carriers the best
            counts, a table only one of them has joins the rest.
        source: what a crawl knows of it.
        registry: the divisions to recognise; the built-in ones by default.

    Returns:
        the report; ``is_report`` is False (with ``reasons``) for anything else. Its ``problems``
        say what could not be read.

    Raises:
        DocumentError: neither the page nor any file can be read as a document.
    """
    source = source or Source()
    if source.url is None and page.url:  # where a file lies says whose it is and what kind of site
        source = replace(source, url=page.url)
    report = Report(portal_code=source.adcode)
    parts = _parts(page, files, report, source)
    choice = choose_part(parts, source, registry)
    parts, main = choice.parts, choice.main
    tables = choice.tables
    document = text_of(parts, main)
    _set_source(report, page, source)
    report.carrier = main.document.carrier
    verdict = _best_verdict(parts, document, source)
    report.is_report, report.reasons = verdict.is_report, list(verdict.reasons)
    report.title = document.title or source.title
    if not report.is_report:
        return report

    used = tables.parts.values()
    step = _Steps(report, source)
    step.run("sections", lambda: _set_sections(report, document))
    step.run("tables", lambda: _set_tables(report, tables))
    step.run("identity", lambda: _set_identity(report, document, source, registry))
    report.findings += choice.findings
    if choice.decided:
        step.run("narrative", lambda: _set_narrative(report, document))
        step.run("editions", lambda: _compare_editions(report, parts, tables))
    report.editions += [edition(part) for part in choice.passed]
    step.run("hidden", lambda: _tell_hidden(report, (document, *(p.document for p in used))))
    step.run("checks", lambda: _set_findings(report, tables.forms))
    return report


class _Steps:
    """Runs the steps of a reading; one that raises becomes a problem, not a lost report."""

    def __init__(self, report: Report, source: Source) -> None:
        self.report, self.source = report, source

    def run(self, name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except CodedError as error:
            self._note(error.code, name, error.evidence)
        except Exception as error:  # noqa: BLE001 - a bug in one step must not cost the others
            self._note("report/stage-failed", name, f"{type(error).__name__}: {error}")

    def _note(self, code: str, stage: str, evidence: str) -> None:
        self.report.problems.append(
            Problem(
                code=code,
                evidence=evidence,
                stage=stage,
                portal=self.source.adcode,
                url=self.source.url,
                title=self.report.title,
            )
        )


def _parts(page: RawFile, files: Sequence[RawFile], report: Report, source: Source) -> list[Part]:
    parts: list[Part] = []
    first_error: DocumentError | None = None
    for raw, *more in units(page, files):
        try:
            document = read_pages([raw, *more]) if more else read_document(raw)
        except DocumentError as error:
            first_error = first_error or error
            if raw is not page:
                report.problems.append(
                    Problem(
                        code="document/attachment-unreadable",
                        evidence=f"{error.code}: {error.evidence}",
                        stage="decode",
                        portal=source.adcode,
                        url=raw.url or source.url,
                    )
                )
            continue
        unread = (("document/attachment-unreadable", note) for note in document.unread)
        inside = (noticed for part in document.parts for noticed in part.noticed)
        for code, note in dict.fromkeys((*document.noticed, *inside, *unread)):
            report.problems.append(
                Problem(
                    code=code,
                    evidence=note,
                    stage="decode",
                    portal=source.adcode,
                    url=raw.url or source.url,
                )
            )
        # An archive of several documents: each may hold what the others only mention.
        for part in document.parts or (document,):
            forms = read_forms(part)
            parts.append(Part(raw, part, forms))
            report.problems += [
                Problem(
                    code="report/stage-failed",
                    evidence=what,
                    stage="tables",
                    portal=source.adcode,
                    url=raw.url or source.url,
                )
                for what in dict.fromkeys(forms.failed)
            ]
    if not parts:
        raise first_error or DocumentError("document/empty", "nothing to read")
    return parts


def _best_verdict(parts: Sequence[Part], document: Document, source: Source) -> Classification:
    """Return the verdict on the merged document."""
    verdict = classify(document, source)
    if verdict.is_report:
        return verdict
    for part in parts[1:]:
        other = classify(part.document, source)
        if other.is_report:
            return other
    return verdict


def _set_source(report: Report, page: RawFile, source: Source) -> None:
    report.source_url = source.url or page.url
    report.final_url = source.final_url or report.source_url
    report.fetched_at = source.fetched_at
    report.content_type = page.content_type
    report.sha256 = hashlib.sha256(page.body).hexdigest()
    report.rendered = source.rendered
    report.found_via = source.found_via
    if source.archive is not None:
        report.archive = {"file": source.archive.file, "record_id": source.archive.record_id}


def _set_sections(report: Report, document: Document) -> None:
    report.sections = split_sections(document)


def _set_tables(report: Report, tables: JoinedTables) -> None:
    forms = tables.forms
    report.values = forms.values
    report.cells = forms.notes
    report.table_versions = forms.versions
    report.tables_present = [t for t in ("t2", "t3", "t4", "annex") if t in forms.tables]
    for name, table in forms.tables.items():
        report.provenance[name] = {"carrier": table.carrier, "where": table.where}
        url = tables.parts[name].raw.url
        if url and url != report.source_url:
            report.provenance[name]["url"] = url
    versions = {v for t, v in forms.versions.items() if t != "t4"}
    if len(versions) == 1:
        report.format_version = versions.pop()
    elif versions:
        report.format_version = "mixed"


def _set_identity(
    report: Report, document: Document, source: Source, registry: Registry | None
) -> None:
    found = identify(document, source, registry or load_registry())
    report.take(found)
    report.corrections = [row.to_json() for row in found.corrections]
    report.problems.extend(found.problems)
    report.findings.extend(found.findings)
    if report.format_version == "unknown" and report.report_year and report.report_year < 2019:
        report.format_version = "v2008_free"
    report.report_id = report_id(
        report.adcode, report.report_year, report.publisher_norm, report.scope
    )


def _set_narrative(report: Report, document: Document) -> None:
    text = prose_of(document)
    report.narrative = read_figures(text, report.report_year)
    report.info_processing_fee_yuan = processing_fee_yuan(text, report.report_year)


def _compare_editions(report: Report, parts: Sequence[Part], tables: JoinedTables) -> None:
    """Keep the other carriers as editions; a figure they print differently is a finding."""
    for part in others(parts, {id(used) for used in tables.parts.values()}):
        report.editions.append(edition(part))
        if finding := dispute(report.values, part):
            report.findings.append(finding)


def _tell_hidden(report: Report, documents: Sequence[Document]) -> None:
    notes = dict.fromkeys(note for document in documents for note in document.passed_over)
    if notes:
        report.findings.append(tell("RM-HIDDEN", "document", note="; ".join(notes)[:_NOTE]))


def _set_findings(report: Report, forms: FormReading) -> None:
    if not forms.tables and (report.report_year or 0) >= 2019:
        report.problems.append(
            Problem(
                code="report/tables-missing",
                evidence=f"{report.carrier}: none of the three tables was found",
                stage="tables",
                portal=report.portal_code,
                url=report.source_url,
                title=report.title,
            )
        )
    known = {(f.rule, f.where) for f in report.findings}
    report.findings.extend(f for f in check_report(report, forms) if (f.rule, f.where) not in known)
