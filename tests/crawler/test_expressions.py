"""No expression that looks at what a portal sent takes longer than its length warrants."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import crawler.families
from tests.effort import at_most

MODULES = (
    "crawler.discovery",
    "crawler.pages",
    "crawler.lower_governments",
    "crawler.middlewares.robots",
    "crawler.middlewares.scripted",
    "spiders.attachments",
    "spiders.choosing",
    "spiders.search",
    *(f"crawler.families.{m.name}" for m in pkgutil.iter_modules(crawler.families.__path__)),
)
ATOMS = (
    *(
        "a",
        "0",
        " ",
        "\n",
        "/",
        "/1",
        "'",
        "(",
        "1/1 ",
        "-",
        "2024年",
        "共 ",
        "第 ",
        "政府",
        "区",
        "年报",
    ),
    *("<a href=", "<script ", "<datastore>", "<record>", "createPageHTML('a',", "{'id':1,", "url="),
    *("['/a", '"/tree.jsp', "下载http://", "a:'b',", "信息公开", "人民政府", "user-agent"),
)
SIZE = 40_000
SECONDS = 0.6
"""What is linear takes a hundredth of it; what is quadratic, tens of seconds."""


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    for name in MODULES:
        for key, value in vars(importlib.import_module(name)).items():
            for n, found in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(found, re.Pattern) and isinstance(found.pattern, str):
                    yield f"{name}.{key}.{n}", found


@pytest.mark.parametrize(
    "expression", [e for _, e in expressions()], ids=[name for name, _ in expressions()]
)
def test_a_hostile_text_is_looked_through_in_time(expression):
    for atom in ATOMS:
        text = atom * (SIZE // len(atom)) + "\0"
        with at_most(SECONDS, atom):
            expression.search(text)
