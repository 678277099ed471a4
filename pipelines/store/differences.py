"""What two readings of one report differ in, field by field; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.store.identity_of_content import VOLATILE

_BY_KEY = ("values", "cells", "sections", "table_versions", "provenance")
"""Objects whose entries are told one by one."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Difference:
    """One field of one report."""

    report_id: str
    field: str
    """``title``, or ``values.t3_granted__total``."""
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """Return gained, lost or changed."""
        if self.before is None:
            return "gained"
        return "lost" if self.after is None else "changed"

    def to_json(self) -> dict[str, Any]:
        """Return one line of changes.jsonl."""
        return {
            "report_id": self.report_id,
            "field": self.field,
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
        }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what differs but for the fetch, in the record's order."""
    report_id = str(after["report_id"])
    for name in dict.fromkeys((*after, *before)):
        if name in VOLATILE:
            continue
        old, new = before.get(name), after.get(name)
        if name not in _BY_KEY:
            if old != new:
                yield Difference(report_id=report_id, field=name, before=old, after=new)
            continue
        old, new = old or {}, new or {}
        for key in sorted({*old, *new}):
            left, right = old.get(key), new.get(key)
            if left != right:
                yield Difference(
                    report_id=report_id, field=f"{name}.{key}", before=left, after=right
                )
