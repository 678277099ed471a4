"""``scrapy extract``: read documents with no crawl, one record a line on standard output."""

from __future__ import annotations

import argparse
import json
import mimetypes
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from scrapy.commands import ScrapyCommand

import crawler
from crawler.closed_pipe import until_nobody_listens
from pipelines.registry import load_registry
from pipelines.vocabulary.errors import CodedError, UsageError
from pipelines.vocabulary.items import RawFile, Source
from pipelines.vocabulary.problems import in_one_line

ALL_READ = 0
WRONG_USAGE = 2
NOT_REPORTS = 3
NOT_READ = 4
MAX_BYTES = 64 * 1024 * 1024
TIMEOUT_SECONDS = 60


class Command(ScrapyCommand):
    """Read files or addresses into records."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute

    def syntax(self) -> str:
        """Return the usage line."""
        return "[options] PATH_OR_URL ..."

    def short_desc(self) -> str:
        """Say it in one line."""
        return "Read documents into records, with no crawl"

    def long_desc(self) -> str:
        """Document output and exit codes."""
        return (
            "Reads each document and prints one JSON record a line on standard output; messages "
            "go to standard error. Exit codes: 0 all were read as reports; 3 some are something "
            "else (their line says is_report false and why); 4 some could not be read; 2 wrong "
            "usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what a crawl would know of a document."""
        super().add_options(parser)
        parser.add_argument("--url", help="the address a file came from")
        parser.add_argument("--title", help="the title the list gave it")
        parser.add_argument("--code", help="division code of the portal it was found on")
        parser.add_argument("--content-type", help="the Content-Type it was sent with")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read all arguments; the worst result decides the exit code."""
        try:
            with until_nobody_listens():
                self.exitcode = max(self._read_all(args, opts), default=ALL_READ)
        except UsageError as error:
            print(f"scrapy extract: {error}", file=sys.stderr)
            self.exitcode = WRONG_USAGE

    def _read_all(self, args: list[str], opts: argparse.Namespace) -> Iterator[int]:
        if not args:
            raise UsageError("name at least one file or address; -h tells more")
        if opts.url and len(args) > 1:
            raise UsageError("--url goes with one document only")
        if opts.code:
            load_registry().division(opts.code)
        for name in args:
            yield self._read_one(name, opts)

    def _read_one(self, name: str, opts: argparse.Namespace) -> int:
        # Late: the readers are heavy, and a usage error should not wait for them.
        from pipelines.read import read_report

        try:
            raw = _fetch(name, opts) if _is_address(name) else _load(name, opts)
            source = Source(url=raw.url, title=opts.title, adcode=opts.code)
            report = read_report(raw, (), source)
        except CodedError as error:
            print(f"{name}: {error.code}: {in_one_line(error.evidence)}", file=sys.stderr)
            return NOT_READ
        except OSError as error:  # URLError is one
            reason = getattr(error, "reason", None) or error.strerror or error
            print(f"{name}: {reason}", file=sys.stderr)
            return NOT_READ
        for problem in report.problems:
            print(f"{name}: {problem.code}: {problem.evidence}", file=sys.stderr)
        # At once: whoever reads may have seen enough before the next document is read.
        print(json.dumps(report.to_json(), ensure_ascii=False), flush=True)
        return ALL_READ if report.is_report else NOT_REPORTS


def _is_address(name: str) -> bool:
    return urlsplit(name).scheme in {"http", "https"}


def _load(name: str, opts: argparse.Namespace) -> RawFile:
    path = Path(name)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise CodedError("document/too-large", f"{size:,} bytes; the limit is {MAX_BYTES:,}")
    return RawFile(
        body=path.read_bytes(),
        url=opts.url,
        content_type=opts.content_type,
        filename=path.name,
    )


def _fetch(name: str, opts: argparse.Namespace) -> RawFile:
    """Fetch one address the user typed, as a browser's address bar would: once, honestly named."""
    request = Request(name, headers={"User-Agent": f"county-reports/{crawler.__version__}"})  # noqa: S310 - http(s) only, checked by the caller
    with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - as above
        body = answer.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise CodedError("document/too-large", f"more than {MAX_BYTES:,} bytes")
        headers: Message = answer.headers
        return RawFile(
            body=body,
            url=opts.url or name,
            content_type=opts.content_type
            or headers.get("Content-Type")
            or mimetypes.guess_type(name)[0],
            filename=headers.get_filename() or Path(urlsplit(name).path).name or None,
        )
