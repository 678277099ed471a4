"""Archives: ZIP with names in GBK as older programs write them, RAR stored and compressed.

A RAR whose members are stored is written by hand; compressed ones are made by rars, which knows
nothing of the programs we read them with.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_MADE = 1_700_000_000
"""When the members say they were last changed; seconds since 1970."""


def zip_of(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """Return a ZIP; with ``gbk`` its names carry no sign of their encoding."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, body) in enumerate(members.items()):
            if encoding == "utf-8":
                archive.writestr(name, body)
                continue
            # zipfile marks every name beyond ASCII as UTF-8: an ASCII one of the same length first
            archive.writestr(_stand_in(n, name, encoding), body)
    packed = out.getvalue()
    if encoding != "utf-8":
        for n, name in enumerate(members):
            packed = packed.replace(_stand_in(n, name, encoding).encode(), name.encode(encoding))
    return packed


def _stand_in(number: int, name: str, encoding: str) -> str:
    return f"@{number:02d}".ljust(len(name.encode(encoding)), "@")


def _vint(n: int) -> bytes:
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def rar_of(members: Mapping[str, bytes]) -> bytes:
    """Return a RAR 5 archive whose members are stored, not compressed."""

    def block(fields: bytes, data: bytes = b"") -> bytes:
        sized = _vint(len(fields)) + fields
        return struct.pack("<I", zlib.crc32(sized)) + sized + data

    out = b"Rar!\x1a\x07\x01\x00" + block(_vint(1) + _vint(0) + _vint(0))
    for name, body in members.items():
        encoded = name.encode()
        fields = (
            _vint(2) + _vint(2) + _vint(len(body)) + _vint(4) + _vint(len(body)) + _vint(0)
            + struct.pack("<I", zlib.crc32(body)) + _vint(0) + _vint(1) + _vint(len(encoded))
            + encoded
        )  # fmt: skip
        out += block(fields, body)
    return out + block(_vint(5) + _vint(0) + _vint(0))


def compressed_rar_of(members: Mapping[str, bytes], *, solid: bool = False) -> bytes:
    """Return a RAR 5 archive whose members are compressed, with ``solid`` as one stream."""
    import rars  # noqa: PLC0415 - installed for tests and benches only

    builder = rars.RarBuilder(format="rar50", solid=solid)
    for name, body in members.items():
        builder.add_bytes(body, name, mtime=_MADE)
    made: bytes = builder.to_bytes()
    return made
