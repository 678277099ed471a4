"""``scrapy view``: Scrapy's own, beside the dataset."""

from __future__ import annotations

from scrapy.commands.view import Command as ScrapyView

from crawler.apart import Apart


class Command(Apart, ScrapyView):
    """Scrapy's own command; the dataset and the runs stay as they are."""
