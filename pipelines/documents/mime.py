"""Web archives (MHTML): what Word and Excel call a single-file web page and often name ``.doc``."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from pipelines.documents.bounds import MAX_MARKUP_BYTES, too_large
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_START = re.compile(
    rb"\s*(?:MIME-Version|From|To|Subject|Date|Content-Type|Received|Return-Path|Message-ID):",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rb"content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.IGNORECASE
)
_SENT = re.compile(
    rb"^(?:To|Cc|Received|Message-ID|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_MAX_PAGES = 60
"""Pages of one archive: Excel writes one a sheet, and two for the frame around them."""


def is_mime(body: bytes) -> bool:
    """Tell whether a file is a MIME message around web pages."""
    head = body[:2000].removeprefix(b"\xef\xbb\xbf")
    return _START.match(head) is not None and _INSIDE.search(head) is not None


def is_mail(body: bytes) -> bool:
    """Tell whether a file is a letter: it has been sent, or is addressed to somebody."""
    head = body[:4000].removeprefix(b"\xef\xbb\xbf")
    return (
        _START.match(head) is not None and _SENT.search(_HEADERS_END.split(head, 1)[0]) is not None
    )


def pages_inside(raw: RawFile) -> list[RawFile]:
    """Return the pages inside a web archive, in its order.

    Raises:
        DocumentError: ``document/malformed`` when no part is HTML, ``document/too-large``.
    """
    message = email.message_from_bytes(
        raw.body.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.compat32
    )
    pages: list[RawFile] = []
    for part in message.walk():
        if part.get_content_type() not in {"text/html", "application/xhtml+xml"}:
            continue
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and body.strip():
            charset = part.get_content_charset()
            header = f"text/html; charset={charset}" if charset else None
            pages.append(replace(raw, body=body, content_type=header))
    if not pages:
        raise DocumentError("document/malformed", "a web archive without a page")
    if len(pages) > _MAX_PAGES or sum(len(page.body) for page in pages) > MAX_MARKUP_BYTES:
        raise too_large(f"{len(pages)} pages in a web archive")
    return pages
