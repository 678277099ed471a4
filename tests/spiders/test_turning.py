"""Lists that only a press in the browser turns; with the real Chromium of this machine."""

import json
import os
from collections.abc import Callable

import pytest
from scrapy.settings import Settings

from crawler.demo.server import Answer, Asked, Site
from crawler.middlewares.chromium import find_chromium
from tests.spiders.world import Run, crawl, page, report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_chromium(Settings({"CHROMIUM_PATH": os.environ.get("CHROMIUM_PATH", "")})) is None,
        reason="no Chromium on this machine: turning was not tried",
    ),
]

ALL = tuple(range(2024, 2012, -1))
COLUMN = "/zwgk/nb/"
SERVICE = "/zwgk/nb/rows"
OFFICE = "试点县人民政府办公室"
PLACE = "试点县"

ROW = """const row = x => '<li><a href="' + x[0] + '">' + x[1] + '</a><span>' + x[2] + '</span></li>';
const box = () => document.getElementById('list');
const fill = rows => { box().innerHTML = rows.map(row).join(''); };
const add = rows => { box().insertAdjacentHTML('beforeend', rows.map(row).join('')); };
const ask = (what, then) => fetch('/zwgk/nb/rows?' + what).then(r => r.json()).then(then);
"""


def titles(years, organ: str = PLACE) -> list[list[str]]:
    folder = "b" if organ == OFFICE else "z"
    return [
        [
            f"{COLUMN}{folder}{y + 1}03/t{y + 1}0315_{y}.html",
            f"{organ}{y}年政府信息公开工作年度报告",
            f"{y + 1}-03-15",
        ]
        for y in years
    ]


