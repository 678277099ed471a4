"""Read the same documents with two checkouts of this project, and compare the records.

    python -m benchmarks.same OTHER_CHECKOUT            2,000 drawn documents, and real ones beside
    python -m benchmarks.same OTHER_CHECKOUT 23000      as many as one likes

Each checkout reads in a process of its own, started in its folder. What is drawn: reports damaged
once and twice (``perturb``, ``pairs``), the demo's columns with what only looks like a report,
indicator tables of the years before 2019, files of every carrier the machine can make. Where real
documents lie beside the project (../shared), they are read as well. Exits 1 where a record differs.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import pairs, perturb
from benchmarks.damages import Case
from benchmarks.makers.samples import MAKERS, PICTURE_MAKERS, Sample, missing, some_reports
from crawler.demo.listing import entries
from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.registry import write_registry
from crawler.demo.world import DIVISIONS, ReportTruth
from pipelines.documents.blocks import Grid
from pipelines.forms.fujian_annex import FORM as FUJIAN
from pipelines.forms.indicators import IndicatorForm
from pipelines.forms.shanghai_annex import FORM as SHANGHAI
from pipelines.forms.v2014_annex import FORM as NATIONAL

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DRAWN = 2_000
SHOWN = 20
_READ = {".html", ".txt", ".md", ".pdf", ".docx", ".doc", ".xls", ".xlsx", ".zip", ".csv"}

Line = dict[str, Any]
Files = Sequence[tuple[str, bytes]]


# -- drawing -------------------------------------------------------------------------------------


class Folder:
    """The documents both checkouts read, each with what a crawl would know of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        write_registry(path / "registry.csv", lambda code: f"http://www.{code}.gov.cn")
        self._index = (path / "index.jsonl").open("w", encoding="utf-8")

    def add(self, name: str, files: Files, source: Line) -> None:
        """Keep a page and its files."""
        stored = []
        for n, (filename, body) in enumerate(files):
            (self.path / f"{self.count}-{n}").write_bytes(body)
            stored.append((f"{self.count}-{n}", filename))
        self._line({"name": name, "files": stored, "source": source})

    def add_blocks(self, name: str, blocks: Line) -> None:
        """Keep a document that was never a file: the grids of a PDF."""
        self._line({"name": name, "blocks": blocks})

    def close(self) -> None:
        """End the list of documents."""
        self._index.close()

    def _line(self, told: Line) -> None:
        self._index.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.count += 1


def blocks_of(case: Case) -> Line:
    """Return a drawn document's blocks, written down without the classes they are made of."""
    document = perturb.document_of(case)
    blocks = [
        {
            "cells": [tuple(cell) for cell in block.cells],
            "n_rows": block.n_rows,
            "n_cols": block.n_cols,
            "where": block.where,
            "kind": block.kind,
        }
        if isinstance(block, Grid)
        else block.text
        for block in document.blocks
    ]
    return {"carrier": document.carrier, "blocks": blocks}


def source_of(report: ReportTruth, rng: random.Random) -> Line:
    """Return what a crawl may know of a report: nothing, little, all, or what contradicts it."""
    code = report.organ.division.code
    url = f"http://www.{code}.gov.cn/art/{report.slug}.html"
    known = {"adcode": code, "url": url, "fetched_at": "2026-11-30T00:00:00Z"}
    return rng.choice(
        (
            {},
            known,
            known | {"title": report.title, "published_on": report.published_on},
            known | {"url": f"http://example.com/{report.slug}", "published_on": "2019-05-01"},
            {"url": url, "fetched_at": f"{report.year}-06-01T00:00:00Z"},
        )
    )


