"""The forms of the statistical tables, as declarations, and the readers that place and prove.

``read_forms`` tells the form of each table from its labels, never from the year, so a v2019 table
three beside a v2021 table two is read as just that.
"""

from __future__ import annotations

from pipelines.documents.blocks import Document
from pipelines.forms.disclosure_table import read_disclosure_table
from pipelines.forms.dispute_table import read_dispute_table
from pipelines.forms.indicator_table import read_indicator_table
from pipelines.forms.model import FormReading
from pipelines.forms.pieces import paper_of
from pipelines.forms.request_table import read_request_table
from pipelines.forms.twice import tell_whose

__all__ = ["FormReading", "read_forms"]


def read_forms(document: Document) -> FormReading:
    """Read every statutory table of a document.

    Returns:
        the tables found under ``t2``, ``t3``, ``t4``, ``annex``; empty where there is none.
    """
    reading = FormReading()
    paper = paper_of(document)
    for table in (
        read_disclosure_table(paper),
        read_request_table(paper),
        read_dispute_table(paper),
    ):
        if table is not None:
            reading.tables[table.table] = table
    if "t4" in reading.tables:
        # Table four is the same in both forms: it is named after the form it stands in.
        near = reading.tables.get("t3") or reading.tables.get("t2")
        reading.tables["t4"].version = near.version if near else "v2021"
    if "t3" not in reading.tables:
        annex = read_indicator_table(paper)
        if annex is not None:
            reading.tables["annex"] = annex
    tell_whose(reading.tables)
    return reading
