"""What the sums of a form say of the figures: which hold, which are broken, what must be true.

A derived number never enters the values; it is kept beside them with the rules that leave it as
the only possibility.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.forms.model import Identity
from pipelines.forms.place import fits
from pipelines.record import Number


@dataclass(slots=True)
class Proof:
    """Derived numbers with the rules that prove them, and the identities that are broken."""

    derived: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    broken: list[Identity] = field(default_factory=list)
    sides: dict[tuple[str, str], tuple[Number, Number]] = field(default_factory=dict)
    """(rule, where) of a broken identity to its two sums."""


def name_of(identity: Identity) -> str:
    """Return the identity as it is cited: ``R3-ROW[granted]``."""
    return f"{identity.rule}[{identity.where}]"


def total(values: Mapping[str, Number | None], fields: Iterable[str]) -> Number:
    """Return the sum of the known values, floats rounded to what the forms can print."""
    out = sum([v for v in map(values.get, fields) if v is not None])
    return round(out, 6) if isinstance(out, float) else out


def prove(
    values: Mapping[str, Number | None],
    identities: Sequence[Identity],
    unknown: Iterable[str] | None = None,
) -> Proof:
    """Derive what the identities leave no choice about, and list those that are broken.

    Args:
        values: printed numbers, None where nothing (usable) is printed.
        identities: the sums of the form; all cells are counts, so never negative.
        unknown: the fields that may be derived; all that are None by default.
    """
    working: dict[str, Number | None] = dict(values)
    may = set(unknown) if unknown is not None else {f for f, v in values.items() if v is None}
    proof = Proof()
    sound: list[Identity] = []
    unsound: list[Identity] = []
    for identity in identities:
        (sound if fits(working, identity) else unsound).append(identity)
    doubtful = {f for i in unsound for f in i.fields}
    doubtful |= {f for f, v in working.items() if v is not None and v < 0}
    changed = True
    while changed:
        changed = False
        for identity in sound:
            for fields, amount in _forced(working, identity):
                touched = identity.fields
                if not may.issuperset(fields):
                    continue
                if doubted := doubtful.intersection(touched):
                    # A zero is borne out by figures that add up without it, unless one of them is
                    # a figure that another sum contradicts. Any other number, and a zero among
                    # zeros, rests on each of the others.
                    rests = bool(amount) or not total(working, identity.left)
                    if rests or _printed(working, doubted):
                        continue
                cited = {name_of(identity)}
                for other in touched:
                    if other in proof.derived:
                        cited.update(proof.derived[other][1])
                for f in fields:
                    working[f] = amount
                    proof.derived[f] = (amount, tuple(sorted(cited)))
                    changed = True
    _withdraw(working, identities, proof)
    for identity in unsound:
        # Where a number was derived and not withdrawn, the sum holds with it.
        if proof.derived.keys().isdisjoint(identity.fields):
            proof.broken.append(identity)
            proof.sides[(identity.rule, identity.where)] = (
                total(working, identity.left),
                total(working, identity.right),
            )
    return proof


def _printed(values: Mapping[str, Number | None], fields: Iterable[str]) -> bool:
    return any(values.get(f) for f in fields)


def _forced(
    values: Mapping[str, Number | None], identity: Identity
) -> Iterable[tuple[tuple[str, ...], int]]:
    """Yield the unknown fields an identity fixes, with the number each must have."""
    left, right = list(map(values.get, identity.left)), list(map(values.get, identity.right))
    open_right = None in right
    if (None in left) == open_right:
        return
    side = identity.right if open_right else identity.left
    missing = tuple(f for f in side if values.get(f) is None)
    rest = total(values, identity.right) - total(values, identity.left)
    if open_right:
        rest = -rest
    if rest == 0:
        yield missing, 0
    elif len(missing) == 1 and rest > 0 and rest == int(rest):
        yield missing, int(rest)


def _withdraw(
    working: dict[str, Number | None], identities: Sequence[Identity], proof: Proof
) -> None:
    """Take back what was derived where it breaks another sum: two proofs that disagree are none."""
    again = True
    while again:
        again = False
        for identity in identities:
            mine = [f for f in identity.fields if f in proof.derived]
            if mine and not fits(working, identity):
                for f in mine:
                    del proof.derived[f]
                    working[f] = None
                again = True
