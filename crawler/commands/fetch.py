"""``scrapy fetch``: Scrapy's own, beside the dataset."""

from __future__ import annotations

from scrapy.commands.fetch import Command as ScrapyFetch

from crawler.apart import Apart


class Command(Apart, ScrapyFetch):
    """Scrapy's own command; the dataset and the runs stay as they are."""
