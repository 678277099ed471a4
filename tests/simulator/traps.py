"""What goes wrong: traps T1 to T60, each a builder over an ordinary portal (mostly P1).

A trap that only changes answers is a guard around a family's site; one that changes pages builds
them anew from the shared pieces. ``scenes`` says what each must end with.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from benchmarks.makers.ofd import ofd_report
from benchmarks.makers.office import converted
from crawler.demo.chrome import Chrome
from crawler.demo.files import render_docx, render_pdf
from crawler.demo.listing import Entry
from crawler.demo.portals import article_page, column_page, frame, items
from crawler.demo.reports import render_text
from crawler.demo.server import Answer, Asked, Site
from crawler.demo.world import corrected
from tests.simulator.columns import Plan, county, rows_of
from tests.simulator.families import TREE, Builder, _tree_article, hanweb, trs
from tests.simulator.parts import articles, lazily, plain_list, ymd
from tests.simulator.tls import self_signed

Change = Callable[[str], str]

# -- around a whole site -----------------------------------------------------------------------


def guarded(guard: Callable[[Site, Asked], Answer | None], base: Builder = trs) -> Builder:
    """Serve ``base`` behind a guard that may answer first."""

    def build(site: Site, plan: Plan) -> None:
        base(site, plan)
        site.guard = lambda asked: guard(site, asked)

    return build


def challenged(status: int, cookies: Sequence[str]) -> Builder:
    """Refuse until the page's own script has set every cookie, one a reload."""

    def guard(_site: Site, asked: Asked) -> Answer | None:
        have = asked.headers.get("cookie", "")
        missing = next((c for c in cookies if f"{c}=1" not in have), None)
        if missing is None:
            return None
        noise = "".join(f"var _$x{n}='{n * 7919}';" for n in range(45))
        script = f"document.cookie='{missing}=1; path=/';location.reload();"
        text = f"<html><head><meta charset='utf-8'></head><body><script>{noise}{script}</script></body></html>"
        return Answer(body=text.encode(), status=status)

    return guarded(guard)


def refused(status: int, text: str = "") -> Builder:
    """Answer everything with a status and hardly a word."""
    return guarded(lambda _s, _a: Answer(body=f"<html>{text}</html>".encode(), status=status))


def stub_for_ever(site: Site, plan: Plan) -> None:
    """Answer 200 with 1,166 bytes of script that lead nowhere."""
    script = "var a=0;" * 142
    body = f"<html><script>{script}</script></html>".encode()
    guarded(lambda _s, _a: Answer(body=body))(site, plan)


def _no_agent(_site: Site, asked: Asked) -> Answer | None:
    return None if asked.headers.get("user-agent") else Answer(body=b"", status=403)


def flaky(site: Site, plan: Plan) -> None:
    """Answer the first request for every address with 502."""
    trs(site, plan)
    _fail_first(site)


def _fail_first(site: Site) -> None:
    times: Counter[str] = Counter()

    def guard(asked: Asked) -> Answer | None:
        times[asked.path] += 1
        return Answer(body=b"bad gateway", status=502) if times[asked.path] == 1 else None

    site.guard = guard


def slow(site: Site, plan: Plan) -> None:
    trs(site, plan)
    site.latency = 0.8


def rewritten(change: Change, *, only: str = "", base: Builder = trs) -> Builder:
    """Serve ``base`` with the text of its pages changed."""

    def build(site: Site, plan: Plan) -> None:
        base(site, plan)
        plain = site.answer

        def answer(asked: Asked) -> Answer:
            made = plain(asked)
            if (
                made.status != 200
                or "html" not in (made.content_type or "")
                or only not in asked.path
            ):
                return made
            return replace(made, body=change(made.body.decode()).encode())

        site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside

    return build


def encoded(charset: str, content_type: str | None, *, meta: str = "") -> Builder:
    """Serve pages in one charset while header and meta say what they like."""

    def build(site: Site, plan: Plan) -> None:
        trs(site, plan)
        plain = site.answer

        def answer(asked: Asked) -> Answer:
            made = plain(asked)
            if "html" not in (made.content_type or ""):
                return made
            text = made.body.decode().replace('<meta charset="utf-8">', meta)
            return replace(made, body=text.encode(charset), content_type=content_type)

        site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside

    return build


