"""Of several reports among a page's files, or in one, which is meant: year, organ, stage.

Files that print the same are carriers of one report; what prints other figures in the same tables
is another report (last year's, a department's) or a draft. What page and portal say decides;
where nothing does, no figure of any is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.documents.blocks import Block, Grid
from pipelines.figures import differing, printed
from pipelines.forms import FormReading, read_forms
from pipelines.forms.repeated_tables import is_another
from pipelines.reading.titles import plain, years_of
from pipelines.record import Finding, tell
from pipelines.registry import Registry, load_registry
from pipelines.report_parts import JoinedTables, Part, main_of, tables_of
from pipelines.vocabulary.items import Source
from pipelines.vocabulary.report_titles import ends_as_title, holds_title, is_sentence

_FINAL = re.compile("定稿|终稿|最终|正式[稿版)）]|发布稿|印发稿|公布稿|签发稿|公开版")
_DRAFT = re.compile(
    "征求意见|草案|草稿|送审|初稿|[一二三]稿|讨论稿|审议稿|修改稿|修订稿|过程稿|待审|样稿|意见稿"
)
_DIVISION_ENDS = re.compile("[县区市旗州盟]")
_DIVISION = 12
"""Characters of a division's name that are looked for."""
_SHARE = 3
"""Of so many figures one differs, and more, where two files are not one report's."""
_TITLE = 60
"""Characters of a title at most."""
_NAMED = 6
"""Candidates a note names."""


@dataclass(slots=True, kw_only=True)
class Choice:
    """The part whose tables count, those passed over, and what is told of it."""

    parts: list[Part]
    """All that the report is read from, and its editions; what was passed over is left out."""
    main: Part
    passed: list[Part]
    findings: list[Finding]
    decided: bool = True

    @property
    def tables(self) -> JoinedTables:
        """Return the tables; none where nothing decides whose they are."""
        if self.decided:
            return tables_of(self.parts, self.main)
        return JoinedTables(forms=FormReading(tables={}, findings=[]))


def choose_part(parts: list[Part], source: Source, registry: Registry | None = None) -> Choice:
    """Return which of a report's parts is the report; ``registry`` knows divisions by name.

    A file with a draft and the final version one behind the other is two parts, where something
    decides between them; else it is one, that contradicts itself.
    """
    inside = [piece for part in parts for piece in _versions_in(part)]
    if len(inside) > len(parts) and (choice := _choose(inside, source, registry)).decided:
        return choice
    return _choose(parts, source, registry)


def _versions_in(part: Part) -> list[Part]:
    """Return the reports that a document holds one behind the other, each under its own title."""
    tables = part.forms.tables
    if not any(is_another(f, table) for table in tables.values() for f in table.findings):
        return [part]
    pieces: list[Part] = []
    waiting: list[Block] = []
    for title, blocks in _under_titles(part.document.blocks):
        piece = _piece(part, title, (*waiting, *blocks))
        waiting = []
        if piece.forms.tables:
            pieces.append(piece)
        elif pieces:
            last = pieces.pop()
            pieces.append(_piece(part, last.document.title, (*last.document.blocks, *blocks)))
        else:
            waiting += blocks  # a cover
    kinds = [piece.forms.tables.keys() for piece in pieces]
    alike = len(kinds) > 1 and all(kind & kinds[0] for kind in kinds)
    return pieces if alike else [part]


def _under_titles(blocks: Sequence[Block]) -> Iterator[tuple[str | None, list[Block]]]:
    """Yield the blocks under each line that is a report's title, with that title."""
    title, run = None, list[Block]()
    for block in blocks:
        if isinstance(block, Grid):
            run.append(block)
            continue
        lines: list[str] = []
        for line in block.text.split("\n"):
            if _is_title(line):
                run += [replace(block, text="\n".join(lines))] if lines else []
                if run:
                    yield title, run
                title, lines, run = line, [], []
            lines.append(line)
        run += [replace(block, text="\n".join(lines))]
    yield title, run


def _is_title(line: str) -> bool:
    if len(line) > _TITLE or is_sentence(line):
        return False
    return holds_title(line) and ends_as_title(plain(line))


def _piece(part: Part, title: str | None, blocks: tuple[Block, ...]) -> Part:
    name = f"{part.name or part.document.carrier}: {title or 'what stands first'}"
    document = replace(part.document, blocks=blocks, title=title or part.document.title, name=name)
    return replace(part, document=document, forms=read_forms(document))


