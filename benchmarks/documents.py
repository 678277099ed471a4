"""Files of every carrier with known figures: what is read, and what one would get instead.

python -m benchmarks.documents

Milliseconds are of the wall, for pictures of one processor (two are read at a time).
``instead`` takes the figures row by row as generously as can be: every row of figures the other
program finds may stand for whichever true row it fits best, in order; labels are not asked for.
"""

from __future__ import annotations

import io
import re
import statistics
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from benchmarks.makers import office
from benchmarks.makers.judging import Score, judged
from benchmarks.makers.samples import (
    MAKERS,
    PICTURE_MAKERS,
    SLOW_MAKERS,
    Maker,
    Sample,
    missing,
    some_reports,
)
from crawler.demo.tables import tables_of
from crawler.demo.world import ReportTruth
from crawler.items import RawFile
from crawler.registry import load_registry
from pipelines.checks.tables import check_tables
from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.read import read_report

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
FileRows = list[list[str]]
_PICTURES = frozenset({"PNG", "JPEG", "scan"})


# -- ours ----------------------------------------------------------------------------------------


def read(sample: Sample) -> Score:
    """Read a sample as a crawl does, and judge the figures of each report in it."""
    if len(sample.reports) > 1:
        return _read_parts(sample)
    if sample.pages:
        page = RawFile(body="<html><body><p>附图</p></body></html>".encode(), filename="a.html")
        files = [RawFile(body=b, filename=f"{n}.png") for n, b in enumerate(sample.pages, 1)]
        report = read_report(page, files)
    else:
        report = read_report(RawFile(body=sample.body, filename=sample.filename))
    return judged(sample.reports[0], report.values, report.cells, report.findings)


def _read_parts(sample: Sample) -> Score:
    document = read_document(RawFile(body=sample.body, filename=sample.filename))
    total = Score()
    for part, report in zip(document.parts, sample.reports, strict=True):
        forms = read_forms(part)
        findings = check_tables(forms, scope="unknown", admin_level=None)
        total += judged(report, forms.values, forms.notes, findings)
    return total


# -- what one would do instead -------------------------------------------------------------------


def _pdfplumber(body: bytes) -> FileRows:
    import pdfplumber  # noqa: PLC0415 - what is measured against, loaded when it is

    rows: FileRows = []
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                rows += [[cell or "" for cell in row] for row in table]
    return rows


def _python_docx(body: bytes) -> FileRows:
    import docx  # noqa: PLC0415 - as above

    rows: FileRows = []
    for table in docx.Document(io.BytesIO(body)).tables:
        for row in table.rows:
            # A merged cell comes once for every place it covers.
            cells = {id(cell._tc): cell.text for cell in row.cells}  # noqa: SLF001 - the only way to tell them apart
            rows.append(list(cells.values()))
    return rows


def _converted_docx(sample: Sample) -> FileRows:
    suffix = {"wps": "doc"}.get(sample.filename[-3:], sample.filename[-3:])
    return _python_docx(office.converted({f"a.{suffix}": sample.body}, "docx")[f"a.{suffix}"])


def _openpyxl(body: bytes) -> FileRows:
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    book = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    return [
        [f"{v:g}" if isinstance(v, float) and v == int(v) else str(v) for v in row if v is not None]
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]


def _rapidocr(picture: object) -> FileRows:
    from pipelines.documents.pictures.engine import tools  # noqa: PLC0415 - the same engine

    found = tools().engine(picture, use_det=True, use_cls=False, use_rec=True)
    if found.boxes is None:
        return []
    boxes = sorted(
        ((float(b[:, 1].mean()), float(b[:, 0].min()), float(b[:, 1].max() - b[:, 1].min()), t)
         for b, t in zip(found.boxes, found.txts, strict=True))
    )  # fmt: skip
    rows: list[list[tuple[float, float, float, str]]] = []
    for box in boxes:
        if rows and box[0] - rows[-1][-1][0] < 0.5 * box[2]:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [[text for _, _, _, text in sorted(row, key=lambda b: b[1])] for row in rows]


def _recognised(sample: Sample) -> FileRows:
    import numpy as np  # noqa: PLC0415 - of the extra
    import pypdfium2  # noqa: PLC0415 - as above
    from PIL import Image  # noqa: PLC0415 - as above

    if sample.carrier == "scan":
        pages = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(sample.body)]
    else:
        pages = [Image.open(io.BytesIO(body)) for body in sample.pages or (sample.body,)]
    return [row for page in pages for row in _rapidocr(np.array(page.convert("RGB")))]


_INSTEAD: dict[str, tuple[str, Callable[[Sample], FileRows]]] = {
    "PDF": ("pdfplumber.extract_tables", lambda s: _pdfplumber(s.body)),
    "DOCX": ("python-docx", lambda s: _python_docx(s.body)),
    "DOC": ("LibreOffice + python-docx", _converted_docx),
    "WPS": ("LibreOffice + python-docx", _converted_docx),
    "RTF": ("LibreOffice + python-docx", _converted_docx),
    "ODT": ("LibreOffice + python-docx", _converted_docx),
    "XLSX": ("openpyxl", lambda s: _openpyxl(s.body)),
    "PNG": ("rapidocr alone", _recognised),
    "JPEG": ("rapidocr alone", _recognised),
    "scan": ("rapidocr alone", _recognised),
    "ZIP": ("zipfile + python-docx", lambda s: _python_docx(_first_member(s.body))),
}


