"""An HTML page, read: the one place where its parts come together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from pipelines.documents import labels, prose
from pipelines.documents.blocks import Block, Document, Grid, Link, TextBlock
from pipelines.documents.bounds import MAX_MARKUP_BYTES, check_size
from pipelines.documents.charset import read_bytes, stored_twice
from pipelines.documents.html import links as page_links
from pipelines.documents.html.body import events_of, report_region
from pipelines.documents.html.carried import best_carried
from pipelines.documents.html.facts import declared_base
from pipelines.documents.html.flow import Event, Flow, Region, walk_page
from pipelines.documents.html.marks import line_marks, sections_in, table_marks, tables_in
from pipelines.documents.html.meta import breadcrumb, meta_tags, page_title
from pipelines.documents.html.styles import Sheet, read_sheet
from pipelines.documents.html.tree import parse_styled
from pipelines.documents.html.unseen import hidden_figures, take_out_unseen
from pipelines.documents.mime import is_mime, pages_inside
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile


def read_html(raw: RawFile) -> Document:
    """Read an HTML page.

    Raises:
        DocumentError: ``document/undecodable``, ``document/too-large``, or ``document/empty``
            when the page has neither text nor links.
    """
    check_size(raw.body, MAX_MARKUP_BYTES)
    if is_mime(raw.body):
        return _read_pages(pages_inside(raw))
    return _read_page(raw)


def _read_pages(pages: list[RawFile]) -> Document:
    """Read the pages of a web archive as one document.

    Those with tables count where there are any: the others are a frame, a head line, a list of
    the sheets.
    """
    read: list[Document] = []
    first: DocumentError | None = None
    for raw in pages:
        try:
            read.append(_read_page(raw))
        except DocumentError as error:
            first = first or error
    if not read:
        raise first or DocumentError("document/empty", "nothing in the web archive")
    whole = [page for page in read if page.carrier == "html_table"] or read
    if len(whole) == 1:
        return whole[0]
    return replace(
        whole[0],
        blocks=tuple(block for page in whole for block in page.blocks),
        links=tuple(link for page in whole for link in page.links),
        page_text="\n".join(page.page_text for page in whole),
        passed_over=tuple(note for page in whole for note in page.passed_over),
    )


def _read_page(raw: RawFile) -> Document:
    text, charset, utf8, mended = read_bytes(raw.body, raw.content_type)
    document = read_markup(text, raw.url, charset, utf8=utf8)
    return replace(document, noticed=stored_twice(mended)) if mended else document


def read_markup(
    text: str,
    url: str | None,
    charset: str | None = None,
    *,
    whole: bool = False,
    utf8: bytes | None = None,
    carries: bool = False,
) -> Document:
    """Read HTML that is already text (see ``read_html``).

    Args:
        text: the page's source.
        url: its address.
        charset: what read it.
        whole: leave nothing of it out.
        utf8: the text's bytes, where they are at hand.
        carries: it is what another page carries: what it carries itself is not looked for.
    """
    root, styles = parse_styled(text, utf8)
    body = next(iter(root.iter("body")), root)
    flow, passed_over = _walk(root, body, styles)
    printed = "\n".join([event.text for event in flow.events])
    metadata = meta_tags(root, text, printed)
    base = _base(root, url)
    region = None if whole else report_region(flow)
    events = events_of(flow, region) if region is not None else events_of(flow, flow.root)
    found_links = page_links.unique(_links(root, flow, region, base))
    title = page_title(root, metadata, flow)
    carried = None if whole or carries else _carried(root, flow)
    crumbs = breadcrumb(flow)
    if region is None and not whole:
        events = _main_events(events, root, flow.tables)  # uses the tree up, so it comes last
    if not flow.events and not found_links and not title and carried is None:
        raise DocumentError("document/empty", "the page has neither text nor links")
    blocks = tuple(_blocks(events))
    document = Document(
        carrier="html_table" if any(isinstance(b, Grid) for b in blocks) else "html_text",
        blocks=blocks,
        title=title,
        metadata=labels.merged([metadata, _index(flow, region)]),
        breadcrumb=crumbs,
        links=found_links,
        charset=charset,
        page_text=printed,
        passed_over=passed_over,
    )
    return document if carried is None else _with_carried(document, carried, url, flow.root.marks)


def _with_carried(document: Document, source: str, url: str | None, shown: int) -> Document:
    """Return a page as it is once its script has put in place what it carries.

    What it shows of the report itself stays, where the carried text has not the same.
    """
    inner = read_markup(source, url, carries=True)
    whole = f"{document.page_text}\n{inner.page_text}"
    carried = 0
    for line in inner.page_text.split("\n"):
        carried |= line_marks(line) | table_marks(line)
    blocks = inner.blocks if not shown & ~carried else document.blocks + inner.blocks
    return replace(
        document,
        carrier="html_table" if any(isinstance(b, Grid) for b in blocks) else "html_text",
        blocks=blocks,
        title=document.title or inner.title,
        metadata=labels.merged([{**document.metadata}, {**inner.metadata}]),
        links=page_links.unique(iter((*inner.links, *document.links))),
        page_text=whole,
        passed_over=document.passed_over + inner.passed_over,
    )


def _carried(root: HtmlElement, flow: Flow) -> str | None:
    """Return what a page carries for a script to show, where it does not show a report itself."""
    marks = flow.root.marks
    if sections_in(marks) >= _SECTIONS and tables_in(marks) >= _TABLES:
        return None
    return best_carried(root, marks)


_SECTIONS, _TABLES = 3, 1
"""Headings and tables of a report; a page that shows as many is not looked through for more."""


def _walk(
    root: HtmlElement, body: HtmlElement, styles: frozenset[str]
) -> tuple[Flow, tuple[str, ...]]:
    """Walk the page; when only hidden elements hold some part of a report, walk it with them.

    Templates put the text, or the tab with the tables, into a hidden element and show it by
    script. A hidden copy of what is visible (for phones, for printing) stays out.

    Returns:
        what was walked, and what of the report's tables is not seen.
    """
    sheet = read_sheet(root, styles)
    unseen = take_out_unseen(body, sheet)
    flow = walk_page(body, sheet)
    visible = flow.root.marks
    hidden = 0
    for element in flow.hidden:
        for text in element.itertext():
            hidden |= line_marks(text.strip()) | table_marks(text)
    if hidden & ~visible:
        whole = walk_page(body, sheet, unhide=True)
        if _worth(whole) > _worth(flow):
            return whole, _passed_over(whole, sheet, unseen)
    return flow, _passed_over(flow, sheet, unseen)


def _passed_over(flow: Flow, sheet: Sheet, unseen: int) -> tuple[str, ...]:
    """Return what was not read of the report's tables; a page's menus are hidden as well."""
    notes = [f"{unseen} texts with figures that are not seen"] * bool(unseen)
    if not sheet.says_nothing:
        tables = [t for t in flow.tables if table_marks("\n".join(t.itertext()))]
        if hidden := sum(hidden_figures(table, sheet) for table in tables):
            notes.append(f"{hidden} hidden places with figures in tables")
    return tuple(notes)


def _worth(flow: Flow) -> int:
    marks = flow.root.marks
    return sections_in(marks) + tables_in(marks)


def _base(root: HtmlElement, url: str | None) -> str | None:
    declared = declared_base(root, url)
    return page_links.absolute(declared, url) if declared else url


def _links(
    root: HtmlElement, flow: Flow, region: Region | None, base: str | None
) -> Iterator[Link]:
    """Yield links of the report's part; from beside it only files and frames.

    Attachments often stand in a box of their own below the text.
    """
    inside = region.element if region is not None else None
    if inside is not None:
        yield from page_links.links_in(inside, base)
    # The elements themselves, not their id(): lxml makes a new proxy, perhaps at an old address,
    # for an element nobody holds.
    outside: set[HtmlElement] = set()
    for part in _furniture(flow.root):
        outside.update(part.element.iter("a", "img"))
    # No picture beside the report is a link of it.
    tags = page_links.LINKING if inside is None else page_links.LINKING - {"img"}
    for node in root.iter(*tags):
        if node in outside or (inside is not None and page_links.leads_to_page(node)):
            continue
        if (link := page_links.link_of(node, base)) is None:
            continue
        frame = link.kind in {"iframe", "embed", "object"}
        if inside is None or frame or (link.kind == "anchor" and page_links.is_file(link)):
            yield link
    yield from page_links.links_in_scripts(root, base)


def _furniture(root: Region) -> Iterator[Region]:
    """Yield the outermost regions that are page furniture."""
    stack = [root]
    while stack:
        region = stack.pop()
        if region.is_chrome:
            yield region
        else:
            stack.extend(region.children)


def _index(flow: Flow, region: Region | None) -> dict[str, str]:
    """Return the labelled facts of the page: index table, source and date lines.

    Lines count only outside the report or before its first heading: the report's own prose
    has colons too.
    """
    first = next((i for i, e in enumerate(flow.events) if e.marks), len(flow.events))
    last = region.end if region is not None else len(flow.events)
    parts: list[dict[str, str]] = []
    for index, event in enumerate(flow.events):
        text = event.text
        if event.grid is not None:
            if not event.marks:
                parts.append(labels.from_grid(event.grid))
        elif ("：" in text or ":" in text) and not first <= index < last:
            parts.append(labels.from_line(text))
    return labels.merged(parts)


def _main_events(events: list[Event], root: HtmlElement, tables: list[HtmlElement]) -> list[Event]:
    """Return the events of the main text; all of them where the extractor would lose any mark."""
    lines = prose.main_lines(root, tables)
    if not lines:
        return events
    joined, known = "".join(lines), frozenset(lines)
    kept = [
        e for e in events if e.grid is not None or e.heading or prose.holds(known, joined, e.text)
    ]
    before = _marks(events)
    return kept if _marks(kept) == before else events


def _marks(events: list[Event]) -> int:
    marks = 0
    for event in events:
        marks |= event.marks
    return marks


def _blocks(events: list[Event]) -> Iterator[Block]:
    """Join lines between tables into blocks; headings and tables stand alone."""
    lines: list[str] = []
    for event in events:
        if event.grid is None and not event.heading:
            lines.append(event.text)
            continue
        if lines:
            yield TextBlock(text="\n".join(lines))
            lines = []
        if event.grid is None:
            yield TextBlock(text=event.text, heading=True)
        elif event.marks or not labels.from_grid(event.grid):
            yield event.grid
    if lines:
        yield TextBlock(text="\n".join(lines))
