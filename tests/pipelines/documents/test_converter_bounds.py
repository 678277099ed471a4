"""A converter is given up for the processor it uses or for standing still, not for a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from pipelines.documents.office.soffice import convert
from pipelines.vocabulary.errors import DocumentError

# Stands where LibreOffice stands: sleeps or works, then puts a file where it was told to.
_STANDS_IN = """#!{python}
import pathlib, sys, time
{does}
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
(out / "in.docx").write_bytes(b"made")
"""


@pytest.fixture
def converter(monkeypatch, tmp_path):
    def made(does):
        program = tmp_path / "soffice"
        program.write_text(_STANDS_IN.format(python=sys.executable, does=does))
        program.chmod(0o755)
        monkeypatch.setenv("SOFFICE_PATH", str(program))

    return made


@contextmanager
def other_work(processes):
    """Keep every processor busy."""
    busy = [subprocess.Popen(["yes"], stdout=subprocess.DEVNULL) for _ in range(processes)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def test_one_that_works_without_end_is_ended_for_its_processor_time(converter):
    converter("while True: pass")
    with pytest.raises(DocumentError, match="used more than 1 s of a processor") as caught:
        convert(b"x", "doc", "docx", time_limit=1.0)
    assert caught.value.code == "document/too-slow"


def test_one_that_waits_without_end_is_ended_for_standing_still(converter):
    converter("time.sleep(600)")
    with pytest.raises(DocumentError, match="did nothing for 2 s"):
        convert(b"x", "doc", "docx", standstill=2.0)


def test_one_that_is_slow_for_want_of_a_processor_is_waited_for(converter):
    converter(
        "end = time.process_time() + 1.0\nwhile time.process_time() < end: sum(range(1000))\n"
    )
    with other_work(2 * (os.cpu_count() or 1)):
        begun = time.monotonic()
        assert convert(b"x", "doc", "docx", time_limit=4.0) == b"made"
        assert time.monotonic() - begun > 1.0
