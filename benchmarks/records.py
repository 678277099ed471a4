"""The records of drawn documents, read by the code of the folder this runs in.

``benchmarks.same`` runs this file's text in two checkouts. It therefore imports nothing that moves
between them: all it needs stands in the name space of ``pipelines.read``.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from pipelines import read
from pipelines.checks.across_years import Facts, across
from pipelines.checks.tables import check_tables
from pipelines.documents.blocks import Cell, Document, Grid, TextBlock

SECONDS = 120
"""Of a processor, for one document."""

Line = dict[str, Any]


class _TooSlow(Exception):  # noqa: N818 - never seen outside
    pass


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def document_of(told: Line) -> Document:
    """Return a document of blocks, as ``benchmarks.same.blocks_of`` wrote it down."""
    blocks: list[TextBlock | Grid] = []
    for block in told["blocks"]:
        if isinstance(block, str):
            blocks.append(TextBlock(text=block))
            continue
        cells = tuple(Cell(*cell) for cell in block.pop("cells"))
        blocks.append(Grid(cells=cells, **block))
    return Document(carrier=told["carrier"], blocks=tuple(blocks))


def _tables(told: Line) -> Line:
    reading = read.read_forms(document_of(told))
    findings = check_tables(reading, scope="unknown", admin_level=None)
    return {
        "versions": reading.versions,
        "values": reading.values,
        "cells": {f: note.to_json() for f, note in reading.notes.items()},
        "findings": [f.to_json() for f in findings],
    }


class Reader:
    """Reads drawn documents one by one, and in the end holds their reports against each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = read.load_registry(str(folder / "registry.csv"))
        self.facts: list[Facts] = []

    def record(self, told: Line) -> Line:
        """Return the record of one drawn document, or how its reading ended."""
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return _tables(told["blocks"]) if "blocks" in told else self._report(told)
        except _TooSlow:
            return {"ended": "too slow"}
        except Exception as error:  # noqa: BLE001 - that it ends so is what is compared
            return {"ended": f"{type(error).__name__}: {error}"}
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _report(self, told: Line) -> Line:
        page, *files = [
            read.RawFile(body=(self.folder / stored).read_bytes(), filename=name)
            for stored, name in told["files"]
        ]
        source = read.Source(**told["source"])
        report = read.read_report(page, files, source, self.registry)
        if report.report_id and report.adcode and report.report_year:
            text = "".join(report.sections.values())
            self.facts.append(
                Facts.of(
                    report_id=f"{report.report_id}-{told['name']}",
                    adcode=report.adcode,
                    publisher=report.publisher_norm or "",
                    scope=report.scope,
                    year=report.report_year,
                    values=report.values,
                    text_mark=hashlib.sha256(text.encode()).hexdigest() if text else "",
                )
            )
        record: Line = report.to_json()
        return record | {"problems": [problem.to_json() for problem in report.problems]}

    def across(self) -> list[Line]:
        """Return what the reports say of each other."""
        return [found.to_json() for found in across(self.facts)]


def main(folder: Path, target: Path) -> None:
    """Write a line a document."""
    signal.signal(signal.SIGVTALRM, _stop)
    reader = Reader(folder)
    with (folder / "index.jsonl").open(encoding="utf-8") as index, target.open("w") as out:
        for line in index:
            told = json.loads(line)
            out.write(json.dumps([told["name"], reader.record(told)], ensure_ascii=False) + "\n")
        out.write(json.dumps(["(across)", reader.across()], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
