"""What a crawl does when its state can no longer be written: say so once, and end in order."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

from pipelines.vocabulary.ledger import ledger_of


def end_crawl(crawler: Crawler, error: Exception) -> None:
    """Note why nothing more can be kept, and close the spider; harmless when called again."""
    notes = ledger_of(crawler).notes
    if "store_error" in notes:
        return
    notes["store_error"] = f"the state cannot be written: {error}; the dataset stands as it was"
    if crawler.engine is not None:
        closing = asyncio.ensure_future(crawler.engine.close_spider_async(reason="store_failed"))
        notes["closing"] = closing  # a task nobody holds may be collected before it ends
