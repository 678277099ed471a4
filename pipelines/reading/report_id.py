"""The stable name of a report."""

from __future__ import annotations

import hashlib


def report_id(
    adcode: str | None, report_year: int | None, publisher: str | None, scope: str
) -> str | None:
    """Return the id of a report, or None where division or year is unknown.

    The same on every run and machine: made of division, year, publisher and scope only (contract
    section 5), readable in front, a hash of all four behind.

    Args:
        adcode: the division's code.
        report_year: the year the data is about.
        publisher: the publisher's regular name, None where it is unknown.
        scope: aggregate, single_organ or unknown.

    >>> report_id("330327", 2023, "苍南县人民政府", "aggregate")
    '330327-2023-aggregate-39c480c3'
    """
    if adcode is None or report_year is None:
        return None
    facts = "\n".join((adcode, str(report_year), publisher or "", scope))
    mark = hashlib.sha256(facts.encode()).hexdigest()[:8]
    return f"{adcode}-{report_year}-{scope}-{mark}"
