"""Where held reports stand, night by night: listed or not, answering or not, gone or not.

An address is *unlisted* once the lists of its portal were read to their end without it, and *gone*
once it does not answer (404, 410, an error page, something else in its place, a redirect to where
the report is now listed) while it is unlisted, or for longer than a night while it is listed: one
bad night costs nothing. One that gives no answer at all is gone after a fortnight of that. The
lines of the dataset rest on addresses that live.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from pipelines.store.database import Database, now

A_NIGHT = 20 / 24
"""Days after which an address that is still listed and does not answer again is gone."""
A_FORTNIGHT = 14
"""Days after which an address whose server gives no answer counts as gone."""
AGAIN_FIRST_DAYS, AGAIN_DAYS = 2, 60
"""When an address that is gone is asked again: after two days, then twice as long each time."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Standing:
    """What is known of one address of a held report; times as ISO 8601 UTC, None for never."""

    url: str
    portal: str
    listed_at: str | None = None
    answered_at: str | None = None
    unlisted_since: str | None = None
    gone_since: str | None = None
    gone_because: str = ""


class Addresses(Database):
    """The standing of the addresses of one output folder."""

    def listed(self, portal: str, urls: Collection[str]) -> None:
        """Write down that a portal's lists show these addresses now."""
        seen = now()
        self._db.execute("BEGIN IMMEDIATE")
        back = [url for url in urls if (row := self.standing_of(url)) and row.unlisted_since]
        self._db.executemany(
            "INSERT INTO addresses (url, portal, listed_at) VALUES (?, ?, ?) "
            "ON CONFLICT (url) DO UPDATE SET portal = excluded.portal, "
            "listed_at = excluded.listed_at, unlisted_since = NULL",
            [(url, portal, seen) for url in urls],
        )
        self._touch(back)
        self._db.execute("COMMIT")

    def no_more_listed(
        self,
        portal: str,
        shown: Collection[str],
        *,
        asked_for: Callable[[str], bool] = lambda _: True,
    ) -> list[str]:
        """Return the held addresses of a portal that its lists, read to their end, do not show.

        ``asked_for``: tells whether a run that asked for it would have met an address.
        """
        since = now()
        held = self._held_on(portal)
        unlisted = [(url, was) for url, was in held if url not in shown and asked_for(url)]
        fresh = [url for url, was in unlisted if was is None]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "UPDATE addresses SET unlisted_since = ?, run = ? WHERE url = ?",
            [(since, self.run, url) for url in fresh],
        )
        self._touch(fresh)
        self._db.execute("COMMIT")
        return [url for url, _ in unlisted]

    def held_on(self, portal: str) -> list[str]:
        """Return the addresses of held reports that lists of a portal have shown."""
        return [url for url, _ in self._held_on(portal)]

    def _held_on(self, portal: str) -> list[tuple[str, str | None]]:
        """Return the same with the time since when they are unlisted."""
        return self._db.execute(
            "SELECT url, unlisted_since FROM addresses WHERE portal = ? AND EXISTS "
            "(SELECT 1 FROM readings WHERE address = url AND standing <> 'withheld') ORDER BY url",
            (portal,),
        ).fetchall()

    def answered(self, url: str) -> None:
        """Write down that an address gave the report it is held for.

        The first time it does so before its portal's lists are written down.
        """
        row = self.standing_of(url)
        self._db.execute(
            "INSERT INTO addresses (url, portal, answered_at, asked_at) VALUES (?2, '', ?1, ?1) "
            "ON CONFLICT (url) DO UPDATE SET answered_at = ?1, asked_at = ?1, "
            "missed_since = NULL, gone_since = NULL, gone_because = ''",
            (now(), url),
        )
        if row is not None and row.gone_since:
            self._touch([url])

    def missed(self, url: str, because: str, *, silent: bool = False) -> bool:
        """Write down that an address gave no report; tell whether it counts as gone by now.

        ``silent``: nobody answered there, which may pass.
        """
        self._db.execute(
            "UPDATE addresses SET asked_at = ?1, "
            "run = CASE WHEN missed_since IS NULL THEN ?4 ELSE run END, "
            "missed_since = coalesce(missed_since, ?1), gone_because = ?2 WHERE url = ?3",
            (now(), because, url, self.run),
        )
        gone = self._db.execute(
            "UPDATE addresses SET gone_since = missed_since, run = ?1 "
            "WHERE url = ?2 AND gone_since IS NULL AND (?3 AND unlisted_since IS NOT NULL "
            "OR julianday(asked_at) - julianday(missed_since) > ?4)",
            (self.run, url, not silent, A_FORTNIGHT if silent else A_NIGHT),
        ).rowcount
        if gone:
            self._touch([url])
        row = self.standing_of(url)
        return row is not None and row.gone_since is not None

    def in_doubt(self, url: str) -> bool:
        """Tell whether an address gave no report when it was asked last."""
        row = self._db.execute(
            "SELECT 1 FROM addresses WHERE url = ? AND missed_since IS NOT NULL", (url,)
        ).fetchone()
        return row is not None

    def worth_asking(self, url: str) -> bool:
        """Tell whether an unlisted address is to be asked: at once, then more and more seldom.

        One that answered may go later, with its host: no list will tell.
        """
        row = self._db.execute(
            "SELECT asked_at IS NULL OR asked_at < unlisted_since "
            "OR missed_since IS NOT NULL AND gone_since IS NULL "
            "OR julianday(?) - julianday(asked_at) >= min(max("
            "julianday(asked_at) - julianday(coalesce(gone_since, unlisted_since)), ?), ?) "
            "FROM addresses WHERE url = ?",
            (now(), AGAIN_FIRST_DAYS, AGAIN_DAYS, url),
        ).fetchone()
        return row is not None and bool(row[0])

    def standing_of(self, url: str) -> Standing | None:
        """Return what is known of an address, None where it was never listed."""
        row = self._db.execute(
            "SELECT url, portal, listed_at, answered_at, unlisted_since, gone_since, gone_because "
            "FROM addresses WHERE url = ?",
            (url,),
        ).fetchone()
        return _standing(row) if row else None

    def standings(self) -> list[tuple[str, Standing]]:
        """Return (report_id, standing) of every address of a report in the dataset."""
        rows = self._db.execute(
            "SELECT DISTINCT report_id, url, portal, listed_at, answered_at, unlisted_since, "
            "gone_since, gone_because FROM readings JOIN addresses ON url = address "
            "WHERE standing = 'accepted' ORDER BY report_id, url"
        )
        return [(str(report_id), _standing(rest)) for report_id, *rest in rows]

    def lives_elsewhere(self, url: str) -> bool:
        """Tell whether every report of an address is held of another that is listed and answers."""
        row = self._db.execute(
            "SELECT 1 FROM readings AS mine WHERE address = ?1 AND standing <> 'withheld' "
            "AND NOT EXISTS (SELECT 1 FROM readings AS other JOIN addresses ON url = address "
            "WHERE other.report_id = mine.report_id AND address <> ?1 "
            "AND other.standing <> 'withheld' AND unlisted_since IS NULL AND gone_since IS NULL)",
            (url,),
        ).fetchone()
        return row is None

    def forget_standings(self, portals: Collection[str]) -> None:
        """Take back what this run, judged bad, concluded of these portals' addresses."""
        self._db.execute("BEGIN IMMEDIATE")
        for portal in portals:
            rows = self._db.execute(
                "SELECT url FROM addresses WHERE portal = ? AND run = ?", (portal, self.run)
            ).fetchall()
            self._db.execute(
                "UPDATE addresses SET unlisted_since = NULL, missed_since = NULL, "
                "gone_since = NULL, gone_because = '', asked_at = NULL, run = '' "
                "WHERE portal = ? AND run = ?",
                (portal, self.run),
            )
            self._touch([str(url) for (url,) in rows])
        self._db.execute("COMMIT")

    def _touch(self, urls: Collection[str]) -> None:
        """Let the lines that may rest on these addresses be made anew."""
        self._db.executemany(
            "INSERT OR IGNORE INTO dirty SELECT ?, province, report_id FROM readings "
            "WHERE address = ? AND standing <> 'withheld'",
            [(self.run, url) for url in urls],
        )


def _standing(row: tuple[str | None, ...]) -> Standing:
    url, portal, listed, answered, unlisted, gone, because = row
    return Standing(
        url=str(url),
        portal=str(portal),
        listed_at=listed,
        answered_at=answered,
        unlisted_since=unlisted,
        gone_since=gone,
        gone_because=because or "",
    )
