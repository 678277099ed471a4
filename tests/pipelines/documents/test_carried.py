"""A report that a page carries for its script to show is read as the script would show it."""

from __future__ import annotations

import html
import json

import pytest

from crawler.demo.prose import HEADINGS
from crawler.demo.reports import render_body
from pipelines.documents.blocks import Document
from tests.pipelines.documents.shapes import expected_grids, grids, placed, read, some_report

REPORT = some_report()
BODY = render_body(REPORT)
DATA = {"code": 0, "list": [{"id": 7, "title": "湖区公告"}], "article": {"content": BODY}}


def _script(code: str, attributes: str = "") -> str:
    return f"<script {attributes}>{code.replace('</', '<' + chr(92) + '/')}</script>"


def _whole(document: Document) -> bool:
    return [placed(grid) for grid in grids(document)] == expected_grids(REPORT) and all(
        document.text.count(heading) == 1 for heading in HEADINGS
    )


CARRIED = {
    "noscript": f"<noscript>{BODY}</noscript>",
    "template": f"<template id=t>{BODY}</template>",
    "textarea": f"<textarea style='display:none'>{html.escape(BODY)}</textarea>",
    "textarea, open": f"<textarea>{html.escape(BODY)}</textarea>",
    "textarea, markup": f"<textarea style='display:none'>{BODY}</textarea>",
    "srcdoc": f"<iframe srcdoc='{html.escape(BODY)}'></iframe>",
    "ld+json": _script(json.dumps(DATA), "type='application/ld+json'"),
    "json, escaped": _script(json.dumps({"a": html.escape(BODY)}), "type=application/json"),
    "json": _script(json.dumps(DATA, ensure_ascii=False), "type=application/json id=__NEXT__"),
    "window": _script(f"var a = {{b: 1}}; window.__DATA__ = {json.dumps(DATA)}; go({{c: 2}});"),
    "string of data": _script(f"window.__S__ = JSON.parse({json.dumps(json.dumps(DATA))})"),
    "single quotes": _script(f"el.innerHTML = '{BODY.replace(chr(39), chr(92) + chr(39)).replace(chr(10), chr(92) + 'n')}'"),
    "backticks": _script(f"const text = `{BODY}`;"),
    "script template": _script(BODY, "type='text/x-template'").replace("<\\/", "</", BODY.count("</")),
}  # fmt: skip


@pytest.mark.parametrize("how", CARRIED)
def test_what_a_page_carries_is_read_where_it_shows_nothing_itself(how: str) -> None:
    page = f"<html><body><h1>{REPORT.title}</h1><p>正在加载</p>{CARRIED[how]}</body></html>"
    document = read(page)
    assert _whole(document)
    assert document.title == REPORT.title


@pytest.mark.parametrize("how", CARRIED)
def test_what_a_page_shows_is_not_read_twice(how: str) -> None:
    page = f"<html><body><div>{BODY}</div>{CARRIED[how] if 'open' not in how else ''}</body></html>"
    assert _whole(read(page))


def test_markup_escaped_once_more_in_an_answer_is_markup() -> None:
    answer = json.dumps({"title": REPORT.title, "content": html.escape(BODY)}, ensure_ascii=False)
    document = read(answer, "application/json")
    assert _whole(document)
    assert document.carrier == "json_api"


def test_data_in_a_string_of_an_answer_is_opened() -> None:
    inner = json.dumps({"detail": {"title": REPORT.title, "txt": BODY}}, ensure_ascii=False)
    document = read(json.dumps({"code": 200, "data": inner}), "application/json")
    assert _whole(document)
    assert document.title == REPORT.title


def test_tables_that_are_carried_join_the_text_that_is_shown() -> None:
    text = "".join(f"<p>{h}</p><p>{'湖区各项工作稳步推进。' * 9}</p>" for h in HEADINGS)
    tables = BODY[BODY.index("<table") : BODY.rindex("</table>") + 8]
    page = f"<body><div>{text}</div><template>{tables}</template></body>"
    document = read(page)
    assert [placed(grid) for grid in grids(document)] == expected_grids(REPORT)
    assert "湖区各项工作稳步推进" in document.text


def test_what_is_carried_and_is_no_report_stays_where_it_is() -> None:
    other = json.dumps({"news": "湖区新闻，各处水位平稳。" * 50})
    page = f"<body><p>湖区</p>{_script(other, 'type=application/json')}<noscript>{'请打开脚本。' * 60}</noscript></body>"
    assert read(page).page_text == "湖区"


@pytest.mark.parametrize(
    "code",
    ["=[" * 100_000, '={"a":' * 50_000, "='" * 100_000, "`" + "公" * 300_000, '="\\u516c' * 60_000,
     "={}" * 300_000 + "公开"],
)  # fmt: skip
def test_a_script_of_nonsense_is_looked_through_within_bounds(code: str) -> None:
    assert read(f"<body><p>湖区</p><script>公开{code}</script></body>").page_text == "湖区"


def test_data_in_data_without_end_is_opened_no_deeper_than_its_bound() -> None:
    data = json.dumps({"a": BODY})
    for _ in range(6):
        data = json.dumps({"a": data})
    page = f"<body><p>湖区</p>{_script(data, 'type=application/json')}</body>"
    assert not grids(read(page))
