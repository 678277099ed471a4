"""Which links of a government's page lead to the governments below it; pure.

Province portals link all their cities, city portals most of their counties: in the footer, in
drop-down lists, on a page of links. A name alone proves little (homonyms, tourist pages), so what
is found here is a proposal until the target has said whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.pages import Page
from pipelines.registry.places import short_name

_GOVERNMENT = re.compile(r"(?:人民)?政府(?:门户)?(?:网站?)?|门户网站|信息网|网站|党政网|官网|之窗")
_HUB = re.compile(
    r"^(?:网站导航|网站链接|友情链接|政府网站导航|县[（(]?市[、区）)]*.{0,6}|区县.{0,6}|市州.{0,6}"
    r"|市[（(]州[）)].{0,6}|各?(?:县|区|市)[县区市]?(?:政府)?网站|行政区划|网站地图|站点地图)$"
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Sighting:
    """A link that bears the name of a division."""

    code: str
    url: str
    text: str
    page: str


def sightings(page: Page, children: Sequence[tuple[str, str]]) -> list[Sighting]:
    """Return the links to other hosts that bear a child's name.

    Args:
        page: a page of the upper government.
        children: (code, full name) of the divisions below it.
    """
    names: dict[str, str | None] = {}
    for code, name in children:
        for spoken in (name, short_name(name)):
            # Two children of one short name (城区, 郊区) cannot be told apart by it.
            names[spoken] = None if spoken in names and names[spoken] != code else code
    here = urlsplit(page.url).hostname
    found: dict[str, Sighting] = {}
    for anchor in page.anchors:
        text = anchor.text.strip("·•- ")
        child = names.get(_GOVERNMENT.sub("", text)) or names.get(text)
        host = urlsplit(anchor.url).hostname
        if child and host and host != here and child not in found:
            found[child] = Sighting(
                code=child, url=_root(anchor.url), text=anchor.text, page=page.url
            )
    return list(found.values())


def hubs(page: Page, limit: int = 4) -> list[str]:
    """Return the pages of the same host that collect links to other governments."""
    here = urlsplit(page.url).hostname
    found = [a.url for a in page.anchors if _HUB.match(a.text) and urlsplit(a.url).hostname == here]
    return list(dict.fromkeys(found))[:limit]


def whose(page: Page, code: str, name: str) -> tuple[bool, str]:
    """Tell whether a home page is that of a division, and what says so.

    The first six digits of SiteIDCode are the division's code (国办发〔2017〕47号); where the tag
    is missing or empty the title must name the place.
    """
    site = page.meta.get("siteidcode", "")
    if re.fullmatch(r"\d{10}", site):
        if site.startswith(code):
            return True, f"SiteIDCode {site}"
        if not site.startswith(code[:4]):
            return False, f"SiteIDCode {site} is another division's"
    named = [t for t in (page.title, page.meta.get("sitename", "")) if short_name(name) in t]
    if named:
        return True, f"named {named[0][:40]}"
    return False, f"title {page.title[:40]!r} does not name {name}"


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
