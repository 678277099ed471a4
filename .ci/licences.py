"""Hold the licence of every package in requirements.lock against the list in pyproject.toml.

A package passes with a licence of ``[tool.licences]`` ``allow``, or, named with the licence it has,
in ``[tool.licences.packages]``. Exits 1 where one does not, or where an entry is needed no more.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# What older packages write in place of an SPDX expression.
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "Artistic License": "Artistic",
    "GNU General Public License (GPL)": "GPL",
    "GNU General Public License v2 or later (GPLv2+)": "GPL",
}
_SAY_NOTHING = {"OSI Approved", "DFSG approved"}


def licence_of(package: str) -> str | None:
    """Return what an installed package says its licence is, None where it is not installed."""
    try:
        facts = distribution(package).metadata
    except PackageNotFoundError:  # for another system or Python than this
        return None
    if expression := facts.get("License-Expression"):
        return str(expression)
    classifiers = [c for c in facts.get_all("Classifier") or () if c.startswith("License ::")]
    named = [c.rpartition(" :: ")[2] for c in classifiers]
    # Several classifiers are a choice: whoever distributes under two licences lets us take one.
    told = [_SPDX.get(name, name) for name in named if name not in _SAY_NOTHING]
    if not told:
        first = (facts.get("License") or "none said").strip().splitlines()[0]
        told = [_SPDX.get(first, first)]
    return " OR ".join(dict.fromkeys(told))


def passes(expression: str, allowed: set[str]) -> bool:
    """Tell whether an SPDX expression can be met with the licences allowed (AND binds closer)."""
    bare = expression.replace("(", " ").replace(")", " ")
    return any(
        all(part.strip() in allowed for part in choice.split(" AND "))
        for choice in bare.split(" OR ")
    )


def wrong(packages: set[str], allow: set[str], named: dict[str, list[str]]) -> Iterator[str]:
    """Yield what is not as the lists say."""
    for package in sorted(packages):
        told = licence_of(package)
        if told is None or passes(told, allow):
            if package in named and told is not None:
                yield f"{package}: {told} is allowed; it need not be named"
            continue
        expected = named.get(package, [""])[0]
        if told != expected:
            yield f"{package}: {told} is not allowed" + (f"; it was {expected}" if expected else "")
    yield from (f"{name}: not in requirements.lock" for name in sorted(named.keys() - packages))


def main() -> int:
    """Print what is wrong; return 1 where something is."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["licences"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = set(re.findall(r"^([a-z0-9_.-]+)==", lock, re.MULTILINE))
    found = list(wrong(packages, set(settings["allow"]), settings["packages"]))
    for line in found:
        print(f"licences: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
