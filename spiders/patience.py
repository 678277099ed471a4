"""When to stop asking a portal: after how many refusals or silences in a row."""

from __future__ import annotations

from spiders.fetching import FetchError

REFUSALS = 3
"""A single 403 is a folder without an index; three refusals in a row are the portal's answer."""
SILENCES = 4
"""Each costs up to three tries of DOWNLOAD_TIMEOUT: a dead host must not hold a run for hours."""


class Patience:
    """Counts what comes in a row from one portal."""

    def __init__(self) -> None:
        self.answers = 0
        self.refusals = 0
        self.silences = 0

    def answered(self) -> None:
        """A page came."""
        self.answers += 1
        self.refusals = self.silences = 0

    def failed(self, error: FetchError) -> tuple[str, str] | None:
        """Return (outcome, evidence) where the walk should end, else None.

        A refusal before anything was ever answered is the portal's own; later ones may be a
        page's.
        """
        if error.code == "fetch/blocked":
            self.refusals += 1
            if not self.answers or self.refusals >= REFUSALS:
                return "blocked", error.evidence
        elif error.code in {"fetch/timeout", "fetch/failed", "fetch/busy"}:
            self.silences += 1
            if self.silences >= SILENCES:
                # Where reports were read before, the counts will call it incomplete.
                return (
                    "unreachable",
                    f"{SILENCES} addresses in a row did not answer; the last: {error.evidence}",
                )
        else:
            self.refusals = self.silences = 0
        return None
