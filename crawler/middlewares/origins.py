"""What a document was made of goes into the archive beside its bytes, before anything is read.

Not a stage of ``pipelines.stages``: those know nothing of who writes the archive.
"""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from crawler.middlewares.archive import archive_of
from pipelines.store import store_of
from pipelines.vocabulary.items import FetchedDocument


class OriginStage:
    """Hands every fetched document on as it is."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage for a crawl."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Archive what the document was made of."""
        if isinstance(item, FetchedDocument):
            archive_of(self.crawler).origin(store_of(self.crawler).state.origin_of(item))
        return item
