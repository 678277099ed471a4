"""The closed list of problem codes, and the line a problem becomes.

Nothing is dropped without a code from this list. Codes read like paths: the part before the
slash is the room the problem was met in. docs/problems.md is generated from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any


@dataclass(slots=True, frozen=True)
class Code:
    """What a code means to a reader of problems.jsonl, and what a person can do about it."""

    meaning: str
    what_to_do: str


_CODES: dict[str, Code] = {
    # -- the portal -------------------------------------------------------------------------
    "portal/blocked": Code(
        "the portal declines programs (challenge page, 412, 521, 403 …)",
        "open the address in a browser; fetch the few reports by hand",
    ),
    "portal/robots": Code(
        "robots.txt forbids the addresses that were needed",
        "honour it; ask the portal's operator",
    ),
    "portal/unreachable": Code(
        "no answer: DNS, refused connection, time-out or server errors after all retries",
        "try again another day; check the home address in the registry",
    ),
    "portal/no-column-found": Code(
        "the home page was read but no annual-report column could be verified",
        "look for the column by hand and put its address into the registry row",
    ),
    "portal/empty-column": Code(
        "the column exists and lists no report of the government itself", "look again later"
    ),
    "portal/paging-not-understood": Code(
        "a further page of the list repeats or cannot be derived", "the family module needs work"
    ),
    "portal/incomplete": Code(
        "reports failed, rows or years lack, or what could hold more was left alone",
        "see its other problems",
    ),
    "portal/moved": Code(
        "the home address leads to another host that is not in the registry",
        "check the new host and change the registry row",
    ),
    "portal/file-unreadable": Code(
        "none of the portal's reports could be read", "see its other problems"
    ),
    # -- fetching ---------------------------------------------------------------------------
    "fetch/http-status": Code("the server answered with an error status", "try again later"),
    "fetch/busy": Code(
        "the server asks to be left alone for a while (429, 503, Retry-After)", "try again later"
    ),
    "fetch/timeout": Code("no complete answer in time", "try again later"),
    "fetch/failed": Code("the connection failed", "try again later"),
    "fetch/too-large": Code("the answer exceeds the size limit", "fetch it by hand"),
    "fetch/robots": Code("robots.txt forbids this address", "honour it"),
    "fetch/address-refused": Code(
        "the address is not public, or its host is neither listed nor under an allowed suffix",
        "add the host to the registry or to ALLOWED_HOST_SUFFIXES if it is right",
    ),
    "fetch/soft-404": Code("status 200, but the page says it does not exist", "none"),
    "fetch/blocked": Code("a challenge or refusal in place of the page", "open it in a browser"),
    "fetch/render-failed": Code("the browser could not render the page", "try again later"),
    "fetch/no-browser": Code(
        "the page needs JavaScript and no Chromium was found",
        "install Chromium or set CHROMIUM_PATH",
    ),
    # -- lists ------------------------------------------------------------------------------
    "list/layout": Code("a list page lacks the parts its family must have", "see the evidence"),
    "list/short-of-total": Code(
        "fewer rows than the list declares", "the family module needs work"
    ),
    "list/broken-off": Code(
        "a further page of the list did not come: busy, silent, refused; the evidence says which",
        "try again later",
    ),
    "list/page-limit": Code("the list has more pages than the limit", "raise MAX_LIST_PAGES"),
    "list/repeats": Code("the next page brought nothing new before the end", "as above"),
    "list/left-alone": Code(
        "something on the column's pages could hold more and was not followed: the evidence says "
        "what",
        "look there; put the column into the registry row if it is another",
    ),
    # -- documents --------------------------------------------------------------------------
    "document/empty": Code("no bytes, or no text in them", "look at the source"),
    "document/undecodable": Code("no encoding reads these bytes as text", "look at the source"),
    "document/stored-twice": Code(
        "the text was stored as UTF-8 twice, through Latin-1, and was restored",
        "compare a line with the source; tell the portal's operator",
    ),
    "document/unreadable-text": Code(
        "a PDF's text layer means nothing (its fonts do not say what their signs are); the "
        "evidence says whether its pages were recognised instead",
        "compare the figures with the source",
    ),
    "document/unsupported": Code("no reader for this type of file", "read it by hand"),
    "document/malformed": Code("the file is damaged or truncated", "look at the source"),
    "document/encrypted": Code("the file is protected by a password", "ask the publisher"),
    "document/too-large": Code("beyond a bound on size, pages, pixels or nesting", "by hand"),
    "document/too-slow": Code(
        "reading took more processor time than the limit and was stopped",
        "the next crawl tries again: give it more with -s READ_TIMEOUT=1200 (seconds of processor "
        "time; default 300), or read the saved file alone with scrapy extract, which has no limit",
    ),
    "document/no-reader": Code(
        "the processes that read could not be started or kept: nobody has read this document",
        "free memory or processes on the machine and run again",
    ),
    "document/crashed": Code(
        "the reader failed on the file, or its worker process died", "a bug: report it"
    ),
    "document/needs-tool": Code(
        "an optional program or package is missing for this type of file",
        "install what the evidence names",
    ),
    "document/html-for-file": Code("an HTML page came in place of a file", "open the address"),
    "document/attachment-unreadable": Code(
        "an attached file could not be read; the report rests on what else there was",
        "look at the attachment",
    ),
    "document/not-archived": Code(
        "the archive does not hold these bytes, so they cannot be read again",
        "crawl with mode=full",
    ),
    # -- reading ----------------------------------------------------------------------------
    "report/unlisted": Code(
        "a held report stands in no list of its portal any more; its address still answers",
        "look at the column by hand: was it split, cut short or moved?",
    ),
    "report/gone": Code(
        "a held report was removed at the source: it is listed nowhere and its address holds it "
        "no more; the dataset keeps it, with gone_since",
        "nothing, or ask the office; the archive has the bytes",
    ),
    "report/not-a-report": Code("the document is something else; reasons are in the evidence", ""),
    "report/year-unknown": Code("no year in title, period or text", "correct by hand"),
    "report/publisher-unknown": Code("no division could be matched", "correct by hand"),
    "report/other-organ": Code(
        "a report of an organ or kind that was not asked for (-a kinds=)", ""
    ),
    "report/other-year": Code("a report of a year that was not asked for (-a years=)", ""),
    "report/upper-level": Code("a report of another division than the portal's", ""),
    "report/stage-failed": Code(
        "a reading stage raised; stage and message in the evidence", "a bug"
    ),
    "report/tables-missing": Code(
        "a report of a year with statutory tables in which none could be read",
        "look at the source for an attachment",
    ),
    # -- the dataset ------------------------------------------------------------------------
    "dataset/invalid-record": Code("a record does not fit the schema and was not written", "a bug"),
    "dataset/conflicting-editions": Code("two editions of one report differ in figures", "check"),
    "dataset/mended": Code(
        "a file of the output folder was damaged; it was set aside and what it knew was found "
        "elsewhere",
        "check the disk; look at the file that was set aside, or delete it",
    ),
    "dataset/stale-correction": Code(
        "a row of corrections.csv was not applied: the field no longer reads as it did",
        "look at the source again; change or drop the row",
    ),
    "dataset/correction-waiting": Code(
        "a row of corrections.csv says whose report a document is, or did say so, and the document "
        "was not read again since",
        "scrapy reparse --corrected; without an archive, scrapy crawl … -a mode=full",
    ),
    "dataset/write-failed": Code(
        "the dataset could not be written; the old one stands", "see text"
    ),
}

CODES: Mapping[str, Code] = MappingProxyType(_CODES)

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "ok": (
            "every report the column lists was read or is already held unchanged, the newest one "
            "due is among them, and nothing on its pages that could hold more was left alone"
        ),
        "blocked": "the portal declines programs",
        "robots": "robots.txt forbids what was needed",
        "unreachable": "no answer",
        "no_column_found": "no annual-report column could be verified",
        "empty_column": "the column lists no report of the government itself",
        "paging_not_understood": "further pages exist that could not be reached",
        "file_unreadable": "reports are listed but none could be read",
        "moved": "the home address leads to a host outside the registry",
        "incomplete": (
            "listed reports were not read, or years lack, or what could hold more was left alone"
        ),
    }
)
"""Contract section 6: each portal of a run ends with exactly one."""


def in_one_line(text: str) -> str:
    """Return what a terminal and a line of JSON can hold of what a portal said.

    Escape sequences would steer the terminal it is read in, marks of direction turn it around.
    """
    return "".join(c if c.isprintable() else " " for c in text).strip()


@dataclass(slots=True, frozen=True, kw_only=True)
class Problem:
    """One line of problems.jsonl."""

    code: str
    evidence: str
    """What was seen, at most 500 characters; enough for a person to go and look."""
    portal: str | None = None
    url: str | None = None
    stage: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        """Refuse a code that is not in the list: an unlisted code is a bug of the caller."""
        object.__setattr__(self, "evidence", in_one_line(self.evidence))
        if self.code not in CODES:
            msg = f"unknown problem code {self.code!r}"
            raise ValueError(msg)
        if len(self.evidence) > 500:
            object.__setattr__(self, "evidence", self.evidence[:499] + "…")

    def to_json(self) -> dict[str, Any]:
        """Return the line, meaning included, absent facts left out."""
        line = {k: v for k, v in asdict(self).items() if v is not None}
        line["meaning"] = CODES[self.code].meaning
        return line
