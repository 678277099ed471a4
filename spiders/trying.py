"""What one page is to this crawler: the answer of ``scrapy parse --spider county_reports URL``.

For trying an address out: nothing of it reaches the dataset (crawler/apart.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.http import Response

from crawler.families import family_of, first_asks, read_list
from crawler.pages import Page
from pipelines.registry import Registry
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from pipelines.vocabulary.problems import CODES
from pipelines.workers import Limits, Workers


class Trying:
    """Reads pages one by one, each as a report and, where it is none, as a list."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._workers = Workers(Limits(workers=1), reader="")
        self._workers.registry = registry

    async def look(self, response: Response) -> AsyncIterator[dict[str, Any] | scrapy.Request]:
        """Yield the record a page makes; of a list, its rows as requests and what is behind."""
        content_type = response.headers.get("Content-Type")
        said = content_type.decode("latin-1") if content_type else None
        url = response.url
        source = Source(
            url=url,
            final_url=url,
            title=response.meta.get("row_title"),
            adcode=self._registry.code_of_host(url),
        )
        document = FetchedDocument(
            portal_code=source.adcode or "",
            source=source,
            page=RawFile(body=response.body, url=url, content_type=said),
        )
        try:
            report = await self._workers.read(document)
        except CodedError as error:
            meaning = CODES[error.code].meaning
            yield {"url": url, "problem": error.code, "evidence": error.evidence, "why": meaning}
            return
        yield report.to_json()
        if not report.is_report:
            for each in self._as_list(Page(url=url, body=response.body, content_type=said)):
                yield each

    def _as_list(self, page: Page) -> list[dict[str, Any] | scrapy.Request]:
        family = family_of(page)
        told: dict[str, Any] = {"list": page.url, "family": family.NAME}
        try:
            rows = read_list(family, page)
        except CodedError as error:
            return [told | {"problem": error.code, "evidence": error.evidence}]
        told |= {
            "rows": len(rows.links),
            "declared_total": rows.declared_total,
            "next": [*rows.next_urls, *(ask.url for ask in rows.next_asks)],
            "asked_first": [ask.url for ask in first_asks(family, page)],
            "sub_columns": {link.title: link.url for link in rows.sub_columns},
        }
        links = [
            scrapy.Request(link.url, meta={"row_title": link.title}, dont_filter=True)
            for link in rows.links
        ]
        return [told, *links]

    async def close(self) -> None:
        """Stop the reading process."""
        await asyncio.to_thread(self._workers.close)
