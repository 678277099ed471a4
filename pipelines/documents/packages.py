"""Zip packages (office files, OFD, archives) and their XML, opened within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Protocol

from lxml import etree

from pipelines.documents.bounds import (
    MAX_ARCHIVE_MEMBERS,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    too_large,
)
from pipelines.vocabulary.errors import DocumentError

_MANY_MEMBERS = 5000
"""An office file may have thousands of parts; only what is read counts towards the bounds."""
_SMALL = 1024 * 1024
"""Bytes; below this no ratio is suspicious (a blank sheet packs a thousandfold)."""
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,  # a member's place before the file's start
    NotImplementedError,  # a compression method that damage made up
)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = tuple(
    (_STRICT + name, _TRANSITIONAL + other)
    for name, other in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    )
)
"""What the strict form of ISO 29500 calls the same things (Word offers to save so)."""


class Parts(Protocol):
    """What an office file is made of, by name."""

    @property
    def names(self) -> list[str]:
        """The parts' names."""

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""

    def xml(self, name: str) -> etree._Element:
        """Return a part parsed as XML."""


class Package:
    """A zip file opened for reading members by name, with a running total of what came out."""

    def __init__(self, body: bytes) -> None:
        """Open a zip.

        Raises:
            DocumentError: ``document/malformed``, or ``document/too-large`` for too many members.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except _DAMAGE as error:
            raise DocumentError("document/malformed", f"not a readable zip: {error}") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > _MANY_MEMBERS:
            raise too_large(f"{len(infos)} members")
        self._members = {name_of(info): info for info in infos}
        self._left = MAX_UNPACKED_BYTES

    @property
    def names(self) -> list[str]:
        """The members' names, as people read them, in the archive's order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            DocumentError: ``document/malformed`` (missing or damaged), ``document/encrypted``,
                ``document/too-large`` (a bomb, or more than is read of one file in all).
        """
        info = self._members.get(name)
        if info is None:
            raise DocumentError("document/malformed", f"the package has no {name}")
        if info.flag_bits & _ENCRYPTED:
            raise DocumentError("document/encrypted", f"{name} needs a password")
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > _SMALL and ratio > MAX_UNPACK_RATIO:
            raise too_large(f"{name} unpacks {ratio:.0f} times its size")
        if info.file_size > self._left:
            raise too_large(f"more than {MAX_UNPACKED_BYTES} bytes unpacked")
        self._left -= info.file_size
        try:
            return self._zip.read(info)
        except _DAMAGE as error:
            raise DocumentError("document/malformed", f"{name}: {error}") from error
        except RuntimeError as error:  # what zipfile raises for a password it was not given
            raise DocumentError("document/encrypted", f"{name}: {error}") from error

    def xml(self, name: str) -> etree._Element:
        """Return a member parsed as XML (see ``read`` and ``parse_xml`` for errors)."""
        body = self.read(name)
        if _STRICT in body:
            for strict, usual in _STRICT_NAMES:
                body = body.replace(strict, usual)
        return parse_xml(body, name)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag Chinese programs write GBK."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def check_member_count(names: list[str]) -> None:
    """Raise ``document/too-large`` for an archive of more files than any portal packs."""
    if len(names) > MAX_ARCHIVE_MEMBERS:
        raise too_large(f"{len(names)} files in the archive")


def parse_xml(body: bytes, name: str) -> etree._Element:
    """Parse XML from outside: no entities, no network, no document type.

    Raises:
        DocumentError: ``document/malformed``; a document type counts as such, office files
            have none and it is how entities blow up.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("document/malformed", f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError("document/malformed", f"{name} declares a document type")
    return root
