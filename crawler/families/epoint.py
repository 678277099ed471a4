"""F10 新点 Epoint: ``govxxgk`` folders; lists are static pages or answers of a service.

``POST {projectName}/rest/lightfrontaction/getgovinfolist`` takes JSON with deptcode, categorynum,
siteGuid, pageIndex (from 0) and pageSize. ``siteInfo`` stands in ``/js/webBuilderCommon.js``,
which is asked first.
"""

from __future__ import annotations

import json
from urllib.parse import urljoin

from crawler.families import _answers, _rows
from crawler.families._paging import next_by_anchor
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "epoint"

_SERVICE = "rest/lightfrontaction/getgovinfolist"
_CONFIG = "/js/webBuilderCommon.js"
_SIZE = 20


def recognise(page: Page) -> float:
    """By its script, its service or its folders."""
    if page.url.endswith(_CONFIG) or _SERVICE in page.url:
        return 0.95
    score = 0.4 if "webBuilderCommon.js" in page.text or _SERVICE in page.text else 0.0
    if "/govxxgk/" in page.url:
        score += 0.3
    return score


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask for the site's own identity; the list is asked with it."""
    if page.ask is not None or page.rendered or _rows.rows_of(page):
        return ()
    dept = _answers.script_value(page.text, "data-deptcode", "deptcode")
    category = _answers.script_value(page.text, "data-categorynum", "categorynum")
    if not dept or not category:
        return ()
    return (
        Ask(
            url=urljoin(page.url, _CONFIG),
            headers=(("Referer", page.url),),
            context=(("deptcode", dept), ("categorynum", category), ("page", page.url)),
        ),
    )


def read_list(page: Page) -> ListPage:
    """Read a static list, the site's identity (whose next ask is the list), or an answer."""
    if page.ask is None:
        total, pages = _rows.declared(page)
        return ListPage(
            links=_rows.rows_of(page),
            declared_total=total,
            declared_pages=pages,
            next_urls=next_by_anchor(page),
            sub_columns=_rows.folders_of(page),
        )
    if page.ask.url.endswith(_CONFIG):
        return ListPage(links=(), next_asks=(_list_ask(page),))
    said = json.loads(page.ask.body)
    answer = _answers.json_of(page)
    records = _answers.part_of(answer, "custom", "data", page=page)
    links = _answers.rows(
        _answers.row(
            page, r.get("infourl"), r.get("realtitle") or r.get("title"), r.get("infodate")
        )
        for r in records
    )
    counted = (answer["custom"].get(name) for name in ("count", "total", "totalCount"))
    total = next((int(value) for value in counted if str(value).isdigit()), None)
    number = int(said["pageIndex"])
    more = _answers.goes_on(page.ask, len(records), asked=_SIZE, total=total)
    body = json.dumps({**said, "pageIndex": number + 1}).encode()
    return ListPage(
        links=links,
        declared_total=total,
        next_asks=((_answers.asked_again(page.ask, body=body, got=len(records)),) if more else ()),
    )


def _list_ask(page: Page) -> Ask:
    assert page.ask is not None
    context = dict(page.ask.context)
    project = (_answers.script_value(page.text, "projectName") or "").strip("/")
    body = {
        "deptcode": context["deptcode"],
        "categorynum": context["categorynum"],
        "siteGuid": _answers.script_value(page.text, "siteGuid") or "",
        "pageIndex": 0,
        "pageSize": _SIZE,
    }
    return Ask(
        url=urljoin(page.url, f"/{project}/{_SERVICE}".replace("//", "/")),
        method="POST",
        body=json.dumps(body).encode(),
        headers=(("Content-Type", "application/json"), ("Referer", context["page"])),
        context=page.ask.context,
    )
