"""Walks every portal in a real Chromium as a person would, and compares what is found with the truth.

Needs Playwright and a Chromium (CHROMIUM_PATH); not part of the world itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from world import Portal, World

SHOTS = Path(os.environ.get("SHOTS", "/tmp/world_shots"))
Found = set[str]


def hrefs(page: Page) -> Found:
    """Addresses of all anchors in all frames."""
    out: Found = set()
    for f in page.frames:
        out |= {urljoin(f.url, h) for h in f.eval_on_selector_all("a[href]", "e => e.map(x => x.href)")}
    return out


def click(page: Page, name: str) -> None:
    """Clicks an entry by its text in whichever frame has it."""
    for f in page.frames:
        loc = f.locator(f"text=/^\\s*{name}\\s*$/")
        if loc.count():
            loc.first.dispatch_event("click") if not loc.first.is_visible() else loc.first.click()
            page.wait_for_timeout(150)
            page.wait_for_load_state("networkidle")
            return
    raise AssertionError(f"no entry {name} at {page.url}")


def pages(page: Page, names: list[str]) -> Found:
    """Collects anchors of this page and of those named."""
    out = hrefs(page)
    for n in names:
        click(page, n)
        out |= hrefs(page)
    return out


def opened(page: Page, selector: str) -> Found:
    """Clicks every row and notes where each leads (a new window or the same one)."""
    out: Found = set()
    for i in range(page.locator(selector).count()):
        with page.expect_popup() as pop:
            page.locator(selector).nth(i).click()
        pop.value.wait_for_load_state()
        out.add(pop.value.url)
        pop.value.close()
    return out


def by_path(*names: str) -> Callable[[Page, Portal], Found]:
    """Clicks through entries, then turns every numbered page or 下一页."""
    def go(page: Page, p: Portal) -> Found:
        for n in names:
            click(page, n)
        shot(page, p, "column")
        out = hrefs(page)
        for _ in range(12):
            nxt = [f.locator("text=/^(下一页|下页)$/ >> visible=true") for f in page.frames]
            hit = next((x for x in nxt if x.count() and x.first.evaluate("e => e.tagName") in ("A", "BUTTON")), None)
            if hit is None:
                break
            hit.first.click()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(60)
            out |= hrefs(page)
        for i in range(2, 9):
            num = [f.locator(f"a >> text=/^\\[?{i}\\]?$/") for f in page.frames]
            hit = next((x for x in num if x.count()), None)
            if hit is None:
                break
            hit.first.click()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(60)
            out |= hrefs(page)
        return out
    return go


def shot(page: Page, p: Portal, what: str) -> None:
    """Keeps a picture to look at."""
    page.screenshot(path=str(SHOTS / f"{p.code}_{what}.png"))


def both(*ways: Callable[[Page, Portal], Found]) -> Callable[[Page, Portal], Found]:
    """Several walks from the home page, together."""
    def go(page: Page, p: Portal) -> Found:
        out: Found = set()
        for w in ways:
            page.goto(p.home_url)
            page.wait_for_load_state("networkidle")
            out |= w(page, p)
        return out
    return go


def select_all(page: Page, p: Portal, names: list[str], values: list[str], selector: str = "select") -> Found:
    """Chooses each option of a select."""
    for n in names:
        click(page, n)
    shot(page, p, "column")
    out = hrefs(page) | {page.url}
    for v in values:
        with page.expect_navigation():
            page.locator(selector).first.select_option(v)
        out |= hrefs(page) | {page.url}
    return out


def zheshui(page: Page, p: Portal) -> Found:
    page.hover("text=公开 >> nth=0")
    click(page, "历年年报")
    return select_all(page, p, [], [f"/gk/nb/{y}.html" for y in range(2012, 2026)], "select[name=nd]")


def shixian(page: Page, p: Portal) -> Found:
    box = page.locator("img[usemap]").bounding_box()
    assert box
    with page.expect_navigation():
        page.mouse.click(box["x"] + 300, box["y"] + 30)
    click(page, "历年年报")
    shot(page, p, "column")
    return opened(page, "td a[target=_blank]")


def yuncen(page: Page, p: Portal) -> Found:
    click(page, "政府信息公开")
    click(page, "政府信息公开年报")
    shot(page, p, "column")
    out = hrefs(page)
    for i in (2, 3):
        click(page, str(i))
        out |= hrefs(page)
    page.goto(p.reports[0].url)
    page.wait_for_load_state("networkidle")
    assert p.reports[0].title in page.inner_text("h1") and page.locator("table").count() == 3
    return out


def yanchi(page: Page, p: Portal) -> Found:
    click(page, "政务公开")
    click(page, "公开年报")
    shot(page, p, "column")
    out = opened(page, "#main li a")
    for _ in range(3):
        if not page.locator("#main a", has_text="下一页").count():
            break
        click(page, "下一页")
        out |= opened(page, "#main li a")
    return out


def luting(page: Page, p: Portal) -> Found:
    for n in ("公开", "政府信息公开工作年度报告"):
        click(page, n)
    shot(page, p, "column")
    while page.locator("#more").count():
        page.click("#more")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(80)
    return hrefs(page)


def wuling(page: Page, p: Portal) -> Found:
    for n in ("信息公开", "公开工作年报"):
        click(page, n)
    shot(page, p, "column")
    for _ in range(30):
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(60)
        if page.inner_text("#end") == "没有更多了":
            break
    n = page.locator(".row").count()
    assert str(n) == page.inner_text("#n"), n
    out: Found = set()
    for i in range(n):
        page.goto(p.column_url)
        page.wait_for_selector(".row")
        while page.locator(".row").count() <= i:
            page.mouse.wheel(0, 3000)
            page.wait_for_timeout(40)
        with page.expect_navigation():
            page.locator(".row").nth(i).click()
        out.add(page.url)
    return out


def jianbei(page: Page, p: Portal) -> Found:
    out = select_all(page, p, ["政府信息公开", "政府信息公开年报"], [str(y) for y in range(2014, 2026)], "select[name=fbtime]")
    page.goto(p.home_url)
    for n in ("部门信息公开", "区政府办公室", "政府信息公开年报"):
        click(page, n)
    return out | hrefs(page)


def huagou(page: Page, p: Portal) -> Found:
    click(page, "信息公开")
    out: Found = set()
    for i, name in enumerate((p.name, p.name + "办公室")):
        click(page, name)
        page.locator(f"#tree > li:nth-child({i + 1}) >> text=年度报告").click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(100)
        shot(page, p, "column")
        out |= hrefs(page)
    return out


def yancha(page: Page, p: Portal) -> Found:
    return {re.sub(r";jsessionid=[^?]*|&t=\d+", "", u) for u in by_path("信息公开", "信息公开年度报告")(page, p)}


def quzhu(page: Page, p: Portal) -> Found:
    page.wait_for_timeout(500)
    for n in ("信息公开", "政府信息公开年报"):
        click(page, n)
    shot(page, p, "column")
    return pages(page, [f"{y}年" for y in range(2025, 2014, -1)])


def meichuan(page: Page, p: Portal) -> Found:
    click(page, "政府信息公开")
    click(page, "政府信息公开年报")
    page.wait_for_timeout(200)
    shot(page, p, "column")
    out = hrefs(page)
    while page.locator("#next:enabled").count():
        page.click("#next")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(100)
        out |= hrefs(page)
    hashed = next(t for t in p.reports if "#" in t.url)
    page.goto(hashed.url)
    page.reload()
    page.wait_for_selector("h1")
    assert hashed.title in page.inner_text("h1") and page.locator("table").count() == 3
    return out


def lancha(page: Page, p: Portal) -> Found:
    out: Found = set()
    for dep in ("L01", "L02"):
        page.goto(p.home_url)
        click(page, "政务公开")
        if dep != "L01":
            with page.expect_navigation():
                page.locator("select[name=depCode]").select_option(dep)
        out |= by_path("年度报告")(page, p)
    return out


def jiping(page: Page, p: Portal) -> Found:
    out = by_path("政府信息公开", "政府信息公开年报")(page, p)
    page.goto(p.home_url)
    click(page, "政府信息公开")
    with page.expect_navigation():
        page.locator("select").first.select_option("/110120/zfxxgkzn/list.shtml")
    return out | by_path("政府信息公开年报")(page, p)


def tanghe(page: Page, p: Portal) -> Found:
    out: Found = set()
    for y in range(2013, 2026):
        page.goto(p.home_url)
        out |= by_path("政府信息公开", f"{y}年年报")(page, p)
    return out


def tingxi(page: Page, p: Portal) -> Found:
    out = by_path("信息公开", "年报公开")(page, p)
    return out | by_path("2009-2018年政府信息公开年报")(page, p)


def lize(page: Page, p: Portal) -> Found:
    out = by_path("信息公开", "信息公开年报")(page, p)
    return out | {page.url}


def yuanzhi(page: Page, p: Portal) -> Found:
    click(page, "政务公开")
    for _ in range(2):
        page.goto(p.column_url)
    shot(page, p, "column")
    out = hrefs(page)
    while page.locator("a >> text=/^下一页$/").count():
        click(page, "下一页")
        if "502" in page.title():
            page.reload()
        out |= hrefs(page)
    return out


def yuman(page: Page, p: Portal) -> Found:
    page.goto(p.home_url)
    click(page, "政务")
    page.click("img[alt=政务公开]")
    page.click("a:has-text('县政府信息')")
    page.click("a:has-text('法定主动')")
    click(page, "工作年报")
    shot(page, p, "column")
    out: Found = set()
    top = page.url
    for i in range(page.locator("ul li a").count()):
        page.goto(top)
        page.locator("ul li a").nth(i).click()
        page.wait_for_load_state("networkidle")
        out |= hrefs(page)
    return out


WALKS: dict[str, Callable[[Page, Portal], Found]] = {
    "990121": by_path("政务公开", "政府信息公开", "政府信息公开年报"), "990122": by_path("政府信息公开", "公开年报"), "990123": by_path("政府信息公开", "年度报告"), "990124": shixian, "990125": yuncen,
    "990126": yanchi, "990127": wuling, "990128": huagou,
    "990129": both(by_path("政务公开", "政府信息公开年报"), by_path("信息公开\\(旧栏目\\)", "政府信息公开年报"), by_path("部门信息公开", "县政府办公室", "政府信息公开年报")),
    "990130": tingxi, "990131": tanghe, "990132": jiping, "990133": yancha, "990134": yuanzhi, "990135": by_path("政务公开", "政府信息公开年报"),
    "990136": both(by_path("政府信息公开", "政府信息公开年报"), by_path("政府信息公开", "历史年报")), "990137": lize, "990138": by_path("政务公开", "政府信息公开年度报告"),
    "990139": by_path("政务公开", "政府信息公开年报"), "990181": luting, "990200": by_path("信息公开", "政府信息公开年报"), "990202": zheshui, "990203": jianbei,
    "990204": by_path("政务公开", "政府信息公开年报"), "990205": by_path("公开", "公开年度报告"), "990300": meichuan, "990321": quzhu, "990322": by_path("政府信息公开", "信息公开年报"),
    "990323": yuman, "990324": lancha,
}


def main() -> int:
    """Walks all portals, or those whose codes are given."""
    SHOTS.mkdir(exist_ok=True)
    bad = 0
    with World(1) as world, sync_playwright() as pw:
        browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium-headless-shell"), args=["--no-sandbox"])
        for p in world.portals:
            if sys.argv[1:] and p.code not in sys.argv[1:]:
                continue
            page = browser.new_context(viewport={"width": 1100, "height": 700}).new_page()
            page.set_default_timeout(8000)
            errors: list[str] = []
            page.on("pageerror", lambda e, errors=errors: errors.append(str(e)))
            try:
                page.goto(p.home_url)
                page.wait_for_load_state("networkidle")
                shot(page, p, "home")
                found = WALKS[p.code](page, p)
            except Exception as e:  # noqa: BLE001
                found, errors = set(), [*errors, repr(e)[:400]]
            lost = [t for t in p.reports if t.url not in found and not set(t.aliases) & found]
            if lost or errors:
                bad += 1
            print(p.code, p.name, f"{len(p.reports) - len(lost)}/{len(p.reports)}", f"decoys seen {len(found & set(p.decoys))}", errors or "", [t.url for t in lost[:3]] or "", flush=True)
            page.context.close()
        browser.close()
    print("portals with trouble:", bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