def as_json(value: object) -> Answer:
    return Answer(
        body=json.dumps(value, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )


def painted(
    code: str,
    body: str,
    answer: Callable[[Asked], object],
    *,
    rows: tuple[list[list[str]], ...] = (titles(ALL),),
    column: str = COLUMN,
) -> Site:
    """A portal whose list is painted by ``body`` from what ``answer`` gives.

    The page has a text of its own: such a one is taken for still after a tenth of a second.
    """
    site = Site(code)
    site.page("/", page(f'<a href="{column}">政府信息公开年报</a><a href="/zwgk/">政务公开</a>'))
    site.page("/zwgk/", page(f'<a href="{column}">政府信息公开年报</a>', "政务公开"))
    text = f"<script>{ROW}</script>{body}<p>{'本栏目按年公布报告，供公众查阅。' * 40}</p>"
    site.page(column, page(text, "政府信息公开年报"))
    for url, title, _ in (row for group in rows for row in group):
        site.page(url, report(int(title.partition("年")[0][-4:])).replace("试点县", title[:3], 1))

    def service(asked: Asked) -> Answer | None:
        if asked.path != SERVICE:
            return None
        given = answer(asked)
        return given if isinstance(given, Answer) else as_json(given)

    site.routes.append(service)
    return site


def by_five(asked: Asked) -> object:
    n = int(asked.query.get("page") or asked.form.get("page") or 1)
    return {"rows": titles(ALL[5 * (n - 1) : 5 * n]), "total": len(ALL)}


def late(code: str) -> Site:
    """下一页 is void; it asks 300 ms after the press and paints 300 ms after the answer."""
    return painted(
        code,
        """<ul id="list"></ul><a href="javascript:void(0)" id="next">下一页</a><script>
let at = 1; const paint = d => setTimeout(() => fill(d.rows), 300);
document.getElementById('next').addEventListener('click', () => { if (at < 3)
  setTimeout(() => ask('page=' + (++at), paint), 300); }); ask('page=1', d => fill(d.rows));</script>""",
        by_five,
    )


def numbers(code: str, *, between: str = " ") -> Site:
    """A pager of numbers alone, drawn anew with each page."""
    return painted(
        code,
        """<ul id="list"></ul><div id="pg"></div><script>
function go(n) { ask('page=' + n, d => { fill(d.rows); document.getElementById('pg').innerHTML =
  [1, 2, 3].map(k => '<a href="javascript:;" class="' + (k == n ? 'on' : '') + '" data-n="' + k + '">' + k + '</a>BETWEEN').join('');
  document.querySelectorAll('[data-n]').forEach(a => a.onclick = () => go(+a.dataset.n)); }); } go(1);</script>""".replace(
            "BETWEEN", between
        ),
        by_five,
    )


def close_numbers(code: str) -> Site:
    """The numbers of the pager come with each answer, and no space stands between them."""
    return numbers(code, between="")


def chosen(code: str) -> Site:
    """Organ and year must both be chosen; the years hang on the organ."""

    def answer(asked: Asked) -> object:
        organ = {"a": PLACE, "b": OFFICE}.get(asked.query.get("organ", ""), "")
        years = ALL[:6] if organ == PLACE else ALL[:3]
        if "year" not in asked.query:
            return [*years] if organ else []
        return titles([y for y in years if str(y) == asked.query["year"]], organ)

    return painted(
        code,
        """<select id="o"><option value="a">县政府</option><option value="b">县政府办公室</option></select>
<select id="y"></select><ul id="list"></ul><script>
const o = document.getElementById('o'), y = document.getElementById('y');
const show = () => ask('organ=' + o.value + '&year=' + y.value, fill);
const years = () => ask('organ=' + o.value, d => { y.innerHTML = d.map(v =>
  '<option value="' + v + '">' + v + '年</option>').join(''); show(); });
o.onchange = years; y.addEventListener('change', show); years();</script>""",
        answer,
        rows=(titles(ALL[:6]), titles(ALL[:3], OFFICE)),
    )


def tabs(code: str) -> Site:
    """Years are list items that wait for a press; each year has its page."""
    return painted(
        code,
        """<style>.y li {cursor: pointer}</style><ul class="y" id="years"></ul><ul id="list"></ul><script>
const years = YEARS; document.getElementById('years').innerHTML =
  years.map(v => '<li data-year="' + v + '">' + v + '年</li>').join('');
document.querySelectorAll('[data-year]').forEach(li => li.addEventListener('click', () =>
  ask('year=' + li.dataset.year, fill))); ask('year=' + years[0], fill);</script>""".replace(
            "YEARS", json.dumps(ALL)
        ),
        lambda asked: titles([int(asked.query["year"])]),
    )


def inner_scroll(code: str) -> Site:
    """A box on the page grows when it, not the page, is scrolled; its mark goes from answer to answer."""

    def answer(asked: Asked) -> object:
        at = int((asked.query.get("after") or "x0")[1:])
        return {"rows": titles(ALL[at : at + 4]), "after": f"x{at + 4}"}

    return painted(
        code,
        """<div id="box" style="height:120px;overflow-y:auto"><ul id="list" style="line-height:50px"></ul></div><script>
let after = '', busy = false; const b = document.getElementById('box');
const load = () => { if (busy) return; busy = true; ask('after=' + after, d => { add(d.rows);
  if (d.rows.length) { after = d.after; busy = false; } }); };
b.addEventListener('scroll', () => { if (b.scrollTop + b.clientHeight >= b.scrollHeight - 30) load(); });
load();</script>""",
        answer,
    )


def framed(code: str) -> Site:
    """The list and its 加载更多 stand in a frame."""
    site = painted(
        code,
        '<h3>政府信息公开年报</h3><iframe src="/zwgk/nb/inner.html" width="700" height="600"></iframe>',
        by_five,
    )
    site.page(
        "/zwgk/nb/inner.html",
        page(
            f"""<script>{ROW}</script><ul id="list"></ul><button id="m">加载更多</button><script>let at = 0;
const more = () => ask('page=' + (++at), d => {{ add(d.rows);
  if (at >= 3) document.getElementById('m').remove(); }});
document.getElementById('m').onclick = more; more();</script>""",
            "政府信息公开年报",
        ),
    )
    return site


def entered(code: str) -> Site:
    """The entry of the menu calls a script with a word; so do its pages."""

    def answer(asked: Asked) -> object:
        return by_five(asked) if asked.query.get("kind") == "ndbg" else {"rows": [], "total": 0}

    names = {
        "gkzn": "政府信息公开指南",
        "gkzd": "政府信息公开制度",
        "fdzd": "法定主动公开内容",
        "ndbg": "年度报告",
    }
    menu = "".join(
        f"<li><a href=\"javascript:getMainData('{word}')\">{name}</a></li>"
        for word, name in names.items()
    )
    return painted(
        code,
        """<ul class="left">MENU</ul><ul id="list"></ul><div id="pg"></div><script>
function getMainData(kind, n) { n = n || 1; ask('kind=' + kind + '&page=' + n, d => { fill(d.rows);
  document.getElementById('pg').innerHTML = [1, 2, 3].map(k =>
    '<a href="javascript:getMainData(\\'' + kind + '\\',' + k + ')">' + k + '</a>').join(' '); }); }
getMainData('gkzn');</script>""".replace("MENU", menu),
        answer,
        column="/zwgk/xxgk.html",
    )


def tree(code: str) -> Site:
    """A tree of organs opened branch by branch; its leaves call a script."""

    def answer(asked: Asked) -> object:
        if asked.query.get("organ") == "a":
            return titles(ALL[:6])
        return titles(ALL[:3], OFFICE) if asked.query.get("organ") == "b" else []

    return painted(
        code,
        """<div class="tree"><p><span id="s" style="cursor:pointer">+ 县级机关</span></p><div id="in"></div></div>
<ul id="list"></ul><script>document.getElementById('s').onclick = function () {
  document.getElementById('s').textContent = '- 县级机关';
  document.getElementById('in').innerHTML = '<a href="javascript:;" data-o="a">县政府</a> <a href="javascript:;" data-o="b">县政府办公室</a>';
  document.querySelectorAll('[data-o]').forEach(a => a.onclick = () => ask('organ=' + a.dataset.o, fill)); };</script>""",
        answer,
        rows=(titles(ALL[:6]), titles(ALL[:3], OFFICE)),
    )


def long(code: str, *, signed: bool = False) -> Site:
    """Twelve pages of a row each; ``signed``: each question has a sign that the script makes."""

    def answer(asked: Asked) -> object:
        n = int(asked.query["page"])
        if signed and asked.query.get("sign") != f"{n * 7919 % 1009:x}":
            return Answer(body=b"{}", status=403)
        return {"code": 0, "rows": titles(ALL[n - 1 : n])}

    sign = "'&sign=' + (n * 7919 % 1009).toString(16)" if signed else "''"
    return painted(
        code,
        """<ul id="list"></ul><a href="javascript:void(0)" id="next">下一页</a><script>let at = 1;
const go = n => ask('page=' + n + SIGN, d => fill(d.rows));
document.getElementById('next').onclick = () => { if (at < 12) go(++at); }; go(1);</script>""".replace(
            "SIGN", sign
        ),
        answer,
    )


def signed(code: str) -> Site:
    """As ``long``, and nobody but the page can ask."""
    return long(code, signed=True)


def again_and_again(code: str) -> Site:
    """下一页 goes round: after the last page it shows the first."""
    return painted(
        code,
        """<p>共40条</p><ul id="list"></ul><a href="javascript:void(0)" id="next">下一页</a><script>let at = 1;
document.getElementById('next').onclick = () => ask('page=' + (at = at % 3 + 1), d => fill(d.rows));
ask('page=1', d => fill(d.rows));</script>""",
        by_five,
    )


def broken_year(code: str) -> Site:
    """One year's tab is answered with an error."""

    def answer(asked: Asked) -> object:
        if asked.query["year"] == "2020":
            return Answer(body=b"", status=500)
        return titles([int(asked.query["year"])])

    site = tabs(code)
    site.routes.clear()

    def service(asked: Asked) -> Answer | None:
        if asked.path != SERVICE:
            return None
        given = answer(asked)
        return given if isinstance(given, Answer) else as_json(given)

    site.routes.append(service)
    return site


def dead_numbers(code: str) -> Site:
    """The pager counts three pages, and its script answers to nobody."""
    return painted(
        code,
        """<ul id="list"></ul><p class="pager"><a href="javascript:;" class="on">1</a>
<a href="javascript:;">2</a> <a href="javascript:;">3</a></p><script>
ask('page=1', d => fill(d.rows));</script>""",
        by_five,
    )


def endless(code: str) -> Site:
    """加载更多 never ends: other publications, new ones each time."""

    def answer(asked: Asked) -> object:
        n = int(asked.query["page"])
        if n == 1:
            return titles(ALL)
        return [
            [f"/zwgk/nb/z203003/t20300301_{n}{k}.html", f"通知公告第{n}期第{k}号", ""]
            for k in range(5)
        ]

    return painted(
        code,
        """<ul id="list"></ul><button id="m">加载更多</button><script>let at = 0;
const more = () => ask('page=' + (++at), add); document.getElementById('m').onclick = more; more();</script>""",
        answer,
    )


GOOD = {
    "990301": (late, 12),
    "990302": (numbers, 12),
    "990303": (chosen, 9),
    "990304": (tabs, 12),
    "990305": (inner_scroll, 12),
    "990306": (framed, 12),
    "990307": (entered, 12),
    "990308": (tree, 9),
    "990309": (long, 12),
    "990310": (signed, 12),
    "990314": (close_numbers, 12),
}
BAD = {"990311": again_and_again, "990312": broken_year, "990313": endless, "990315": dead_numbers}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [build(code) for code, (build, _) in GOOD.items()]
    sites += [build(code) for code, build in BAD.items()]
    return crawl(
        sites,
        tmp_path_factory.mktemp("turning"),
        *("-s", "RENDER_TIMEOUT=60", "-s", "MAX_LIST_PAGES=15", "-s", "RENDER_CONCURRENCY=4"),
    )


@pytest.mark.parametrize("code", GOOD, ids=[build.__name__ for build, _ in GOOD.values()])
def test_what_a_press_brings_is_read_to_the_last_row(run, code):
    told = (run.portals[code], [p for p in run.problems if p.get("portal") == code])
    assert run.portals[code]["read"] == GOOD[code][1], told
    assert run.outcome(code) == "ok", told


def _of_browser(run: Run, code: str) -> int:
    asked = [seen for seen in run.asked(code) if seen.path.startswith(SERVICE)]
    return sum("Mozilla" in seen.agent for seen in asked)


def test_what_can_be_foretold_is_asked_without_the_browser_and_what_is_signed_is_not(run):
    # Seen, drawn to be pressed, pressed three times; the other eight pages are only asked for.
    assert _of_browser(run, "990309") < 12 <= _of_browser(run, "990310")


def test_a_list_that_goes_round_ends_and_is_not_called_whole(run):
    assert run.outcome("990311") in {"paging_not_understood", "incomplete"}
    assert run.portals["990311"]["read"] == 12
    assert len(run.asked("990311")) < 40


def test_a_year_that_is_not_answered_is_told_and_the_others_are_read(run):
    assert run.outcome("990312") == "incomplete", run.portals["990312"]
    assert run.portals["990312"]["read"] == 11  # all but the year it would not give
    assert "status 500" in json.dumps(run.problems, ensure_ascii=False)


def test_a_pager_that_counts_pages_nobody_can_open_is_told(run):
    assert run.outcome("990315") == "paging_not_understood"
    assert run.portals["990315"]["read"] == 5
    assert "its pager counts 3 pages, 1 shown" in run.portals["990315"]["evidence"]


def test_a_list_without_end_is_left_after_so_many_turns(run):
    assert run.outcome("990313") != "ok"
    assert "list/page-limit" in run.codes("990313")
    assert run.portals["990313"]["read"] == 12
