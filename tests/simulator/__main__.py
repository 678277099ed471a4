"""``python -m tests.simulator [P1 T17 …]``: serve scenes for use by hand until Ctrl-C.

``--check`` crawls them instead and prints what was found, scene by scene, beside what must be.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from crawler.demo.registry import write_rows
from crawler.demo.server import WorldServer
from tests.simulator.figures import CRAWLS, crawl, lines
from tests.simulator.scenes import BESIDE, FAMILIES, TRAPS, WAYS, Scene, numbered
from tests.simulator.traps import CLONE, PRIVATE


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve or crawl the scenes named, all where none is."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator",
        description="Serve portals that behave and misbehave on loopback, until Ctrl-C.",
    )
    parser.add_argument("scene", nargs="*", help="P1, T17 …; all where none is named")
    parser.add_argument(
        "--check", action="store_true", help="crawl them, and print what was found beside the truth"
    )
    options = parser.parse_args(arguments)
    wanted = options.scene
    scenes = [s for s in (*FAMILIES, *TRAPS, *WAYS, *BESIDE) if not wanted or s.id in wanted]
    if missing := set(wanted) - {s.id for s in scenes}:
        print(f"no scene {', '.join(sorted(missing))}")
        return 2
    if options.check:
        return check({s.id for s in scenes})
    return serve(numbered(scenes))


def check(wanted: set[str]) -> int:
    """Crawl scenes from their home pages and from known columns; exit 1 where anything is wrong."""
    wrong = 0
    for name, (of, _) in CRAWLS.items():
        if not any(s.id in wanted for s in of):
            continue
        with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
            run = crawl(name, Path(folder), lambda s: s.id in wanted)
        print("\n".join(lines(name, run)), flush=True)
        wrong += sum(bool(r.faults) for r in run.results) + len(run.off_limits)
    print("\nAll as it must be." if not wrong else f"\n{wrong} things are not as they must be.")
    return 1 if wrong else 0


def serve(scenes: Sequence[Scene]) -> int:
    """Serve scenes, print addresses, registry and manifest."""
    sites = [scene.site() for scene in scenes]
    beside = [other for site in sites for other in site.beside]
    with WorldServer([*sites, *beside, CLONE, PRIVATE]) as server:
        homes = [(s.division, f"{server.base(s.division.code)}{s.home}") for s in scenes]
        folder = Path(tempfile.mkdtemp(prefix="simulator-"))
        registry = write_rows(folder / "portals.csv", homes)
        manifest = [
            {
                "id": scene.id,
                "code": scene.division.code,
                "name": scene.division.name,
                "home_url": home,
                "outcome": scene.outcome,
                "column_url": f"{site.base}{site.column}",
                "reports": [
                    {"kind": e.kind, "year": e.year, "title": e.title} for e in scene.own()
                ],
                "rows": len(scene.served),
            }
            for scene, site, (_, home) in zip(scenes, sites, homes, strict=True)
        ]
        path = folder / "manifest.json"
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        for scene, (_, home) in zip(scenes, homes, strict=True):
            doc = (scene.build.__doc__ or "").partition("\n")[0]
            print(f"{scene.id:14} {home}  must end {'/'.join(scene.outcome)}  {doc}")
        print(f"registry: {registry}\nmanifest: {path}\nStop with Ctrl-C.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
