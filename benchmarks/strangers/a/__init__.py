"""A world of fictional annual reports on government information disclosure, with known truth, made by a stranger to the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .build import build


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document and all that is true of it."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: dict[str, int | float | None]
    meant: dict[str, int | float | None]
    identity: dict[str, object]


def documents(seed: int, count: int) -> Iterator[Made]:
    """``count`` documents; the n-th depends on the seed and n alone."""
    for n in range(count):
        b = build(seed, n)
        yield Made(
            name=b.name,
            body=b.body,
            content_type=b.content_type,
            url=b.url,
            title=b.title,
            code=b.code,
            layout=b.layout,
            habits=b.habits,
            is_report=b.is_report,
            printed=b.printed,
            meant=b.meant,
            identity=b.identity,
        )
