"""What a hostile page tries in a real browser: every way off the portal, every way past a turn."""

import itertools
import json
import os
import socket
import threading

import pytest
from scrapy.settings import Settings

from crawler.demo.server import Answer, Asked, Site
from crawler.middlewares.chromium import find_chromium
from tests.simulator.tls import self_signed
from tests.spiders.test_browser import DRAWN, scripted
from tests.spiders.world import Run, crawl, portal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_chromium(Settings({"CHROMIUM_PATH": os.environ.get("CHROMIUM_PATH", "")})) is None,
        reason="no Chromium on this machine: rendering was not tried",
    ),
]

LINKS = """
var p = document.createElement('div');
p.innerHTML = '<a href="/zwgk/nb/">政府信息公开年报</a><a href="/zwgk/">政务公开</a>';
document.body.appendChild(p);
"""


def _prying(secret: str, udp: str) -> str:
    """Return a page that wants things off the portal in every way a page can want them."""
    ws = secret.replace("http", "ws")
    host = secret.removeprefix("http://")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>试点县</title>
<link rel="preconnect" href="{secret}"><link rel="dns-prefetch" href="//dns.example.test">
<link rel="prefetch" href="{secret}/prefetch"><link rel="preload" as="script" href="{secret}/preload">
<link rel="prerender" href="{secret}/prerender"><link rel="modulepreload" href="{secret}/module">
<link rel="stylesheet" href="{secret}/css"><link rel="icon" href="{secret}/icon">
<link rel="manifest" href="{secret}/manifest">
<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{secret}/spec"]}}]}}</script>
<style>@import url({secret}/import); @font-face {{font-family: f; src: url({secret}/font)}}
body {{font-family: f; background: url({secret}/background)}}</style></head>
<body><img src="{secret}/img"><video src="{secret}/video"></video><object data="{secret}/object"></object>
<embed src="{secret}/embed"><iframe srcdoc="<img src='{secret}/srcdoc'><script src='{secret}/s'></script>">
</iframe><a id="d" href="{secret}/download" download>x</a><a id="ping" href="#" ping="{secret}/ping">x</a>
<form id="f" action="{secret}/form" method="post" target="t"></form><iframe name="t"></iframe>
<input type="file" id="file"><script>
function attempt(f) {{ try {{ f(); }} catch (e) {{}} }}
attempt(() => fetch('{secret}/fetch', {{mode: 'no-cors'}}));
attempt(() => fetch('{secret}/keepalive', {{mode: 'no-cors', keepalive: true}}));
attempt(() => fetch('/away'));
attempt(() => {{ var x = new XMLHttpRequest(); x.open('GET', '{secret}/xhr'); x.send(); }});
attempt(() => new WebSocket('{ws}/ws'));
attempt(() => new EventSource('{secret}/events'));
attempt(() => navigator.sendBeacon('{secret}/beacon', 'x'));
attempt(() => window.open('{secret}/popup'));
attempt(() => window.open('/popup'));
attempt(() => document.getElementById('d').click());
attempt(() => document.getElementById('ping').click());
attempt(() => document.getElementById('f').submit());
attempt(() => document.getElementById('file').click());
attempt(() => new Worker(URL.createObjectURL(new Blob(["fetch('{secret}/worker')"]))));
attempt(() => navigator.serviceWorker.register('/sw.js'));
attempt(() => new WebTransport('https://{host}/transport'));
attempt(() => {{
  var c = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{udp}'}},
    {{urls: 'turn:{host}?transport=tcp', username: 'u', credential: 'c'}}]}});
  c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o)); }});
