"""What a form is: tables of labels, columns of labels, and the sums they obey.

A form is a declaration (one module a form); the readers of this package know no field by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.record import CellNote, Finding, Number

_GAP = r"[\s|]*"
"""What may stand between two characters of a label in flattened text."""


_ATOMS = re.compile(r"\\.|\[[^\]]*\]|\(\?<[!=][^)]*\)|\(\?[!=:]|\.\{0,\d+\}|[\s\S]")


def loose(pattern: str) -> str:
    """Return a label pattern that tolerates white space and pipes between its characters.

    A gap stands in front of an optional group and inside it, never on both sides of its end: two
    gaps side by side would make a long run of white space cost its square. Character classes and
    look-behinds are left as they are.
    """
    atoms = _ATOMS.findall(pattern)
    out: list[str] = []
    for i, atom in enumerate(atoms):
        following = "".join(atoms[i + 1 : i + 3])
        if atom.startswith(".{"):
            # The dot of a label stops at no line break, and breaks count as characters.
            out.append(rf"[\s\S]{{0,{2 * int(atom[4:-1])}}}")
            continue
        gap = _is_char(atom) and (
            _is_char(following[:1] if following[:1] != "[" else atoms[i + 1])
            or following.startswith(("(?:", ")?"))
            or _opens(following)
        )
        out.append(atom + (_GAP if gap else ""))
    return "".join(out)


def _opens(following: str) -> bool:
    return following.startswith("(") and not following.startswith("(?")


def _is_char(atom: str) -> bool:
    """Whether an atom is a character of a label, or a choice of such."""
    return _is_han(atom) or (atom.startswith("[") and all(map(_is_han, atom[1:-1])))


def _is_han(char: str) -> bool:
    return len(char) == 1 and "\u3400" <= char <= "\u9fff"


@dataclass(slots=True, frozen=True, kw_only=True)
class FormRow:
    """A row of a form: its id, the official label and the key by which it is known.

    ``key`` is a regular expression over the normalised label (formats.md 8.3); ``whole`` means
    that the label must be nothing else (其他, 总计).
    """

    id: str
    label: str
    key: str
    unit: str = "件"
    group: str = ""
    whole: bool = False
    optional: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class FormColumn:
    """A column of a form."""

    id: str
    label: str
    key: str


@dataclass(slots=True, frozen=True, kw_only=True)
class Identity:
    """A sum the form obeys: ``sum(left) == sum(right)``."""

    rule: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    fields: tuple[str, ...] = field(init=False)
    """All fields the identity touches."""

    def __post_init__(self) -> None:
        """Join the sides once: the fields of every identity are asked for all the time."""
        object.__setattr__(self, "fields", self.left + self.right)


@dataclass(slots=True, frozen=True, kw_only=True)
class FieldMeaning:
    """An entry of the data dictionary."""

    field_id: str
    label: str
    unit: str
    version: str


@dataclass(slots=True, kw_only=True)
class TableReading:
    """One statutory table, read.

    ``values`` holds every field of the version found; ``notes`` only the cells that are not
    plainly printed. ``structural`` rows were placed by labels and grid alone.
    """

    table: str
    version: str
    values: dict[str, Number | None] = field(default_factory=dict)
    notes: dict[str, CellNote] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    identities: tuple[Identity, ...] = ()
    carrier: str = "text"
    where: str = ""
    sources: tuple[str, ...] = ()
    """Where its rows stand, all of them."""
    recognised: bool = False
    """Any of its rows was read from a picture: every figure without another note is ``ocr``."""
    firm: set[str] = field(default_factory=set)
    """Fields whose place is certain from labels and structure: a broken sum over firm fields
    only is the source's own."""
    copies: int = 1
    """How often the document prints the table."""


@dataclass(slots=True, kw_only=True)
class FormReading:
    """Every table of a document, read and proved."""

    tables: dict[str, TableReading] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Readers that raised, each with what: a bug, told as a problem of the record."""

    @property
    def values(self) -> dict[str, Number | None]:
        """All fields of all tables found."""
        return {k: v for t in self.tables.values() for k, v in t.values.items()}

    @property
    def notes(self) -> dict[str, CellNote]:
        """All cell notes of all tables found."""
        return {k: v for t in self.tables.values() for k, v in t.notes.items()}

    @property
    def versions(self) -> dict[str, str]:
        """Table to form version; t4 takes t3's (it is the same in both forms)."""
        return {name: t.version for name, t in self.tables.items()}


class NextMatch:
    """A pattern's first match from a place on, asked for at rising places of one text.

    What lies between is looked at once: a pattern that does not occur would else be sought to the
    text's end from every place.
    """

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._from = len(text) + 1
        self._found: re.Match[str] | None = None

    def __call__(self, at: int) -> re.Match[str] | None:
        """Return the first match that starts at ``at`` or behind it."""
        passed = self._found is not None and self._found.start() < at
        if at < self._from or passed:
            self._found = self._pattern.search(self._text, at)
        self._from = at
        return self._found


def key_finder(
    specs: Iterable[FormRow] | Iterable[FormColumn],
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the ids of rows or columns, each with its key compiled, in the form's order."""
    return tuple((spec.id, re.compile(spec.key)) for spec in specs)


def compile_keys(rows: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern that finds any of the keys in flattened text, named by id."""
    return re.compile("|".join(f"(?P<{name}>{loose(key)})" for name, key in rows.items()))
