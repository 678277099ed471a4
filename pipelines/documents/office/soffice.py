"""DOC, WPS, RTF and ODT: converted to DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from pipelines import processor_time
from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_FILE_BYTES, check_size
from pipelines.documents.carriers import extension_of, sniff
from pipelines.documents.office.docx import read_docx
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

TIME_LIMIT = 90.0
"""Seconds of a processor for one file; a report takes one to three, most of it LibreOffice's start.
"""
_STANDSTILL = 120.0
"""Seconds by the clock without any use of a processor: it waits for something that never comes."""
_LONGEST = 3600.0
"""Seconds by the clock: the last resort, also where this process was killed while waiting."""
_LOOK = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")
_HOW_TO = (
    "LibreOffice reads this type of file: apt-get install libreoffice-writer-nogui "
    "libreoffice-calc-nogui (or set SOFFICE_PATH)"
)
# A document must not make the converter run or fetch anything.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" \
xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"
_ENCRYPTED_WORD = 0x01
"""Bit of the file information block's flags (byte 11): the text is encrypted."""


def read_doc(raw: RawFile) -> Document:
    """Read DOC, WPS, RTF or ODT.

    Raises:
        DocumentError: ``document/needs-tool`` without LibreOffice, ``document/encrypted``,
            ``document/malformed``, ``document/too-slow``, and what ``read_docx`` raises.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    extension = extension_of(raw)
    carrier = "wps" if extension == "wps" else "doc"
    if _is_protected(raw.body):
        raise DocumentError("document/encrypted", "a Word file protected by a password")
    suffix = _suffix(raw.body)
    body = convert(raw.body, suffix, "docx")
    converted = RawFile(body=body, url=raw.url, filename=raw.filename)
    if sniff(converted) != "docx":
        raise DocumentError("document/malformed", "LibreOffice made no Word file of it")
    return replace(read_docx(converted, carrier), carrier=carrier)


def _suffix(body: bytes) -> str:
    """Return the extension LibreOffice shall take the bytes for."""
    if body.startswith(b"{\\rtf"):
        return "rtf"
    return "odt" if body.startswith(b"PK") else "doc"


def _is_protected(body: bytes) -> bool:
    """Tell whether a binary Word file says that it is encrypted (flag fEncrypted of its FIB)."""
    start = body.find(b"\xec\xa5", 512)
    if start >= 0 and start % 512 == 0 and len(body) > start + 12:
        return bool(body[start + 11] & _ENCRYPTED_WORD)
    return "EncryptedPackage".encode("utf-16-le") in body


def soffice_path() -> str | None:
    """Return where LibreOffice is: ``SOFFICE_PATH``, else on the path; None without it."""
    given = os.environ.get("SOFFICE_PATH")
    if given and Path(given).exists():
        return given
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(
    body: bytes,
    suffix: str,
    target: str,
    *,
    time_limit: float = TIME_LIMIT,
    standstill: float = _STANDSTILL,
) -> bytes:
    """Convert a file with LibreOffice in a profile of its own; nothing is left behind.

    Args:
        body: the file.
        suffix: what it is.
        target: what it shall become.
        time_limit: seconds of a processor; of the document's own bound, what is left.
        standstill: seconds by the clock in which it may use none.

    Raises:
        DocumentError: ``document/needs-tool``, ``document/too-slow``, ``document/malformed``.
    """
    program = soffice_path()
    if program is None:
        raise DocumentError("document/needs-tool", _HOW_TO)
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE)
        source = home / f"in.{suffix}"
        source.write_bytes(body)
        command = [
            *_ended_after(_LONGEST),
            program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nofirststartwizard",
            "--convert-to",
            target,
            "--outdir",
            str(home / "out"),
            str(source),
        ]
        try:
            _run(command, home, min(time_limit, processor_time.left()), standstill)
        finally:
            processor_time.charge()
        result = home / "out" / f"in.{target}"
        if not result.exists():
            raise DocumentError("document/malformed", "LibreOffice could not open the file")
        return result.read_bytes()


def _ended_after(seconds: float) -> list[str]:
    """Return a prefix that ends the converter even when this process is killed while waiting."""
    program = shutil.which("timeout")
    return [program, "--kill-after=2", f"{seconds:.0f}"] if program else []


def _run(command: list[str], home: Path, time_limit: float, standstill: float) -> None:
    environment = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "C.UTF-8",
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "TMPDIR": str(home),
    }
    # A session of its own: soffice is a script around the real program, both must end together.
    process = subprocess.Popen(  # noqa: S603 - our own command line, the file's name is ours too
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, time_limit, standstill)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], time_limit: float, standstill: float) -> None:
    """Wait for the end of a session of processes, as long as they use a processor, but not much.

    Raises:
        DocumentError: ``document/too-slow``.
    """
    used, still = 0.0, 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)
            break
        before, used = used, max(used, _used_by_session(process.pid))
        still = still + 1 if used == before else 0
        if used > time_limit:
            raise DocumentError(
                "document/too-slow", f"LibreOffice used more than {time_limit:.0f} s of a processor"
            )
        if still * _LOOK >= standstill:
            raise DocumentError(
                "document/too-slow", f"LibreOffice did nothing for {standstill:.0f} s"
            )
    if process.returncode in _ENDED_BY_TIMEOUT:
        raise DocumentError(
            "document/too-slow", f"LibreOffice had not ended after {_LONGEST:.0f} s"
        )


_ENDED_BY_TIMEOUT = frozenset({124, 137})


def _used_by_session(leader: int) -> float:
    """Return the seconds of processor that the processes of a session and their children used."""
    used = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # The second field, in brackets, is a name that may hold anything.
            facts = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(facts[3]) == leader:
                used += sum(map(int, facts[11:15]))  # its own, and that of its ended children
    return used / _TICKS