def _choose(parts: list[Part], source: Source, registry: Registry | None) -> Choice:
    main, page = main_of(parts), parts[0]
    itself = page.document.name is None and bool(page.forms.tables)
    group = [part for part in parts if part.forms.tables and part is not page]
    if page.document.name is not None and page.forms.tables:
        group.insert(0, page)
    apart = any(_are_apart(a, b) for a in group for b in group if a is not b)
    if (itself and main is page) or not apart:
        return Choice(parts=parts, main=main, passed=[], findings=[])
    known = _Known(page, source, registry or load_registry())
    keys = {id(part): known.rank(part) for part in group}
    best = min(keys.values())
    winners = [part for part in group if keys[id(part)] == best]
    first = min(winners, key=lambda part: part.rank)
    if any(_are_apart(first, part) for part in winners):
        told = tell("RE-UNDECIDED", "document", note=_names(group))
        return Choice(parts=parts, main=first, passed=[], findings=[told], decided=False)
    passed = [part for part in group if _are_apart(part, first)]
    kept = [part for part in parts if not any(part is other for other in passed)]
    if kept[0] is not page:
        kept = [first, *(part for part in kept if part is not first)]
    told = tell("RE-CHOICE", "document", left=_name(first), note=_names(passed))
    return Choice(parts=kept, main=first, passed=passed, findings=[told])


def _are_apart(one: Part, other: Part) -> bool:
    """Tell whether two parts print the same tables with other figures."""
    mine, theirs = printed(one.forms.values), printed(other.forms.values)
    shared = [name for name in mine.keys() & theirs.keys() if mine[name] or theirs[name]]
    apart = differing(one.forms.values, other.forms.values)
    return bool(apart) and len(apart) * _SHARE > len(shared)


class _Known:
    """What the page and the portal say of the report that is looked for."""

    def __init__(self, page: Part, source: Source, registry: Registry) -> None:
        self.registry, self.code = registry, source.adcode or ""
        lines = [source.title or "", *source.breadcrumb]
        if page.document.name is None:  # else the page is itself an archive: one of the candidates
            lines += [page.document.title or "", *page.document.breadcrumb]
            lines += [page.document.metadata.get(key, "") for key in ("sitename", "发布机构")]
        lines.append(page.raw.filename or "")
        self.years = next((found for line in lines if (found := set(years_of(line)))), set())
        self.named = "\n".join(plain(line) for line in lines)

    def rank(self, part: Part) -> tuple[int, ...]:
        """Order by year, by organ, by place, by stage of drafting: what fits best is least."""
        return self._year(part), self._organ(part), self._place(part), _stage(part)

    def _place(self, part: Part) -> int:
        """Tell a neighbour's report from the portal's own: it names another division."""
        if not self.registry.knows(self.code):
            return 0
        own = {division.code for division in self.registry.lineage(self.code)}
        named = {
            division.code
            for line in part.headings
            for end in _DIVISION_ENDS.finditer(line)
            for start in range(max(0, end.end() - _DIVISION), end.end() - 1)
            for division in self.registry.named(line[start : end.end()])
        }
        return int(bool(named) and named.isdisjoint(own))

    def _year(self, part: Part) -> int:
        texts = (part.document.name, part.document.title, *part.headings)
        own = next((found for text in texts if text and (found := set(years_of(text)))), set())
        if not self.years:
            return -max(own, default=0)  # the newest, where nothing says which is asked for
        if not own:
            return 1
        return 0 if own & self.years else 2

    def _organ(self, part: Part) -> int:
        organs = {name for name in part.organs if name}
        matched = [len(name) for name in organs if name in self.named]
        if matched and all(name in self.named for name in organs):
            return -max(matched)
        if not organs:
            return 0
        government = any("人民政府" in line for line in part.headings)
        return 1 if government and len(organs) == 1 else 2


def _stage(part: Part) -> int:
    told = "\n".join((part.document.name or "", part.raw.filename or "", *part.headings[:6]))
    if _DRAFT.search(told):
        return 2
    return 0 if _FINAL.search(told) else 1


def _name(part: Part) -> str:
    return part.document.name or part.raw.filename or part.raw.url or part.document.carrier


def _names(parts: Sequence[Part]) -> str:
    names = ", ".join(_name(part) for part in parts[:_NAMED])
    return f"{names} and {len(parts) - _NAMED} more" if len(parts) > _NAMED else names
