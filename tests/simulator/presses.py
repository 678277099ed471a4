"""Lists whose next page has no address: a press in the browser brings it, or does not.

Catalogue 16 of the survey and what resembles it: 加载更多, the pagers of today's page libraries,
scrolling, a form that a script posts, ``__doPostBack``. And what a press may run into.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from html import escape

from crawler.demo.portals import column_page, frame, items
from crawler.demo.server import Answer, Asked, Site
from tests.simulator.columns import Plan
from tests.simulator.families import Builder, as_json
from tests.simulator.parts import articles

_BASE = "/mlxx/nb/"
_SERVICE = "/mlxx/nb/service"
_DRAW = """
const row = x => '<li><a href="' + x[0] + '">' + x[1] + '</a><span>' + x[2] + '</span></li>';
const ask = n => fetch('%s', {method: 'POST', body: JSON.stringify({p: key(n)})})
  .then(r => { if (!r.ok) throw r.status; return r.json(); });
"""


def _address(e: object) -> str:
    return f"/mlxx/p17/d{e.number}.html"  # type: ignore[attr-defined]


def _served(
    body: str,
    *,
    shown: bool = True,
    answer: Callable[[int], int | Answer] = lambda n: n,
) -> Builder:
    """Serve a list by a service whose question only the page's script can put.

    Args:
        body: what stands behind the rows; {total} and {pages} are filled in.
        shown: the first page's rows are in the page itself.
        answer: which page the service gives when page n is asked for.
    """

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(_BASE)
        frame(site, chrome)
        pages = plan.pages()
        said = body.replace("{total}", str(len(plan.rows))).replace("{pages}", str(len(pages)))
        rows = items(pages[0], _address) if shown else ""
        # The page number goes out scrambled: whoever did not run the script cannot ask.
        script = "const key = n => btoa('p' + n * 7);" + _DRAW % _SERVICE
        main = f'<ul id="list">{rows}</ul><script>{script}</script>{said}'
        site.page(_BASE, column_page(chrome, main))
        keys = {f"p{n * 7}": n for n in range(1, len(pages) + 3)}

        def service(asked: Asked) -> Answer | None:
            if asked.path != _SERVICE or asked.method != "POST":
                return None
            n = keys[base64.b64decode(json.loads(asked.body)["p"]).decode()]
            given = answer(n)
            if isinstance(given, Answer):
                return given
            listed = pages[given - 1] if given <= len(pages) else ()
            return as_json([[_address(e), e.title, e.date] for e in listed])

        site.routes.append(service)
        articles(site, chrome, plan.rows, _address)

    return build


_MORE = """<button class="more" onclick="more()">加载更多</button><script>let n = 1;
function more() { ask(++n).then(d => { document.getElementById('list').insertAdjacentHTML(
  'beforeend', d.map(row).join('')); %s }); }</script>"""
more_until_said = _served(
    _MORE % "if (n >= {pages}) document.querySelector('.more').outerHTML = '<p>没有更多了</p>';"
)
more_for_ever = _served(_MORE % "")
"""The button stays; at the end it brings nothing."""
more_again = _served(_MORE % "", answer=lambda _: 1)
"""The service answers with its first page, whatever is asked."""
more_busy = _served(
    _MORE % "",
    answer=lambda n: n if n < 3 else Answer(body=b"", status=429, headers={"Retry-After": "1"}),
)
more_broken = _served(_MORE % "", answer=lambda n: n if n < 3 else Answer(body=b"", status=500))

_PAGER = """<div class="el-pagination"><span>共 {total} 条</span>
<button class="btn-prev"><i class="el-icon"></i></button><ul class="el-pager" id="no"></ul>
<button type="button" class="btn-next"><i class="el-icon el-icon-arrow-right"></i></button></div>
<script>let at = 1; const next = document.querySelector('.btn-next');
const draw = n => ask(n).then(d => { document.getElementById('list').innerHTML = d.map(row).join('');
  document.getElementById('no').innerHTML = '<li class="number active">' + n + '</li>';
  next.disabled = n >= {pages}; });
next.addEventListener('click', () => setTimeout(() => draw(++at), 80)); draw(1);</script>"""
drawn_pager = _served(_PAGER, shown=False)
"""A shell whose pager is a symbol, as the page libraries of today draw it."""

scrolled = _served("""<p>共{total}条</p><div style="height:3000px"></div><script>let n = 1, busy = false;
addEventListener('scroll', () => { if (busy || n >= {pages}) return; busy = true;
  ask(++n).then(d => { document.getElementById('list').insertAdjacentHTML(
    'beforeend', d.map(row).join('')); busy = false; scrollTo(0, 0); }); });</script>""")
"""No button: the list grows when its end is scrolled to."""

alerted = _served(
    """<a href="javascript:void(0)" class="nextbtn">下一页</a><script>let at = 1;
document.querySelector('.nextbtn').addEventListener('click', () => {
  if (at >= {pages}) return alert('已经是最后一页');
  ask(++at).then(d => { document.getElementById('list').innerHTML = d.map(row).join(''); }); });
const rows = ask(1).then(d => { document.getElementById('list').innerHTML = d.map(row).join(''); });
</script>""",
    shown=False,
)
"""The last page says that it is in a dialog."""


bound = _served(
    """<a href="javascript:;" id="next">下一页</a><script>let at = 1;
document.getElementById('next').addEventListener('click', () => { if (at < {pages})
  ask(++at).then(d => { document.getElementById('list').innerHTML = d.map(row).join(''); }); });
</script>"""
)
"""Nothing on the page says that there is more: a script elsewhere waits for the press."""


def posted_form(site: Site, plan: Plan) -> None:
    """The pager fills a form's hidden field and has it posted to the same address."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    pages = plan.pages()

    def page(n: int) -> Answer:
        after = '<a href="javascript:;" onclick="turn()">下一页</a>' if n < len(pages) else ""
        main = f"""<ul>{items(pages[n - 1], _address)}</ul>
<form id="f" method="post"><input type="hidden" id="no" name="no" value="{n}">
<input type="hidden" name="token" value="{escape("a" * 8)}{n}"></form>{after}
<script>function turn() {{ document.getElementById('no').value = {n} + 1;
document.getElementById('f').submit(); }}</script>"""
        return Answer(body=column_page(chrome, main).encode())

    def route(asked: Asked) -> Answer | None:
        if asked.path != _BASE:
            return None
        if asked.method == "POST" and asked.form.get("token", "").startswith("aaaaaaaa"):
            return page(int(asked.form["no"]))
        return page(1)

    for path in (_BASE, f"{_BASE}index.html"):
        site.pages.pop(path, None)
    site.routes.append(route)
    articles(site, chrome, plan.rows, _address)
