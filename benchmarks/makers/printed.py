"""PDF printed by a browser: ruled, without rules, with running heads, in narrow columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.settings import BaseSettings

from crawler.demo.reports import render_html
from crawler.demo.world import ReportTruth
from crawler.middlewares.chromium import find_chromium

LOOKS = ("ruled", "word", "running", "narrow", "unruled", "airy", "tight")
"""``ruled``: the page as it is; ``word``: Word's markup; ``running``: a head line, page numbers and
repeated table headers; ``narrow``: small print on A5, labels broken over lines, tables over many
pages; ``unruled``: not one line drawn, as are ``airy`` (all centred, labels narrow and broken) and
``tight`` (figures to the right, no room between rows)."""
_UNRULED = frozenset({"unruled", "airy", "tight"})

_STYLE = {
    "ruled": "table{border-collapse:collapse;font-size:12px}",
    "word": "table{border-collapse:collapse;font-size:12px}",
    "running": "table{border-collapse:collapse;font-size:12px}",
    "narrow": "table{border-collapse:collapse;font-size:8px} td{padding:1px}",
    "unruled": "table{font-size:11px} td{border:0 !important;padding:3px 6px}",
    "airy": "table{font-size:10px} td{padding:6px 8px;text-align:center !important;"
    "border:0 !important}",
    "tight": "table{font-size:10px} td{padding:0 7px;border:0 !important}"
    " td[style*=center],td[align=center]{text-align:right !important}",
}
_SMALL = "font-size:8px;width:100%;text-align:center"


def chromium() -> str | None:
    """Return the browser on this machine, None without one."""
    return find_chromium(BaseSettings({"CHROMIUM_PATH": ""}))


def page_of(report: ReportTruth, look: str) -> str:
    """Return the page that is printed."""
    page = render_html(report, "word" if look == "word" else "clean")
    if look in _UNRULED:
        page = page.replace(' border="1"', "")
    style = f"<style>{_STYLE[look]} body{{font-family:'Noto Serif CJK SC',serif}}</style></head>"
    return page.replace("</head>", style)


def _options(report: ReportTruth, look: str) -> dict[str, Any]:
    options: dict[str, Any] = {"format": "A4", "margin": dict.fromkeys(_SIDES, "18mm")}
    if look == "narrow":
        options |= {"format": "A5", "margin": dict.fromkeys(_SIDES, "9mm")}
    if look == "running":
        options |= {
            "display_header_footer": True,
            "header_template": f'<div style="{_SMALL}">{report.organ.name}</div>',
            "footer_template": f'<div style="{_SMALL}">— <span class="pageNumber"></span> —</div>',
        }
    return options


_SIDES = ("top", "right", "bottom", "left")


def print_pdfs(wanted: Sequence[tuple[ReportTruth, str]]) -> list[bytes]:
    """Return each report printed in its look; one browser for all.

    Raises:
        RuntimeError: no Chromium on this machine.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where one prints

    program = chromium()
    if program is None:
        raise RuntimeError("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        out = []
        for report, look in wanted:
            page.set_content(page_of(report, look))
            out.append(page.pdf(print_background=True, **_options(report, look)))
        browser.close()
    return out
