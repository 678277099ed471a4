"""Files of many producers and damaged scans that a stranger made, held against their truth.

    python -m benchmarks.files FOLDER                      FOLDER/corpus and FOLDER/truth.jsonl
    python -m benchmarks.files FOLDER b022.pdf s031.png    these files alone
    python -m benchmarks.files FOLDER --keep FILE          what became of each file, as JSON lines

Such a corpus is tens of megabytes of files and stands beside the repository, not in it. Names
that begin with b are born digital, those with s were scanned; both are told apart, each producer
and each damage by itself. Judged as benchmarks.strangers judges; seconds are of a processor.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import strangers
from benchmarks.strangers.judging import Judged, judge
from benchmarks.tables import Column, Table

PARTS = {"b": "born digital", "s": "scans"}
"""What the first letter of a file's name says."""
DAMAGE = "damage:"
"""The start of a scan's habits that are damages."""
TABLE = Table(
    "files",
    Column("part", 34),
    *strangers.TABLE.columns[1:],
    Column("seconds", 9, ".1f", "s/file"),
)


@dataclass(slots=True, kw_only=True)
class File:
    """A file of the corpus, as ``judge`` wants a document made."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: Mapping[str, int | float | None]
    meant: Mapping[str, int | float | None]
    identity: Mapping[str, object]


Read = tuple[Judged, float]
"""What became of a file, and the seconds of a processor that took."""


def read_one(job: tuple[Path, dict[str, Any]]) -> Read:
    """Read a file as a crawl would hand it over."""
    corpus, truth = job
    made = File(
        body=(corpus / truth["name"]).read_bytes(),
        layout=truth["producer"],
        habits=tuple(truth["habits"]),
        identity=truth["identity"] or {},
        **{k: truth[k] for k in
           ("name", "content_type", "url", "title", "code", "is_report", "printed", "meant")},
    )  # fmt: skip
    start = _processor()
    return judge(made), _processor() - start


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def results(folder: Path, names: Sequence[str] = (), workers: int = 2) -> Iterator[Read]:
    """Yield what became of each file, in the order of the truth's lines."""
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    truths = [truth for line in lines if (truth := json.loads(line))]
    jobs = [(folder / "corpus", t) for t in truths if not names or t["name"] in names]
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(read_one, jobs)


def rows_of(title: str, groups: Mapping[str, Iterable[Read]]) -> Iterator[str]:
    """Yield a table with a row a group, the one that is least exact first."""
    yield TABLE.head(title)
    rows = []
    for name, group in groups.items():
        some = list(group)
        seconds = statistics.median(s for _, s in some)
        values = strangers.row_of("", [j for j, _ in some]).values
        rows.append(TABLE.row(name, *list(values.values())[1:], seconds))
    rows.sort(key=lambda row: (row.values["exact_percent"], row.values["part"]))
    yield from (row.text for row in rows)


def _groups(some: Iterable[Read], part: str) -> dict[str, list[Read]]:
    """Return a part's files by producer, or a scan's by its damages, and by its resolution."""
    groups: dict[str, list[Read]] = defaultdict(list)
    for read in some:
        judged = read[0]
        names = [judged.layout]
        if part == "s":
            damages = [h for h in judged.habits if h.startswith(DAMAGE)]
            names = [h.removeprefix(DAMAGE).partition("=")[0] for h in damages] or ["(none)"]
            names += [h for h in judged.habits if h.startswith("dpi=")]
        for name in dict.fromkeys(names):
            groups[name].append(read)
    return groups


def report(some: Sequence[Read]) -> Iterator[str]:
    """Yield the tables, then every file that is wrong, missed or not taken for what it is."""
    parts: dict[str, list[Read]] = defaultdict(list)
    for read in some:
        parts[read[0].name[0]].append(read)
    yield from rows_of("", {PARTS.get(p, p): group for p, group in parts.items()})
    for part, group in parts.items():
        by = "by damage and resolution" if part == "s" else "by producer"
        yield ""
        yield from rows_of(f"{PARTS.get(part, part)}, {by}", _groups(group, part))
    judged = [j for j, _ in some]
    yield ""
    yield from (f"  missed {j.name} ({j.layout}): {j.missed}" for j in judged if j.missed)
    yield from strangers.wrong_of(judged, most=len(judged))
    nulls = sorted((j for j in judged if j.null), key=lambda j: -len(j.null))
    yield from (f"  {len(j.null):4} null  {j.name} ({j.layout})" for j in nulls)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 where something is wrong without a word, 2 without a corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.files", description=(__doc__ or "").partition("\n\n")[0]
    )
    parser.add_argument("folder", type=Path, help="holds corpus/ and truth.jsonl")
    parser.add_argument("names", nargs="*", help="files of the corpus; all by default")
    parser.add_argument("--keep", type=Path, help="write what became of each file here")
    options = parser.parse_args(arguments)
    if not (options.folder / "truth.jsonl").is_file() or not (options.folder / "corpus").is_dir():
        print(f"no corpus here: {options.folder} lacks truth.jsonl or corpus/", file=sys.stderr)
        return 2
    some = list(results(options.folder, options.names))
    if options.keep:
        lines = (json.dumps({**asdict(j), "seconds": s}, ensure_ascii=False) for j, s in some)
        options.keep.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(*report(some), sep="\n", flush=True)
    return int(any(j.silent or j.false_proofs or j.false_report or j.crashed for j, _ in some))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
