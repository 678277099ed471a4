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
    mended: str = ""
    """What had been done to the text before and was undone, for people; mostly nothing."""


def stored_twice(mended: str) -> tuple[tuple[str, str], ...]:
    """Return what ``Decoded.mended`` is to a document that was read."""
    return (("document/stored-twice", mended),) if mended else ()


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the text of ``body`` and the charset that read it: as ``read_bytes``."""
    return read_bytes(body, content_type)[:2]


def read_bytes(body: bytes, content_type: str | None = None) -> Decoded:
    r"""Return the text of ``body`` and the charset that read it.

    Tried in order: BOM; UTF-16 without one, told by its zeros; labels of header and meta where
    the bytes are valid in them; strict UTF-8; GB18030; what the bytes' statistics suggest (Big5).
    A file cut in mid-character or with a handful of damaged bytes is still read, the damage marked
    by U+FFFD. Control characters are removed, line ends are ``\n``.

    UTF-8 that was taken for Latin-1 and stored as UTF-8 again is undone, and said.

    Raises:
        DocumentError: ``document/undecodable`` when no encoding gives mostly valid text.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(_clean(body[len(bom) :].decode(charset, "replace")), charset)
    if b"\x00" in body[:_META_WINDOW] and (wide := wide_charset(body)):
        return Decoded(_clean(body.decode(wide, "replace")), wide)
    for charset in _candidates(body, content_type):
        text, whole = _strict(body, charset)
        if text is not None:
            if charset == "utf-8" and body.count(b"\xc3") >= _FEW and (once := undone(text)):
                return Decoded(_clean(once[0]), charset, mended=once[1])
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


_PLAUSIBLE = re.compile(
    r"[\t\n\r -~\u00a0\u00b7\u2010-\u2027\u2500-\u257f\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]"
)
_WIDE_SAMPLE = 16_384
"""Bytes."""


def wide_charset(body: bytes) -> str | None:
    """Return which UTF-16 bytes without a mark are in, or None.

    There is a zero beside every sign of ASCII, of a line's end at least; and read in the wrong
    order the text is none.
    """
    sample = body[: min(_WIDE_SAMPLE, len(body) & ~1)]
    best = 0.0, 0, ""
    for charset, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        text = sample.decode(charset, "replace")
        if zeros := high.count(0):
            best = max(best, (len(_PLAUSIBLE.findall(text)) / len(text), zeros, charset))
    return best[2] if best[0] >= _MOSTLY else None


_MOSTLY = 0.9
_FEW = 12
"""Signs; a text with fewer letters of Latin-1 is not looked at: names have accents."""
# What bytes above 0x7F become in Latin-1, and in Windows' own, which has signs of its own for most
# of 0x80 to 0x9F.
_AS_BYTE = {chr(code): code for code in range(0x80, 0x100)} | {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_HIGH = "[" + re.escape("".join(_AS_BYTE)) + "]"
_RUN = re.compile(f"{_HIGH}{{2,}}")
_CHINESE_AS_LATIN = re.compile(f"[\u00e3-\u00e9]{_HIGH}{{2}}")


def undone(text: str) -> tuple[str, str] | None:
    """Return a text that was stored twice as it was before, and what was done; None for any other.

    What cannot be undone (a byte was lost on the way) is marked as damage is, by U+FFFD.

    Raises:
        DocumentError: ``document/undecodable`` where too much of it was lost.
    """
    twice = len(_CHINESE_AS_LATIN.findall(text))
    if twice < _FEW:
        return None
    once = _RUN.sub(_read_once_more, text)
    lost = once.count("\ufffd") - text.count("\ufffd")
    said = f"UTF-8 stored twice, through Latin-1: {twice} characters restored"
    if lost * 20 > twice:
        raise DocumentError("document/undecodable", f"{said}, {lost} lost")
    return once, f"{said}, {lost} lost" if lost else said


def _read_once_more(run: re.Match[str]) -> str:
    body = bytes([_AS_BYTE[sign] for sign in run[0]])
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        # Accents that are meant, or a byte of a character that was lost on the way.
        meant = _CHINESE_AS_LATIN.search(run[0]) is None
        return run[0] if meant else body.decode("utf-8", "replace")
