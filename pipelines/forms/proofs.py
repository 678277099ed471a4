"""What the sums of a form say of the figures: which hold, which are broken, what must be true.

A derived number never enters the values; it is kept beside them with the rules that leave it as
the only possibility.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.forms.model import Identity
from pipelines.forms.placements import fits
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
    out = sum([v for v in map(values.get, fields) if v])
    return round(out, _PRINTED_DECIMALS) if isinstance(out, float) else out


_PRINTED_DECIMALS = 6
"""Of what the forms can print: 元 of 万元 have four."""


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
    doubtful |= {f for f, v in working.items() if v and v < 0}
    get = working.get
    changed = True
    while changed:
        changed = False
        sound = [i for i in sound if None in map(get, i.fields)]
        for identity in sound:
            fields, amount = _forced(working, identity)
            if not fields or not may.issuperset(fields):
                continue
            if doubted := doubtful.intersection(identity.fields):
                # A zero is borne out by figures that add up without it, unless one of them is
                # a figure that another sum contradicts. Any other number, and a zero among
                # zeros, rests on each of the others.
                rests = bool(amount) or not total(working, identity.left)
                if rests or _printed(working, doubted):
                    continue
            cited = {name_of(identity)}
            for other in proof.derived.keys() & identity.fields:
                cited.update(proof.derived[other][1])
            proven = amount, tuple(sorted(cited))
            for f in fields:
                working[f] = amount
                proof.derived[f] = proven
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


def _forced(values: Mapping[str, Number | None], identity: Identity) -> tuple[list[str], int]:
    """Return the unknown fields an identity fixes, and the number each must have."""
    left, right = list(map(values.get, identity.left)), list(map(values.get, identity.right))
    open_right = None in right
    if (None in left) == open_right:
        return [], 0
    side, printed = (identity.right, right) if open_right else (identity.left, left)
    missing = [f for f, v in zip(side, printed, strict=True) if v is None]
    rest = sum([v for v in right if v]) - sum([v for v in left if v])
    if isinstance(rest, float):
        rest = round(rest, _PRINTED_DECIMALS)
    if open_right:
        rest = -rest
    if rest == 0:
        return missing, 0
    if len(missing) == 1 and rest > 0 and rest == int(rest):
        return missing, int(rest)
    return [], 0


def _withdraw(
    working: dict[str, Number | None], identities: Sequence[Identity], proof: Proof
) -> None:
    """Take back what was derived where it breaks another sum: two proofs that disagree are none."""
    again = True
    while again:
        again = False
        for identity in identities:
            if proof.derived.keys().isdisjoint(identity.fields) or fits(working, identity):
                continue
            for f in identity.fields:
                if proof.derived.pop(f, None) is not None:
                    working[f] = None
            again = True
