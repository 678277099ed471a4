"""What this machine has and lacks for a crawl, and what each lack costs: ``scrapy doctor``.

Each check looks at one thing and changes nothing.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from scrapy.settings import BaseSettings

from crawler.before import free_at
from crawler.middlewares.chromium import find_chromium
from crawler.planning import MARGIN, in_bytes
from pipelines.store.corrections import NAME as CORRECTIONS
from pipelines.store.corrections import read_corrections
from pipelines.store.fictional import fictional_in
from pipelines.vocabulary.errors import CountyReportsError

Weight = Literal["ok", "lacks", "bad"]
_PROBED = ("www.gov.cn", 443)
"""Asked for a connection alone, no page: the portal every other one is reached like."""
_SECONDS = 8.0
_PACKAGES = ("scrapy", "scrapy-playwright", "playwright", "lxml", "pdfplumber", "duckdb")


@dataclass(slots=True, frozen=True, kw_only=True)
class Look:
    """What one check saw."""

    what: str
    weight: Weight
    """``lacks``: a crawl goes on without it, at a price; ``bad``: it would fail or be in vain."""
    seen: str
    cost: str = ""
    """What it costs, and what to do."""


def examine(settings: BaseSettings, *, offline: bool = False) -> Iterator[Look]:
    """Yield what is seen, one thing after the other."""
    from pipelines.documents.office.soffice import soffice_path

    output = Path(settings["OUTPUT_DIR"])
    yield _packages()
    yield _chromium(settings)
    yield _recognition()
    yield _program(
        "LibreOffice", soffice_path(), ".doc, .wps and other old Office files cannot be read: "
        "document/needs-tool. Debian: libreoffice-writer-nogui libreoffice-calc-nogui",
    )  # fmt: skip
    unrar = next(filter(None, map(shutil.which, ("unar", "bsdtar", "unrar"))), None)
    yield _program("RAR", unrar, "RAR archives cannot be read. Debian: unar")
    yield _font()
    yield _memory(settings)
    if not offline:
        yield _network()
    yield _proxy()
    yield _contact(settings)
    yield _disk(output)
    yield _writable(output)
    yield _state(output)
    yield _dataset(output)
    yield _corrections(output)
    yield _last_run(output)


def _packages() -> Look:
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        cost = "make setup installs the locked set"
        return Look(what="packages", weight="bad", seen=f"without {', '.join(missing)}", cost=cost)
    return Look(what="packages", weight="ok", seen=", ".join(found))


def _chromium(settings: BaseSettings) -> Look:
    given, path = settings.get("CHROMIUM_PATH"), find_chromium(settings)
    if path is None:
        seen = f"CHROMIUM_PATH={given} cannot be run" if given else "none found"
        cost = "pages that need JavaScript are told as fetch/no-browser, some portals found empty"
        cost += ". Debian: chromium-headless-shell, or set CHROMIUM_PATH"
        return Look(what="Chromium", weight="lacks", seen=seen, cost=cost)
    try:
        done = subprocess.run(  # noqa: S603 - the browser a crawl would start
            [path, "--version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Look(
            what="Chromium",
            weight="lacks",
            seen=f"{path} does not start: {error}",
            cost="as if there were none; its libraries may be missing (playwright install-deps)",
        )
    return Look(what="Chromium", weight="ok", seen=f"{path} ({done.stdout.strip()})")


def _recognition() -> Look:
    missing = [
        name for name in ("rapidocr", "onnxruntime", "cv2") if not importlib.util.find_spec(name)
    ]
    if missing:
        cost = "scans and pictures are told as document/needs-tool. pip install rapidocr "
        cost += "onnxruntime opencv-python-headless, or the extra [ocr]"
        return Look(
            what="recognition", weight="lacks", seen=f"without {', '.join(missing)}", cost=cost
        )
    return Look(what="recognition", weight="ok", seen="rapidocr, onnxruntime, opencv")


def _program(what: str, path: str | None, cost: str) -> Look:
    if path is None:
        return Look(what=what, weight="lacks", seen="none found", cost=cost)
    return Look(what=what, weight="ok", seen=path)


def _font() -> Look:
    cost = "drawn pages and the demo's pictures show boxes. Debian: fonts-noto-cjk"
    program = shutil.which("fc-list")
    if program is None:
        return Look(what="Chinese font", weight="lacks", seen="no fontconfig to ask", cost=cost)
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603 - found on the path, our own words
            [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=60, check=True
        )
        if names := sorted(set(done.stdout.split("\n")) - {""}):
            return Look(what="Chinese font", weight="ok", seen=names[0])
    return Look(what="Chinese font", weight="lacks", seen="none found", cost=cost)


def _memory(settings: BaseSettings) -> Look:
    has = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    workers = settings.getint("READ_WORKERS", 0) or len(os.sched_getaffinity(0))
    needs = 1_000_000_000 + workers * 1_500_000_000
    seen = f"{in_bytes(has)}, {workers} reading processes"
    if has < needs:
        cost = f"recognition in all of them may take {in_bytes(needs)}: -s READ_WORKERS=1"
        return Look(what="memory", weight="lacks", seen=seen, cost=cost)
    return Look(what="memory", weight="ok", seen=seen)


def _network(connect: Callable[..., socket.socket] = socket.create_connection) -> Look:
    host, port = _PROBED
    try:
        connect(_PROBED, timeout=_SECONDS).close()
    except OSError as error:
        cost = "no portal will be reached, and the run judged bad; --offline leaves this out"
        return Look(what="network", weight="bad", seen=f"{host}:{port}: {error}", cost=cost)
    return Look(what="network", weight="ok", seen=f"{host}:{port} takes connections")


def _proxy() -> Look:
    names = ("http_proxy", "https_proxy", "all_proxy")
    given = [name for name in os.environ if name.lower() in names]
    if given:
        cost = "a crawl asks portals itself, past it: a proxy would resolve names unchecked"
        return Look(what="proxy", weight="lacks", seen=f"{', '.join(given)} set", cost=cost)
    return Look(what="proxy", weight="ok", seen="none set, none used")


def _contact(settings: BaseSettings) -> Look:
    if settings.get("CONTACT"):
        return Look(what="contact", weight="ok", seen="said in the User-Agent")
    cost = "a portal's operator cannot write to you: set CONTACT (an address, a page)"
    return Look(what="contact", weight="lacks", seen="none set", cost=cost)


def _disk(output: Path) -> Look:
    free = free_at(output)
    weight: Weight = "bad" if free < MARGIN else "ok"
    cost = "a crawl would end with dataset/write-failed" if weight == "bad" else ""
    return Look(what="disk", weight=weight, seen=f"{in_bytes(free)} free for {output}", cost=cost)


def _writable(output: Path) -> Look:
    """Look without writing: what is not there yet is made by the first run."""
    above = (output.absolute(), *output.absolute().parents)
    there = next(path for path in above if path.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Look(what="folder", weight="ok", seen=f"{output} takes files")
    return Look(what="folder", weight="bad", seen=f"{there} takes no files", cost="-s OUTPUT_DIR=…")


def _state(output: Path) -> Look:
    path = output / "state.sqlite"
    if not path.exists():
        return Look(what="state", weight="ok", seen="none yet: the first run makes it")
    try:
        # Read only: a run may be at work, and this one changes nothing.
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=10)) as db:
            (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
            (held,) = db.execute("SELECT count(DISTINCT address) FROM readings").fetchone()
    except sqlite3.Error as error:
        said, held = str(error), 0
    if said != "ok":
        cost = "the next run sets it aside and makes it anew from dataset and archive"
        return Look(what="state", weight="lacks", seen=f"{path}: {said}", cost=cost)
    return Look(what="state", weight="ok", seen=f"sound, {held} addresses of reports held")


def _dataset(output: Path) -> Look:
    lines = 0
    for path in sorted((output / "reports").glob("*.jsonl")):
        number = 0
        try:
            with path.open(encoding="utf-8") as file:
                for number, line in enumerate(file, 1):  # noqa: B007 - told where one is broken
                    json.loads(line)["report_id"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            cost = "restore the file from a backup, or let scrapy reparse make it anew"
            seen = f"{path}, line {number}: {type(error).__name__}"
            return Look(what="dataset", weight="bad", seen=seen, cost=cost)
        lines += number
    if says := fictional_in(output):
        return Look(what="dataset", weight="lacks", seen=f"{lines} reports", cost=says)
    return Look(what="dataset", weight="ok", seen=f"{lines} reports, every line whole")


def _corrections(output: Path) -> Look:
    try:
        rows = sum(map(len, read_corrections(output / CORRECTIONS).values()))
    except CountyReportsError as error:
        cost = "no run starts before that is mended"
        return Look(what="corrections", weight="bad", seen=str(error), cost=cost)
    return Look(what="corrections", weight="ok", seen=f"{rows} rows")


def _last_run(output: Path) -> Look:
    latest = max(output.glob("runs/*/summary.json"), default=None)
    if latest is None:
        return Look(what="last run", weight="ok", seen="none yet")
    try:
        run = json.loads(latest.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return Look(what="last run", weight="lacks", seen=f"{latest}: {error}")
    seen = f"{run['run_id']}: {run['verdict']}"
    if run["good"]:
        return Look(what="last run", weight="ok", seen=seen)
    return Look(what="last run", weight="lacks", seen=seen, cost="; ".join(run["reasons"]))
