"""python -m world --serve | --manifest [--seed N]."""
from __future__ import annotations

import argparse
import dataclasses
import json
import time

from . import World


def main() -> None:
    """Serve the portals, or print what is known of them."""
    parser = argparse.ArgumentParser(prog="world")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--manifest", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with World(args.seed) as world:
        if args.manifest:
            print(json.dumps([dataclasses.asdict(p) for p in world.portals], ensure_ascii=False, indent=1))
            return
        for portal in world.portals:
            print(portal.code, portal.name, portal.home_url, portal.column_url or "-", len(portal.reports), flush=True)
        try:
            while args.serve:
                time.sleep(1)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
