"""The documents a report is made of, a page and the files it links: which counts, which joins.

Mostly they are one report in several carriers: the best is read, the others are editions. Some
publishers put prose and tables, or each table, into a file of its own: then they join.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipelines.documents import book_page, sniff
from pipelines.documents.blocks import Document
from pipelines.figures import differing, of_one_report
from pipelines.forms.model import FormReading, TableReading
from pipelines.reading.sections import split_sections
from pipelines.reading.titles import plain, years_of
from pipelines.record import Finding, Number, tell
from pipelines.vocabulary.items import RawFile

CARRIER_RANK = (
    "html_table",
    "docx",
    "xls",
    "pdf_text",
    "doc",
    "wps",
    "ofd",
    "html_text",
    "text",
    "flipbook",
    "json_api",
    "pdf_scan",
    "image",
)
"""Which carrier is believed first where a report comes in several."""

_TABLES = ("t2", "t3", "t4")
_HEAD = 200
_HEADING = 40
"""Characters of a heading at most."""
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]+?(?:政府|(?<![我本各全其该])[局厅]|委员会|[发改卫健建工信]委|管委|街道|[镇乡]|中心|公司|医院|学校)"
)
"""What in a heading or a file's name is an organ's name."""
_SAME = re.compile("人民政府$|政府$")
"""What a government is called beside its place's name."""


@dataclass(slots=True)
class Part:
    """One of the report's documents: the page itself, or a file it links."""

    raw: RawFile
    document: Document
    forms: FormReading

    @property
    def rank(self) -> tuple[int, int]:
        """Order by figures found or not, then by carrier."""
        carrier = self.document.carrier
        place = CARRIER_RANK.index(carrier) if carrier in CARRIER_RANK else len(CARRIER_RANK)
        return (0 if self.forms.tables else 1, place)

    @property
    def years(self) -> list[set[int]]:
        """Return the years its name, its title and its first words speak of, where they do."""
        named = (self.name, self.document.title, self._head)
        return [found for text in named if text and (found := set(years_of(text)))]

    @property
    def headings(self) -> list[str]:
        """Return its name, its title and its first lines, as far as they are headings."""
        lines = [self.name or "", self.document.title or "", *self._head.splitlines()]
        return [plain(line) for line in lines if not re.search("[，。；]", line)]

    @property
    def organs(self) -> set[str]:
        """Return the names of organs in its headings; of a government its place's name."""
        found = (name for line in self.headings for name in _ORGAN.findall(line[:_HEADING]))
        return {_SAME.sub("", name) for name in found}

    @property
    def name(self) -> str | None:
        """Return the file's name; of a member of an archive its own."""
        return self.document.name or self.raw.filename

    @property
    def _head(self) -> str:
        return self.document.text.lstrip()[:_HEAD]


@dataclass(slots=True, kw_only=True)
class JoinedTables:
    """The tables of a report, and the part each was read in."""

    forms: FormReading
    parts: dict[str, Part] = field(default_factory=dict)


def units(page: RawFile, files: Sequence[RawFile]) -> list[tuple[RawFile, ...]]:
    """Return what is read as one document each: a file, all pictures, all pages of a book.

    Who publishes a report as pictures makes one a page, and tables go on from one to the next.
    """
    pictures = tuple(raw for raw in files if sniff(raw) == "image")
    book = tuple(raw for raw in (page, *files) if book_page(raw.url))
    together = {id(raw): pages for pages in (pictures, book) if len(pages) > 1 for raw in pages}
    return list(dict.fromkeys(together.get(id(raw), (raw,)) for raw in (page, *files)))


def main_of(parts: Sequence[Part]) -> Part:
    """Return the part whose tables count: of the page's own year where any is, by carrier.

    A page may link last year's report beside its own.
    """
    page = parts[0]
    if len(parts) == 1:
        return page
    return min(parts, key=lambda p: (not p.forms.tables, not of_one_year(p, page), p.rank))


