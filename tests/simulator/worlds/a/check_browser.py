"""Proof by a real Chromium: walks each portal from its home page as a patient person would and compares what it meets with the truth.

    python check_browser.py [code …]     (CHROMIUM_PATH, else chromium-headless-shell)
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from world import Portal, World, canonical

LOOK = r"""(function(){var out={links:[],clicks:[],selects:[],url:location.href};window.__els=[];
function doc(d){d.querySelectorAll('a[href],area[href]').forEach(function(a){var r=a.getAttribute('href');if(r&&r.indexOf('javascript:')!=0)out.links.push(a.href);});
d.querySelectorAll('[data-url]').forEach(function(a){out.links.push(new URL(a.getAttribute('data-url'),d.baseURI).href);});
d.querySelectorAll('*').forEach(function(e){if(e.tagName=='BODY'||e.tagName=='SELECT'||e.hasAttribute('data-url'))return;var h=e.getAttribute('href')||'';
if(e.onclick||(h.indexOf('javascript:')==0&&h.length>14)){window.__els.push(e);out.clicks.push((e.textContent||'').trim()+'|'+h+'|'+(e.getAttribute('onclick')||''));}});
d.querySelectorAll('select').forEach(function(s){out.selects.push([].map.call(s.options,function(o){return o.value;}));});
d.querySelectorAll('iframe,frame').forEach(function(f){if(f.src)out.links.push(f.src);try{if(f.contentDocument)doc(f.contentDocument);}catch(e){}});}
doc(document);return JSON.stringify(out);})()"""


class Browser:
    """A headless Chromium spoken to over a pipe."""

    def __init__(self) -> None:
        path = os.environ.get("CHROMIUM_PATH", "chromium-headless-shell")
        r1, w1 = os.pipe()
        r2, w2 = os.pipe()
        a, b = fcntl.fcntl(r1, fcntl.F_DUPFD, 20), fcntl.fcntl(w2, fcntl.F_DUPFD, 20)

        def hand_over() -> None:
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.proc = subprocess.Popen([path, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"], preexec_fn=hand_over, close_fds=False,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.out, self.inn, self.buf, self.n, self.session = w1, r2, b"", 0, ""
        self.events: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def _read(self, wait: float) -> dict[str, Any] | None:
        end = time.monotonic() + wait
        while b"\0" not in self.buf:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.inn], [], [], left)[0]:
                return None
            self.buf += os.read(self.inn, 65536)
        line, self.buf = self.buf.split(b"\0", 1)
        return json.loads(line)  # type: ignore[no-any-return]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """A command and its result."""
        self.n += 1
        message: dict[str, Any] = {"id": self.n, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            got = self._read(20)
            if got is None:
                raise TimeoutError(method)
            if got.get("id") == self.n:
                return got.get("result", {})  # type: ignore[no-any-return]
            self.events.append(got.get("method", ""))

    def settle(self, pause: float) -> None:
        """Let the page work."""
        end = time.monotonic() + pause
        while time.monotonic() < end:
            got = self._read(end - time.monotonic())
            if got:
                self.events.append(got.get("method", ""))

    def go(self, url: str) -> None:
        """Open a page and wait until it is complete."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)
        end = time.monotonic() + 8
        while time.monotonic() < end:
            self.settle(0.03)
            if self.run("location.href!='about:blank'&&document.readyState=='complete'"):
                break
        self.settle(0.25)

    def run(self, script: str) -> Any:
        """The value of a script."""
        for _ in range(5):
            got = self.call("Runtime.evaluate", expression=script, returnByValue=True)
            if "exceptionDetails" not in got and "value" in got.get("result", {}):
                return got["result"]["value"]
            self.settle(0.3)
        return None

    def close(self) -> None:
        """End it."""
        self.proc.terminate()
        self.proc.wait()


def walk(browser: Browser, portal: Portal, limit: int = 260) -> tuple[set[str], int]:
    """All addresses met from the home page, and the number of pages opened."""
    known = {canonical(a) for t in portal.reports for a in (t.url, *t.also)} | {canonical(d) for d in portal.decoys}
    hosts = set(portal.hosts)
    met: set[str] = set()
    queue, queued, opened = [portal.home_url], {canonical(portal.home_url)}, 0

    def take(look: dict[str, Any]) -> None:
        for link in [look["url"], *look["links"]]:
            if not link.startswith("http"):
                continue
            c = canonical(link)
            met.add(c)
            full = c if not urlsplit(link).fragment else c.split("#")[0] + "#" + urlsplit(link).fragment
            if full in queued or urlsplit(link).netloc not in hosts or "/calendar" in link or (c in known and urlsplit(link).path.endswith((".pdf", ".docx"))):
                continue
            if c in known and full != portal.home_url and not any(c == canonical(t.url) and t.year == 2025 for t in portal.reports):
                continue  # of the reports only the newest is opened
            queued.add(full)
            queue.append(link)

    while queue and opened < limit:
        url = queue.pop(0)
        opened += 1
        browser.go(url)
        raw = browser.run(LOOK)
        if raw is None:
            continue
        look = json.loads(raw)
        if not look["links"]:  # an empty or failed page: a person loads it once more
            browser.settle(0.5)
            browser.go(url)
            look = json.loads(browser.run(LOOK) or json.dumps(look))
        take(look)
        done: set[str] = set()
        for values in look["selects"]:
            if values and values[0].startswith("/"):
                for v in values:
                    take({"url": url, "links": [f"{urlsplit(url).scheme}://{urlsplit(url).netloc}{v}"]})
        if look["selects"] and not look["selects"][0][0].startswith("/"):
            pick = "(function(i,v){var s=document.querySelectorAll('select')[i];s.value=v;s.dispatchEvent(new Event('change'));return 1;})(%d,%s)"
            for organ in look["selects"][0]:
                browser.run(pick % (0, json.dumps(organ)))
                browser.settle(0.3)
                years = json.loads(browser.run(LOOK))["selects"][1]
                for year in years:
                    browser.run(pick % (1, json.dumps(year)))
                    browser.settle(0.2)
                    take(json.loads(browser.run(LOOK)))
            continue
        for _ in range(60):
            again = [i for i, c in enumerate(look["clicks"]) if c not in done or c.startswith(("加载更多|", "下一组|", "下一页|javascript:;"))]
            if not again:
                break
            fresh = [k for k in again if look["clicks"][k] not in done]
            i = (fresh or again)[-1]  # the last first: what a click brought before the next word of the menu
            mark = look["clicks"][i]
            before = json.dumps(look["links"])
            done.add(mark)
            browser.run(f"(window.__els[{i}].click(),1)")
            browser.settle(0.3)
            raw = browser.run(LOOK)
            if raw is None:
                break
            look = json.loads(raw)
            take(look)
            if json.dumps(look["links"]) == before and all(c in done for c in look["clicks"]):
                break
    return met, opened


def main() -> None:
    """Walk all (or the named) portals."""
    wanted = sys.argv[1:]
    bad = 0
    with World() as world:
        browser = Browser()
        try:
            for portal in world.portals:
                if wanted and portal.code not in wanted:
                    continue
                met, opened = walk(browser, portal)
                lost = [t for t in portal.reports if not {canonical(a) for a in (t.url, *t.also)} & met]
                bad += bool(lost)
                print(portal.code, portal.name, f"pages={opened} reports={len(portal.reports)} lost={len(lost)}", [f"{t.kind} {t.year}" for t in lost][:8], flush=True)
        finally:
            browser.close()
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
