"""The rules: what a report's own figures, prose and dates say against each other.

``check_report`` runs every rule that needs one report only. Rules over several years are in
``across_years``.
"""

from __future__ import annotations

from pipelines.checks.identity_rules import check_identity
from pipelines.checks.prose import check_prose
from pipelines.checks.tables import check_tables, check_tables_present
from pipelines.forms.model import FormReading
from pipelines.record import Finding, Report
from pipelines.vocabulary.rules import SEVERITIES


def check_report(report: Report, forms: FormReading) -> list[Finding]:
    """Return all findings of one report, worst first, in a stable order."""
    findings = [
        *check_tables(
            forms,
            scope=report.scope,
            admin_level=report.admin_level,
            publisher_type=report.publisher_type,
        ),
        *check_tables_present(forms, report.report_year),
        *check_prose(report),
        *check_identity(report),
    ]
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.where))
