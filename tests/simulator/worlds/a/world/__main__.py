"""python -m world --serve | --manifest"""

from __future__ import annotations

import argparse
import csv
import io
import json
import time

from .world import World


def main() -> None:
    """Serve until Ctrl-C, or print what there is."""
    parser = argparse.ArgumentParser(prog="world")
    parser.add_argument("--seed", type=int, default=1)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--serve", action="store_true", help="serve and print addresses until Ctrl-C")
    what.add_argument("--manifest", action="store_true", help="print the truth as JSON (the port is that of this run only)")
    parser.add_argument("--registry", metavar="FILE", help="with --serve: write a registry CSV (code,name,level,province,prefecture,home_url,column_url)")
    parser.add_argument("--out", metavar="FILE", help="with --serve: write the manifest of this very run")
    args = parser.parse_args()
    with World(args.seed) as world:
        data = json.dumps([p.as_dict() for p in world.portals], ensure_ascii=False, indent=1)
        if args.manifest:
            print(data)
            return
        if args.out:
            with open(args.out, "w", encoding="utf-8") as file:
                file.write(data)
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow("code name level province prefecture home_url column_url".split())
        for p in world.portals:
            writer.writerow([p.code, p.name, p.level, p.province, p.prefecture, p.home_url, p.column_url])
            print(f"{p.code} {p.name} {p.home_url} reports={len(p.reports)} ok={p.ok_allowed}", flush=True)
        if args.registry:
            with open(args.registry, "w", encoding="utf-8") as file:
                file.write(table.getvalue())
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
