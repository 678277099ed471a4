"""One portal being visited: fetching with patience, and writing down what goes wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from crawler.middlewares.rendered import Turned
from crawler.pages import Page
from pipelines.registry import Portal
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import Ask
from pipelines.vocabulary.ledger import Ledger, PortalRun
from pipelines.vocabulary.problems import Problem
from spiders.fetching import Fetcher, FetchError
from spiders.patience import Patience

Answer = TypeVar("Answer")


class PortalStopError(Exception):
    """The walk cannot go on; ``outcome`` is one of the contract's list."""

    def __init__(self, outcome: str, evidence: str) -> None:
        super().__init__(evidence)
        self.outcome = outcome
        self.evidence = evidence


class Visit:
    """What the parts of a walk share: who is asked, how, and where problems go."""

    def __init__(self, portal: Portal, fetcher: Fetcher, ledger: Ledger) -> None:
        self.portal = portal
        self.fetcher = fetcher
        self.ledger = ledger
        self.run: PortalRun = ledger.open(portal.code, portal.name, portal.home_url)
        self.patience = Patience()

    @property
    def has_browser(self) -> bool:
        """Tell whether pages can be rendered here."""
        return bool(self.ledger.notes.get("browser"))

    async def page(
        self,
        url: str,
        *,
        ask: Ask | None = None,
        render: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Fetch; refusals and silences in a row end the walk.

        Raises:
            FetchError: no page came.
            Unchanged: the answer to a conditional request was 304.
            PortalStopError: the portal has said no, or nothing, often enough.
        """
        return await self._patiently(
            self.fetcher.page(url, ask=ask, render=render, headers=headers)
        )

    async def turned(
        self,
        url: str,
        *,
        most: int,
        enter: tuple[str, ...] = (),
        unwanted: Callable[[str], bool] | None = None,
        stop_alike: bool = False,
    ) -> tuple[list[Page], Turned]:
        """Open a list in the browser and turn its pages there, ``most`` times at most.

        Raises:
            FetchError: no page came.
            PortalStopError: the portal has said no, or nothing, often enough.
        """
        return await self._patiently(
            self.fetcher.turned(
                url, most=most, enter=enter, unwanted=unwanted, stop_alike=stop_alike
            )
        )

    async def _patiently(self, asking: Awaitable[Answer]) -> Answer:
        try:
            answer = await asking
        except FetchError as error:
            if (stop := self.patience.failed(error)) is not None:
                self.note(error)
                raise PortalStopError(*stop) from error
            raise
        self.patience.answered()
        return answer

    def note(self, error: CodedError, *, title: str | None = None) -> None:
        """Write an error down as the problem it is."""
        self.problem(error.code, error.evidence, getattr(error, "url", None), title=title)

    def problem(
        self, code: str, evidence: str, url: str | None, *, title: str | None = None
    ) -> None:
        """Write a problem of this portal."""
        self.ledger.problem(
            Problem(
                code=code,
                evidence=evidence,
                portal=self.portal.code,
                url=url,
                stage="walk",
                title=title,
            )
        )
