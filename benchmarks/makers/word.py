"""A Word file written by hand: every merge as ``gridSpan`` and ``vMerge``, runs broken anywhere."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import Table, TableCell, tables_of
from crawler.demo.world import ReportTruth

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(text: str) -> str:
    # Word parts a paragraph into runs where the typist paused: within words and figures too.
    half = len(text) // 2
    return f"<w:p>{_run(text[:half])}<w:proofErr/>{_run(text[half:])}</w:p>"


def _cell(cell: TableCell, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    text = "" if merge == "<w:vMerge/>" else cell.text
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>"


def _table(table: Table) -> str:
    by_row: dict[int, list[tuple[int, str]]] = {r: [] for r in range(len(table.rows))}
    for r, c, cell in table.placed():
        first = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
        by_row[r].append((c, _cell(cell, first)))
        for below in range(1, cell.rowspan):
            by_row[r + below].append((c, _cell(cell, "<w:vMerge/>")))
    grid = "<w:tblGrid>" + '<w:gridCol w:w="900"/>' * table.width + "</w:tblGrid>"
    rows = "".join(
        "<w:tr>" + "".join(cell for _, cell in sorted(cells)) + "</w:tr>"
        for cells in by_row.values()
    )
    return f"<w:tbl>{grid}{rows}</w:tbl>"


def word_xml(report: ReportTruth) -> bytes:
    """Return the report as the smallest package Word opens."""
    prose = prose_of(report)
    body = [_paragraph(report.title), *map(_paragraph, prose.opening)]
    for number, (heading, table) in enumerate(
        zip(HEADINGS, (None, *tables_of(report), *[None] * len(HEADINGS)), strict=False)
    ):
        body += [_paragraph(heading), *map(_paragraph, prose.parts[number])]
        body += [_table(table)] if table is not None else []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
        )
    return out.getvalue()
