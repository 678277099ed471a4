"""Run every section of the bench, print its table, and keep all of them as JSON.

python -m benchmarks            all sections
python -m benchmarks reading    one of them
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import time
from pathlib import Path

import benchmarks

TARGET = Path("output/bench.json")


def main(wanted: list[str]) -> int:
    """Run the sections named, all by default."""
    sections = [m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name != "__main__"]
    unknown = [w for w in wanted if w not in sections]
    if unknown:
        print(f"unknown section {unknown[0]}; there are: {', '.join(sections)}", file=sys.stderr)
        return 2
    kept = {}
    for name in wanted or sections:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}")
        start = time.monotonic()
        lines = []
        for line in module.run():
            lines.append(line)
            print(line, flush=True)
        print(f"({time.monotonic() - start:.0f} s)", flush=True)
        kept[name] = lines
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"\nkept in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
