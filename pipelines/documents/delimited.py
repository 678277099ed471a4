"""CSV and TSV: a sheet's rows as lines of text, headings and prose between them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.documents.blocks import Block, Document, TextBlock
from pipelines.documents.bounds import MAX_CELLS, MAX_MARKUP_BYTES, check_size, too_large
from pipelines.documents.charset import read_bytes, stored_twice
from pipelines.documents.sheet_rows import EDGES, blocks_of_rows, sheet_document
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_SIGNS = ",\t;|"
_SAMPLE = 200
"""Lines looked at for the sign that parts fields."""
_MANY_LINES = 12
"""Lines in one field: a quotation mark that was never closed took the rest of the file in."""
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
"""How programs keep Excel from taking a code for a number."""


def read_delimited(raw: RawFile) -> Document:
    """Read a file of fields parted by commas, tabs, semicolons or pipes.

    A line with no such sign in it is text.

    Raises:
        DocumentError: ``document/undecodable``, ``document/empty``, ``document/too-large``,
            ``document/malformed``.
    """
    check_size(raw.body, MAX_MARKUP_BYTES)
    text, charset, _, mended = read_bytes(raw.body, raw.content_type)
    text = text.replace("\ufeff", "")
    rows = _rows(text, _sign_of(text))
    document = sheet_document([*_blocks(rows)], "text", charset)
    return replace(document, noticed=stored_twice(mended)) if mended else document


def _sign_of(text: str) -> str:
    """Return the sign that parts fields: the one that stands in most lines."""
    lines = text.split("\n", _SAMPLE)[:_SAMPLE]
    return max(_SIGNS, key=lambda sign: sum(sign in line for line in lines))


def _rows(text: str, sign: str) -> list[list[str]]:
    rows = _parted(text, sign, quoted=True)
    if any(field.count("\n") > _MANY_LINES for row in rows for field in row):
        rows = _parted(text, sign, quoted=False)
    return [[_printed(field) for field in row] for row in rows]


def _parted(text: str, sign: str, *, quoted: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    lines = text.splitlines(keepends=True)
    try:
        reader = (
            csv.reader(lines, delimiter=sign)
            if quoted
            else csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_NONE)
        )
        for row in reader:
            cells += len(row)
            if cells > MAX_CELLS:
                raise too_large(f"more than {MAX_CELLS} fields")
            rows.append(row)
    except csv.Error as error:
        raise DocumentError("document/malformed", f"no fields: {error}") from error
    return rows


def _printed(field: str) -> str:
    found = _AS_FORMULA.fullmatch(field)
    return (found[1].replace('""', '"') if found else field).strip(EDGES)


def _blocks(rows: list[list[str]]) -> Iterator[Block]:
    lines: list[str] = []
    run: list[list[str]] = []
    start = 0
    for number, row in enumerate([*rows, [""]], 1):
        if len(row) > 1:
            if lines:
                yield TextBlock(text="\n".join(lines))
                lines = []
            start = start or number
            run.append(row)
            continue
        if run:
            yield from blocks_of_rows(run, {}, f"from line {start}")
            run, start = [], 0
        if row and row[0]:
            lines.append(row[0])
    if lines:
        yield TextBlock(text="\n".join(lines))
