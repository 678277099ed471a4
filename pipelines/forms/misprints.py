"""What the sums still say if one printed figure is wrong.

A sum over a misprinted figure proves what is not so, and nothing in that sum tells. What holds
whichever one figure is wrong must follow in two ways that share no figure, or from figures that
other whole sums bear out. Where sums are broken, the figures that lie in all of them are the
suspects: one of these is wrong, the others are not; if none lies in all, more than one is wrong,
and nothing follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.forms.model import Identity
from pipelines.forms.placements import fits
from pipelines.forms.proofs import prove
from pipelines.record import Number

Proved = dict[str, tuple[int, tuple[str, ...]]]
"""Field to the number proved, and the rules that prove it."""


def proved(
    values: Mapping[str, Number | None],
    identities: Sequence[Identity],
    *,
    lone_sums: bool = False,
    never: Collection[str] = (),
) -> Proved:
    """Return what the sums prove, whichever one printed figure is wrong.

    Args:
        values: printed numbers, None where nothing (usable) is printed.
        identities: the sums of the form.
        lone_sums: a figure of this table stands in one sum, so that no other bears it out: then a
            zero is believed where what is printed adds up to a total above zero without it. A
            misprint would have to make up for just what is not printed.
        never: fields that have no number of their own, of which none is derived.
    """
    may = [f for f, v in values.items() if v is None and f not in never]
    derived = prove(values, identities, may).derived
    if not derived:
        return derived
    found = suspects(values, {f: n for f, (n, _) in derived.items()}, identities)
    full = _full_totals(values, identities) if lone_sums else set()
    return {
        f: proof
        for f, proof in derived.items()
        if found.clear(f) or (f in full and not proof[0] and not found.broken.get(f))
    }


def _full_totals(values: Mapping[str, Number | None], identities: Sequence[Identity]) -> set[str]:
    """Return the fields of the sums whose printed parts are already as much as a total above 0."""
    out: set[str] = set()
    for identity in identities:
        whole = [values.get(f) for f in identity.left]
        parts = [values.get(f) for f in identity.right]
        total = sum(n or 0 for n in whole)
        if None not in whole and 0 < total == sum(n or 0 for n in parts):
            out.update(identity.right)
    return out


@dataclass(slots=True)
class Suspects:
    """Which printed figures a table's broken sums point at, part by part of the table.

    A part is what sums connect: table three is one, each procedure of table four is one.
    """

    rests_on: dict[str, int] = field(default_factory=dict)
    """Field to the figures, one a bit, of which each alone could have made its number wrong."""
    broken: dict[str, bool] = field(default_factory=dict)
    """Field to whether a sum of its part is broken."""
    blamed: dict[str, int] = field(default_factory=dict)
    """Field to the figures that lie in all broken sums of its part."""

    def clear(self, f: str) -> bool:
        """Whether a field's number is right, if at most one figure of its part is misprinted."""
        if self.broken.get(f):
            blamed = self.blamed[f]
            return bool(blamed) and not self.rests_on[f] & blamed
        return not self.rests_on.get(f, 0)


def contradicts_itself(values: Mapping[str, Number | None], identities: Sequence[Identity]) -> bool:
    """Whether the sums are broken in more places than one wrong figure explains."""
    found = suspects(values, {}, identities)
    return any(broken and not found.blamed[f] for f, broken in found.broken.items())


def suspects(
    values: Mapping[str, Number | None],
    derived: Mapping[str, Number],
    identities: Sequence[Identity],
) -> Suspects:
    """Return which figure each number rests on alone, and which ones the broken sums blame.

    Args:
        values: the printed numbers, None where none is printed.
        derived: what the sums prove of the others.
        identities: the sums of the form.
    """
    number: dict[str, Number | None] = {**values, **derived}
    bits: dict[str, int] = {}
    for f, n in values.items():
        if n is not None:
            bits[f] = 1 << len(bits)
    everything = (1 << len(bits)) - 1
    rests = {f: bits.get(f, everything) for f, n in number.items() if n is not None}
    whole, broken = [], []
    for identity in identities:
        if not fits(number, identity):
            broken.append(identity)
        elif all(f in rests for f in identity.fields):
            whole.append(identity)
    changed = True
    # Where no sum is broken, only what the derived ones rest on is asked.
    while changed and (broken or any(rests[f] for f in derived)):
        changed = False
        for identity in whole:
            changed |= _bear_out(identity, number, rests)
    return _blame(Suspects(rests), identities, broken)


def _bear_out(
    identity: Identity, number: Mapping[str, Number | None], rests: dict[str, int]
) -> bool:
    """Lessen what the figures of a sum that holds rest on: each follows from the others.

    A zero follows from the figures that add up without it: no count is negative.
    """
    changed = False
    for own, other in ((identity.left, identity.right), (identity.right, identity.left)):
        all_of, twice, filled = 0, 0, 0
        for f in own:
            if bits := rests[f]:
                twice |= all_of & bits
                all_of |= bits
                if number[f]:
                    filled |= bits
        if not all_of:
            continue
        beyond = _union(other, rests)
        for f in own:
            # Of a number the zeros beside it might be misprinted as well.
            less = rests[f] & (beyond | (twice if number[f] else filled))
            if less != rests[f]:
                rests[f] = less
                changed = True
    return changed


def _union(fields: Iterable[str], rests: Mapping[str, int]) -> int:
    out = 0
    for f in fields:
        out |= rests.get(f, 0)
    return out


def _blame(out: Suspects, identities: Sequence[Identity], broken: Sequence[Identity]) -> Suspects:
    if not broken:
        return out
    for part in _parts(identities):
        ours = [i for i in part if i in broken]
        if not ours:
            continue
        blamed = _union(ours[0].fields, out.rests_on)
        for identity in ours[1:]:
            blamed &= _union(identity.fields, out.rests_on)
        for identity in part:
            for f in identity.fields:
                out.broken[f], out.blamed[f] = True, blamed
    return out


def _parts(identities: Sequence[Identity]) -> list[list[Identity]]:
    """Return the sums in groups that share no field."""
    out: list[tuple[set[str], list[Identity]]] = []
    for identity in identities:
        fields, members = set(identity.fields), [identity]
        apart = []
        for others, sums in out:
            if fields.isdisjoint(others):
                apart.append((others, sums))
            else:
                fields |= others
                members = sums + members
        out = [*apart, (fields, members)]
    return [sums for _, sums in out]
