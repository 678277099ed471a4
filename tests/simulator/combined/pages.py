"""What the parts of a drawn portal share: rows, the page around a text, hosts that know each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from crawler.demo.server import Answer, Asked, Site

SESSION = "sn"
"""A parameter that changes at every look and means nothing."""


@dataclass(slots=True, frozen=True)
class Row:
    """One row of a list; its address is ``before`` + ``key`` + ``behind``."""

    title: str
    before: str
    key: str
    behind: str
    date: str
    year: int

    @property
    def path(self) -> str:
        return f"{self.before}{self.key}{self.behind}"


class Host(Site):
    """A host of a portal, whose pages may name its other hosts: ``@other@/path``."""

    def __init__(self, name: str, address: str | None = None) -> None:
        super().__init__(name)
        self.address = address
        self.others: dict[str, Site] = {}
        self.session = False
        """Its links carry a number that changes at every look."""
        self._looks = count(7)

    def answer(self, asked: Asked) -> Answer:
        """Answer with the addresses that hosts have by now."""
        found = super().answer(asked)
        headers = {name: self._placed(value) for name, value in found.headers.items()}
        if found.content_type is None or "pdf" in found.content_type:
            return replace(found, headers=headers)
        text = self._placed(found.body.decode())
        if self.session and "html" in found.content_type:
            text = re.sub(r'href="(/[^"#]*)"', self._stamped, text)
        return replace(found, body=text.encode(), headers=headers)

    def _placed(self, text: str) -> str:
        for name, site in self.others.items():
            text = text.replace(f"@{name}@", site.base)
        return text

    def _stamped(self, link: re.Match[str]) -> str:
        mark = "&" if "?" in link[1] else "?"
        return f'href="{link[1]}{mark}{SESSION}={next(self._looks) * 7919 % 99991}"'


def page(body: str, title: str) -> str:
    """Return a page around its text."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body>{body}<div class="footer">主办单位：县人民政府办公室</div></body></html>'
    )


def items(rows: Sequence[Row], opens: str = "href") -> str:
    """Return the rows of a list, each opened in its way."""
    lines = "".join(f"{_item(row, opens)}" for row in rows)
    return f"<ul>{lines}</ul>{_OPENERS.get(opens, '')}"


def _item(row: Row, opens: str) -> str:
    date = f"<span>{row.date}</span>"
    match opens:
        case "onclick":
            return f"<li onclick=\"window.open('{row.path}')\">{row.title}{date}</li>"
        case "data":
            return f'<li class="go" data-url="{row.path}">{row.title}{date}</li>'
        case "call":
            given = f"'{row.before}','{row.key}','{row.behind}'"
            return f'<li><a href="javascript:detail({given})">{row.title}</a>{date}</li>'
        case "listener":
            kept = f'data-b="{row.before[1:]}" data-k="{row.key}" data-s="{row.behind[1:]}"'
            mark = row.behind[:1]
            return f'<li class="it" {kept} data-m="{mark}">{row.title}{date}</li>'
    return f'<li><a href="{row.path}">{row.title}</a>{date}</li>'


_OPENERS = {
    "data": """<script>document.addEventListener('click',function(e){var g=e.target.closest('.go');
if(g)location.href=g.getAttribute('data-url')})</script>""",
    "call": """<script>function detail(b,k,s){var to=[b,k,s].join('');window.open(to)}</script>""",
    "listener": """<style>.it{cursor:pointer}</style><script>document.addEventListener('click',
function(e){var i=e.target.closest('.it'),d=i&&i.dataset;if(i)location.href='/'+d.b+d.k+d.m+d.s})</script>""",
}


def cut(rows: Sequence[Row], size: int) -> list[Sequence[Row]]:
    """Return the rows page by page; an empty list is one empty page."""
    return [rows[n : n + size] for n in range(0, len(rows), size)] or [[]]
