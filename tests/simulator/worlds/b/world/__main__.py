"""python -m world --serve | --manifest [--seed N]"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict

from . import TODAY, World


def main() -> None:
    """Serves the world, or prints its data."""
    parser = argparse.ArgumentParser(prog="world")
    parser.add_argument("--serve", action="store_true", help="serve until Ctrl-C and print the addresses")
    parser.add_argument("--manifest", action="store_true", help="print the portals and their truth as JSON (of a started world)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with World(args.seed) as world:
        if args.manifest:
            print(json.dumps({"seed": args.seed, "today": TODAY, "portals": [asdict(p) for p in world.portals]}, ensure_ascii=False, indent=1), flush=True)
        if args.serve:
            for p in world.portals:
                print(p.code, p.name, p.home_url, flush=True)
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                pass
        elif not args.manifest:
            parser.print_help()


if __name__ == "__main__":
    main()
