"""Saved pages of each family beside what is read from them.

A case is ``tests/pages/<family>/<case>.<ext>`` with ``<case>.given.json`` (address, and what was
asked) and ``<case>.expected.json``, which is written on the first run and must then be read by a
person before it is committed.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler.families import families, family_of
from crawler.pages import Page
from pipelines.vocabulary.items import Ask

PAGES = Path(__file__).parents[2] / "pages"
CASES = sorted(PAGES.glob("*/*.given.json"))


def load(given_path: Path) -> Page:
    given = json.loads(given_path.read_text("utf-8"))
    stem = given_path.name.removesuffix(".given.json")
    body = next(
        p for p in given_path.parent.glob(f"{stem}.*") if p.suffix != ".json" or p.stem == stem
    )
    ask = given.get("ask")
    return Page(
        url=given["url"],
        body=body.read_bytes(),
        content_type=given.get("content_type"),
        ask=Ask(
            url=ask["url"],
            method=ask.get("method", "GET"),
            body=ask.get("body", "").encode(),
            context=tuple(tuple(pair) for pair in ask.get("context", ())),
        )
        if ask
        else None,
    )


@pytest.mark.parametrize("given", CASES, ids=lambda p: f"{p.parent.name}-{p.name[:-11]}")
def test_a_saved_page_is_read_as_it_was_approved(given: Path):
    page, name = load(given), given.parent.name
    family = families()[name]
    read = asdict(family.read_list(page))
    seen = {
        "recognised_as": family_of(page).NAME,
        "first_asks": [asdict(a) for a in family.first_asks(page)],
        "read": {k: v for k, v in read.items() if v or k not in {"guessed", "more", "sparse"}},
    }
    for link in (*read["links"], *read["sub_columns"]):
        if not link["open"]:
            del link["open"]  # what only the walk finds out
    text = json.dumps(seen, ensure_ascii=False, indent=1, default=bytes.decode) + "\n"
    golden = given.with_name(given.name.replace(".given.", ".expected."))
    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"wrote {golden.name}: read it, then run again")
    assert json.loads(text) == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(families()))
def test_every_family_has_saved_pages(name: str):
    assert list((PAGES / name).glob("*.given.json")), f"no page of {name} below tests/pages"
