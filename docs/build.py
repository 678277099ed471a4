"""Write the pages of docs/ that are tables of the code: problem codes, rules, reasons, imports.

``python docs/build.py`` writes them; with ``--check`` it only exits 1 if a page is not what the
code says.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from pipelines.reading.classify import KINDS, REASONS  # noqa: E402 - the path comes first
from pipelines.store.dictionary import as_markdown  # noqa: E402
from pipelines.vocabulary.problems import CODES, OUTCOMES  # noqa: E402
from pipelines.vocabulary.rules import GROUPS, Rule  # noqa: E402

_NOTE = "Written by `python docs/build.py` from the code; change it there.\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    rule = tuple("---" for _ in head)
    lines = [" | ".join(row) for row in (head, rule, *rows)]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def problems() -> str:
    """Return the page of problem codes and portal outcomes."""
    codes = [(f"`{c}`", v.meaning, v.what_to_do) for c, v in CODES.items()]
    outcomes = [(f"`{c}`", meaning) for c, meaning in OUTCOMES.items()]
    return (
        f"# Problems and outcomes\n\n{_NOTE}\n"
        "Nothing is dropped without one of these codes. `problems.jsonl` holds a line for each\n"
        "problem of the last run, with address, evidence and stage.\n\n"
        f"## Problem codes\n\n{_table(('code', 'meaning', 'what to do'), codes)}\n"
        "## Portal outcomes\n\nEach portal of a run ends with exactly one.\n\n"
        f"{_table(('outcome', 'meaning'), outcomes)}"
    )


def findings() -> str:
    """Return the page of rules and of the reasons why a document is not a report."""
    rules = "".join(
        f"## {about}\n\n{_table(_RULE, [_rule(*row) for row in group.items()])}\n"
        for about, group in GROUPS.items()
    )
    return (
        f"# Findings and reasons\n\n{_NOTE}\n"
        "A finding says that a rule does not hold, or that something is worth knowing: `E` an\n"
        "identity is broken, `W` suspicious, `I` a note. `cause` is `source` where the document\n"
        "itself is at fault, `extraction` where we are, `unknown` where nothing says which.\n"
        "Where a rule has two, the first is the usual one. Figures stay as printed whatever a\n"
        "finding says.\n\n"
        f"{rules}"
        f"## Kinds of documents\n\n{_mapping('kind', KINDS)}\n"
        f"## Reasons\n\n{_mapping('reason', REASONS)}"
    )


_RULE = ("rule", "severity", "cause", "meaning")


def _rule(name: str, rule: Rule) -> tuple[str, ...]:
    return f"`{name}`", " or ".join(rule.severities), " or ".join(rule.causes), rule.meaning


def _mapping(head: str, rows: Mapping[str, str]) -> str:
    return _table((head, "meaning"), [(f"`{k}`", v) for k, v in rows.items()])


def architecture() -> str:
    """Return the page as it is written, with the contracts of imports in their place."""
    text = (HERE / "architecture.md").read_text("utf-8")
    head, _, rest = text.partition("<!-- imports -->\n")
    _, _, tail = rest.partition("<!-- /imports -->")
    return f"{head}<!-- imports -->\n{_imports()}<!-- /imports -->{tail}"


def _imports() -> str:
    settings = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = [c for c in contracts if c["type"] == "layers"]
    forbidden = [c for c in contracts if c["type"] == "forbidden"]
    drawn = "".join(f"{c['name']}:\n\n```\n" + "\n".join(c["layers"]) + "\n```\n\n" for c in layers)
    rows = [
        (
            c["name"],
            ", ".join(f"`{m}`" for m in c["source_modules"]),
            ", ".join(f"`{m}`" for m in c["forbidden_modules"])
            + (" (directly)" if c.get("allow_indirect_imports") else ""),
        )
        for c in forbidden
    ]
    return (
        f"{_NOTE[:-1]} `make check` holds the code to the\n"
        "contracts of pyproject.toml. A line may import what stands below it; `|` separates rooms\n"
        "that know nothing of each other.\n\n"
        f"{drawn}{_table(('contract', 'room', 'may not import'), rows)}\n"
    )


def without_rights() -> list[str]:
    """Return the modules of pipelines/ and crawler/ that no row of the table of rights names."""
    text = (HERE / "architecture.md").read_text("utf-8")
    table = text.partition("## Rights")[2].partition("\n## ")[0]
    rooms = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    named = set(re.findall("`([^`]+)`", " ".join(rooms)))
    return [
        f"{room}/{path.name}"
        for room in ("pipelines", "crawler")
        for path in sorted((HERE.parent / room).iterdir())
        if (path.suffix == ".py" or (path / "__init__.py").exists())
        and path.name != "__init__.py"
        and f"{room}/{path.name}" not in named
    ]


PAGES = {
    "problems.md": problems,
    "findings.md": findings,
    "fields.md": as_markdown,
    "architecture.md": architecture,
}


def main(arguments: list[str]) -> int:
    """Write or check the pages."""
    stale = [
        name
        for name, page in PAGES.items()
        if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != page()
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is not what the code says: run python docs/build.py")
        nameless = without_rights()
        for name in nameless:
            print(f"docs/architecture.md, Rights: {name} has no row")
        return 1 if stale or nameless else 0
    for name in stale:
        (HERE / name).write_text(PAGES[name](), "utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
