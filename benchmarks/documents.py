"""Files of every carrier with known figures: what is read, and what one would get instead.

    python -m benchmarks documents          one report a look
    python -m benchmarks documents --full   three, or two where LibreOffice reads them

Milliseconds are of a processor, those of the programs that are started included: other work on the
machine disturbs them less than those of the wall.
``instead`` takes the figures row by row as generously as can be: every row of figures the other
program finds may stand for whichever true row it fits best, in order; labels are not asked for.
"""

from __future__ import annotations

import io
import re
import resource
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from benchmarks.makers import office
from benchmarks.makers.judging import Score, Wrong, judged
from benchmarks.makers.samples import (
    MAKERS,
    PICTURE_MAKERS,
    SEVERAL,
    SLOW_MAKERS,
    Office,
    Sample,
    made_together,
    missing,
    some_reports,
)
from benchmarks.tables import Column, Lines, Row, Table, Value
from crawler.demo.tables import tables_of
from crawler.demo.world import ReportTruth
from pipelines.checks.tables import check_tables
from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.read import read_report
from pipelines.registry import load_registry
from pipelines.vocabulary.items import RawFile

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
FileRows = list[list[str]]
_CONVERTED = frozenset({"DOC", "WPS", "RTF", "ODT"})
"""Carriers whose time is LibreOffice's start."""


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


def _processor() -> float:
    """Return the seconds of processor this process and the programs it waited for have used."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def measure(sample: Sample, *, instead: bool = True) -> _Line:
    """Read a sample both ways."""
    line = _Line(sample)
    start = _processor()
    line.score = read(sample)
    line.times.append(1000 * (_processor() - start))
    if instead and sample.carrier in _INSTEAD and len(sample.reports) == 1:
        line.other, take = _INSTEAD[sample.carrier]
        start = _processor()
        rows = take(sample)
        line.other_times.append(1000 * (_processor() - start))
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


TABLE = Table(
    "documents",
    Column("carrier", 9),
    Column("look", 41),
    Column("reports", 8, "d"),
    Column("cells", 7, ",d"),
    Column("exact", 7, ",d"),
    Column("null", 6, ",d"),
    Column("flagged", 9, ",d"),
    Column("silent", 8, ",d"),
    Column("ms_each", 9, ",.0f", "ms/doc"),
    Column("instead", 28, gap=3),
    Column("instead_percent", 9, ".2f", "exact %"),
    Column("instead_ms_each", 9, ",.0f", "ms/doc"),
)


def _row(lines: Sequence[_Line]) -> Row:
    line = _joined(lines)
    score = line.score
    instead: tuple[Value, ...] = (None, None, None)
    if line.cells:
        percent = 100 * line.hits / line.cells
        instead = (line.other, percent, statistics.median(line.other_times))
    return TABLE.row(
        *(line.sample.carrier, line.sample.look, len(lines)),
        *(score.cells, score.exact, score.null, score.flagged, len(score.silent)),
        statistics.median(line.times),
        *instead,
    )


def _plans(*, full: bool) -> Iterator[tuple[Sequence[Sample], str]]:
    """Yield the samples of each look and what they need, or nothing and why they cannot be made.

    They are made when their turn comes; those of LibreOffice with all others of their formats.
    """
    reports = some_reports()
    for makers, most in ((MAKERS, 3), (SLOW_MAKERS, 2)):
        chosen = reports[: most if full else 1]
        offices = [make for _, make in makers if isinstance(make, Office)]
        made: dict[Office, list[Sample]] = {}
        for need, make in makers:
            if need and (why := missing(need)):
                yield (), why
                continue
            if not isinstance(make, Office):
                yield make(reports[:3] if (need, make) in SEVERAL else chosen), need
                continue
            if make not in made:
                alike = [o for o in offices if o.formats == make.formats]
                made |= made_together(alike, chosen)
            yield made[make], need


def run(*, full: bool = False) -> Lines:
    """Yield the table, then what was read wrong without a flag, then what is missing here."""
    load_registry()
    what = "three reports a look" if full else "a sample: one report a look, three with --full"
    yield TABLE.head(f"{what}; milliseconds of a processor")
    silent: list[tuple[Sample, Wrong]] = []
    left_out: list[str] = []
    warm = set(_CONVERTED)
    for samples, need in _plans(full=full):
        if not samples:
            left_out.append(need)
            continue
        if samples[0].carrier not in warm:
            warm.add(samples[0].carrier)
            measure(samples[0])  # loads what reads it, on both sides: nobody's time
        # The other program once where it starts LibreOffice, as often as ours elsewhere.
        lines = [measure(s, instead=n == 0 or need != "libreoffice") for n, s in enumerate(samples)]
        yield _row(lines)
        silent += [(line.sample, wrong) for line in lines for wrong in line.score.silent]
    # Recognition takes seconds a page: one report a look in any case, two at a time.
    pictures = []
    for need, make in PICTURE_MAKERS:
        if why := missing(need):
            left_out.append(why)
        else:
            pictures += make(some_reports()[:1])
    if pictures:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for line in pool.map(measure_picture, pictures):
                yield _row([line])
                silent += [(line.sample, wrong) for wrong in line.score.silent]
    for sample, (name, got, number) in silent[:20]:
        yield f"  silent: {sample.carrier} {sample.look}: {name} read {got}, true {number}"
    for why in sorted(set(left_out)):
        yield f"  not measured here: {why}"
