"""One list of all carriers and looks: what the bench measures and the tests check."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.makers import archives, ofd, office, pictures, printed, sheets, word
from crawler.demo.reports import render_docx, render_html, render_pdf
from crawler.demo.world import DIVISIONS, ReportTruth, history, organs
from pipelines.documents.office.soffice import soffice_path


@dataclass(slots=True, frozen=True)
class Sample:
    """A file and the reports it holds (several in an archive, in its order)."""

    carrier: str
    look: str
    filename: str
    body: bytes
    reports: tuple[ReportTruth, ...]
    pages: tuple[bytes, ...] = ()
    """Of a report in several pictures: each of them."""


Maker = Callable[[Sequence[ReportTruth]], list[Sample]]


def some_reports() -> list[ReportTruth]:
    """Return reports of both forms: a county's of 2023 and a city's of 2019, with large figures."""
    county, city = organs(DIVISIONS["990121"])[0], organs(DIVISIONS["990100"])[0]
    return [history(county)[4], history(city)[0], history(city)[5], history(county)[1]]


def missing(need: str) -> str | None:
    """Return why files that need a program cannot be made or read here, None where they can.

    ``need``: chromium, libreoffice, ocr, rar (to read it), rars (to compress it, too).
    """
    if need == "chromium":
        return None if printed.chromium() else "no Chromium on this machine"
    if need == "libreoffice":
        return None if soffice_path() else "LibreOffice is not installed"
    if need == "rars" and not importlib.util.find_spec("rars"):
        return "the package rars is not installed"
    if need in {"rar", "rars"}:
        found = importlib.util.find_spec("rarfile") and (
            shutil.which("unar") or shutil.which("bsdtar") or shutil.which("unrar")
        )
        return None if found else "no rarfile, or no unar beside it"
    wanted = ("rapidocr", "onnxruntime", "cv2")
    lacking = [name for name in wanted if importlib.util.find_spec(name) is None]
    return f"the extra ocr is not installed ({', '.join(lacking)})" if lacking else None


def _each(carrier: str, look: str, suffix: str, draw: Callable[[ReportTruth], bytes]) -> Maker:
    def make(reports: Sequence[ReportTruth]) -> list[Sample]:
        return [Sample(carrier, look, f"年报.{suffix}", draw(r), (r,)) for r in reports]

    return make


def _printed(look: str) -> Maker:
    def make(reports: Sequence[ReportTruth]) -> list[Sample]:
        bodies = printed.print_pdfs([(r, look) for r in reports])
        return [
            Sample("PDF", f"Chromium, {look}", "年报.pdf", body, (r,))
            for r, body in zip(reports, bodies, strict=True)
        ]

    return make


@dataclass(slots=True, frozen=True)
class Office:
    """Makes samples with LibreOffice, from files that are drawn."""

    carrier: str
    target: str
    """A key of ``office.FILTERS``."""
    source: str
    draw: Callable[[ReportTruth], bytes]
    suffix: str = ""
    remark: str = ""

    @property
    def look(self) -> str:
        """What the bench calls it."""
        return f"LibreOffice, from {self.source.upper()}{self.remark}"

    @property
    def formats(self) -> tuple[str, str]:
        """What LibreOffice is given and asked for: one start does for all that are alike."""
        return self.source, self.target

    def __call__(self, reports: Sequence[ReportTruth]) -> list[Sample]:
        """Make them."""
        return made_together([self], reports)[self]


def made_together(
    makers: Sequence[Office], reports: Sequence[ReportTruth]
) -> dict[Office, list[Sample]]:
    """Return what makers of the same formats make, with one start of LibreOffice."""
    ((source, target),) = {maker.formats for maker in makers}
    drawn = {
        f"m{m}r{n}.{source}": (maker, report)
        for m, maker in enumerate(makers)
        for n, report in enumerate(reports)
    }
    files = {name: maker.draw(report) for name, (maker, report) in drawn.items()}
    out: dict[Office, list[Sample]] = {}
    for name, body in office.converted(files, target).items():
        maker, report = drawn[name]
        filename = f"年报.{maker.suffix or target}"
        sample = Sample(maker.carrier, maker.look, filename, body, (report,))
        out.setdefault(maker, []).append(sample)
    return out


def _html(report: ReportTruth) -> bytes:
    return render_html(report).encode()


def _unruled_docx(report: ReportTruth) -> bytes:
    return render_docx(report, ruled=False)


def _zip_of_one(report: ReportTruth) -> bytes:
    return archives.zip_of({"年报/全文.docx": render_docx(report)}, "gbk")


def _rar_of_one(report: ReportTruth) -> bytes:
    return archives.rar_of({"年报/全文.pdf": render_pdf(report)})


def _zip_of_several(reports: Sequence[ReportTruth]) -> list[Sample]:
    chosen = reports[:3]
    draws = (("甲.pdf", render_pdf), ("乙.docx", render_docx), ("丙.xlsx", sheets.one_sheet))
    members = {
        f"{report.organ.division.name}{report.year}{name}": draw(report)
        for report, (name, draw) in zip(chosen, draws, strict=False)
    }
    body = archives.zip_of(members, "gbk")
    return [Sample("ZIP", "several, names in GBK", "年报.zip", body, tuple(chosen))]


def _rar_of_several(*, solid: bool) -> Maker:
    look = "several, one compressed stream" if solid else "several, each compressed"

    def make(reports: Sequence[ReportTruth]) -> list[Sample]:
        chosen = reports[:3]
        # Pages, not Word files or PDF: those are compressed inside, and little is left to do.
        members = {f"{r.organ.division.name}{r.year}.html": _html(r) for r in chosen}
        body = archives.compressed_rar_of(members, solid=solid)
        return [Sample("RAR", look, "年报.rar", body, tuple(chosen))]

    return make


SEVERAL: tuple[tuple[str, Maker], ...] = (
    ("", _zip_of_several),
    ("rars", _rar_of_several(solid=False)),
    ("rars", _rar_of_several(solid=True)),
)
"""Archives of up to three reports."""

MAKERS: tuple[tuple[str, Maker], ...] = (
    ("", _each("PDF", "ReportLab, ruled", "pdf", render_pdf)),
    *(("chromium", _printed(look)) for look in printed.LOOKS),
    ("", _each("PDF", "ReportLab, not one line", "pdf", lambda r: render_pdf(r, ruled=False))),
    ("libreoffice", Office("PDF", "pdf", "docx", render_docx)),
    ("libreoffice", Office("PDF", "pdf", "docx", _unruled_docx, remark=", no borders")),
    ("libreoffice", Office("PDF", "pdf", "html", _html)),
    ("", _each("DOCX", "python-docx", "docx", render_docx)),
    ("", _each("DOCX", "gridSpan and vMerge by hand", "docx", word.word_xml)),
    ("libreoffice", Office("DOCX", "docx", "html", _html)),
    ("", _each("XLSX", "xlsxwriter, one sheet", "xlsx", sheets.one_sheet)),
    ("", _each("XLSX", "openpyxl, a sheet a table", "xlsx", sheets.sheet_a_table)),
    ("libreoffice", Office("XLS", "xls", "xlsx", sheets.one_sheet)),
    ("libreoffice", Office("ET", "xls", "xlsx", sheets.sheet_a_table, "et")),
    ("libreoffice", Office("ODS", "ods", "xlsx", sheets.one_sheet)),
    ("", _each("OFD", "text by lines", "ofd", lambda r: ofd.ofd_report(r, "lines"))),
    ("", _each("OFD", "text by characters", "ofd", lambda r: ofd.ofd_report(r, "characters"))),
    ("", _each("ZIP", "one Word file", "zip", _zip_of_one)),
    ("rar", _each("RAR", "one PDF, stored", "rar", _rar_of_one)),
    *SEVERAL,
)
"""Born-digital carriers that are read in milliseconds: what each needs, and its maker."""

SLOW_MAKERS: tuple[tuple[str, Maker], ...] = (
    ("libreoffice", Office("DOC", "doc", "docx", render_docx)),
    ("libreoffice", Office("DOC", "doc", "html", _html)),
    ("libreoffice", Office("WPS", "doc", "docx", word.word_xml, "wps")),
    ("libreoffice", Office("RTF", "rtf", "docx", render_docx)),
    ("libreoffice", Office("ODT", "odt", "docx", render_docx)),
)
"""Carriers that LibreOffice converts when they are read: seconds a file."""


def _pages(report: ReportTruth, dpi: int) -> list[pictures.Picture]:
    return pictures.pages_drawn(render_pdf(report), dpi)


def _clean(dpi: int) -> Maker:
    def make(reports: Sequence[ReportTruth]) -> list[Sample]:
        out = []
        for report in reports:
            pages = [pictures.encoded(page) for page in _pages(report, dpi)]
            out.append(
                Sample("PNG", f"{dpi} dpi, one a page", "1.png", b"", (report,), tuple(pages))
            )
        return out

    return make


def _long_jpeg(report: ReportTruth) -> bytes:
    pages = [pictures.scanned(p, n, -0.6) for n, p in enumerate(_pages(report, 150))]
    return pictures.encoded(pictures.one_above_the_other(pages), "JPEG", 60)


def _scan(dpi: int, degrees: float) -> Callable[[ReportTruth], bytes]:
    def draw(report: ReportTruth) -> bytes:
        pages = [pictures.scanned(p, n, degrees) for n, p in enumerate(_pages(report, dpi))]
        return pictures.pdf_of(pages, dpi, 60)

    return draw


PICTURE_MAKERS: tuple[tuple[str, Maker], ...] = (
    ("ocr", _clean(100)),
    ("ocr", _clean(150)),
    ("ocr", _clean(200)),
    ("ocr", _each("JPEG", "150 dpi, one long, turned, grain, q60", "jpg", _long_jpeg)),
    ("ocr", _each("scan", "PDF 150 dpi, turned 0.7°, grain, q60", "pdf", _scan(150, 0.7))),
    ("ocr", _each("scan", "PDF 200 dpi, turned -0.5°, grain, q60", "pdf", _scan(200, -0.5))),
)