# -- columns that are not there -------------------------------------------------------------------


def _without_entry(text: str) -> str:
    return re.sub(r"<li><a [^>]*>政府信息公开年报</a></li>", "", text)


def column_goes_home(site: Site, plan: Plan) -> None:
    trs(site, plan)
    site.routes.clear()
    home = Answer(body=b"", status=301, headers={"Location": "/"})
    site.guard = lambda asked: home if asked.path.startswith(TREE) else None


def _home_for_unknown(site: Site, asked: Asked) -> Answer | None:
    known = asked.path in site.pages or any(route(asked) for route in site.routes)
    return None if known or asked.path == "/robots.txt" else site.pages["/"]


def home_everywhere(site: Site, plan: Plan) -> None:
    """No column, and the home page under every address one might guess."""
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    for path, page in list(site.pages.items()):
        site.pages[path] = replace(page, body=_without_entry(page.body.decode()).encode())
    site.guard = lambda asked: _home_for_unknown(site, asked)


def column_of_nothing(site: Site, plan: Plan) -> None:
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    site.page(TREE, column_page(chrome, '<ul class="list"></ul><p>暂无相关信息</p>'))


def column_is_an_article(site: Site, plan: Plan) -> None:
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    articles(site, chrome, plan.rows, _tree_article(TREE))
    there = _tree_article(TREE)(plan.rows[0])
    site.pages[TREE] = Answer(body=b"", status=302, headers={"Location": there})


def loop(site: Site, plan: Plan) -> None:
    """政务公开 and the departments' pages link each other round and round; no column."""
    chrome = plan.chrome(TREE, "/zwgk/", "/bmxxgk/0/")
    frame(site, chrome)
    for path, page in list(site.pages.items()):
        site.pages[path] = replace(page, body=_without_entry(page.body.decode()).encode())

    def route(asked: Asked) -> Answer | None:
        found = re.fullmatch(r"/bmxxgk/(\d+)/", asked.path)
        if not found:
            return None
        n = int(found[1])
        links = "".join(
            f'<li><a href="/bmxxgk/{m}/">{text}</a></li>'
            for m, text in ((n + 1, "部门信息公开"), (n + 2, "乡镇政务公开"), (n, "政府信息公开"))
        )
        return Answer(body=chrome.page("政府信息公开", f"<ul>{links}</ul>").encode())

    for path in ("/bmxxgk/0/", "/bmxxgk/0/index.html"):
        site.pages.pop(path, None)
    site.routes.append(route)


# -- links that never end ----------------------------------------------------------------------------


def _calendar(text: str) -> str:
    return text.replace(
        '<div class="main">',
        '<div class="main"><div class="rili"><a href="/rili?date=2026-10">上一月</a>'
        '<a href="/rili?date=2026-12">下一月</a></div>',
    )


def calendar(site: Site, plan: Plan) -> None:
    rewritten(_calendar)(site, plan)

    def route(asked: Asked) -> Answer | None:
        if asked.path != "/rili":
            return None
        year, month = map(int, asked.query["date"].split("-"))
        links = "".join(
            f'<a href="/rili?date={year + (month + d - 1) // 12}-{(month + d - 1) % 12 + 1:02d}">{t}</a>'
            for d, t in ((-1, "上一页"), (1, "下一页"))
        )
        return Answer(body=plan.chrome(TREE).page("政务公开日历", links).encode())

    site.routes.append(route)


def noisy_links(site: Site, plan: Plan) -> None:
    """Give every link a session and a random number, new ones on every page."""
    serial = Counter[str]()

    def change(text: str) -> str:
        serial["n"] += 1
        n = serial["n"]
        return re.sub(
            r'href="([./][^"]*?(?:\.html|/))"',
            lambda m: (
                f'href="{m[1]};jsessionid=A{n}F?_=0.{n}734"'
                if ".html" in m[1]
                else f'href="{m[1]}?_=0.{n}1"'
            ),
            text,
        )

    rewritten(change)(site, plan)
    plain = site.answer

    def answer(asked: Asked) -> Answer:
        return plain(replace(asked, path=asked.path.partition(";")[0], query={}))

    site.answer = answer  # type: ignore[method-assign]  # sessions are known here


