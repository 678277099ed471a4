"""python -m world --serve | --manifest [--seed N]"""
from __future__ import annotations

import argparse
import json
import time

from . import World


def main() -> None:
    """Serve the world until Ctrl-C, or print its truth as JSON."""
    parser = argparse.ArgumentParser(prog="python -m world")
    parser.add_argument("--serve", action="store_true", help="serve until Ctrl-C")
    parser.add_argument("--manifest", action="store_true", help="print the truth as JSON (the port is that of this moment)")
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    with World(args.seed) as world:
        if args.manifest:
            print(json.dumps({"today": world.today, "portals": [p.as_dict() for p in world.portals]}, ensure_ascii=False, indent=1))
        if args.serve:
            for p in world.portals:
                print(p.code, p.name, p.home_url, p.column_url, flush=True)
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                return
        if not (args.manifest or args.serve):
            parser.print_help()


if __name__ == "__main__":
    main()
