"""Turning the pages of a list in the browser, where no address leads to the next one.

加载更多, a 下一页 that only a script knows, a list that grows when it is scrolled to its end: they
are pressed as a reader would press them. What the page then asks for leaves by the gateway and
takes its turn like everything else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Dialog
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Response as BrowserResponse

from crawler.middlewares.rendered import Turned

_TRIES = 100
"""A tenth of a second apart, for a page that is reloading; a busy machine takes its time."""
_ASKED = frozenset({"xhr", "fetch", "document"})
_NO_MORE = re.compile(r"(?:没有|无)更多|最后一页|末页|加载完|到底|no more", re.IGNORECASE)

_ROWS = """() => {
    const shown = [];
    for (const link of document.querySelectorAll('a, [onclick], [data-url], [data-href]')) {
        const text = (link.innerText || '').trim();
        if (text.length >= 6) shown.push(text + ' ' + (link.href || link.getAttribute('onclick')));
    }
    return shown.slice(0, 20000);
}"""
"""What a page lists: its links of some length, those of its pager left out."""

_PRESS = r"""([done, spent]) => {
    const more = '(?:点击|点我)?(?:加载|查看|显示)更多|下一?[页頁]|后一?页|next(?: ?page)?';
    const words = new RegExp(`^[^\\p{L}\\p{N}]*(?:${more})[^\\p{L}\\p{N}]*$`, 'iu');
    const mark = /^\s*[>»›]\s*$/;
    const named = /(?:^|[\s_-])(?:next|nextpage|loadmore|load-more)(?:$|[\s_-])/i;
    const off = /disabled|no[-_]?(?:next|more)\b|p_no\b/i;
    const classes = e => typeof e.className === 'string' ? e.className : '';
    const best = [null, null, null];
    for (const e of document.querySelectorAll('a, button, input, span, div, li, p, i, em')) {
        if (!e.getClientRects().length || getComputedStyle(e).visibility === 'hidden') continue;
        const text = (e.innerText || e.value || '').slice(0, 40);
        const short = text.trim().length < 8;
        const rank = words.test(text) ? 0
            : short && named.test(classes(e)) ? 1
            : mark.test(text) ? 2 : 3;
        if (rank > 2) continue;
        let barred = false;
        for (let up = e, n = 0; up && n < 3; up = up.parentElement, n++)
            barred = barred || up.disabled || up.getAttribute('aria-disabled') === 'true'
                || off.test(classes(up));
        const link = e.closest('a');
        const href = link && (link.getAttribute('href') || '').trim();
        if (barred || href && !/^(?:#|javascript:)/i.test(href)) continue;
        best[rank] = best[rank] && !best[rank].contains(e) ? best[rank] : e;
    }
    const found = spent ? null : best[0] || best[1] || best[2];
    if (!found) {
        const year = /^[^\p{L}\p{N}]*(20[012]\d)\s*年?度?[^\p{L}\p{N}]*$/u;
        for (const e of document.querySelectorAll('a, li, span, button, option')) {
            const said = year.exec((e.textContent || '').slice(0, 20).trim());
            if (!said || done.includes(said[1])) continue;
            if (e.tagName === 'OPTION') {
                const list = e.closest('select');
                if (!list || !(list.onchange || list.getAttribute('onchange'))) continue;
                list.value = e.value;
                list.dispatchEvent(new Event('change', {bubbles: true}));
                return ['year', said[1]];
            }
            const href = (e.getAttribute('href') || '').trim();
            const bound = e.onclick || href || getComputedStyle(e).cursor === 'pointer';
            if (!bound || href && !/^(?:#|javascript:)/i.test(href)) continue;
            if (!e.getClientRects().length) continue;
            e.click();
            return ['year', said[1]];
        }
        if (!spent) window.scrollTo(0, document.documentElement.scrollHeight);
        return ['', ''];
    }
    const text = (found.innerText || found.value || found.className).trim().slice(0, 20);
    found.scrollIntoView();
    found.click();
    return ['next', text];
}"""
"""Presses what leads on, then tabs of years one after the other; returns what, and its words.

Where there is neither, it scrolls to the end.
"""


class Turner:
    """Turns the pages of one list, within bounds.

    Args:
        page: the list, drawn.
        settle: waits until a page is still.
        why: says what kept an address from being answered: (code, words), if anything.
    """

    def __init__(
        self,
        page: BrowserPage,
        settle: Callable[[BrowserPage], Awaitable[None]],
        why: Callable[[str, int], tuple[str, str]],
    ) -> None:
        self._page = page
        self._settle = settle
        self._why = why
        self._refused: list[tuple[str, str]] = []
        self._said: list[str] = []
        self._stirred = 0
        """Requests and errors of scripts since the last press."""

    async def turn(self, *, most: int, seconds: float) -> Turned:
        """Press until nothing new comes, ``most`` times at most, for so many seconds at most."""
        page, turned = self._page, Turned()
        page.on("response", self._note)
        page.on("dialog", self._listen)
        page.on("request", self._stir)
        page.on("pageerror", self._stir)
        end = asyncio.get_running_loop().time() + seconds
        shown = set(await self._ask(_ROWS))
        seen = set(shown)
        turned.pages.append((page.url, await page.content()))
        years: list[str] = []
        spent = False  # what leads on has led to its end, of the year that is shown
        while turned.turns < most and asyncio.get_running_loop().time() < end:
            self._refused.clear()
            self._stirred = 0
            kind, pressed = await self._ask(_PRESS, [years, spent])
            if kind == "year":
                years.append(pressed)
            await self._settle(page)
            now = set(await self._ask(_ROWS))
            if now - seen:
                spent = False
                if now >= seen:
                    turned.pages.clear()  # the list has grown: what was there still is
                turned.pages.append((page.url, await page.content()))
                turned.turns += 1
                seen |= now
                shown = now
                continue
            if self._refused:
                turned.code, turned.trouble = self._refused[0]
                return turned
            if kind == "year":
                shown = now  # a year that was shown before
                continue
            if not spent:
                turned.trouble = self._at_the_end(pressed, turned.turns, same=now == shown)
                spent = True
            if not kind:
                return turned
        turned.code = "list/page-limit"
        turned.trouble = f"its pages were turned {turned.turns} times, and it goes on"
        return turned

    def _at_the_end(self, pressed: str, turns: int, *, same: bool) -> str:
        """Say why a turn that brought nothing may not be the end; empty where it is."""
        if not pressed:
            return "" if turns else "nothing on it can be pressed to go on"
        if any(_NO_MORE.search(words) for words in self._said):
            return ""
        if same and (turns or not self._stirred):
            return ""  # it went on before and stays where it is, or nothing is behind the button
        again = "shows rows that were there before" if turns else "brings no row"
        return f"pressing {pressed!r} {again}"

    async def _ask(self, script: str, given: object = None) -> Any:
        """Evaluate on a page that may be reloading."""
        for attempt in range(_TRIES):
            try:
                return await self._page.evaluate(script, given)
            except PlaywrightError:
                if attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.1)
        raise AssertionError  # the loop returns or raises

    def _note(self, response: BrowserResponse) -> None:
        if response.status >= 400 and response.request.resource_type in _ASKED:
            self._refused.append(self._why(response.url, response.status))

    def _stir(self, _: object) -> None:
        self._stirred += 1

    def _listen(self, dialog: Dialog) -> None:
        self._said.append(dialog.message[:200])  # the handler dismisses it
