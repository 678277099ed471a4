"""What a run's new and changed reports are, for a person: place, year, where the source lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.store.lines import file_of, read_lines


def news_of(
    output: Path, changed: Mapping[str, str], provinces: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Yield what the dataset says of some reports, in its order.

    ``changed``: report_id to what became of it. ``provinces``: the files they may lie in.
    """
    for province in sorted(provinces):
        for line in read_lines(file_of(output, "reports", province)):
            if (what := changed.get(line["report_id"])) is None:
                continue
            findings = [f for f in line.get("findings", ()) if "accepted" not in f]
            yield {
                "change": what,
                "report_id": line["report_id"],
                "adcode": line["adcode"],
                "place": line.get("county") or line.get("prefecture") or line.get("province"),
                "publisher": line.get("publisher_norm") or line.get("publisher_raw"),
                "year": line["report_year"],
                "title": line.get("title"),
                "source_url": line.get("source_url"),
                "archive": line.get("archive"),
                "revision": line.get("revision", 0),
                "carrier": line.get("carrier"),
                "broken": dict(Counter(f["rule"] for f in findings if f["severity"] == "E")),
                "warned": dict(Counter(f["rule"] for f in findings if f["severity"] == "W")),
            }