def _first_member(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(archive.namelist()[0])


def true_rows(report: ReportTruth) -> list[list[str]]:
    """Return the rows of figures a report prints, in order."""
    rows = [[c.text for c in row if c.field] for t in tables_of(report) for row in t.rows]
    return [row for row in rows if row]


def generous(report: ReportTruth, rows: FileRows) -> tuple[int, int]:
    """Return how many figures the best ordered match of rows gets right, and how many there are."""
    wanted = true_rows(report)
    found = [numbers for row in rows if (numbers := [t for c in row if (t := _figure(c))])]
    best = [0] * (len(found) + 1)
    for row in wanted:
        before, best = best, [0] * (len(found) + 1)
        for n, numbers in enumerate(found, 1):
            ends = zip(reversed(row), reversed(numbers), strict=False)
            hits = sum(float(a) == float(b) for a, b in ends)
            best[n] = max(best[n - 1], before[n], before[n - 1] + hits)
    return best[-1], sum(len(row) for row in wanted)


def _figure(text: str) -> str | None:
    bare = "".join(str(text).split())
    return bare if _NUMBER.match(bare) else None


# -- the table -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    sample: Sample
    score: Score = field(default_factory=Score)
    times: list[float] = field(default_factory=list)
    other: str = ""
    hits: int = 0
    cells: int = 0
    other_times: list[float] = field(default_factory=list)


def measure(sample: Sample, *, instead: bool = True) -> _Line:
    """Read a sample both ways."""
    clock = time.process_time if sample.carrier in _PICTURES else time.perf_counter
    line = _Line(sample)
    start = clock()
    line.score = read(sample)
    line.times.append(1000 * (clock() - start))
    if instead and sample.carrier in _INSTEAD and len(sample.reports) == 1:
        line.other, take = _INSTEAD[sample.carrier]
        start = clock()
        rows = take(sample)
        line.other_times.append(1000 * (clock() - start))
        line.hits, line.cells = generous(sample.reports[0], rows)
    return line


def measure_picture(sample: Sample) -> _Line:
    """Read pictures both ways; the engine is loaded before, its second is nobody's."""
    from pipelines.documents.pictures.engine import tools  # noqa: PLC0415 - of the extra

    tools()
    return measure(sample, instead="150 dpi" in sample.look)


def _joined(lines: Sequence[_Line]) -> _Line:
    out = _Line(lines[0].sample, other=lines[0].other)  # the first is always measured both ways
    for line in lines:
        out.score += line.score
        out.times += line.times
        out.other_times += line.other_times
        out.hits += line.hits
        out.cells += line.cells
    return out


def _drawn(lines: Sequence[_Line]) -> str:
    line = _joined(lines)
    score, cells = line.score, max(1, line.score.cells)
    text = (
        f"{line.sample.carrier:5}{line.sample.look:39}{len(lines):>5}{score.cells:>7}"
        f"{100 * score.exact / cells:>9.2f}{100 * score.null / cells:>8.2f}{score.flagged:>9}"
        f"{len(score.silent):>8}{statistics.median(line.times):>9.0f}"
    )
    if line.cells:
        text += (
            f"   {line.other:26}{100 * line.hits / line.cells:>8.2f}"
            f"{statistics.median(line.other_times):>8.0f}"
        )
    return text


_HEAD = (
    f"{'':5}{'look':39}{'docs':>5}{'cells':>7}{'exact %':>9}{'null %':>8}{'flagged':>9}"
    f"{'silent':>8}{'ms/doc':>9}   {'instead':26}{'exact %':>8}{'ms/doc':>8}"
)


def _made(need: str, make: Maker, reports: Sequence[ReportTruth]) -> list[Sample] | str:
    why = missing(need) if need else None
    return why or make(reports)


def run() -> list[str]:
    """Return the printed table, then what was read wrong without a flag, then what is missing."""
    load_registry()
    reports = some_reports()
    out, silent, left_out = [_HEAD], [], []
    plans = [(need, make, reports[:3]) for need, make in MAKERS]
    plans += [(need, make, reports[:2]) for need, make in SLOW_MAKERS]
    for need, make, wanted in plans:
        samples = _made(need, make, wanted)
        if isinstance(samples, str):
            left_out.append(samples)
            continue
        lines = [measure(s, instead=n == 0 or need != "libreoffice") for n, s in enumerate(samples)]
        out.append(_drawn(lines))
        silent += [(line.sample, *wrong) for line in lines for wrong in line.score.silent]
    # Recognition takes seconds a page: one report a look, two at a time.
    samples = []
    for need, make in PICTURE_MAKERS:
        made = _made(need, make, reports[:1])
        if isinstance(made, str):
            left_out.append(made)
        else:
            samples += made
    if samples:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for line in pool.map(measure_picture, samples):
                out.append(_drawn([line]))
                silent += [(line.sample, *wrong) for wrong in line.score.silent]
    out += [
        f"  silent: {s.carrier} {s.look}: {name} read {got}, true {number}"
        for s, name, got, number in silent[:20]
    ]
    out += [f"  not measured here: {why}" for why in sorted(set(left_out))]
    return out


if __name__ == "__main__":
    print("\n".join(run()))
