"""Pages that need a browser, and what goes wrong in one; with the real Chromium of this machine."""

import os
import signal
import time
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.demo.server import Answer, Asked, Site
from crawler.middlewares.archive import records
from crawler.middlewares.chromium import find_chromium
from tests.effort import LAST_RESORT
from tests.spiders.world import Run, always, crawl, portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_chromium(Settings({"CHROMIUM_PATH": os.environ.get("CHROMIUM_PATH", "")})) is None,
        reason="no Chromium on this machine: rendering was not tried",
    ),
]

DRAWN = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div id="app"></div><script>
fetch('/api?at=' + encodeURIComponent(location.pathname)).then(r => r.text()).then(h => {{
  document.getElementById('app').innerHTML = h; }});</script></body></html>"""


def scripted(code: str, *, latency: float = 0.0, robots: str | None = None) -> Site:
    """A portal whose every page is empty without its script."""
    plain, site = portal(code), Site(code, robots=robots)
    site.latency = latency
    for path in plain.pages:
        site.page(path, DRAWN.format(title="试点县"))
    bodies = {path: answer.body for path, answer in plain.pages.items()}

    def api(asked: Asked) -> Answer | None:
        if asked.path != "/api":
            return None
        return Answer(body=bodies.get(asked.query.get("at", ""), b""))

    site.routes.append(api)
    return site


def challenged(code: str) -> Site:
    """Answers 412 with a script that sets a cookie and reloads, as a gateway does."""
    site = portal(code)
    stub = "<html><head><script>document.cookie='pass=1;path=/';location.reload();</script></head></html>"

    def gate(asked: Asked) -> Answer | None:
        if "pass=1" in asked.headers.get("cookie", "") or asked.path == "/robots.txt":
            return None
        return Answer(body=stub.encode(), status=412)

    site.guard = gate
    return site


def looping(code: str) -> Site:
    """A list whose script never ends."""
    site = portal(code)
    site.page(
        "/zwgk/nb/",
        "<html><head><title>政府信息公开年报</title></head><body></body>"
        "<script>setTimeout(function(){while(true){}}, 50)</script></html>",
    )
    return site


def late(code: str) -> Site:
    """Report pages whose text comes by a timer, well after the page has loaded."""
    site = portal(code)
    for path in [p for p in site.pages if "/t20" in p]:
        text = site.pages[path].body.decode().partition("<body>")[2].partition("<div class")[0]
        menu = "".join(f'<a href="/m{n}/">栏目{n}</a>' for n in range(30))
        fill = f"document.getElementById('app').innerHTML = '{text}'"
        site.page(
            path,
            f"<html><head><meta charset='utf-8'><title>年度报告</title></head><body>{menu}"
            f"<h1>年度报告</h1><div id='app'></div><script>setTimeout(() => {{ {fill} }}, 1200)"
            "</script></body></html>",
        )
    return site


def never(code: str) -> Site:
    """A report page whose script forgets to bring its text."""
    site = portal(code)
    site.page(
        "/zwgk/nb/202403/t20240315_2023.html",
        "<html><head><meta charset='utf-8'><title>试点县2023年政府信息公开工作年度报告</title></head><body>"
        "<a href='/'>首页</a><a href='/zwgk/'>政务公开</a><h1>试点县2023年政府信息公开工作年度报告</h1>"
        "<div id='app'></div><script>var nothing = 1;</script></body></html>",
    )
    return site


def prying(code: str) -> Site:
    """A drawn page that asks for an address off the portal, in every way a page can."""
    site = scripted(code)
    site.page("/", DRAWN.format(title="试点县"))
    return site


REFUSES = "<html><script>var $_ts = {}; document.cookie = 'pass=1';</script><body></body></html>"
LED_OFF = "/zwgk/nb/202403/t20240315_2023.html"


def _lead_off(secret: str) -> None:
    """Let pages lead off the portal by script: before and after they are drawn, by a redirect."""
    leave = "location['re' + 'place']('{}');"  # not a stub that is understood without a browser
    at_once = leave.format(f"{secret}/at-once")
    for path in ("/", "/zwgk/nb/"):
        drawn = DRAWN.format(title="试点县")
        SITES["990038"].page(path, drawn.replace("<script>", f"<script>{at_once}"))
        later = f"setTimeout(() => {{ {leave.format(f'{secret}/later')} }}, 300); }});</script>"
        SITES["990039"].page(path, drawn.replace("});</script>", later))
    for code, target in (("990043", f"{secret}/nothing"), ("990044", "/away")):
        empty = f"<script>setTimeout(() => {{ {leave.format(target)} }}, 100)</script>"
        SITES[code].page(LED_OFF, f"<html><head>{empty}</head><body></body></html>")
        SITES[code].page("/away", "", status=302, headers={"Location": f"{secret}/redirected"})


def _wire(server) -> None:
    secret = server.base("secret")
    _lead_off(secret)
    body = (
        "<html><head><meta charset='utf-8'><title>试点县</title></head><body><script>"
        f"fetch('{secret}/fetch', {{mode: 'no-cors'}}); new WebSocket('{secret.replace('http', 'ws')}/ws');"
        f"var f = document.createElement('iframe'); f.src = '{secret}/frame'; document.body.appendChild(f);"
        "var g = document.createElement('iframe'); g.src = '/away'; document.body.appendChild(g);"
        f"window.open('{secret}/popup'); navigator.sendBeacon('{secret}/beacon');"
        "setTimeout(() => { var a = document.createElement('a'); a.href = '/zwgk/nb/';"
        "a.textContent = '政府信息公开年报'; document.body.appendChild(a);"
        "var b = document.createElement('a'); b.href = '/zwgk/'; b.textContent = '政务公开';"
        "document.body.appendChild(b); }, 300);</script></body></html>"
    )
    site = SITES["990034"]
    site.page("/", body)
    site.page("/away", "", status=302, headers={"Location": f"{secret}/redirect"})


SITES = {
    site.name: site
    for site in (
        scripted("990031"),
        challenged("990032"),
        looping("990033"),
        prying("990034"),
        scripted("990035", robots="User-agent: *\nDisallow: /api"),
        late("990036"),
        never("990037"),
        scripted("990038"),
        scripted("990039"),
        portal("990043"),
        portal("990044"),
        always(portal("990045"), 412, REFUSES),
    )
}
SECRET = Site("secret")
SECRET.routes.append(lambda _: Answer(body=b"secret"))


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    return crawl(
        list(SITES.values()),
        tmp_path_factory.mktemp("browser"),
        *("-s", "RENDER_TIMEOUT=12"),
        unlisted=[SECRET],
        change=_wire,
    )


def test_a_portal_that_is_empty_without_scripts_gives_every_report(run):
    assert run.outcome("990031") == "ok", run.portals["990031"]
    assert run.portals["990031"]["read"] == 3


def test_a_challenge_that_an_ordinary_browser_passes_is_passed(run):
    assert run.outcome("990032") == "ok", run.portals["990032"]
    assert run.portals["990032"]["read"] == 3


def test_a_challenge_that_an_ordinary_browser_does_not_pass_is_opened_once(run):
    assert run.outcome("990045") == "blocked"
    assert "also in the browser" in run.portals["990045"]["evidence"]
    homes = [seen.agent.split("/")[0] for seen in run.asked("990045") if seen.path == "/"]
    assert homes == ["county-reports", "Mozilla"]


def test_a_script_that_never_ends_costs_one_page_and_not_the_run(run):
    assert run.status == 0, run.error
    assert run.outcome("990033") != "ok"
    assert run.codes("990033") & {"fetch/timeout", "fetch/render-failed"}


def test_a_text_that_comes_long_after_the_page_is_waited_for(run):
    assert run.outcome("990036") == "ok", run.portals["990036"]
    assert run.portals["990036"]["read"] == 3
    # Asked plainly, then in the browser, which had the text at its first look.
    reports = [path for path in run.paths("990036") if "/t20" in path]
    assert len(reports) == 6


def test_a_page_that_stays_a_frame_is_asked_again_and_never_called_something_else(run):
    assert run.outcome("990037") == "incomplete", run.portals["990037"]
    assert (run.portals["990037"]["read"], run.portals["990037"]["failed"]) == (2, 1)
    (problem,) = [p for p in run.problems if p["portal"] == "990037" and "t2024" in p["url"]]
    assert problem["code"] == "fetch/render-failed"
    assert "试点县2023年" in problem["evidence"]


def test_the_browser_asks_nothing_off_the_portal_by_whatever_way(run):
    assert run.asked("secret") == []
    assert run.outcome("990034") == "ok", run.portals["990034"]


@pytest.mark.parametrize("code", ["990038", "990039"])
def test_a_page_that_leads_off_the_portal_is_read_as_it_stands(run, code):
    assert run.outcome(code) == "ok", run.portals[code]
    assert run.portals[code]["read"] == 3
    assert "fetch/address-refused" in run.codes(code)


@pytest.mark.parametrize("code", ["990043", "990044"])
def test_a_page_that_does_nothing_but_lead_off_the_portal_is_refused_and_says_where_to(run, code):
    assert run.outcome(code) == "incomplete", run.portals[code]
    assert (run.portals[code]["read"], run.portals[code]["failed"]) == (2, 1)
    told = [p["evidence"] for p in run.problems if p["portal"] == code and "t2024" in p["url"]]
    assert any(run.server.base("secret") in evidence for evidence in told)
    assert run.codes(code) == {"fetch/address-refused", "portal/incomplete"}


def test_nothing_the_browser_says_itself_is_kept_as_a_page(run):
    kept = [url for path in run.output.glob("archive/*.warc.gz") for _, url, _, _ in records(path)]
    assert f"{run.server.base('990039')}/" in kept
    assert not any("chrome-error" in url for url in kept)


def test_robots_hold_inside_the_browser(run):
    assert not any(path.startswith("/api") for path in run.paths("990035"))
    assert run.portals["990035"]["read"] == 0


def test_one_request_in_flight_holds_inside_the_browser(run):
    assert max(seen.in_flight for seen in run.server.log) == 1


def test_the_browser_says_who_asks_beside_its_own_name(run):
    drawn = [s for s in run.asked("990031") if s.path.startswith("/api")]
    assert drawn
    assert all("county-reports/" in s.agent and "Mozilla" in s.agent for s in drawn)


def _children(pid: int, name: str) -> list[int]:
    """Processes below a pid whose command line has a word, found by their parents alone."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    below, found = {pid}, []
    while fresh := {p for p, parent in parents.items() if parent in below} - below:
        below |= fresh
    for child in below - {pid}:
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if name in command:
            found.append(child)
    return sorted(found)


