"""``python -m tests.simulator [P1 T17 …]``: serve scenes for use by hand until Ctrl-C."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from crawler.demo.registry import write_rows
from crawler.demo.server import WorldServer
from tests.simulator.scenes import FAMILIES, TRAPS, numbered


def main(wanted: list[str]) -> int:
    """Serve the scenes named (all where none is), print addresses, registry and manifest."""
    scenes = numbered([s for s in (*FAMILIES, *TRAPS) if not wanted or s.id in wanted])
    if missing := set(wanted) - {s.id for s in scenes}:
        print(f"no scene {', '.join(sorted(missing))}")
        return 2
    with WorldServer([scene.site() for scene in scenes]) as server:
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
                "reports": [{"year": e.year, "title": e.title} for e in scene.whole()],
                "rows": len(scene.served),
            }
            for scene, (_, home) in zip(scenes, homes, strict=True)
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
    sys.exit(main(sys.argv[1:]))
