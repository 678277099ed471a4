"""Self-check in Chromium: the scripted portals, walked from the home page by clicking as a person would."""
from __future__ import annotations

import re
import sys

from playwright.sync_api import Page, sync_playwright

from world import World

# name -> (texts to click from the home page, selector of what to click one by one on the column)
WALKS: dict[str, tuple[tuple[str, ...], str]] = {
    "澄浦县": (("政务公开", "政府信息公开", "政府信息公开年报", "县政府"), ".page a"),
    "霜岭区": (("政府信息公开", "政府信息公开工作年度报告"), "#page_div a"),
    "柘河县": (("政府信息公开", "政府信息公开工作年报"), "#pager55017 a"),
    "栖云市": (("政务公开", "信息公开年报"), ".pg a"),
    "鹭洲区": (("政务公开", "政府信息公开年报"), "#pages a"),
    "枫棠县": (("单位公开", "枫棠县人民政府", "政府信息公开年报"), ".pg"),
    "青硖县": (("政府信息\n公开", "政府信息\n公开年报"), "#p span"),
    "椿水县": (("政务公开", "政府信息公开年报"), "#nx"),
    "苇塘市": (("政府信息公开", "政府信息公开年度报告"), ".tab"),
    "古驿县": (("政务公开", "公开年度报告"), "#more"),
    "丹桠县": (("政府信息公开", "政府信息公开年报"), ""),
    "朔棠区": (("信息公开", "信息公开年报"), "a[href*=doPostBack]"),
    "雁屏市": (("政府信息公开", "政府信息公开年报"), ".node"),
    "沙荻县": (("信息公开", "公开年度报告"), "a[href*='page=']"),
}


def links(page: Page) -> set[str]:
    """All addresses in all frames."""
    out: set[str] = set()
    for frame in page.frames:
        out |= set(frame.eval_on_selector_all("a[href]", "e=>e.map(a=>a.href)"))
    return out


def click(page: Page, text: str) -> None:
    """Click the link with this text, in whatever frame."""
    for frame in page.frames:
        for found in frame.query_selector_all("a"):
            if re.sub(r"\s+", "", found.inner_text()) == re.sub(r"\s+", "", text):
                found.evaluate("a=>{if(a.target=='_blank')a.target='_self'}")
                found.click()
                page.wait_for_timeout(350)
                return
    raise LookupError(text)


def main() -> None:
    """Walk and compare."""
    with World(1) as world, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium-headless-shell")
        for portal in world.portals:
            walk = WALKS.get(portal.name.removesuffix("人民政府"))
            if walk is None:
                continue
            page = browser.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda e, errors=errors: errors.append(str(e)))
            page.goto(portal.home_url)
            page.wait_for_timeout(250)
            found: set[str] = set()
            try:
                for text in walk[0]:
                    click(page, text)
                found |= links(page)
                for i in range(24):
                    if not walk[1]:
                        page.mouse.wheel(0, 9000)
                    else:
                        targets = [t for f in page.frames for t in f.query_selector_all(walk[1]) if t.is_visible()]
                        if not targets or (i >= len(targets) and len(targets) > 1):
                            break
                        targets[i if len(targets) > 1 else 0].click()
                    page.wait_for_timeout(200)
                    found |= links(page)
            except LookupError as error:
                errors.append(f"no link {error}")
            goal = {t.url for t in portal.reports}
            kinds = {t.kind for t in portal.reports if t.url in found}
            print(portal.name, f"{len(goal & found)}/{len(goal)}", sorted(kinds), errors[:2], file=sys.stdout, flush=True)
            page.close()
        page = browser.new_page()
        pdf = next(t for p in world.portals if p.name.startswith("云坳") for t in p.reports if t.year == 2025 and t.kind == "whole")
        page.goto(pdf.url)
        page.wait_for_timeout(400)
        print("viewer", [f.url for f in page.frames], page.frames[-1].content()[:300])
        browser.close()


if __name__ == "__main__":
    main()
