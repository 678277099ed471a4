"""What LibreOffice writes: DOCX, DOC, RTF, PDF of pages and Word files; XLS and ODS of sheets."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipelines.documents.office.soffice import soffice_path

FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf:writer_pdf_Export",
    "odt": "odt:writer8",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
}


def converted(files: Mapping[str, bytes], target: str) -> dict[str, bytes]:
    """Return each file in the format ``target`` (a key of ``FILTERS``); one start for all.

    Args:
        files: bytes by file name; the extension says what they are (html, docx, xlsx).
        target: the extension of the result.

    Raises:
        RuntimeError: no LibreOffice here, or it made nothing of a file.
    """
    program = soffice_path()
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        home = Path(folder)
        for name, body in files.items():
            (home / name).write_bytes(body)
        html = any(name.endswith(".html") for name in files)
        command = [
            program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *(["--infilter=HTML (StarWriter)"] if html else []),
            *("--convert-to", FILTERS[target], "--outdir", str(home / "out")),
            *(str(home / name) for name in files),
        ]
        subprocess.run(command, check=False, capture_output=True, timeout=240)
        out = {}
        for name in files:
            made = home / "out" / f"{Path(name).stem}.{target}"
            if not made.exists():
                raise RuntimeError(f"LibreOffice made no {target} of {name}")
            out[name] = made.read_bytes()
    return out
