"""Hostile files, read as a crawl reads them: each costs itself, within a bound on time and memory."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.makers.archives import rar_of
from crawler.demo.files import render_docx, render_pdf
from crawler.demo.reports import render_html
from pipelines.documents import read_document, unpack
from pipelines.vocabulary.errors import CodedError, DocumentError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from pipelines.workers import Limits, Workers
from tests.pipelines.documents import hostile
from tests.pipelines.documents.shapes import some_report
from tests.pipelines.documents.test_office import needs_soffice, workbook
from tests.pipelines.documents.test_packages import ofd_report, packed

REFUSED = {
    "document/too-large",
    "document/too-slow",
    "document/malformed",
    "document/empty",
    "document/crashed",
    "document/needs-tool",
    "no figures",
}
LIMITS = Limits(workers=1, seconds=5.0, memory_mb=2560)

FILES: dict[str, Callable[[], bytes]] = {
    maker.__name__: maker
    for maker in (
        hostile.pdf_of_a_million_objects,
        hostile.pdf_of_a_million_lines,
        hostile.pdf_flate_bomb,
        hostile.pdf_object_stream_bomb,
        hostile.pdf_pages_in_a_circle,
        hostile.pdf_references_in_a_circle,
        hostile.pdf_form_that_draws_itself,
        hostile.pdf_cross_references_in_a_circle,
        hostile.docx_of_tables_in_tables,
        hostile.docx_of_endless_spans,
        hostile.xlsx_with_two_far_corners,
        hostile.xlsx_of_a_million_rows,
        hostile.xlsx_of_one_string_everywhere,
        hostile.xlsx_merged_over_all,
        hostile.ofd_that_climbs,
        hostile.zip_of_a_million_entries,
        hostile.png_of_50000,
        hostile.png_with_a_text_bomb,
        hostile.jpeg_of_65000,
        hostile.gif_of_many_frames,
        hostile.tiff_of_50000,
        hostile.tiff_whose_directory_leads_to_itself,
    )
} | {"xls_in_a_circle": lambda: hostile.ole_in_a_circle("Workbook")}


def zip_stored(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


async def _read(workers: Workers, body: bytes) -> str:
    page = RawFile(body=body, filename="年报")
    document = FetchedDocument(portal_code="990121", source=Source(), page=page)
    try:
        report = await workers.read(document)
    except CodedError as error:
        return error.code
    return "read" if any(report.values.values()) else "no figures"


def test_each_hostile_file_costs_itself_and_the_next_report_is_read():
    async def all_of_them() -> dict[str, str]:
        workers = Workers(LIMITS)
        out = {}
        try:
            for name, make in FILES.items():
                out[name] = await _read(workers, make())
            out["good"] = await _read(workers, render_html(some_report()).encode())
        finally:
            workers.close()
        return out

    got = asyncio.run(all_of_them())
    assert got.pop("good") == "read"
    assert {name: code for name, code in got.items() if code not in REFUSED} == {}


@pytest.mark.parametrize(
    "make",
    [
        lambda: render_pdf(some_report()),
        lambda: render_docx(some_report()),
        lambda: workbook(some_report()),
        lambda: ofd_report(some_report()),
        lambda: packed({"a.docx": render_docx(some_report())}),
        hostile.png_with_a_text_bomb,
    ],
    ids=["pdf", "docx", "xlsx", "ofd", "zip", "png"],
)
def test_a_file_cut_anywhere_is_refused_or_read_by_what_is_left(make):
    body = make()
    for tenth in range(1, 10):
        try:
            read_document(RawFile(body=body[: len(body) * tenth // 10]))
        except DocumentError as error:
            if error.code == "document/crashed":
                raise AssertionError(f"{tenth} tenths") from error


def test_names_that_climb_and_links_lead_nowhere():
    members = unpack(RawFile(body=hostile.zip_with_a_link_and_a_climber()))
    assert [member.body.decode() for member in members] == ["/etc/passwd", "爬出去的文件"]
    assert not Path("/tmp/climbed-out.txt").exists()


def test_an_archive_is_not_taken_for_the_pdf_it_stores():
    """Both marks stand in the first bytes: the other members would be lost without a word."""
    pdf, page = render_pdf(some_report()), render_html(some_report(3)).encode()
    for body in (
        zip_stored({"a.pdf": pdf, "b.html": page}),
        rar_of({"a.pdf": pdf, "b.html": page}),
    ):
        document = read_document(RawFile(body=body, filename="年报.pdf"))
        assert [part.name for part in document.parts] == ["a.pdf", "b.html"]


# -- what LibreOffice must not do ----------------------------------------------------------------

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_ON_LOAD = (
    "<office:scripts><office:event-listeners><script:event-listener "
    'script:language="ooo:script" script:event-name="dom:load" xlink:type="simple" '
    'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/>'
    "</office:event-listeners></office:scripts>"
)


def _with_macro(mark: Path, address: str) -> bytes:
    """Return an ODT whose macro writes ``mark`` when it is opened, with a picture elsewhere."""
    picture = f'<draw:frame><draw:image xlink:href="{address}/odt.png"/></draw:frame>'
    content = (
        f'<office:document-content {_NAMES} office:version="1.2">{_ON_LOAD}<office:body>'
        f"<office:text><text:p>正文{picture}</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    basic = f'Sub Main\nOpen "{mark}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{basic.replace(chr(34), "&quot;")}</script:module>'
    )
    library = (
        '<library:library xmlns:library="http://openoffice.org/2000/library" '
        'library:name="Standard" library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="Module1"/></library:library>'
    )
    libraries = (
        '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
        'library:link="false"/></library:libraries>'
    )
    names = (
        "content.xml",
        "Basic/script-lc.xml",
        "Basic/Standard/script-lb.xml",
        "Basic/Standard/Module1.xml",
    )
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in names
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>{entries}</m:manifest>'
    )
    texts = (content, libraries, library, module)
    return zip_stored(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode()}
        | {name: text.encode() for name, text in zip(names, texts, strict=True)}
    )


def _rtf_with_links(address: str) -> bytes:
    picture = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/rtf.png" \\\\d}}{{\\fldrslt x}}}}'
    text = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{address}/rtf.txt"}}{{\\fldrslt y}}}}'
    return f"{{\\rtf1\\ansi text {picture}{text}}}".encode()


@needs_soffice
def test_libreoffice_runs_no_macro_and_fetches_nothing(tmp_path):
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - http.server calls them so

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    mark = tmp_path / "ran"
    try:
        odt = read_document(RawFile(body=_with_macro(mark, address)))
        rtf = read_document(RawFile(body=_rtf_with_links(address)))
    finally:
        server.shutdown()
        server.server_close()
    assert "正文" in odt.text
    assert "text" in rtf.text
    assert not mark.exists()
    assert asked == []


@needs_soffice
def test_an_ole_file_whose_chains_lead_back_is_refused_by_code():
    with pytest.raises(DocumentError) as caught:
        read_document(RawFile(body=hostile.ole_in_a_circle("WordDocument"), filename="年报.doc"))
    assert caught.value.code in {"document/malformed", "document/empty", "document/too-slow"}


@needs_soffice
def test_groups_nested_without_end_break_nothing():
    try:
        document = read_document(RawFile(body=hostile.rtf_of_nested_groups(), filename="年报.doc"))
    except DocumentError as error:
        if error.code == "document/crashed":
            raise
    else:
        assert document.text == "x"
