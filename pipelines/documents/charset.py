"""Bytes to text, whatever the labels say.

Labels lie in both directions on these portals (GB18030 bytes sent as utf-8, UTF-8 pages with a
gb2312 meta), so a label is a hint for the order of trial and only the bytes' validity decides.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.vocabulary.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_META_WINDOW = 8192
# GB18030 holds GB2312 and GBK whole; portals labelled gb2312 use its rarer characters in names.
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "936": "gb18030",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
}
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_IN_GB18030 = "信息公开".encode("gb18030")
"""Eight bytes that no other charset makes sense of: a tenth of the price of statistics."""
_ASCII_ALIKE = frozenset({"utf-8", "gb18030", "big5hkscs"})
"""Charsets in which the bytes of a character of ASCII stand for nothing else."""
_MARKS = "\ufeff\ufffe\uffff"
_CONTROL = re.compile(f"[{re.escape(_CONTROL_BYTES.decode())}{_MARKS}]")


class Decoded(NamedTuple):
    """A text, the charset that read it, and its bytes in UTF-8 where they are at hand."""

    text: str
    charset: str
    utf8: bytes | None = None


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the text of ``body`` and the charset that read it: as ``read_bytes``."""
    return read_bytes(body, content_type)[:2]


def read_bytes(body: bytes, content_type: str | None = None) -> Decoded:
    r"""Return the text of ``body`` and the charset that read it.

    Tried in order: BOM; labels of header and meta where the bytes are valid in them; strict
    UTF-8; GB18030; what the bytes' statistics suggest (Big5). A file cut in mid-character or
    with a handful of damaged bytes is still read, the damage marked by U+FFFD. Control
    characters are removed, line ends are ``\n``.

    Raises:
        DocumentError: ``document/undecodable`` when no encoding gives mostly valid text.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(_clean(body[len(bom) :].decode(charset, "replace")), charset)
    for charset in _candidates(body, content_type):
        text, whole = _strict(body, charset)
        if text is not None:
            clean = _clean(text, body if charset in _ASCII_ALIKE else None)
            same = charset == "utf-8" and whole and clean is text
            return Decoded(clean, charset, body if same else None)
    return _damaged(body)


def _candidates(body: bytes, content_type: str | None) -> Iterator[str]:
    # UTF-8 goes first whatever the labels: text of any length that is valid UTF-8 by accident
    # does not occur in GB18030 or Big5, while the reverse does.
    yield "utf-8"
    # Big5 bytes are mostly valid GB18030 too (as nonsense), so statistics go before validity.
    if _IN_GB18030 not in body and (detected := _detected(body)) == "big5hkscs":
        yield detected
    yield "gb18030"
    labels = [_canonical(label) for label in _labels(body, content_type)]
    # Other labels are believed only where not every byte string is valid in them: latin-1 and
    # its kin read anything, and never a Chinese report.
    yield from (label for label in labels if label.startswith("utf-16"))


def _labels(body: bytes, content_type: str | None) -> Iterator[str]:
    match = _HEADER.search(content_type or "")
    if match:
        yield match[1]
    for found in _META.finditer(body[:_META_WINDOW]):
        yield (found[1] or found[2]).decode("ascii", "replace")


def _canonical(label: str) -> str:
    name = label.strip().lower()
    name = _ALIASES.get(name, name)
    try:
        return name if name in _ALIASES.values() else codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _detected(body: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    guess = detect_encoding(body[: 256 * 1024])
    return _canonical(guess or "utf-8")


def _strict(body: bytes, charset: str) -> tuple[str | None, bool]:
    """Decode, allowing only a last character that was cut off; tell whether none was."""
    decoder = codecs.getincrementaldecoder(charset)("strict")
    try:
        return decoder.decode(body), not decoder.getstate()[0]
    except UnicodeDecodeError:
        return None, False


def _damaged(body: bytes) -> Decoded:
    """Return the least damaged reading.

    Real pages carry single bad bytes: a template in one charset around a text in another, a
    field cut at a byte count by the database.
    """
    readings = []
    for charset in dict.fromkeys(("utf-8", "gb18030", "big5hkscs")):
        text = body.decode(charset, "replace")
        readings.append((text.count("\ufffd"), charset, text))
    bad, charset, text = min(readings, key=lambda reading: reading[0])
    if bad * 20 > len(text) + 20:
        raise DocumentError(
            "document/undecodable",
            f"{bad} of {len(text)} characters unreadable in the best charset ({charset})",
        )
    return Decoded(_clean(text, body), charset)


def _clean(text: str, body: bytes | None = None) -> str:
    r"""Return the text without control characters, line ends as ``\n``.

    ``body``: the bytes it was read from, where they hold control characters as themselves.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text) if _may_have_control(text, body) else text


def _may_have_control(text: str, body: bytes | None) -> bool:
    """Tell whether there is anything to remove, at a tenth of the price of looking for it."""
    if any(mark in text for mark in _MARKS):
        return True
    coded = text.encode("utf-8", "surrogatepass") if body is None else body
    return len(coded.translate(None, _CONTROL_BYTES)) != len(coded)
