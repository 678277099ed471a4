"""What became of held reports that a portal's lists show no more, told once all was read."""

from __future__ import annotations

from pipelines.store import State
from pipelines.vocabulary.ledger import Ledger
from pipelines.vocabulary.problems import Problem


def tell_lost(ledger: Ledger, state: State) -> None:
    """Write down which held reports are listed nowhere any more, and which were removed.

    One that is listed at another address, where it answers, has moved: nothing is lost.
    """
    for run in ledger.portals.values():
        for url, gone_before in {**run.hidden, **run.lost}.items():
            standing = state.standing_of(url)
            if standing is None or state.lives_elsewhere(url):
                continue
            hidden = url in run.hidden and run.chosen  # else all of its lists show no report
            if standing.gone_since is None and (hidden or not (run.lists or url in run.lost)):
                continue
            title = state.row_of(url)[0]
            if standing.gone_since is None:
                run.unlisted[url] = title or ""
                since = f"unlisted since {standing.unlisted_since}"
                none = f"no report is listed any more; it was last on {standing.listed_at}"
                code, why = "report/unlisted", since if standing.unlisted_since else none
            else:
                run.gone[url] = standing.gone_since
                if not gone_before:
                    run.gone_now.add(url)
                code = "report/gone"
                why = f"gone since {standing.gone_since}: {standing.gone_because}"
            ledger.problem(Problem(code=code, evidence=why, portal=run.code, url=url, title=title))
