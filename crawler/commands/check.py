"""``scrapy check``: Scrapy's own, beside the dataset."""

from __future__ import annotations

from scrapy.commands.check import Command as ScrapyCheck

from crawler.apart import Apart


class Command(Apart, ScrapyCheck):
    """Scrapy's own command; the dataset and the runs stay as they are."""
