"""Tables printed row by row and kept as numbers, so that a program can compare two runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(slots=True, frozen=True)
class Column:
    """A column: its name for programs, its width and number format for the eye.

    A column with a format holds numbers, set to the right; one without words, set to the left.
    """

    name: str
    width: int
    form: str = ""
    """As in an f-string, after the width."""
    head: str = ""
    """What is printed above it, where that is not the name."""
    gap: int = 0
    """Blanks before it: words after numbers need some."""

    def above(self) -> str:
        """Return what is printed above it."""
        return self._set(self.head or self.name.replace("_", " "))

    def drawn(self, value: Value) -> str:
        """Return a value in the column's width, blank for None."""
        if isinstance(value, bool):
            return self._set("yes" if value else "NO")
        if value is None or isinstance(value, str):
            return self._set(value or "")
        return f"{value:>{self.width}{self.form}}"

    def _set(self, text: str) -> str:
        words = f"{' ' * self.gap}{text:<{self.width - 2}}  "
        return f"{text:>{self.width}}" if self.form else words


@dataclass(slots=True, frozen=True)
class Row:
    """A row that was measured: as it is printed, and its values by column."""

    table: str
    values: dict[str, Value]
    text: str


Line = str | Row
"""What a section yields: rows of tables, and between them heads and remarks."""
Lines = Iterator[Line]


class Table:
    """A table of named columns; each row is made, and can be printed, when it is known."""

    def __init__(self, name: str, *columns: Column) -> None:
        self.name = name
        self.columns = columns

    def head(self, title: str = "") -> str:
        """Return the line above the rows; a title, such as what was sampled, stands over it."""
        above = "".join(column.above() for column in self.columns).rstrip()
        return f"{title}\n{above}" if title else above

    def row(self, *values: Value) -> Row:
        """Return one row, its values in the columns' order."""
        pairs = list(zip(self.columns, values, strict=True))
        text = "".join(column.drawn(value) for column, value in pairs).rstrip()
        return Row(self.name, {column.name: value for column, value in pairs}, text)
