"""Which row or column of a form a label names: one, two at once, or none.

Every reader of the forms asks here. A label names what it holds the key of. Where it holds the
keys of two, as 科研机构、社会公益组织 does, it names both at once, and so neither alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from pipelines.forms.model import FormColumn, FormRow
from pipelines.forms.pieces import label_of
from pipelines.reading.normal import normal_label
from pipelines.remembered import LONGEST_KEPT, kept

_JOINT = "+"
"""Between the ids of what one label names at once."""

_SIGNS = r"、，,;；/\\＋+&·和与及或跟暨"
"""What stands between two names in one label."""
_JOINERS = re.compile(f"[{_SIGNS}:]+")
_PARTS = re.compile(f"[^{_SIGNS}:]+[{_SIGNS}:]*")
_GOES_ON = "〇"
"""Stands where a part of a label is cut off from the rest: no name begins or ends there."""
_OPENING = re.compile(r"\((?:[一二三四五六七八九十\d]+\))?(?:其中)?(?:包括|包含|含|不含.*)?|\)")
_BRACKETED = re.compile(r"\([^()]*(?:\)|$)")


def joint(parts: Iterable[str]) -> str:
    """Return the id of what several rows, or columns, have together."""
    return _JOINT.join(parts)


@lru_cache(4096)
def parts_of(name: str) -> tuple[str, ...]:
    """Return the rows, or columns, that an id stands for: one, or those one label names at once.

    >>> parts_of("total"), parts_of(joint(["research", "public_interest"]))
    (('total',), ('research', 'public_interest'))
    """
    return tuple(name.split(_JOINT))


def width_of(order: Iterable[str]) -> int:
    """Return how many rows, or columns, of the form these ids stand for together."""
    return sum([name.count(_JOINT) + 1 for name in order])


def is_joint(name: str | None) -> bool:
    """Whether an id stands for several rows, or columns, that share one label."""
    return name is not None and _JOINT in name


Mark = tuple[int, int, str]
"""Where a key was found in flattened text: start, end, and what it names."""

_ORDINAL = r"(?:\(?(?:[一二三四五六七八九十]|\d{1,2})(?:\)|[、.．]|\)[、.．]))?"
_BETWEEN = re.compile(rf"[^\d\s|、，,;；]{{0,8}}[{_SIGNS}]{_ORDINAL}[^\d\s|{_SIGNS}]{{0,8}}")
"""The rest of one label, a joiner, and what the next one has in front of its key."""
_BETWEEN_ROWS = re.compile(
    rf"(?:[^\d\n\t|]|(?<!\d)\(\d\)){{0,60}}?[{_SIGNS}] ?{_ORDINAL} ?"
    rf"(?:危及|[^\d\n\t|{_SIGNS}]){{0,12}}"
)
"""The same within a line: labels of rows are long, and no two stand on one but joined."""


def joined_marks(
    text: str, marks: Iterable[Mark], *, rows: bool = False, alone: Container[str] = ()
) -> list[Mark]:
    """Return the marks of a flattened text, those that one label holds together as one.

    ``rows``: the marks are of labels in front of figures, and not of a header. ``alone``: what is
    no row and no column, so that a sign in front of it joins nothing: 行政强制/第二十条第(八)项.

    >>> joined_marks("商业企业 科研机构、社会公益组织", [(0, 3, "b"), (5, 8, "r"), (10, 14, "p")])
    [(0, 3, 'b'), (5, 14, 'r+p')]
    """
    between = _BETWEEN_ROWS if rows else _BETWEEN
    out: list[Mark] = []
    for start, end, name in marks:
        before = out[-1][2] if out else name
        labels = before != name and name not in alone and before not in alone
        if labels and between.fullmatch(text, out[-1][1], start):
            first, _, _ = out.pop()
            out.append((first, end, joint((before, name))))
        else:
            out.append((start, end, name))
    return out


class Names:
    """The keys of a form's rows or columns, to be asked what a label names."""

    def __init__(
        self, specs: Sequence[FormRow] | Sequence[FormColumn], *, brackets: bool = False
    ) -> None:
        """Compile the keys; a row whose label heads a group of others is known as their heading.

        Args:
            specs: the rows or columns.
            brackets: whether brackets name things too: 科研机构（含社会公益组织）. Behind labels of
                rows they explain, and what they mention is no name.
        """
        self._brackets = brackets
        self._keys = tuple((spec.id, re.compile(spec.key)) for spec in specs)
        groups = {s.id: s.group for s in specs if isinstance(s, FormRow) and s.group}
        self._members = {
            s.id: frozenset(m for m, g in groups.items() if g == s.label) for s in specs
        }
        self.of = kept(8192)(self._of)
        """Return the id that a label as printed names: of one, of several at once, or None."""

    def _of(self, text: str) -> str | None:
        found = self.groups_in(text)
        if not found:
            return None
        return joint(group[0] for group in found)

    def groups_in(self, text: str) -> list[tuple[str, ...]]:
        """Return what a label names, in the order it is named.

        Each thing named is a tuple of the ids whose keys match the very same words: one, but where
        a form prints a label twice.
        """
        label = label_of(text)
        if not label:
            return []
        if self._brackets and "(" in (whole := normal_label(text)):
            return self._found_in_parts(_OPENING.sub("、", whole)) or self._found(label)
        bare = _without_brackets(label) if "(" in label else label
        found = self._found(bare) or (self._found(label) if bare != label else [])
        if not found:  # 其他和总计: names that are nothing else than their key
            short = len(bare) <= LONGEST_KEPT and _JOINERS.search(bare)
            parts = self._found_in_parts(bare) if short else []
            found = parts if len(parts) > 1 else []
        if "\n" in text and len(found) < 2 and len(text) <= LONGEST_KEPT:
            found = self._found_in_lines(text, whole=bool(found)) or found
        if len(found) == 1:
            return found
        # The heading of a group in front of one of its rows: (六)其他处理 1.申请人…逾期不补正.
        named = {name for group in found for name in group}
        return [group for group in found if not self._heads(group, named)]

    def _found_in_lines(self, text: str, *, whole: bool) -> list[tuple[str, ...]]:
        """Return what the lines of a label name each for itself, where that is not one thing.

        A line that goes on below names nothing by all of its words: 2.其他 above 法律法规禁止公开.
        It ends above an ordinal, and where the label as a whole (``whole``) names nothing.
        """
        lines = text.split("\n")
        labels = [label_of(line) for line in lines]
        found: list[tuple[str, ...]] = []
        for n, label in enumerate(labels):
            below = lines[n + 1] if n + 1 < len(lines) else ""
            ends = not whole or not below or label_of(below) != normal_label(below)
            found += self._found(label if ends else label + _GOES_ON) if label else []
        several = list(dict.fromkeys(found))
        return several if len(several) > 1 else []

    def _heads(self, group: tuple[str, ...], named: set[str]) -> bool:
        return any(self._members[name] & named for name in group)

    def _found(self, label: str) -> list[tuple[str, ...]]:
        """Find the longest key in a label, then further ones in what it leaves on either side."""
        best: tuple[int, int] = (0, 0)
        names: list[str] = []
        for name, key in self._keys:
            if (match := key.search(label)) is None:
                continue
            span = match.span()
            if not names or _is_longer(span, best):
                best, names = span, [name]
            elif span == best:
                names.append(name)
        if not names:
            return []
        if len(label) > LONGEST_KEPT:  # prose: its words are no further labels
            return [tuple(names)]
        before, behind = label[: best[0]], label[best[1] :]
        out = self._found_in_parts(before + _GOES_ON) if before else []
        out.append(tuple(names))
        out += self._found_in_parts(_GOES_ON + behind) if behind else []
        return list(dict.fromkeys(out))

    def _found_in_parts(self, text: str) -> list[tuple[str, ...]]:
        """Return what the parts of a label name that stand between joiners."""
        out: list[tuple[str, ...]] = []
        for part in _PARTS.findall(text):
            bare = label_of(_JOINERS.sub("", part))
            out += (self._found(label_of(part)) or self._found(bare)) if bare != _GOES_ON else []
        return out


def _is_longer(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[1] - one[0] > two[1] - two[0]


def _without_brackets(label: str) -> str:
    shorter = _BRACKETED.sub("", label)
    while shorter != label:
        label, shorter = shorter, _BRACKETED.sub("", shorter)
    return label
