"""When a drawn page is still: nothing under way, its text the same for a while.

Counted in looks, not by the clock: on a busy machine the page's scripts get their turn late, and so
do our looks at it, so that a page is judged after the same number of turns of its own.
"""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage

from crawler.pages import HARDLY_ANY

_SETTLE = 25.0
"""Seconds a page gets to fill itself after it has loaded, its requests paced; a second in which a
busy machine gave it no turn is none of them. RENDER_TIMEOUT bounds them by the clock."""
_PENDING: WeakKeyDictionary[BrowserPage, int] = WeakKeyDictionary()
"""Requests under way, waiting for their turn included, per page."""


def watch(page: BrowserPage) -> None:
    """Count a new page's requests from now on."""
    page.on("request", lambda _: _count(page, 1))
    page.on("requestfinished", lambda _: _count(page, -1))
    page.on("requestfailed", lambda _: _count(page, -1))


def _count(page: BrowserPage, change: int) -> None:
    _PENDING[page] = max(0, _PENDING.get(page, 0) + change)


_QUIET = """([quiet, longest]) => new Promise(done => {
    let still = 0, spent = 0, before = performance.now();
    const watch = new MutationObserver(() => { still = 0; });
    watch.observe(document, {subtree: true, childList: true, characterData: true});
    const size = text => (text || '').replace(/\\s+/g, '').length;
    const look = () => {
        // Between two looks lie 40 ms; what is far more was not given to the page.
        const now = performance.now(), given = Math.min(now - before, 100);
        before = now;
        still += given;
        spent += given;
        if (still < quiet && spent < longest) return setTimeout(look, 40);
        watch.disconnect();
        let words = size(document.body && document.body.innerText);
        for (const link of document.querySelectorAll('a')) words -= size(link.innerText);
        done([words, spent]);
    };
    setTimeout(look, 40);
})"""
"""Waits until the page has not changed for a while, then counts its words outside links.

Returns them, and the milliseconds the page had."""


async def settle(page: BrowserPage) -> None:
    """Wait until a page has stopped filling itself: nothing under way, its text the same.

    The less it says, the longer it is waited for: a page with a menu and a title may be one whose
    script is about to fill it, an empty one a challenge that is about to reload it.
    """
    left, quiet = _SETTLE, _quiet_for(_FULL)
    while left > 0:
        try:
            words, spent = await page.evaluate(_QUIET, [1000 * quiet, 1000 * left])
        except PlaywrightError:  # reloading
            quiet = _quiet_for(_FULL)
            await asyncio.sleep(0.1)
            left -= 0.1
            continue
        left -= spent / 1000
        if _PENDING.get(page):
            await asyncio.sleep(0.05)
            left -= 0.05
        elif quiet >= _quiet_for(words):
            return
        else:
            quiet = _quiet_for(words)


_FULL = 400
"""Words outside links from which a page has its text."""


def _quiet_for(words: int) -> float:
    """Return the seconds a page of so many words must have been still."""
    if words >= _FULL:
        return 0.12
    return 0.6 if words >= HARDLY_ANY else 2.1
