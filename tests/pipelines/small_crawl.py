"""A crawl of documents made up on the spot, run as a process of its own: no portal, no request.

``python -m tests.pipelines.small_crawl OUTPUT PLAN`` where PLAN is JSON: ``documents`` (each with
``url``, ``number`` and what the made-up reader shall do), ``settings``, ``portals``.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass, fields
from typing import Any

from scrapy import Spider
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import AsyncCrawlerProcess

from pipelines import workers
from pipelines.record import Report
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from pipelines.vocabulary.ledger import ledger_of
from pipelines.workers import room_of
from tests.pipelines.made_up_reader import dies_at_start
from tests.pipelines.store.records import record

CODE = "990101"


def read(page: RawFile, files: list[RawFile], source: Source) -> Report:
    """Do what the page says; stands where read_report stands."""
    facts: dict[str, Any] = json.loads(page.body)
    does = facts.pop("does", "report")
    if does == "hang":  # without an end, and without a pause
        while True:
            pass
    if does == "wait":
        time.sleep(60)
    if does == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if does == "raise":
        raise ValueError("a stage of the reader met what it did not expect")
    if does == "damaged":
        raise DocumentError("document/malformed", "no end of central directory")
    if does == "eat":
        return bytearray(8 << 30)  # type: ignore[return-value]
    if does == "other":
        return Report(
            is_report=False,
            reasons=["guide/title"],
            title="指南",
            carrier="text",
            sha256=hashlib.sha256(page.body).hexdigest(),
        )
    if times := facts.pop("much", 0):  # a text that no compression makes small
        chance = random.Random(times)
        facts["text"] = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(times))
    made = record(facts.pop("number", 1), url=source.url, **facts)
    names = {f.name for f in fields(Report) if f.name in made} - {"cells", "narrative", "findings"}
    if source.archive is not None:
        made["archive"] = asdict(source.archive)
    made["sha256"] = hashlib.sha256(page.body).hexdigest()
    return Report(**{n: made[n] for n in names if n != "found_via"})


@dataclass
class Args:
    kinds: frozenset[str] | None = None
    years: frozenset[int] | None = None


class Small(Spider):
    name = "county_reports"

    def __init__(self, plan: dict[str, Any]) -> None:
        super().__init__()
        self.plan = plan
        args = plan.get("args", {})
        self.args = Args(
            kinds=frozenset(args["kinds"]) if "kinds" in args else None,
            years=frozenset(args["years"]) if "years" in args else None,
        )

    async def start(self):
        if self.plan.get("start_fails"):
            raise RuntimeError("the registry vanished")
        ledger = ledger_of(self.crawler)
        for code in self.plan.get("portals", [CODE]):
            ledger.open(code, f"portal {code}", "http://home.invalid/").done = True
        self.beating = asyncio.ensure_future(self.beat())
        for planned in self.plan["documents"]:
            facts = dict(planned)
            url, code = facts.pop("url"), facts.pop("code", CODE)
            ledger.portals[code].chosen.add(url)
            ledger.portals[code].listed += 1
            if "fetched_at" not in facts:
                facts["fetched_at"] = "2026-11-01T00:00:00Z"
            room = room_of(self.crawler)
            room.places = 3
            await room.free()
            ledger.notes["most_inside"] = max(ledger.notes.get("most_inside", 0), room.inside)
            yield FetchedDocument(
                portal_code=code,
                source=Source(
                    url=url, title=facts.get("title", "年度报告"), fetched_at=facts["fetched_at"]
                ),
                page=RawFile(body=json.dumps(facts).encode(), url=url),
            )

    def closed(self, reason):
        if hasattr(self, "beating"):
            self.beating.cancel()

    async def beat(self):
        """Count how often the reactor gets its turn."""
        while True:
            await asyncio.sleep(0.05)
            notes = ledger_of(self.crawler).notes
            notes["beats"] = notes.get("beats", 0) + 1


def main() -> int:
    output, plan = sys.argv[1], json.loads(sys.argv[2])
    settings = {
        "OUTPUT_DIR": output,
        "READ_FUNCTION": "tests.pipelines.small_crawl:read",
        "READ_WORKERS": 2,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "ITEM_PIPELINES": {
            "pipelines.stages.ReadStage": 100,
            "pipelines.stages.ChooseStage": 200,
            "pipelines.stages.DeduplicateStage": 300,
            "pipelines.stages.WriteStage": 400,
        },
        "EXTENSIONS": {
            "crawler.extensions.run_report.RunReport": 200,
            "crawler.extensions.health.Health": 300,
        },
        **plan.get("settings", {}),
    }
    # Without requests the engine looks only at its heartbeat whether it is done, every 5 s.
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.2
    if plan.pop("workers_die", False):
        workers._start_worker = dies_at_start
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Small)
    process.crawl(crawler, plan=plan)
    process.start()
    verdict, _ = ledger_of(crawler).notes.get("verdict", ("bad", "not judged"))
    return 0 if verdict == "good" and not process.bootstrap_failed else 1


if __name__ == "__main__":
    sys.exit(main())
