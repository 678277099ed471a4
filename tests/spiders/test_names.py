"""Names that lead inside somebody's network: at once, beside a public address, or only later."""

import json
import os
import socket
import ssl
import warnings
from dataclasses import replace

import pytest
from scrapy.settings import Settings

from crawler.demo.server import Site
from crawler.middlewares.chromium import find_chromium
from tests.spiders.test_browser import scripted
from tests.spiders.test_tls import certificate
from tests.spiders.world import Run, Sink, crawl, portal

pytestmark = pytest.mark.browser
BROWSER = find_chromium(Settings({"CHROMIUM_PATH": os.environ.get("CHROMIUM_PATH", "")}))
ALLOWED = "127.0.0.0/16"
SECRET = "127.1.0.1"


class Names(Sink):
    """Stands in for the name server alone: ``NAMES`` says what a name leads to, ask by ask."""

    def __init__(self, crawler):
        super().__init__(crawler)
        table = json.loads(crawler.settings["NAMES"])
        plain = socket.getaddrinfo

        def answer(name):
            left = table[name.lower()]
            return left.pop(0) if len(left) > 1 else left[0]

        def resolve(host, port, *args, **kwargs):
            if str(host).lower() not in table:
                return plain(host, port, *args, **kwargs)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in answer(host)]

        socket.gethostbyname = lambda name: answer(name)[0]
        socket.getaddrinfo = resolve


def hanging_up(site: Site) -> Site:
    """Make a site close every connection: the next one needs the name again."""
    plain = site.answer
    site.answer = lambda asked: replace(  # the site as seen from outside
        made := plain(asked), headers={**made.headers, "Connection": "close"}
    )
    return site


def old_tls(site: Site, folder) -> Site:
    """Serve a site over TLS 1.0 alone: its name is resolved by the other handler as well."""
    site.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    site.tls.load_cert_chain(certificate(folder))
    site.tls.set_ciphers("ALL:@SECLEVEL=0")
    site.tls.minimum_version = site.tls.maximum_version = ssl.TLSVersion.TLSv1
    return site


OWN = "own"
ANSWERS = {
    "990081": [[OWN, SECRET]],
    "990082": [[SECRET, OWN]],
    "990083": [[OWN], [OWN], [SECRET]],
    "990084": [[OWN], [OWN], [OWN], [SECRET]],
    # Of old TLS: the first handshake is the other handler's, its failure leads to a second look.
    "990085": [[OWN], [OWN, SECRET]],
    "990086": [[OWN], [SECRET, OWN]],
    "990087": [[OWN], [SECRET]],
}
"""What the portals' names lead to, ask by ask; the last answer stays."""


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("names")
    sites = [portal("990081"), portal("990082"), hanging_up(portal("990083"))]
    sites += [hanging_up(scripted("990084"))]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "ssl.TLSVersion.TLSv1 is deprecated")
        sites += [old_tls(portal(code), folder) for code in ("990085", "990086", "990087")]
    secret = Site("secret")
    secret.address = SECRET
    for path in ("/", "/zwgk/nb/", "/api"):
        secret.page(path, "a secret")
    table = {
        f"p{site.name}.gov.cn": [
            [f"127.0.0.{n}" if a == OWN else a for a in answer] for answer in ANSWERS[site.name]
        ]
        for n, site in enumerate(sites, 2)
    }

    def by_name(server) -> None:
        for site in sites:
            scheme = site.base.partition(":")[0]
            site.base = f"{scheme}://P{site.name}.gov.cn:{server.port}"

    return crawl(
        sites,
        folder / "out",
        *("-s", f"ALLOWED_PRIVATE_NETWORKS={ALLOWED}"),
        *("-s", 'ITEM_PIPELINES={"tests.spiders.test_names.Names": 1}'),
        *("-s", f"NAMES={json.dumps(table)}"),
        *("-s", "DNSCACHE_ENABLED=False"),  # which would hide a changed answer
        unlisted=[secret],
        change=by_name,
    )


def test_no_name_leads_inside(run):
    assert run.asked("secret") == []


@pytest.mark.parametrize("code", ["990081", "990085", "990086"])
def test_a_name_with_a_public_and_a_private_address_is_asked_at_the_public_one(run, code):
    assert run.outcome(code) == "ok", run.problems
    assert run.portals[code]["read"] == 3


@pytest.mark.parametrize("code", ["990082", "990087"])
def test_a_name_that_leads_inside_is_refused_by_its_code(run, code):
    assert run.outcome(code) == "unreachable"
    assert codes(run, code) == {"fetch/address-refused"}
    assert run.asked(code) == []


def test_a_name_that_leads_inside_only_after_the_check_is_refused_then(run):
    assert codes(run, "990083") == {"fetch/address-refused"}
    assert 1 <= len(run.asked("990083")) <= 2
    assert run.outcome("990083") != "ok"


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine: rendering was not tried")
def test_nor_does_it_lead_the_browser_inside(run):
    assert 1 <= len(run.asked("990084")) <= 3
    assert "fetch/address-refused" in codes(run, "990084")
    assert run.outcome("990084") != "ok"


def codes(run: Run, code: str) -> set[str]:
    return {c for c in run.codes(code) if c.startswith("fetch/")}
