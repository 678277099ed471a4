"""``python -m crawler.demo``: serve the demo portals, crawl them, and say what came of it.

Exit status 0 only when every report that can be found was found once with every figure right,
nothing else was taken for one, and the portals that decline are listed as declining.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from crawler.demo.manifest import PortalResult, compare, expected
from crawler.demo.portals import PICTURES, PORTALS, Portal, portals_here
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from crawler.demo.world import LAST_YEAR

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "demo-output"
"""Fictional records never lie beside real ones."""
PORT = 8731
"""The same each time, so that a second demo finds its portals where the first one did."""
LOOPBACK = "127.0.0.0/8"
_HOW_TO_CHROMIUM = "set CHROMIUM_PATH, or install one: chromium-headless-shell on Debian"
_HOW_TO_OCR = (
    "make setup installs it; alone: pip install rapidocr onnxruntime opencv-python-headless"
)


def crawl(registry: Path, output: Path, extra: Sequence[str] = ()) -> int:
    """Run ``scrapy crawl county_reports`` over a registry of loopback portals.

    Returns:
        Scrapy's exit status.
    """
    command = [
        *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
        *("-a", f"portals={registry}"),
        *("-s", f"OUTPUT_DIR={output}"),
        *("-s", f"ALLOWED_PRIVATE_NETWORKS={LOOPBACK}"),
        *("-s", f"CRAWL_DATE={LAST_YEAR + 1}-11-30"),  # its portals publish nothing newer
        *extra,
    ]
    # The demo is the whole world of this crawl: what a user has set for real ones stays out.
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.run(command, cwd=ROOT, env=kept, check=False).returncode  # noqa: S603 - our own arguments


def dataset_digest(output: Path) -> str:
    """Return one hash over all files of the dataset."""
    digest = hashlib.sha256()
    for path in sorted(output.glob("reports/*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _say(result: PortalResult) -> None:
    portal = result.expected.portal
    print(f"\n{portal.division.name} ({portal.code}): {portal.trap}")
    wanted = result.expected.reports
    if result.excused:
        print(f"  not judged: {result.excused}")
    elif portal.outcome != "ok":
        print(f"  outcome {result.outcome}; nothing is taken from a portal that declines")
    else:
        figures = sum(len(report.values) for report in result.right)
        years = [report.year for report in wanted]
        truth = "equal to the truth" if not portal.recognised else "read or said to be unread"
        print(
            f"  {len(result.right)} of {len(wanted)} reports of {min(years)}-{max(years)} found, "
            f"{figures} figures {truth}; outcome {result.outcome}"
        )
    for fault in result.faults:
        print(f"  WRONG: {fault}")


def _left_out(portals: Sequence[Portal]) -> str:
    kinds = Counter(e.kind for p in portals if p.outcome == "ok" for e in p.rows())
    return (
        f"Rightly left out: {kinds['department']} reports of departments and "
        f"{kinds['township']} of townships (not asked for), {kinds['lookalike']} look-alikes, "
        f"{kinds['twin']} second addresses of reports already held, {kinds['superseded']} "
        "reports that were corrected later."
    )


def run(output: Path, *, twice: bool, portals: Sequence[Portal] = PORTALS) -> int:
    """Serve, crawl, compare and talk; return the exit status."""
    output.mkdir(parents=True, exist_ok=True)
    with _world(portals) as server:
        registry = write_registry(output / "portals.csv", server.base, portals)
        print(f"Serving {len(portals)} fictional portals on loopback, port {server.port}.")
        status = crawl(registry, output)
        first, digest = len(server.log), dataset_digest(output)
        if status == 0 and twice:
            print("\nCrawling a second time …")
            status = crawl(registry, output)
        second = server.log[first:]
    results = compare(output, expected(portals))
    for result in results:
        _say(result)
    print(f"\n{_left_out(portals)}")
    faults = sum(len(result.faults) for result in results)
    if twice:
        same = dataset_digest(output) == digest
        unchanged = sum(seen.status == 304 for seen in second)
        print(f"First crawl: {first} requests. Second crawl: {len(second)} requests,")
        print(f"{unchanged} of them answered 'not modified'; the dataset is")
        print("the same to the byte." if same else "NOT the same.")
        faults += not same
    if status != 0:
        print(f"The crawl itself ended with exit status {status}.")
        faults += 1
    print(f"\nThe dataset lies in {output / 'reports'}, what was not found and why in")
    print(f"{output / 'problems.jsonl'}, the run's own report below {output / 'runs'}.")
    print("Its places are in its own registry alone. To see them: scrapy coverage (or reparse)")
    print(f"  -s OUTPUT_DIR={output} --portals {output / 'portals.csv'}")
    for result in results:
        if result.excused:
            print(f"Not judged: {result.expected.portal.division.name}, {result.excused}.")
            print(f"  ({_HOW_TO_OCR if result.expected.portal.recognised else _HOW_TO_CHROMIUM})")
    print("All as it must be." if not faults else f"{faults} things are not as they must be.")
    return 0 if not faults else 1


def _world(portals: Sequence[Portal]) -> WorldServer:
    sites = [portal.site() for portal in portals]
    try:
        return WorldServer(sites, PORT)
    except OSError:
        print(
            f"Port {PORT} is taken; another is used, so nothing of an earlier demo is recognised."
        )
        return WorldServer(sites)


def serve(port: int, portals: Sequence[Portal], output: Path) -> int:
    """Serve until interrupted, for looking at the portals by hand; the registry lies in output."""
    output.mkdir(parents=True, exist_ok=True)
    with WorldServer([portal.site() for portal in portals], port) as server:
        for portal in portals:
            print(f"{server.base(portal.code)}/  {portal.division.name}  {portal.trap}")
        registry = write_registry(output.resolve() / "portals.csv", server.base, portals)
        print(f"registry: {registry}\nStop with Ctrl-C.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description=__doc__)
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(FOLDER),
        help=f"what it writes into (default: {FOLDER}, never the output/ of real crawls)",
    )
    parser.add_argument("--twice", action="store_true", help="crawl again, to show it is cheap")
    parser.add_argument("--serve", action="store_true", help="only serve the portals")
    parser.add_argument("--port", type=int, default=0, help="with --serve: which port")
    options = parser.parse_args(arguments)
    portals = portals_here()
    if PICTURES not in portals:
        print("No font with Chinese characters on this machine: the portal whose reports are")
        print("pictures cannot be drawn and is left out.")
    if options.serve:
        return serve(options.port, portals, options.output)
    return run(options.output.resolve(), twice=options.twice, portals=portals)


if __name__ == "__main__":
    sys.exit(main())