def facets(site: Site, plan: Plan) -> None:
    """A search form spelled out as links: every year by every theme by every organ."""
    links = "".join(
        f'<a href="/search?year={y}&amp;theme={t}&amp;organ={o}">{y}年政务公开</a>'
        for y in range(2015, 2026)
        for t in range(4)
        for o in range(3)
    )
    rewritten(lambda text: text.replace('<div class="main">', f'<div class="main">{links}'))(
        site, plan
    )
    again = plan.chrome(TREE).page("检索结果", links).encode()
    site.routes.append(lambda asked: Answer(body=again) if asked.path == "/search" else None)


# -- rows ------------------------------------------------------------------------------------------


def reissued(rows: Sequence[Entry]) -> Sequence[Entry]:
    out: list[Entry] = []
    for e in rows:
        if e.kind == "whole" and e.year == 2023 and e.report:
            old, new = corrected(e.report)
            out += [
                replace(e, number=9901, title=new.title, date=new.published_on, report=new),
                replace(e, report=old, kind="superseded"),
            ]
        else:
            out.append(e)
    return out


def with_twins(rows: Sequence[Entry]) -> Sequence[Entry]:
    out = list(rows)
    for n, e in enumerate(e for e in rows if e.kind == "whole"):
        for m, (word, text) in enumerate(
            (
                ("（图解）", '<p><img src="/images/W0202.png" alt="图解"></p>'),
                ("解读", "<p>为便于理解，现对年度报告作如下解读。</p>"),
            )
        ):
            out.append(
                replace(
                    e,
                    number=9910 + 2 * n + m,
                    title=e.title + word,
                    report=None,
                    text=text,
                    kind="lookalike",
                )
            )
    return out


def hijacked(rows: Sequence[Entry]) -> Sequence[Entry]:
    spam = "<p>澳门真人娱乐平台，首存送彩金，百家乐、老虎机、体育投注，注册即领。</p>" * 8
    return [
        replace(e, report=None, text=spam) if e.kind == "whole" and e.year == 2023 else e
        for e in rows
    ]


def soft_404(site: Site, plan: Plan) -> None:
    """One report's page answers 200 and says it is gone."""
    trs(site, plan)
    gone = next(_tree_article(TREE)(e) for e in plan.rows if e.kind == "whole" and e.year == 2023)
    text = plan.chrome(TREE).page("提示", "<h1>您访问的页面不存在或已被删除</h1>")
    site.guard = lambda asked: Answer(body=text.encode()) if asked.path == gone else None


def dates_differ(site: Site, plan: Plan) -> None:
    """Address, page and tag each give another date; the last is the migration's."""

    def change(text: str) -> str:
        text = re.sub(r'(name="PubDate" content=")[^"]*', r"\g<1>2025-09-14 03:12", text)
        return text.replace("发布时间：20", "发布时间：2026-01-02 原20")

    rewritten(change)(site, plan)


def year_in_title_only(site: Site, plan: Plan) -> None:
    plain_list(
        site,
        plan,
        page_address=lambda n: "/xxgk/nb/" + (f"index_{n}.html" if n > 1 else ""),
        address=lambda e: f"/xxgk/nb/{e.number}.html",
    )


def misfiled(site: Site, plan: Plan) -> None:
    """Every report of the last years lies in a folder of 2020."""
    plain_list(
        site,
        plan,
        page_address=lambda n: "/zwgk/nb/" + (f"index_{n}.html" if n > 1 else ""),
        address=lambda e: f"/zwgk/nb/2020_504392/t{e.number}_{e.number}.html",
    )


# -- links ---------------------------------------------------------------------------------------------


def _links_as(draw: Callable[[str, str], str]) -> Builder:
    """Serve a column whose row links are drawn by ``draw(address, title)``."""

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(TREE)
        frame(site, chrome)
        address = _tree_article(TREE)
        rows = "".join(
            f"<li>{draw(address(e), e.title)}<span>{e.date}</span></li>" for e in plan.rows
        )
        site.page(TREE, column_page(chrome, f'<ul class="list">{rows}</ul>'))
        articles(site, chrome, plan.rows, address)

    return build