def text_of(parts: Sequence[Part], main: Part) -> Document:
    """Return the document the text is read from, with what the page around it says of it."""
    page = parts[0].document
    if len(parts) == 1:
        return page
    # A page may hold the prose while its file holds the tables, or only say 详见附件.
    own = (p.document for p in parts if p.document is page or of_one_year(p, main))
    text = max(own, key=lambda d: (len(split_sections(d)), len(d.text)))
    if text is page:
        return page
    return replace(
        text,
        title=text.title or page.title,
        metadata={**text.metadata, **page.metadata},
        breadcrumb=page.breadcrumb,
        page_text=page.page_text or text.page_text,
    )


def tables_of(parts: Sequence[Part], main: Part) -> JoinedTables:
    """Return the main part's tables, and those it lacks where one other part has them.

    A part that has none of the main part's tables is a further piece of the report, unless it
    speaks of another year or names another organ; one that has some must print the same figures
    in them. Where two parts disagree about a table, it stays missing.
    """
    own = main.forms
    tables = JoinedTables(forms=own, parts=dict.fromkeys(own.tables, main))
    if not own.tables or "annex" in own.tables:
        return tables
    lacking = [name for name in _TABLES if name not in own.tables]
    taken: dict[str, TableReading] = {}
    for name in lacking:
        having = sorted((p for p in parts if name in p.forms.tables), key=lambda p: p.rank)
        having = [part for part in having if _belongs(part, main, parts[0])]
        if not having or any(differing(having[0].forms.tables[name].values, other.forms.values)
                             for other in having[1:]):  # fmt: skip
            continue
        taken[name], tables.parts[name] = having[0].forms.tables[name], having[0]
    if taken:
        joined = {name: t for name in _TABLES if (t := own.tables.get(name) or taken.get(name))}
        near = joined.get("t3") or joined.get("t2")
        if "t4" in taken and near:  # it is the same in both forms, and named after the others
            joined["t4"] = replace(joined["t4"], version=near.version)
        told = tell(
            "RE-PARTS",
            taken,
            note="; ".join(f"{name}: {_name_of(tables.parts[name])}" for name in taken),
        )
        tables.forms = FormReading(tables=joined, findings=[*own.findings, told])
    return tables


def _belongs(part: Part, main: Part, page: Part) -> bool:
    """Tell whether a part with tables is a piece or an edition of the main part's report."""
    if "annex" in part.forms.tables:
        return False
    if part.forms.tables.keys().isdisjoint(main.forms.tables):
        return of_one_year(part, main, page) and _of_one_organ(part, main, page)
    return of_one_report(part.forms.values, main.forms.values)


def of_one_year(part: Part, *known: Part) -> bool:
    """Tell whether nothing about a part speaks of another year than others agree in."""
    told = [years for other in known for years in other.years]
    agreed = set.intersection(*told) if told else set()
    report = agreed or set().union(*told)
    return not report or not any(years.isdisjoint(report) for years in part.years)


def _of_one_organ(part: Part, *known: Part) -> bool:
    """Tell whether a part names no organ that others do not name as well."""
    named = "\n".join(line for other in known for line in other.headings)
    organs = [name for other in known for name in other.organs if name]
    return all(name in named or any(map(name.endswith, organs)) for name in part.organs)


def _name_of(part: Part) -> str:
    return part.raw.url or part.raw.filename or part.document.carrier


def others(parts: Sequence[Part], used: Collection[int]) -> Iterator[Part]:
    """Yield the parts with tables that are not among those used (by ``id``): the editions."""
    yield from (part for part in parts if part.forms.tables and id(part) not in used)


def edition(part: Part) -> dict[str, Any]:
    """Return what a record says of a part that is an edition of it."""
    return {
        "url": part.raw.url,
        "carrier": part.document.carrier,
        "sha256": hashlib.sha256(part.raw.body).hexdigest(),
    }


def dispute(values: Mapping[str, Number | None], part: Part) -> Finding | None:
    """Return the finding that a part prints other figures than the record's, or None."""
    other = part.forms.values
    fields = differing(values, other)
    if not fields:
        return None
    return tell(
        "RE-DIFFER",
        fields[:20],
        left=values[fields[0]],
        right=other[fields[0]],
        note=f"{len(fields)} figures differ in the {part.document.carrier} edition",
    )
