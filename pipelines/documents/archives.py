"""ZIP and RAR: the documents inside, each read by its own reader."""

from __future__ import annotations

import importlib
import io
import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import replace

from pipelines.documents.bounds import (
    MAX_ARCHIVE_DEPTH,
    MAX_FILE_BYTES,
    MAX_UNPACKED_BYTES,
    check_size,
    too_large,
)
from pipelines.documents.carriers import sniff
from pipelines.documents.packages import Package, check_member_count
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_HIDDEN = ("__MACOSX/", ".", "~$", "Thumbs.db")
_NO_RAR = "RAR files need the Python package rarfile and the program unar (apt-get install unar)"


def unpack(raw: RawFile, depth: int = 0) -> tuple[RawFile, ...]:
    """Return the files inside an archive, archives in it unpacked too, in the archive's order.

    Anything but an archive comes back alone. The address of a member is the archive's with the
    member's name as fragment.

    Raises:
        DocumentError: ``document/too-large`` (bombs, too many members, archives in archives in
            archives), ``document/encrypted``, ``document/malformed``, ``document/needs-tool``.
    """
    kind = sniff(raw)
    if kind not in {"zip", "rar"}:
        return (raw,)
    if depth >= MAX_ARCHIVE_DEPTH:
        raise too_large(f"archives nested more than {MAX_ARCHIVE_DEPTH} deep")
    check_size(raw.body, MAX_FILE_BYTES)
    members = _zip_members(raw) if kind == "zip" else _rar_members(raw)
    found = [inner for member in members for inner in unpack(member, depth + 1)]
    check_member_count([str(member.filename) for member in found])
    total = sum(len(member.body) for member in found)
    if total > MAX_UNPACKED_BYTES:
        raise too_large(f"{total} bytes unpacked")
    return tuple(found)


def gunzipped(raw: RawFile) -> RawFile:
    """Return what is in a gzip file, its first member; without the type its server named.

    Raises:
        DocumentError: ``document/too-large`` for a bomb, ``document/malformed``.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(raw.body, MAX_FILE_BYTES)
    except zlib.error as error:
        raise DocumentError("document/malformed", f"gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise too_large(f"more than {MAX_FILE_BYTES} bytes unpacked")
    if not unpacker.eof:
        raise DocumentError("document/malformed", "a gzip file that breaks off")
    return replace(raw, body=body)


def _wanted(name: str) -> bool:
    base = posixpath.basename(name)
    return bool(base) and not name.startswith("__MACOSX/") and not base.startswith(_HIDDEN)


def _zip_members(raw: RawFile) -> Iterator[RawFile]:
    package = Package(raw.body)
    names = [name for name in package.names if _wanted(name)]
    check_member_count(names)
    for name in names:
        yield _member(raw, name, package.read(name))


def _member(raw: RawFile, name: str, body: bytes) -> RawFile:
    url = f"{raw.url}#{name}" if raw.url else None
    return replace(raw, body=body, url=url, content_type=None, filename=name)


def _rar_members(raw: RawFile) -> Iterator[RawFile]:
    try:
        rarfile = importlib.import_module("rarfile")  # optional: all else reads without it
    except ImportError as error:
        raise DocumentError("document/needs-tool", _NO_RAR) from error
    try:
        with rarfile.RarFile(io.BytesIO(raw.body)) as archive:
            if archive.needs_password():
                raise DocumentError("document/encrypted", "a RAR archive protected by a password")
            infos = [i for i in archive.infolist() if not i.is_dir() and _wanted(i.filename)]
            check_member_count([info.filename for info in infos])
            if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
                raise too_large(f"more than {MAX_UNPACKED_BYTES} bytes unpacked")
            for info in infos:
                yield _member(raw, info.filename, archive.read(info))
    except rarfile.RarCannotExec as error:
        raise DocumentError("document/needs-tool", _NO_RAR) from error
    except rarfile.Error as error:
        raise DocumentError("document/malformed", f"{type(error).__name__}: {error}") from error
