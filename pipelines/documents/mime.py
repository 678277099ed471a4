"""Web archives (MHTML): what Word calls a single-file web page and often names ``.doc``."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_START = re.compile(rb"\s*(?:MIME-Version|From|Subject|Date|Content-Type):", re.IGNORECASE)


def is_mime(body: bytes) -> bool:
    """Tell whether a file is a MIME message around a web page."""
    head = body[:2000]
    return _START.match(head) is not None and b"multipart/related" in head.lower()


def html_part(raw: RawFile) -> RawFile:
    """Return the page inside a web archive.

    Raises:
        DocumentError: ``document/malformed`` when no part is HTML.
    """
    message = email.message_from_bytes(raw.body, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                charset = part.get_content_charset()
                header = f"text/html; charset={charset}" if charset else None
                return replace(raw, body=body, content_type=header)
    raise DocumentError("document/malformed", "a web archive without a page")
