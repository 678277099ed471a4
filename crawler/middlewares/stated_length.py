"""Answers shorter than they say: cut off, or packed by a server that counted before it packed."""

from __future__ import annotations

import zlib

from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

_FLAG = "dataloss"
_STEP = 1024 * 1024
_MAX_STEPS = 256
"""A quarter of a gigabyte unpacked; what is larger is refused further on."""


def refuse_cut(response: Response) -> Response:
    """Return an answer that came whole.

    Raises:
        ResponseDataLossError: less came than was stated, and what came has no end of its own.
    """
    if _FLAG in response.flags and not _is_packed_whole(response):
        raise ResponseDataLossError
    return response


def _is_packed_whole(response: Response) -> bool:
    """Tell whether a body is a gzip file to its very end, which holds a sum over all before it."""
    if response.headers.get("Content-Encoding", b"").strip().lower() not in {b"gzip", b"x-gzip"}:  # type: ignore[union-attr]
        return False
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    left = response.body
    try:
        for _ in range(_MAX_STEPS):
            unpacker.decompress(left, _STEP)
            left = unpacker.unconsumed_tail
            if unpacker.eof or not left:
                break
    except zlib.error:
        return False
    return unpacker.eof