def _damaged(count: int, folder: Folder) -> None:
    for seed in range(count):
        once = seed % 2 == 0
        case = (perturb if once else pairs).damaged(seed // 2)[0]
        name = f"{'perturb' if once else 'pairs'} {seed // 2} {case.carrier}"
        if case.carrier == "pdf_grid":
            folder.add_blocks(name, blocks_of(case))
            continue
        raw = perturb.draw(case)
        rng = random.Random(seed)
        folder.add(name, [(raw.filename or "", raw.body)], source_of(case.report, rng))


def _columns(folder: Folder) -> None:
    """Draw every row of the demo's columns: reports in all looks, and what resembles one."""
    for division in DIVISIONS.values():
        looks = ("clean", "word", "spans", "blank")
        for entry in entries(division, looks):
            head = f"<h1>{entry.title}</h1><p>来源：{entry.source} 发布时间：{entry.date}</p>"
            page = f"<html><title>{entry.title}</title><body>{head}{entry.body()}</body></html>"
            url = f"http://www.{division.code}.gov.cn/art/{entry.number}.html"
            source = {"adcode": division.code, "url": url, "title": entry.title}
            folder.add(f"column {division.code} {entry.number}", [("", page.encode())], source)


def _indicators(count: int, folder: Folder) -> None:
    """Draw indicator tables with figures that seldom add up, blanks, and rows printed twice."""
    for seed in range(count):
        rng = random.Random(seed)
        form: IndicatorForm = (NATIONAL, SHANGHAI, FUJIAN)[seed % 3]
        figures = ("本年度", "历年累计")[: form.columns] if form.columns > 1 else ("统计数",)
        head = "".join(f"<td>{label}</td>" for label in ("统计指标", "单位", *figures))
        rows = [
            f"<tr><td>{spec.label.split(' / ')[0]}</td><td>{spec.unit}</td>"
            + "".join(f"<td>{_figure(rng)}</td>" for _ in range(form.columns))
            + "</tr>"
            for spec in form.rows
            if rng.random() > 0.03
        ]
        if rng.random() < 0.2:
            rows.append(rng.choice(rows))
        table = f"<table border=1><tr>{head}</tr>{''.join(rows)}</table>"
        if rng.random() < 0.1:
            table += table.replace(">1<", ">2<", 1)
        report = rng.choice(perturb.reports())
        prose = prose_of(report)
        text = [*prose.opening]
        for heading, part in zip(HEADINGS, prose.parts, strict=True):
            text += [heading, *part]
        body = "".join(f"<p>{line}</p>" for line in text)
        title = report.title.replace(str(report.year), str(rng.randint(2009, 2019)))
        page = f"<html><body><h1>{title}</h1>{body}{table}</body></html>"
        folder.add(f"indicators {seed}", [("", page.encode())], source_of(report, rng))


def _figure(rng: random.Random) -> str:
    return rng.choice(("", "0", "0", "1", "1", "3", str(rng.randint(0, 900)), "-2", "12 4", "/"))


def _carriers(folder: Folder, *, pictures: bool) -> None:
    for need, make in (*MAKERS, *(PICTURE_MAKERS if pictures else ())):
        if why := missing(need):
            print(f"not compared here: {why}")
            continue
        for sample in make(some_reports()[:2]):
            folder.add(f"{sample.carrier}, {sample.look}", _files_of(sample), {})


def _files_of(sample: Sample) -> Files:
    if not sample.pages:
        return [(sample.filename, sample.body)]
    pages = [(f"{n}.png", body) for n, body in enumerate(sample.pages, 1)]
    return [("a.html", "<html><body><p>附图</p></body></html>".encode()), *pages]


def _real(folder: Folder, *, pictures: bool) -> None:
    for path in sorted(SHARED.glob("*/**/*")):
        about = path.relative_to(SHARED)
        if about.parts[0] not in {"gold", "cases", "seeds"} or path.name == "README.md":
            continue
        if "hostile" in about.parts:  # a worker's limits are for these; here there is no worker
            continue
        if path.suffix in _READ and (pictures or "pictures" not in about.parts):
            folder.add(str(about), [(path.name, path.read_bytes())], {})


def draw(path: Path, count: int, *, pictures: bool) -> int:
    """Draw all documents into a folder; return how many there are."""
    folder = Folder(path)
    _damaged(count, folder)
    _indicators(count // 5, folder)
    _columns(folder)
    _carriers(folder, pictures=pictures)
    _real(folder, pictures=pictures)
    folder.close()
    return folder.count


# -- comparing -----------------------------------------------------------------------------------


def _reading(checkout: Path, folder: Path, target: Path) -> subprocess.Popen[bytes]:
    probe = (ROOT / "benchmarks" / "records.py").read_text("utf-8")
    command = [sys.executable, "-c", probe, str(folder), str(target)]
    return subprocess.Popen(command, cwd=checkout)


def records(checkouts: Sequence[Path], folder: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield each document's name and its record in every checkout.

    Raises:
        subprocess.CalledProcessError: a checkout could not read them.
    """
    targets = [folder / f"records-{n}.jsonl" for n in range(len(checkouts))]
    readers = [_reading(c, folder, t) for c, t in zip(checkouts, targets, strict=True)]
    try:
        for reader in readers:
            if reader.wait():
                raise subprocess.CalledProcessError(reader.returncode, "benchmarks/records.py")
    finally:
        for reader in readers:
            reader.kill()
    files = [target.open(encoding="utf-8") for target in targets]
    for lines in zip(*files, strict=True):
        told = [json.loads(line) for line in lines]
        yield told[0][0], [record for _, record in told]
    for file in files:
        file.close()


def differing(one: Any, two: Any, at: str = "") -> Iterator[str]:
    """Yield where two records differ, and how."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in dict.fromkeys((*one, *two)):
            yield from differing(one.get(key), two.get(key), f"{at}.{key}" if at else key)
        if not at and list(one) != list(two):
            yield "the order of the fields"
    elif one != two:
        yield f"{at}: {_short(one)} | {_short(two)}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        value = [json.dumps(item, ensure_ascii=False) for item in value]
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:399] + "…"


def compare(checkouts: Sequence[Path], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each document whose records differ, and where; then what was compared."""
    rules: Counter[str] = Counter()
    for name, (one, two) in records(checkouts, folder):
        rules.update(_rules_of(one))
        if found := list(differing(one, two)):
            yield name, found
    spoken = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
    print(f"{len(rules)} rules spoke: {spoken}")


def _rules_of(record: Any) -> Iterable[str]:
    findings = record if isinstance(record, list) else record.get("findings", ())
    return (finding["rule"] for finding in findings)


def main(arguments: Sequence[str]) -> int:
    """Compare two checkouts; return 1 where they differ."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.same", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("other", type=Path, help="another checkout of this project")
    parser.add_argument("count", type=int, nargs="?", default=DRAWN, help=f"default: {DRAWN}")
    parser.add_argument("--pictures", action="store_true", help="pictures as well: minutes more")
    options = parser.parse_args(arguments)
    if not (options.other / "pipelines" / "read.py").is_file():
        parser.error(f"{options.other} is no checkout of this project")
    different = 0
    with tempfile.TemporaryDirectory(prefix="same-") as temporary:
        folder = Path(temporary)
        count = draw(folder, options.count, pictures=options.pictures)
        print(f"{count:,} documents drawn", flush=True)
        for name, where in compare((options.other.resolve(), ROOT), folder):
            different += 1
            if different <= SHOWN:
                print(f"{name}\n  " + "\n  ".join(where), flush=True)
    print(f"{count:,} documents, {different:,} records differ from those of {options.other}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