@pytest.mark.parametrize(
    ("victim", "seconds"),
    [
        pytest.param("chromium", 1.0, id="chromium"),
        pytest.param("run-driver", 0.0, id="driver-while-it-starts"),
        pytest.param(
            "run-driver",
            1.0,
            id="driver",
            marks=pytest.mark.slow("as one that dies while it starts"),
        ),
    ],
)
def test_a_browser_or_driver_that_dies_is_brought_back_and_nothing_is_lost(
    tmp_path, victim, seconds
):
    killed: list[int] = []

    def kill(running) -> None:
        deadline = time.monotonic() + LAST_RESORT
        while time.monotonic() < deadline and running.poll() is None:
            found = _children(running.pid, victim)
            if found:
                time.sleep(seconds)
                for pid in found:
                    try:
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
                    except ProcessLookupError:
                        continue
                return
            time.sleep(0.02)

    run = crawl(
        [scripted("990041", latency=0.2), scripted("990042", latency=0.2)],
        tmp_path,
        *("-s", "RENDER_TIMEOUT=30"),
        meanwhile=kill,
    )
    assert killed, "nothing was there to kill"
    assert run.status == 0, run.error
    assert [run.outcome(code) for code in ("990041", "990042")] == ["ok", "ok"], run.problems
    assert [run.portals[code]["read"] for code in ("990041", "990042")] == [3, 3]


def test_without_a_browser_plain_portals_are_crawled_and_the_others_say_why(tmp_path):
    run = crawl([portal("990051"), scripted("990052")], tmp_path, *("-s", "CHROMIUM_PATH=/nowhere"))
    assert run.outcome("990051") == "ok"
    assert run.outcome("990052") == "no_column_found"
    assert "fetch/no-browser" in run.codes("990052")
