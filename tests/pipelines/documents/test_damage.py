"""Files damaged at random: each is read or refused by a code, never with another error."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from crawler.demo.files import render_docx, render_pdf
from crawler.demo.reports import render_html
from pipelines.documents import read_document
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.effort import at_most
from tests.pipelines.documents.shapes import some_report
from tests.pipelines.documents.test_office import workbook
from tests.pipelines.documents.test_packages import ofd_report


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as members:
        members.writestr("a.docx", render_docx(some_report()))
        members.writestr("b.txt", "一、总体情况")
    return out.getvalue()


MAKERS = {
    "html": lambda: render_html(some_report(), "word").encode(),
    "pdf": lambda: render_pdf(some_report()),
    "docx": lambda: render_docx(some_report()),
    "xlsx": lambda: workbook(some_report()),
    "ofd": lambda: ofd_report(some_report()),
    "zip": archive,
}


def damaged(body: bytes, rng: random.Random) -> bytes:
    out = bytearray(body)
    for _ in range(rng.choice([1, 5, 40])):
        at = rng.randrange(len(out))
        kind = rng.randrange(8)
        if kind < 3:
            out[at] = rng.randrange(256)
        elif kind < 5:
            del out[at : at + rng.randrange(200)]
        elif kind < 7:
            source = rng.randrange(len(out))
            out[at:at] = out[source : source + rng.randrange(300)]
        elif rng.random() < 0.2:
            del out[at:]
        if len(out) < 64:
            break
    return bytes(out)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_damaged_file_is_read_or_refused_by_code_and_soon(kind):
    rng = random.Random(20261122)
    body = MAKERS[kind]()
    for _ in range(25):
        with at_most(cpu_seconds=10):
            try:
                read_document(RawFile(body=damaged(body, rng)))
            except DocumentError as error:
                if error.code == "document/crashed":
                    raise
