"""What one HTML report costs to read, in CPU: ours beside trafilatura and pandas, in one run.

python -m benchmarks.reading
"""

from __future__ import annotations

import io
import os
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from crawler.demo.chrome import Chrome
from crawler.demo.reports import LOOKS, render_body
from crawler.demo.world import DIVISIONS, history, organs
from crawler.items import RawFile
from crawler.registry import load_registry
from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.read import read_report

ROUNDS = 7


def _samples() -> dict[str, bytes]:
    """Return pages of the demo in every look, menus and footers around them, and real pages."""
    out: dict[str, bytes] = {}
    for division in list(DIVISIONS.values())[:2]:
        report = history(organs(division)[0], 2023)[-1]
        chrome = Chrome(division, "/zwgk/", "/xxgk/", "/xxgk/xxgknb/")
        for look in LOOKS:
            page = chrome.article(
                report.title,
                render_body(report, look),
                date=report.published_on,
                source=division.government,
                crumbs=chrome.crumbs(),
            )
            out[f"{division.name} {look}"] = page.encode()
    shared = Path(os.environ.get("SHARED_DIR", Path(__file__).parents[2] / "shared"))
    for path in sorted((shared / "gold" / "docs").glob("*.html")):
        out[path.name] = path.read_bytes()
    return out


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def _trafilatura(body: bytes) -> object:
    import trafilatura  # noqa: PLC0415 - what is measured against, loaded when it is

    return trafilatura.extract(body, include_tables=True)


def _pandas(body: bytes) -> object:
    import pandas as pd  # noqa: PLC0415 - as above

    return pd.read_html(io.BytesIO(body), flavor="lxml")


def run() -> list[str]:
    """Return the printed table; the last line holds the medians of the ratios."""
    load_registry()
    lines = [
        f"{'report':34}{'KB':>6}{'ours':>8}{'blocks':>8}{'forms':>7}{'trafilatura':>13}"
        f"{'read_html':>11}{'ours/traf':>11}{'forms+parse/read_html':>23}"
    ]
    whole_ratios, table_ratios = [], []
    warnings.simplefilter("ignore")
    for name, body in _samples().items():
        raw = RawFile(body=body, content_type="text/html")
        document = read_document(raw)
        ours = _median_ms(lambda raw=raw: read_report(raw))  # type: ignore[misc]
        blocks = _median_ms(lambda raw=raw: read_document(raw))  # type: ignore[misc]
        forms = _median_ms(lambda document=document: read_forms(document))  # type: ignore[misc]
        traf = _median_ms(lambda body=body: _trafilatura(body))  # type: ignore[misc]
        pandas = _median_ms(lambda body=body: _pandas(body))  # type: ignore[misc]
        whole_ratios.append(ours / traf)
        table_ratios.append((blocks + forms) / pandas)
        lines.append(
            f"{name:34}{len(body) / 1024:>6.0f}{ours:>8.1f}{blocks:>8.1f}{forms:>7.1f}{traf:>13.1f}"
            f"{pandas:>11.1f}{whole_ratios[-1]:>11.2f}{table_ratios[-1]:>23.2f}"
        )
    lines.append(
        f"median ratios: ours / trafilatura.extract {statistics.median(whole_ratios):.2f}; "
        f"blocks and forms / pandas.read_html {statistics.median(table_ratios):.2f}"
    )
    return lines


if __name__ == "__main__":
    print("\n".join(run()))