on_click = _links_as(
    lambda u, t: f'<a href="#" onclick="window.open(\'{u}\');return false">{t}</a>'
)
data_url = _links_as(lambda u, t: f'<a href="javascript:void(0)" data-url="{u}">{t}</a>')
odd_spelling = _links_as(lambda u, t: f'<a href=" .\\{u.removeprefix(TREE)} ">{t}</a>')


def schemeless(site: Site, plan: Plan) -> None:
    """Links are ``//host:port/path``."""
    trs(site, plan)
    plain = site.answer

    def answer(asked: Asked) -> Answer:
        made = plain(asked)
        if "html" not in (made.content_type or "") or made.status != 200:
            return made
        host = asked.headers.get("host", "")
        text = made.body.decode().replace('href="./', f'href="//{host}{TREE}')
        return replace(made, body=re.sub(r'href="/(?!/)', f'href="//{host}/', text).encode())

    site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside


def base64_pager(site: Site, plan: Plan) -> None:
    """The pager is base64 of percent-encoded HTML in ``#pages``, for ``window.atob``."""

    def address(n: int) -> str:
        return TREE + (f"index_{n - 1}.html" if n > 1 else "")

    def pager(n: int, total: int) -> str:
        after = f'<a href="{address(n + 1)}">下一页</a>' if n < total else ""
        hidden = base64.b64encode(quote(f"<span>{n}/{total}</span>{after}").encode()).decode()
        return (
            f'<div id="pages" style="display:none">{hidden}</div>'
            "<script>document.write(decodeURIComponent(window.atob($('#pages').text())))</script>"
        )

    plain_list(site, plan, page_address=address, address=_tree_article(TREE), pager=pager)


# -- reports as files ------------------------------------------------------------------------------------


def filed(embed: str, make: Callable[[Entry], Answer], suffix: str) -> Builder:
    """Publish the reports as files; ``embed`` is the article's text with {file} and {title}."""

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(TREE)
        frame(site, chrome)
        address = _tree_article(TREE)
        site.page(TREE, column_page(chrome, f'<ul class="list">{items(plan.rows, address)}</ul>'))

        def path(e: Entry) -> str:
            return f"{TREE}{''.join(ymd(e)[:2])}/P0{''.join(ymd(e))}{e.number}{suffix}"

        def maker(e: Entry) -> Callable[[], Answer]:
            text = embed.format(file=path(e), quoted=quote(path(e), safe=""), title=e.title)
            return lambda: Answer(body=article_page(chrome, e, text).encode(), date=e.date)

        def file_maker(e: Entry) -> Callable[[], Answer]:
            return lambda: make(e)

        lazily(site, {address(e): maker(e) for e in plan.rows if e.report})
        lazily(site, {path(e): file_maker(e) for e in plan.rows if e.report})

    return build


def _pdf(e: Entry) -> Answer:
    assert e.report is not None
    return Answer(body=render_pdf(e.report), content_type="application/pdf")


def _zip(e: Entry) -> Answer:
    assert e.report is not None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        # Names in ZIP files made on Chinese systems are GBK bytes and say so nowhere.
        packed.writestr(f"{e.title}.docx".encode("gbk").decode("cp437"), render_docx(e.report))
    return Answer(body=out.getvalue(), content_type="application/zip")


def _bytes(body: bytes, content_type: str) -> Callable[[Entry], Answer]:
    return lambda _e: Answer(body=body, content_type=content_type)


_CAPTCHA = "<html><head><title>请输入验证码</title></head><body><img src='/code.jpg'><input name='code'></body></html>"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
_LINK = '<p>详见附件：<a href="{file}">{title}</a></p>'

pdf_linked = filed(_LINK, _pdf, ".pdf")
pdf_viewer = filed(
    '<iframe src="/pdfjs/web/viewer.html?file={quoted}" width="100%"></iframe>', _pdf, ".pdf"
)
pdf_framed = filed('<iframe src="{file}" width="100%" height="900"></iframe>', _pdf, ".pdf")
pictures = filed('<p><img src="{file}"></p>', _bytes(_PIXEL, "image/png"), ".png")
zipped = filed(_LINK, _zip, ".zip")


_LEAVES = 5


