"""``county-reports``: Scrapy's command line with this project's settings, wherever it is called.

``scrapy`` itself finds a project by the scrapy.cfg of the current folder; who installed the wheel
has none.
"""

from __future__ import annotations

import os


def main() -> None:
    """Run ``scrapy`` as if in the project's folder."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    from scrapy.cmdline import execute  # noqa: PLC0415 - reads the environment as it is loaded

    execute()
