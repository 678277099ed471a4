"""Lists that go on where the way forward ends, and frames beside a list."""

from __future__ import annotations

import pytest

from crawler.demo.server import Site
from crawler.families._ends import last_page_of, page_before
from crawler.pages import Page
from tests.spiders.world import YEARS, Run, crawl, page, portal, rows

NB = "/zwgk/nb/"


def _paged(code: str, pagers: dict[str, tuple[tuple[int, ...], str]]) -> Site:
    """Return a portal whose column has these files, each with years and a pager."""
    site = portal(code)
    for name, (years, pager) in pagers.items():
        body = rows(years) + f"<div class='fy'>{pager}</div>"
        site.page(f"{NB}{name}", page(body, "政府信息公开年报"))
    return site


def _end_unreached(code: str) -> Site:
    """No 下一页, and a 末页 two pages on, from which 上一页 leads back."""
    return _paged(
        code,
        {
            "": ((2024,), '<a href="list_3.html">末页</a>'),
            "list_2.html": (
                (2023,),
                '<a href="list_1.html">上一页</a><a href="list_3.html">末页</a>',
            ),
            "list_3.html": ((2022,), '<a href="list_2.html">上一页</a>'),
            "list_1.html": ((2024,), ""),
        },
    )


def _no_way_back(code: str) -> Site:
    """A 末页 with rows, and nothing that says what stands between."""
    return _paged(
        code, {"": ((2024, 2023), '<a href="list_9.html">尾页</a>'), "list_9.html": ((2022,), "")}
    )


def _end_is_the_list(code: str) -> Site:
    """Of a list of one page the 末页 is the page itself under another name."""
    names = {"": (YEARS, '<a href="p1.html">末页</a>'), "p1.html": (YEARS, "")}
    return _paged(code, names)


def _end_is_made_up(code: str) -> Site:
    return _paged(code, {"": (YEARS, '<a href="index_0.html">末页</a>')})


def _older_in_a_frame(code: str) -> Site:
    """The column shows its newest report; the others are in a frame below."""
    site = portal(code)
    body = rows((2024,)) + '<iframe src="lb.html"></iframe><iframe src="/gone.html"></iframe>'
    site.page(NB, page(body, "政府信息公开年报"))
    site.page(f"{NB}lb.html", page(rows((2023, 2022)), ""))
    return site


def _file_in_a_frame(code: str) -> Site:
    """Frames that show a file or another host's page are not looked into."""
    site = portal(code)
    frames = (
        '<iframe src="/f/a.pdf"></iframe><iframe src="/v.html?file=/f/a.pdf"></iframe>'
        '<iframe src="http://tianqi.invalid/"></iframe>'
    )
    site.page(NB, page(rows() + frames, "政府信息公开年报"))
    return site


CASES = {
    "990131": (_end_unreached, "ok", 3),
    "990132": (_no_way_back, "paging_not_understood", 3),
    "990133": (_end_is_the_list, "ok", 3),
    "990134": (_end_is_made_up, "ok", 3),
    "990135": (_older_in_a_frame, "ok", 3),
    "990136": (_file_in_a_frame, "ok", 3),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [make(code) for code, (make, _, _) in CASES.items()]
    return crawl(sites, tmp_path_factory.mktemp("ends"), "-s", "CHROMIUM_PATH=/nowhere")


@pytest.mark.parametrize("code", CASES)
def test_nothing_is_ok_before_its_last_page_and_its_frames(run, code):
    _, outcome, reports = CASES[code]
    summary = run.portals[code]
    assert (summary["read"], run.outcome(code)) == (reports, outcome), summary["evidence"]


def test_frames_that_hold_no_list_of_the_portal_cost_nothing(run):
    assert not any(path.startswith(("/f/", "/v.html")) for path in run.paths("990136"))


def test_the_words_of_a_pager_are_told_from_those_of_rows():
    body = page(
        '<a href="2.html">末页</a><a href="0.html">上一页</a><a href="9.html">末页的故事</a>'
    )
    shown = Page(url="http://www.qingyu.gov.test/nb/1.html", body=body.encode())
    assert last_page_of(shown) == "http://www.qingyu.gov.test/nb/2.html"
    assert page_before(shown) == "http://www.qingyu.gov.test/nb/0.html"