attempt(() => history.pushState({{}}, '', '/elsewhere'));
{LINKS}
setTimeout(() => attempt(() => {{ location['hr' + 'ef'] = '{secret}/navigate'; }}), 200);
window.onbeforeunload = () => 'stay';
setTimeout(() => {{ alert(1); confirm(2); prompt(3); }}, 300);
</script></body></html>"""


def _leading(site: Site, target: str) -> Site:
    """A portal whose home page sets a cookie by a challenge, then sends the browser away."""

    def gate(asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return None
        if "pass=1" in asked.headers.get("cookie", ""):
            return Answer(body=b"", status=302, headers={"Location": target})
        stub = "<script>document.cookie='pass=1;path=/';location.reload();</script>"
        return Answer(body=stub.encode(), status=412)

    site.guard = gate
    return site


def _crowded(code: str, *, tls: bool) -> Site:
    """A drawn portal whose pages ask for ten things at once, some of them by a redirect."""
    site = scripted(code, latency=0.03)
    many = (
        "<script>for (var i = 0; i < 10; i++) fetch((i % 2 ? '/hop?' : '/data?') + i);"
        "var f = document.createElement('iframe'); f.src = '/hop?frame';"
        "document.body.appendChild(f);</script>"
    )
    site.page("/", DRAWN.format(title="试点县").replace("</body>", many + "</body>"))
    site.page("/hop", "", status=302, headers={"Location": "/data?hop"})
    site.page("/data", "<p>x</p>")
    if tls:
        site.tls = self_signed()
    return site


def _forbidding(code: str) -> Site:
    """A drawn page that reaches a forbidden path by a redirect only."""
    site = _crowded(code, tls=True)
    site.pages["/robots.txt"] = Answer(
        body=b"User-agent: *\nDisallow: /private", content_type="text/plain"
    )
    site.page("/hop", "", status=302, headers={"Location": "/private/x"})
    return site


def _busy_inside(code: str) -> Site:
    """A drawn portal whose service answers 429 at first."""
    site, seen = scripted(code), []
    api = site.routes[0]

    def busy(asked: Asked) -> Answer | None:
        if asked.path == "/api":
            seen.append(1)
            if len(seen) == 1:
                return Answer(body=b"", status=429, headers={"Retry-After": "1"})
        return api(asked)

    site.routes[0] = busy
    return site


def _sent_away(site: Site, target: str) -> Site:
    """A portal whose home page is a script that knows only where else to go."""
    away = f"<script>var u = '{target}'; setTimeout(() => {{ top['loc' + 'ation'] = u; }}, 50)</script>"
    site.page("/", f"<html><head>{away}</head><body></body></html>")
    return site


SITES = {
    "990201": portal("990201"),
    "990202": portal("990202"),
    "990203": _crowded("990203", tls=False),
    "990204": _crowded("990204", tls=True),
    "990205": _forbidding("990205"),
    "990207": portal("990207"),
    "990206": _busy_inside("990206"),
}
SECRET = Site("secret")
SECRET.routes.append(lambda _: Answer(body=b"secret"))
GAP = 0.05


@pytest.fixture(scope="module")
def udp():
    """A socket nobody should ever write to, and what it heard."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.1)
        done = threading.Event()

        def hear() -> None:
            while not done.is_set():
                try:
                    heard.append(listening.recv(2048))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hear)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", heard
        done.set()
        thread.join()


@pytest.fixture(scope="module")
def run(tmp_path_factory, udp) -> Run:
    def wire(server) -> None:
        secret = server.base("secret")
        site = SITES["990201"]
        drawn = json.dumps(_prying(secret, udp[0])).replace("</", "<\\/")
        # Nothing to read without the script, so that the page is rendered at all.
        site.page("/", f"<html><body><script>document.write({drawn})</script></body></html>")
        site.page("/away", "", status=302, headers={"Location": f"{secret}/redirect"})
        site.page("/popup", f"<script>location.href='{secret}/from-popup'</script>")
        site.page("/sw.js", f"fetch('{secret}/service-worker')", content_type="text/javascript")
        _sent_away(SITES["990207"], f"{secret}/sent")
        _leading(SITES["990202"], f"{secret}/moved")

    return crawl(
        list(SITES.values()),
        tmp_path_factory.mktemp("ways-out"),
        *("-s", f"REQUEST_GAP_PRIVATE={GAP}"),
        unlisted=[SECRET],
        change=wire,
    )


def test_no_way_leads_off_the_portal(run, udp):
    assert run.status == 0, run.error
    assert run.portals["990201"]["rendered"] > 0
    assert [seen.path for seen in run.asked("secret")] == []
    assert udp[1] == []
    assert run.outcome("990201") == "ok", run.portals["990201"]


def test_what_a_page_wanted_off_the_portal_is_told_once(run):
    told = [p for p in run.problems if p.get("portal") == "990201" and p["stage"] == "browser"]
    secret = run.server.base("secret").removeprefix("http://").partition(":")[0]
    assert [secret in p["evidence"] for p in told].count(True) == 1
    assert {p["code"] for p in told} == {"fetch/address-refused"}


@pytest.mark.parametrize("code", ["990202", "990207"])
def test_a_portal_that_leads_the_browser_to_another_host_has_moved_and_is_not_blocked(run, code):
    assert run.portals[code]["rendered"] > 0
    assert run.outcome(code) == "moved", run.portals[code]


@pytest.mark.parametrize("code", ["990203", "990204", "990205", "990206"])
def test_one_request_at_a_time_with_the_gap_after_it_in_tunnels_too(run, code):
    seen = run.asked(code)
    assert any(s.path.startswith("/api") for s in seen)
    assert max(s.in_flight for s in seen) == 1
    assert min(b.at - a.done for a, b in itertools.pairwise(seen)) >= GAP
    assert run.outcome(code) == "ok", run.portals[code]


def test_the_crowds_were_there(run):
    for code in ("990203", "990204"):
        assert sum(s.path.startswith("/data") for s in run.asked(code)) >= 10
    assert any(s.path.startswith("/hop") for s in run.asked("990205"))


def test_a_redirect_inside_the_browser_leads_to_nothing_robots_forbids(run):
    assert not any(s.path.startswith("/private") for s in run.asked("990205"))


def test_a_service_that_asks_for_rest_gets_it_in_the_browser_too(run):
    first, second = [s for s in run.asked("990206") if s.path.startswith("/api")][:2]
    assert first.status == 429
    assert second.at - first.done >= 1.0
