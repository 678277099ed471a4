"""Turning a list in the browser, where only a script brings its further rows.

加载更多, a 下一页 or a number that only a script knows, a list that grows when it is scrolled to
its end, selects and tabs of years and organs, branches of a tree, entries of a menu that call a
script, in frames as well: they are pressed as a reader would press them, one after the other,
within bounds of presses and time. What the page then asks for leaves by the gateway and takes its
turn like everything else. What was asked after a press is noted, so that it can be told apart what
changes from page to page (``crawler.families._replay``).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Dialog, Frame
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import Response as BrowserResponse

from crawler.middlewares import hands
from crawler.middlewares.rendered import LedTo, Pressed, Turned

_TRIES = 100
"""A tenth of a second apart, for a page that is reloading; a busy machine takes its time."""
_ASKED = frozenset({"xhr", "fetch", "document"})
_NO_MORE = re.compile(r"(?:没有|无)更多|最后一页|末页|加载完|到底|no more", re.IGNORECASE)
_LOOKS, _BETWEEN = 12, 120
"""Looks at a page after a press, and milliseconds of its own between two: some paint late."""
_PRESSES_A_TURN = 3
"""Presses for each turn that is allowed: not every one brings rows."""
_FRAMES = 6
_BRANCHES = 40
_DEEPEST = 4
"""Controls that depend on each other: organ, kind, year."""
_ROWS_PRESSED = 200
"""Rows without an address that are pressed to see where they lead."""
_LEAD_NOWHERE = 3
"""Presses on such rows, one after the other, that show no address: no more are pressed then."""
_ALIKE = 3
"""Turns after which it can be told what changes from one to the next."""


class _OverError(Exception):
    """A bound is reached, or what was asked for is refused."""


@dataclass(slots=True)
class _State:
    """What stood on a page when it was looked at: the rows of each frame."""

    rows: dict[Frame, frozenset[str]]

    @property
    def all(self) -> frozenset[str]:
        return frozenset().union(*self.rows.values())


class Turner:
    """Turns one list, within bounds.

    Args:
        page: the list, drawn.
        settle: waits until a page is still.
        why: says what kept an address from being answered: (code, words), if anything.
        led_to: keeps the page where it is while rows are pressed, and knows where it would have
            gone.
    """

    def __init__(
        self,
        page: BrowserPage,
        settle: Callable[[BrowserPage], Awaitable[None]],
        why: Callable[[str, int], tuple[str, str]],
        led_to: LedTo,
    ) -> None:
        self._page = page
        self._settle = settle
        self._why = why
        self._led_to = led_to
        self._nowhere = 0
        """Presses on rows in a row that led nowhere."""
        self._rows_pressed = 0
        self._refused: list[tuple[str, str]] = []
        self._said: list[str] = []
        self._stirred = 0
        """Requests and errors of scripts since the last press."""
        self._asked: list[BrowserRequest] = []
        """Requests for data since the last press."""
        self._turned = Turned()
        self._seen: set[str] = set()
        self._kept: dict[Frame, tuple[int, frozenset[str]]] = {}
        """Of each frame the last state that was kept: its place, its rows."""
        self._state = _State({})
        self._presses = 0
        self._pressed = self._chosen = False
        """Something was pressed at all; something was chosen whose list is not gone through."""
        self._most = 0
        self._end = 0.0
        self._stop_alike = False
        self._unwanted: Callable[[str], bool] = _nobody

    async def turn(
        self,
        *,
        most: int,
        seconds: float,
        enter: tuple[str, ...] = (),
        unwanted: Callable[[str], bool] | None = None,
        stop_alike: bool = False,
    ) -> Turned:
        """Press until nothing new comes, ``most`` turns at most, for so many seconds at most.

        Args:
            most: turns that bring something.
            seconds: of the clock.
            enter: names of a menu's entries that are pressed first, one after the other.
            unwanted: tells of an organ's or year's name that what is behind it is not asked for.
            stop_alike: stop after a few turns that each asked one thing, so that it can be tried
                to go on without the browser.
        """
        page = self._page
        self._most, self._stop_alike = most, stop_alike
        self._unwanted = unwanted or _nobody
        self._end = asyncio.get_running_loop().time() + seconds
        page.on("response", self._note)
        page.on("dialog", self._listen)
        page.on("request", self._stir)
        page.on("pageerror", self._stir)
        self._state = await self._look()
        try:
            await self._enter(enter)
            self._seen |= self._state.all
            await self._keep(self._state, first=True)
            await self._explore(0)
            if not self._turned.turns and not self._pressed:
                self._turned.trouble = "nothing on it can be pressed to go on"
        except _OverError:
            pass
        return self._turned

    async def _enter(self, names: tuple[str, ...]) -> None:
        for name in names:
            if not await self._in_frames(hands.ENTER, [name]):
                self._turned.trouble = f"no entry {name!r} to press"
                raise _OverError
            self._state = await self._after()
            self._turned.entered.append(name)

    async def _explore(self, level: int) -> None:
        """Go through the values of the next control, and to the end of each list they show."""
        if level == 0:
            await self._to_the_end()
            await self._open_branches()
        controls = await self._controls()
        if level >= min(len(controls), _DEEPEST):
            if self._chosen:
                await self._to_the_end()
            return
        control = controls[level]
        values = [control["all"]] if control["all"] else control["values"]
        # What is shown at first was gone through at first.
        for value in sorted(values, key=lambda v: v != control["now"]):
            if self._unwanted(value):
                continue
            if value != control["now"] or control["how"] == "tab":
                await self._choose(control, value)
            await self._explore(level + 1)

    async def _controls(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for frame in self._frames():
            controls = await self._ask(frame, hands.CONTROLS) or ()
            found += [{**control, "frame": frame} for control in controls]
        return found

    async def _choose(self, control: dict[str, Any], value: str) -> None:
        self._count()
        self._pressed = self._chosen = True
        given = [control["how"], control["index"], control["kind"], value]
        if not await self._ask(control["frame"], hands.CHOOSE, given):
            return
        new = self._new(await self._after())
        if new:
            await self._brought(value)
        elif self._refused and self._refused[0][0] == "fetch/http-status":
            # Of this year or organ nothing came; the others may be had.
            self._turned.code, self._turned.trouble = self._refused[0]
        elif self._refused:
            self._give_up()

    async def _open_branches(self) -> None:
        for _ in range(_BRANCHES):
            self._count()
            name = await self._in_frames(hands.BRANCH, [1])
            if not name:
                return
            if self._new(await self._after()):
                await self._brought(str(name))

    async def _to_the_end(self) -> None:
        """Press what leads on, else scroll, until neither brings a row."""
        turns, number = 0, 1
        self._chosen = False
        while True:
            self._count()
            kind, pressed = await self._press_on(number + 1)
            self._pressed |= bool(kind)
            state = await self._after()
            if self._new(state):
                turns, number = turns + 1, number + 1
                await self._brought(pressed or "scrolling")
                await self._stop_if_alike()
                continue
            if self._refused:
                self._give_up()
            same = state.all == self._state.all
            self._state = state
            if kind and turns == 0 and await self._scrolled():
                turns = 1
                continue  # a button beside a list that grows by scrolling
            trouble = self._at_the_end(pressed, self._turned.turns, same=same)
            self._turned.trouble = self._turned.trouble or trouble
            return

    async def _stop_if_alike(self) -> None:
        """Stop where each turn asked one thing and nothing else on the page could hold more."""
        turned = self._turned
        if not self._stop_alike or turned.turns < _ALIKE or not _each_asked(turned):
            return
        if not await self._controls():
            turned.stopped_alike = True
            raise _OverError

    async def _scrolled(self) -> bool:
        await self._in_frames(hands.SCROLL, None, every=True)
        if not self._new(await self._after()):
            return False
        await self._brought("scrolling")
        return True

    async def _press_on(self, number: int) -> tuple[str, str]:
        for frame in self._frames():
            kind, words = await self._ask(frame, hands.GO_ON, [number]) or ("", "")
            if kind:
                return kind, words
        await self._in_frames(hands.SCROLL, None, every=True)
        return "", ""

    async def _after(self) -> _State:
        """Look at the page once a press has shown what it does.

        A page may paint a while after its answer came, and ask a while after it was pressed.
        """
        await self._settle(self._page)
        state = await self._look()
        looks, stirred = 0, self._stirred
        while looks < _LOOKS and state.all == self._state.all:
            await self._ask(self._page.main_frame, hands.WAIT, [_BETWEEN])
            looks += 1
            if self._stirred != stirred:
                await self._settle(self._page)
                looks, stirred = 0, self._stirred
            state = await self._look()
            if asyncio.get_running_loop().time() > self._end:
                break
        else:
            if looks:
                await self._settle(self._page)
                state = await self._look()
        return state

    def _new(self, state: _State) -> bool:
        new = bool(state.all - self._seen)
        if new:
            self._state = state
        return new

    async def _brought(self, pressed: str) -> None:
        """Keep what a press has brought, and what was asked for it."""
        turned = self._turned
        asked = [_as_pressed(request) for request in self._asked]
        turned.asked.append((pressed, tuple(asked)))
        turned.new.append(tuple(sorted(self._state.all - self._seen)))
        self._seen |= self._state.all
        turned.turns += 1
        await self._keep(self._state)

    async def _keep(self, state: _State, *, first: bool = False) -> None:
        """Keep the source of each frame that shows something new; of one that grew, the last."""
        pages = self._turned.pages
        for frame, rows in state.rows.items():
            main = frame == self._page.main_frame
            held = self._kept.get(frame)
            if not (first and main) and not rows - (held[1] if held else frozenset()):
                continue
            await self._learn_addresses(frame)
            try:
                source = (frame.url, await frame.content())
            except PlaywrightError:
                continue
            if held is not None and rows >= held[1]:
                pages[held[0]] = source
                self._kept[frame] = (held[0], rows)
            else:
                pages.append(source)
                self._kept[frame] = (len(pages) - 1, rows)

    async def _learn_addresses(self, frame: Frame) -> None:
        """Press the rows that have no address, and write down in the page where each would lead.

        The page is kept where it is: what it wants to go to is not asked for here.
        """
        led_to = self._led_to
        led_to.kept = True
        try:
            while self._rows_pressed < _ROWS_PRESSED and self._nowhere < _LEAD_NOWHERE:
                led_to.urls.clear()
                pressed = await self._ask(frame, hands.PRESS_ROW)
                if pressed is None:
                    return
                self._rows_pressed += 1
                url = pressed[1] or await self._leads_to()
                self._nowhere = 0 if url else self._nowhere + 1
                self._turned.learnt += bool(url)
                await self._ask(frame, hands.LEARNT, [url])
        finally:
            led_to.kept = False

    async def _leads_to(self) -> str:
        """Return where a press has led, once it has shown that."""
        for _ in range(_LOOKS):
            if self._led_to.urls:
                return self._led_to.urls[-1]
            await self._ask(self._page.main_frame, hands.WAIT, [_BETWEEN // 4])
        return ""

    def _give_up(self) -> None:
        self._turned.code, self._turned.trouble = self._refused[0]
        raise _OverError

    def _count(self) -> None:
        """Count a press, and stop where a bound is reached."""
        turned = self._turned
        late = asyncio.get_running_loop().time() > self._end
        if late or turned.turns >= self._most or self._presses >= self._most * _PRESSES_A_TURN:
            turned.code = "list/page-limit"
            turned.trouble = f"its pages were turned {turned.turns} times, and it goes on"
            raise _OverError
        self._presses += 1
        self._refused.clear()
        self._asked.clear()
        self._stirred = 0

    def _at_the_end(self, pressed: str, turns: int, *, same: bool) -> str:
        """Say why a turn that brought nothing may not be the end; empty where it is."""
        if not pressed:
            return ""
        if any(_NO_MORE.search(words) for words in self._said):
            return ""
        if same and (turns or not self._stirred):
            return ""  # it went on before and stays where it is, or nothing is behind the button
        again = "shows rows that were there before" if turns else "brings no row"
        return f"pressing {pressed!r} {again}"

    def _frames(self) -> list[Frame]:
        return [f for f in self._page.frames if not f.is_detached()][:_FRAMES]

    async def _look(self) -> _State:
        rows = {f: frozenset(await self._ask(f, hands.ROWS) or ()) for f in self._frames()}
        return _State(rows)

    async def _in_frames(self, script: str, given: object, *, every: bool = False) -> Any:
        """Evaluate in one frame after the other until one says that it did something."""
        for frame in self._frames():
            done = await self._ask(frame, script, given)
            if done and not every:
                return done
        return None

    async def _ask(self, frame: Frame, script: str, given: object = None) -> Any:
        """Evaluate on a page that may be reloading; nothing where a frame of it is gone."""
        for attempt in range(_TRIES):
            try:
                return await frame.evaluate(script, given)
            except PlaywrightError:
                if frame != self._page.main_frame and (frame.is_detached() or attempt > 2):
                    return None
                if attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.1)
        raise AssertionError  # the loop returns or raises

    def _note(self, response: BrowserResponse) -> None:
        if response.status >= 400 and response.request.resource_type in _ASKED:
            self._refused.append(self._why(response.url, response.status))

    def _stir(self, what: object) -> None:
        self._stirred += 1
        if isinstance(what, BrowserRequest) and what.resource_type in _ASKED:
            self._asked.append(what)

    def _listen(self, dialog: Dialog) -> None:
        self._said.append(dialog.message[:200])  # the handler dismisses it


def _nobody(name: str) -> bool:
    del name
    return False


def _as_pressed(request: BrowserRequest) -> Pressed:
    body = request.post_data_buffer or b""
    return Pressed(
        url=request.url,
        method=request.method,
        body=body,
        headers=tuple(sorted(request.headers.items())),
    )


def _each_asked(turned: Turned) -> bool:
    """Tell whether each of the last turns asked for exactly one thing."""
    return all(len(asked) == 1 for _, asked in turned.asked[-_ALIKE:])
