"""The simulator serves what it says: every scene can be walked, every report is there."""

from __future__ import annotations

from urllib.parse import urljoin

import lxml.html
import pytest

from crawler.demo.server import Asked, WorldServer
from pipelines.vocabulary.problems import OUTCOMES
from tests.demo.test_server import get
from tests.simulator import families
from tests.simulator.scenes import FAMILIES, TRAPS


@pytest.fixture(scope="module")
def world():
    with WorldServer([scene.site() for scene in FAMILIES]) as server:
        yield server


@pytest.mark.parametrize("scene", FAMILIES, ids=lambda s: s.id)
def test_home_landing_and_column_answer(world, scene):
    home = f"{world.base(scene.division.code)}/"
    url = home
    for text in ("政务公开", "政府信息公开", "政府信息公开年报"):
        page = lxml.html.fromstring(get(url)[2].decode())
        url = urljoin(url, page.xpath(f"//a[text()='{text}']/@href")[0])
    status, _, body = get(url)
    assert status == 200
    assert len(body) > 50


def test_each_scene_has_a_county_of_its_own():
    assert len({s.division.code for s in FAMILIES}) == len(FAMILIES)
    assert len({s.division.name for s in FAMILIES}) == len(FAMILIES)


def test_a_column_holds_what_the_specification_says():
    rows = FAMILIES[0].plan.rows
    kinds = [row.kind for row in rows]
    assert [row.year for row in rows if row.kind == "whole"] == list(range(2025, 2007, -1))
    assert (kinds.count("department"), kinds.count("township")) == (8 * 5, 6 * 3)
    assert kinds.count("lookalike") == 4


def served(scene_id, path, method="GET", *, query=None, headers=None, body=b""):
    scene = next(s for s in FAMILIES if s.id == scene_id)
    asked = Asked(method=method, path=path, query=query or {}, headers=headers or {}, body=body)
    return scene.site().answer(asked)


def test_kaipu_tree_is_called_back_with_null():
    assert served("P2-json", "/u/channel/treeNew/xinyuan").body.startswith(b"null([")


def test_jpaas_ignores_a_bare_page_number():
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    query = {
        "parseType": "bulidstatic",
        "webId": "31",
        "tplSetId": "a1b2c3",
        "pageType": "column",
        "tagId": "信息列表",
        "pageId": "c501",
    }
    first = served("P3b", unit, query=query).body
    assert served("P3b", unit, query={**query, "pageNo": "2"}).body == first
    second = served("P3b", unit, query={**query, "paramJson": '{"pageNo":2,"pageSize":20}'}).body
    assert second != first
    assert b"art_" in second


def test_vsb_counts_its_pages_backwards():
    total = len(FAMILIES[0].plan.pages())
    assert f"zfxxgknb/{total - 1}.htm".encode() in served("P4", "/zfxxgk/zfxxgknb.htm").body
    assert "下页".encode() not in served("P4", "/zfxxgk/zfxxgknb/1.htm").body


def test_gkmlpt_with_the_wrong_site_is_empty():
    path = "/gkmlpt/api/all/10801"
    assert b'"articles": []' in served("P5", path, query={"sid": "1"}).body
    assert b"post_" in served("P5", path, query={"sid": "755012"}).body


def test_truecms_wants_a_referer_and_a_narrow_window():
    path = "/rdxrmzf/messageController/getMessage.do"
    query = {"startrecord": "1", "endrecord": "20", "columnId": "a4ef1570"}
    assert served("P11", path, query=query).status == 404
    assert b"<record>" in served("P11", path, query=query, headers={"referer": "x"}).body
    wide = {**query, "endrecord": "200"}
    assert b"<record>" not in served("P11", path, query=wide, headers={"referer": "x"}).body


def test_query_list_must_be_posted_for():
    form = b"channelId=nb2026&pageNo=1&pageSize=20"
    assert served("P12", "/queryList", query={"channelId": "nb2026"}).status == 404
    assert b'"results"' in served("P12", "/queryList", "POST", body=form).body


def test_web_forms_need_their_state_back():
    form = b"__EVENTTARGET=p&__EVENTARGUMENT=2&__VIEWSTATE=&__EVENTVALIDATION="
    assert served("P13-forms", "/List_zlm.aspx", "POST", body=form).status == 500


def test_the_page_one_might_guess_is_somebody_elses():
    assert "年度报告" not in served("P8-class", "/class/NIANBAO/2").body.decode()


def test_every_plain_family_stands_in_the_table():
    assert set(families._PLAIN) <= {scene.id for scene in FAMILIES}


@pytest.mark.parametrize("scene", TRAPS, ids=lambda s: s.id)
def test_a_trap_says_what_it_must_end_with_and_which_years_can_be_had(scene):
    assert set(scene.outcome) <= set(OUTCOMES)
    first = scene.rows["first_year"]
    assert {e.year for e in scene.own()} == set(range(first, 2026)) - scene.lost


def trapped(scene_id, path, **asked):
    scene = next(s for s in TRAPS if s.id == scene_id)
    given = {"method": "GET", "query": {}, "headers": {"user-agent": "x"}, **asked}
    return scene.site().answer(Asked(path=path, **given))


@pytest.mark.parametrize(
    ("scene", "path", "status"),
    [
        ("T1", "/", 412),
        ("T2", "/", 521),
        ("T3", "/anything", 412),
        ("T5-468", "/", 468),
        ("T8-column", "/zwgk/zfxxgk/zfxxgknb/", 200),
        ("T17", "/zwgk/zfxxgk/zfxxgknb/", 301),
        ("T18", "/zwgk/zfxxgknb/", 200),
        ("T20", "/zwgk/zfxxgk/zfxxgknb/", 302),
        ("T57", "/", 301),
    ],
)
def test_a_trap_answers_as_the_specification_says(scene, path, status):
    assert trapped(scene, path).status == status


def test_challenges_open_to_who_brings_back_every_cookie():
    assert trapped("T2", "/", headers={"cookie": "a=1"}).status == 521
    assert trapped("T2", "/", headers={"cookie": "a=1; b=1"}).status == 200


def test_a_stub_that_never_opens_has_the_size_of_the_real_ones():
    assert len(trapped("T4-shut", "/").body) == 1166


def test_the_first_try_fails_where_half_of_all_tries_do():
    site = next(s for s in TRAPS if s.id == "T15").site()
    ask = Asked(method="GET", path="/", query={}, headers={})
    assert [site.answer(ask).status for _ in range(3)] == [502, 200, 200]


def test_encodings_are_what_they_are_and_labelled_as_they_should_not_be():
    mislabelled = trapped("T42", "/")
    assert "utf-8" in mislabelled.content_type
    with pytest.raises(UnicodeDecodeError):
        mislabelled.body.decode()
    assert "政务公开" in mislabelled.body.decode("gb18030")
    assert trapped("T44", "/").content_type is None
    assert "gb2312" in trapped("T43", "/").content_type


def test_a_calendar_never_ends():
    assert "date=2027-01" in trapped("T21", "/rili", query={"date": "2026-12"}).body.decode()


def test_noisy_links_differ_each_time():
    site = next(s for s in TRAPS if s.id == "T22").site()
    ask = Asked(method="GET", path="/zwgk/zfxxgk/zfxxgknb/", query={}, headers={})
    assert site.answer(ask).body != site.answer(ask).body