def flip_book(site: Site, plan: Plan) -> None:
    """The reports are page-flip books in a frame; each page has a plain copy without script."""
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    address = _tree_article(TREE)
    site.page(TREE, column_page(chrome, f'<ul class="list">{items(plan.rows, address)}</ul>'))

    def article(e: Entry) -> Answer:
        text = f'<iframe src="/book/{e.number}/index.html" width="100%" height="900"></iframe>'
        return Answer(body=article_page(chrome, e, text).encode())

    def leaf(e: Entry, n: int) -> Answer:
        assert e.report is not None
        lines = render_text(e.report, "lines").split("\n")
        size = -(-len(lines) // _LEAVES)
        # A row is cut wherever a page is full.
        shown = "".join(f"<p>{line}</p>" for line in lines[n * size : (n + 1) * size])
        steps = {"上一页": n, "下一页": n + 2}
        links = "".join(
            f'<a href="page{to}.html">{word}</a>'
            for word, to in steps.items()
            if 1 <= to <= _LEAVES
        )
        return Answer(body=f"<html><body><div>{links}</div>{shown}</body></html>".encode())

    shell = (
        '<html><head><title>电子书</title><script src="javascript/flipbook.js"></script></head>'
        '<body><a href="files/basic-html/page1.html">基本版</a></body></html>'
    )
    known: dict[str, Callable[[], Answer]] = {}
    for e in plan.rows:
        if e.report:
            book = f"/book/{e.number}/"
            site.page(f"{book}index.html", shell)
            known[address(e)] = partial(article, e)
            pages = f"{book}files/basic-html/page"
            known |= {f"{pages}{n + 1}.html": partial(leaf, e, n) for n in range(_LEAVES)}
    lazily(site, known)


def file_host(site: Site, plan: Plan) -> None:
    """The files lie on another port of the same machine, as 30105 on some."""
    files = Site(f"{site.name}-files")
    files.own_port = True
    site.beside.append(files)
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    address = _tree_article(TREE)
    site.page(TREE, column_page(chrome, f'<ul class="list">{items(plan.rows, address)}</ul>'))

    def maker(e: Entry) -> Callable[[], Answer]:
        def make() -> Answer:
            link = f'<p>详见附件：<a href="{files.base}/f/{e.number}.pdf">{e.title}</a></p>'
            return Answer(body=article_page(chrome, e, link).encode())

        return make

    lazily(site, {address(e): maker(e) for e in plan.rows if e.report})
    lazily(files, {f"/f/{e.number}.pdf": partial(_pdf, e) for e in plan.rows if e.report})


def _ofd(e: Entry) -> Answer:
    assert e.report is not None
    return Answer(body=ofd_report(e.report), content_type="application/octet-stream")


def _word(rows: Sequence[Entry]) -> dict[int, bytes]:
    """Return the reports as LibreOffice writes them for Word 97; one start for all."""
    docx = {f"{e.number}.docx": render_docx(e.report) for e in rows if e.report}
    return {int(name.partition(".")[0]): body for name, body in converted(docx, "doc").items()}


def legacy(suffix: str) -> Builder:
    """Publish the reports as old Word files; WPS Writer's are of the same kind."""

    def build(site: Site, plan: Plan) -> None:
        # Before anybody asks: a server that starts LibreOffice to answer is a trap of its own.
        made = _word(plan.rows)

        def make(e: Entry) -> Answer:
            return Answer(body=made[e.number], content_type="application/octet-stream")

        filed(_LINK, make, suffix)(site, plan)

    return build


ofd = filed(_LINK, _ofd, ".ofd")
wps = filed(
    _LINK,
    _bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "application/octet-stream"),
    ".wps",
)
captcha = filed(_LINK, _bytes(_CAPTCHA.encode(), "text/html; charset=utf-8"), ".pdf")
html_for_file = filed(
    _LINK,
    _bytes("<html><body>文件正在转换</body></html>".encode(), "text/html; charset=utf-8"),
    ".pdf",
)

# -- places -----------------------------------------------------------------------------------------------


def _pinyin(text: str) -> str:
    """Return a text as clones print it: 公(gōng)開(kāi), traditional, with a word of their own."""
    return text.replace("公开", "公(gōng)開(kāi)").replace("政府", "政(zhèng)府") + "亚博体育"


