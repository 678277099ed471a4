"""``scrapy parse``: Scrapy's own, beside the dataset."""

from __future__ import annotations

import argparse
import warnings

from scrapy.commands.parse import Command as ScrapyParse
from scrapy.exceptions import ScrapyDeprecationWarning

from crawler.apart import Apart


class Command(Apart, ScrapyParse):
    """Scrapy's own command; the dataset and the runs stay as they are."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Parse, without the warning that Scrapy 2.19 gives of its own callback here."""
        warnings.filterwarnings(
            "ignore", message=r".*returned a Deferred", category=ScrapyDeprecationWarning
        )
        super().run(args, opts)
