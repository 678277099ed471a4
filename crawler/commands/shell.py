"""``scrapy shell``: Scrapy's own, beside the dataset."""

from __future__ import annotations

from scrapy.commands.shell import Command as ScrapyShell

from crawler.apart import Apart


class Command(Apart, ScrapyShell):
    """Scrapy's own command; the dataset and the runs stay as they are."""