def clone() -> Site:
    """Return the host that mirrors portals: a complete column under the original paths."""
    site = Site("clone")
    division = county(0)
    trs(site, Plan(division=division, rows=rows_of(division, first_year=2021, organs=False)))
    plain = site.answer

    def answer(asked: Asked) -> Answer:
        made = plain(asked)
        if made.status != 200 or "html" not in (made.content_type or ""):
            return made
        return replace(made, body=_pinyin(made.body.decode()).encode())

    site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside
    return site


def private() -> Site:
    """Return a host inside somebody's network: nothing on a page may make us ask it."""
    site = Site("private")
    site.address = "127.1.0.1"
    division = county(1)
    trs(site, Plan(division=division, rows=rows_of(division, first_year=2021, organs=False)))
    return site


CLONE, PRIVATE = clone(), private()
"""Served beside every crawl. Whatever is asked of them was asked off limits."""


def _footer(*links: str) -> Change:
    """Add links to every footer; addresses are known only when the world is up."""

    def change(text: str) -> str:
        made = "".join(link.format(clone=CLONE.base, private=PRIVATE.base) for link in links)
        return text.replace('<div class="footer">', f'<div class="footer">{made}')

    return change


_TO_CLONE = '<a href="{clone}' + TREE + '">政府信息公开年报</a>'
_TO_PRIVATE = (
    '<a href="{private}' + TREE + '">政府信息公开年度报告</a><iframe src="{private}/"></iframe>'
)


def clone_in_footer(site: Site, plan: Plan) -> None:
    """No column here; footer links of that name lead to other hosts, which have one."""
    change = _footer(_TO_CLONE, _TO_PRIVATE)
    rewritten(
        lambda text: change(_without_entry(text)), base=lambda s, p: frame(s, p.chrome(TREE))
    )(site, plan)


def clone_in_print(site: Site, plan: Plan) -> None:
    """No column here; a report in the news, full of pinyin, says that it lies on the clone."""
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    newest = next(e for e in plan.rows if e.kind == "whole")
    news = f'<ul><li><a href="/xw/2025/a1.html">{newest.title}</a></li></ul>'
    for path, page in list(site.pages.items()):
        site.pages[path] = replace(page, body=_without_entry(page.body.decode()).encode())
    for path in ("/", "/zwgk/"):
        site.page(path, chrome.page("首页", news))

    def article() -> Answer:
        said = f"<p>本报告可从门户网站下载（{CLONE.base}{TREE}）。</p>"
        text = re.sub(r'<div class="position">.*?</div>', "", article_page(chrome, newest))
        return Answer(body=_pinyin(text.replace("</h1>", f"</h1>{said}")).encode())

    lazily(site, {"/xw/2025/a1.html": article})


def cites_old_host(site: Site, plan: Plan) -> None:
    """Reports of departments say that they lie on a host that is another's by now."""
    trs(site, plan)
    news = next(e for e in plan.rows if e.kind == "department")
    old = "{clone}/col/col12946/index.html"

    def change(text: str) -> str:
        said = f"<p>本报告电子版可在门户网站下载（{old.format(clone=CLONE.base)}）。</p>"
        text = text.replace('<div class="share">', f'{said}<div class="share">')
        link = f'<li><a href="{_tree_article(TREE)(news)}">{news.title}</a></li>'
        return text.replace('<div class="news"><h2>要闻</h2><ul>', f'<div class="news"><ul>{link}')

    rewritten(lambda text: change(_without_entry(text)), base=trs)(site, plan)


def twins(site: Site, plan: Plan) -> None:
    """Every row stands four times: for telephones, for the printer, and as it was shared."""
    trs(site, plan)
    plain = site.answer

    def answer(asked: Asked) -> Answer:
        made = plain(replace(asked, path=asked.path.replace("_wap.html", ".html"), query={}))
        if made.status != 200 or "html" not in (made.content_type or ""):
            return made
        text = re.sub(
            r'<li>(<a href="(\./[^"]+)\.html")(.*?</li>)',
            r'<li>\1\3<li><a href="\2_wap.html"\3<li><a href="\2.html?print=1"\3'
            r'<li><a href="\2.html?from=timeline&amp;isappinstalled=0"\3',
            made.body.decode(),
        )
        return replace(made, body=text.encode())

    site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside


