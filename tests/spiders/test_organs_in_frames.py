"""The government's own list and its office's, where frames, trees and weak names stand between."""

import pytest

from crawler.demo.server import Answer, Site
from tests.spiders.world import YEARS, Run, crawl, page, report

OFFICE = "试点县人民政府办公室"


def rows(base: str) -> str:
    """Rows that name no organ: whose they are only their list says."""
    items = "".join(
        f'<li><a href="{base}{y}.html">{y}年政府信息公开工作年度报告</a><span>{y + 1}-03-15</span></li>'
        for y in YEARS
    )
    return f"<ul>{items}</ul>"


def portal(code: str, home: str) -> Site:
    site = Site(code)
    site.page("/", page(home))
    for year in YEARS:
        site.page(f"/zf/{year}.html", report(year))
        site.page(f"/bgs/{year}.html", report(year).replace("试点县", OFFICE))
    site.page("/zf/", page(rows("/zf/"), "年度报告"))
    site.page("/bgs/", page(rows("/bgs/"), "年度报告"))
    return site


def tree(code: str) -> Site:
    """A frame shows the government's list; the office's is a branch of the tree beside it."""
    site = portal(code, '<a href="/nb/">政府信息公开年报</a>')
    nodes = """<script>var nodes=[{id:1,pId:0,name:"县人民政府"},{id:11,pId:1,name:"年度报告",url:"/zf/"},
{id:2,pId:0,name:"县政府办公室"},{id:21,pId:2,name:"年度报告",url:"/bgs/"},
{id:3,pId:0,name:"县财政局"},{id:31,pId:3,name:"年度报告",url:"/czj/"}]</script>"""
    site.page("/nb/", page(f'<iframe src="/zf/"></iframe>{nodes}', "政府信息公开年报"))
    return site


def bare_at_first(code: str) -> Site:
    """The column is empty at the first look and holds a frame at the second."""
    site = portal(
        code,
        '<a href="/nb/">政府信息公开年报</a><a href="/bgs/">政府办公室信息公开年报</a>',
    )
    site.page("/nb/", page('<iframe src="/zf/"></iframe>', "政府信息公开年报"))
    bare, seen = page("<ul></ul>", "政府信息公开年报").encode(), list[int]()

    def first(asked) -> Answer | None:
        if asked.path != "/nb/" or seen:
            return None
        seen.append(1)
        return Answer(body=bare)

    site.guard = first
    return site


def behind_weak_names(code: str) -> Site:
    """What leads to the column says nothing; beside its entry stands the office's own."""
    site = portal(code, '<a href="/w/">综合</a><a href="/bs/">办事服务</a>')
    site.page("/w/", page('<a href="/w2/">重点领域</a>', "综合"))
    entries = '<a href="/zf/">政府信息公开年报</a><a href="/bgs/">政府办公室信息公开年报</a>'
    site.page("/w2/", page(entries, "重点领域"))
    return site


SCENES = {"990331": tree, "990332": bare_at_first, "990333": behind_weak_names}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [build(code) for code, build in SCENES.items()]
    return crawl(sites, tmp_path_factory.mktemp("organs"), columns={"990333": "/zf/"})


@pytest.mark.parametrize("code", SCENES, ids=[build.__name__ for build in SCENES.values()])
def test_both_the_governments_list_and_its_offices_are_read(run, code):
    asked = set(run.paths(code))
    wanted = {f"/{organ}/{year}.html" for organ in ("zf", "bgs") for year in YEARS}
    assert not wanted - asked, run.portals[code]
    assert run.outcome(code) == "ok", run.portals[code]


def test_another_organs_branch_is_left_alone(run):
    assert "/czj/" not in run.paths("990331")