def namesake(site: Site, plan: Plan) -> None:
    """The only column under this host is another county's: its code, its titles."""
    other = county(0)
    trs(site, replace(plan, division=other, rows=rows_of(other, first_year=2021, organs=False)))
    own = plan.chrome(TREE)
    for path in ("/", "/zwgk/"):
        page = own.page("首页", f'<ul><li><a href="{TREE}">政府信息公开年报</a></li></ul>')
        site.page(path, page)


def on_city_host(site: Site, plan: Plan) -> None:
    """The county's pages are a folder of the city's site."""
    base = "/qingyu/zfxxgk/nb/"
    chrome = Chrome(plan.division, "/qingyu/zwgk/", "/qingyu/zfxxgk/", base)
    city = replace(plan.division, code="990100", name="湖屿市", level="prefecture")
    frame(site, chrome)
    site.pages["/qingyu/"] = site.pages["/"]
    rows = rows_of(city, first_year=2021, organs=False)
    frame(site, Chrome(city, "/zwgk/", "/zfxxgk/", "/zfxxgk/nb/"))
    for of, at, listed in (
        (chrome, base, plan.rows),
        (Chrome(city, "/zwgk/", "/zfxxgk/", "/zfxxgk/nb/"), "/zfxxgk/nb/", rows),
    ):
        site.page(at, column_page(of, f"<ul>{items(listed, _tree_article(at))}</ul>"))
        articles(site, of, listed, _tree_article(at))
    site.column = base


def moved(site: Site, _plan: Plan) -> None:
    """The home page answers with a redirect to a host that is in no registry."""
    site.guard = lambda asked: (
        None
        if asked.path == "/robots.txt"
        else Answer(body=b"", status=301, headers={"Location": f"{CLONE.base}/"})
    )


def _no_tags(text: str) -> str:
    return re.sub(r'<meta name="[^>]*>', "", text)


def _null_tags(text: str) -> str:
    return re.sub(r'(<meta name="[^"]*" content=")[^"]*', r"\g<1>null", text)


def _parent_column_name(text: str) -> str:
    return re.sub(r'(name="ColumnName" content=")[^"]*', r"\g<1>政务公开", text)


untagged, null_tagged = rewritten(_no_tags), rewritten(_null_tags)
parent_named = rewritten(_parent_column_name)
no_agent = guarded(_no_agent)
home_for_unknown = guarded(_home_for_unknown)


def bom_xml(site: Site, plan: Plan) -> None:
    hanweb(site, replace(plan, switches=frozenset({"bom"})))


def robots_page(site: Site, plan: Plan) -> None:
    """robots.txt answers 200 with a page that says it is not there."""
    trs(site, plan)
    page = plan.chrome(TREE).page("404", "<h1>页面不存在</h1><p>Disallow: /</p>")
    site.page("/robots.txt", page)


def _all_soft_changes(text: str) -> str:
    facets = "".join(
        f'<a href="/search?year={y}&amp;theme={t}">{y}年政务公开</a>'
        for y in range(2015, 2026)
        for t in range(4)
    )
    return _footer(facets, _TO_CLONE, _TO_PRIVATE)(_calendar(_null_tags(text)))


def softly(base: Builder) -> Builder:
    """Serve a family with every trap at once that costs a crawl nothing but attention."""

    def build(site: Site, plan: Plan) -> None:
        rewritten(_all_soft_changes, base=base)(site, plan)
        _fail_first(site)

    return build


def soft_rows(rows: Sequence[Entry]) -> Sequence[Entry]:
    """Return rows with a correction, picture twins and explanations among them."""
    return with_twins(reissued(rows))


def only_https(site: Site, plan: Plan) -> None:
    """Serve https only, whatever the registry says."""
    trs(site, plan)
    site.tls = self_signed()


def over_tls(base: Builder) -> Builder:
    """Serve https only, with a certificate that is self-signed, expired and another host's."""

    def build(site: Site, plan: Plan) -> None:
        base(site, plan)
        site.tls = self_signed()

    return build
