"""How a list may be brought and paged: each way puts its pages at a column of a host."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.demo.server import Answer, Asked
from tests.simulator.combined.pages import Host, Row, cut, items, page
from tests.simulator.combined.traits import BY_YEAR, PAINTED, Traits


@dataclass(slots=True, frozen=True, kw_only=True)
class Listed:
    """What one list holds, where, and what stands beside it."""

    host: Host
    column: str
    """A path that ends in a slash."""
    name: str
    rows: Sequence[Row]
    beside: str = ""
    traits: Traits

    @property
    def total(self) -> str:
        return f"<p>共{len(self.rows)}条</p>" if self.traits.total else ""

    def items(self, rows: Sequence[Row]) -> str:
        """Return rows as these portals show them."""
        return items(rows, self.traits.opens)


def put(listed: Listed, *, plain: bool = False) -> str:
    """Put a list's pages at its column in the way that was drawn; return where it begins."""
    kind, pager = listed.traits.lists, listed.traits.pager
    if plain:
        return _static(listed, "one")
    if kind == "framed":
        inner = Listed(
            host=listed.host,
            column=f"{listed.column}lb/",
            name=listed.name,
            rows=listed.rows,
            traits=listed.traits,
        )
        src = _static(inner, pager)
        frame = f'<iframe src="{src}" width="700" height="600"></iframe>'
        listed.host.page(listed.column, page(frame + listed.beside, listed.name))
        return listed.column
    if kind in PAINTED:
        return _painted(listed, pager, post=kind == "posted")
    if kind in BY_YEAR:
        return _BY_YEAR[kind](listed)
    return _static(listed, pager)


# -- rows in the source of pages --------------------------------------------------------------


def _static(listed: Listed, pager: str) -> str:
    if pager == "reversed":
        return _reversed(listed)
    parts = [listed.rows] if pager == "one" else cut(listed.rows, listed.traits.size)
    endless = listed.traits.fault == "endless"
    if pager == "query":
        return _by_query(listed, parts, endless=endless)
    for n, part in enumerate(parts):
        lead, shown = _LEADS[pager](listed.column, n, len(parts), endless), listed.items(part)
        text = page(shown + listed.total + lead + ("" if n else listed.beside), listed.name)
        listed.host.page(_address(listed.column, pager, n), text)
    if endless and pager == "anchors":
        listed.host.routes.append(_again(listed, parts[-1]))
    return listed.column


def _again(listed: Listed, last: Sequence[Row]) -> Callable[[Asked], Answer | None]:
    """Show the last page again under every further address."""

    def shown(asked: Asked) -> Answer | None:
        stem = f"{listed.column}list_"
        if not asked.path.startswith(stem):
            return None
        n = int(asked.path.removeprefix(stem).removesuffix(".html"))
        on = f'<a href="{stem}{n + 1}.html">下一页</a>'
        return Answer(body=page(listed.items(last) + on, listed.name).encode())

    return shown


def _address(column: str, pager: str, n: int) -> str:
    if not n:
        return column
    return f"{column}{_STEMS.get(pager, 'list_')}{n if pager == 'trs' else n + 1}.html"


_STEMS = {"trs": "index_", "kaipu": "list_", "onclick": "p"}


def _lead_anchors(column: str, n: int, pages: int, endless: bool) -> str:
    on = _address(column, "anchors", n + 1)
    return f'<a href="{on}">下一页</a>' if n + 1 < pages or endless else ""


def _lead_onclick(column: str, n: int, pages: int, endless: bool) -> str:
    del endless
    on = _address(column, "onclick", n + 1)
    call = f"turn(this,'{on}')"
    more = f'<a href="javascript:void(0)" onclick="{call}">下一页</a>' if n + 1 < pages else ""
    return f"{more}<script>function turn(a,u){{location.href=u}}</script>"


def _lead_trs(column: str, n: int, pages: int, endless: bool) -> str:
    del column, endless
    return f'<script>createPageHTML({pages}, {n}, "index", "html");</script>'


def _lead_kaipu(column: str, n: int, pages: int, endless: bool) -> str:
    del column, endless
    return f"<script>createPageHTML('page_div', {pages}, {n + 1}, 'list', 'html');</script>"


def _lead_numbers(column: str, n: int, pages: int, endless: bool) -> str:
    del endless
    return "".join(
        f"<b>{k + 1}</b> "
        if k == n
        else f'<a href="{_address(column, "bare_numbers", k)}">{k + 1}</a> '
        for k in range(pages if pages > 1 else 0)
    )


_LEADS: dict[str, Callable[[str, int, int, bool], str]] = {
    "one": lambda column, n, pages, endless: "",
    "anchors": _lead_anchors,
    "onclick": _lead_onclick,
    "trs": _lead_trs,
    "kaipu": _lead_kaipu,
    "bare_numbers": _lead_numbers,
}


def _by_query(listed: Listed, parts: Sequence[Sequence[Row]], *, endless: bool) -> str:
    where = f"{listed.column}list.jsp"

    def shown(asked: Asked) -> Answer | None:
        if asked.path != where:
            return None
        n = max(int(asked.query.get("pageNo") or 1), 1)
        more = n < len(parts) or endless
        on = f'<a href="{where}?pageNo={n + 1}">下一页</a>' if more else ""
        part = parts[min(n, len(parts)) - 1]
        text = listed.items(part) + listed.total + on + (listed.beside if n == 1 else "")
        return Answer(body=page(text, listed.name).encode())

    listed.host.routes.append(shown)
    listed.host.page(listed.column, "", status=302, headers={"Location": where})
    return listed.column


def _reversed(listed: Listed) -> str:
    parts, stem = cut(listed.rows, listed.traits.size), listed.column.rstrip("/")
    urls = [f"{stem}.htm", *(f"{stem}/{len(parts) - n}.htm" for n in range(1, len(parts)))]
    for n, (url, part) in enumerate(zip(urls, parts, strict=True)):
        on = f'<a class="p_next" href="{urls[n + 1]}">下页</a>' if n + 1 < len(urls) else ""
        text = listed.items(part) + listed.total + on + ("" if n else listed.beside)
        listed.host.page(url, page(text, listed.name))
    listed.host.page(listed.column, "", status=301, headers={"Location": urls[0]})
    return urls[0]


# -- rows by their year -----------------------------------------------------------------------


def _years(rows: Sequence[Row]) -> list[int]:
    return sorted({row.year for row in rows}, reverse=True)


def _of_year(rows: Sequence[Row], year: int) -> list[Row]:
    return [row for row in rows if row.year == year]


def _by_folders(listed: Listed) -> str:
    links = "".join(
        f'<li><a href="{listed.column}{y}n/">{y}年</a></li>' for y in _years(listed.rows)
    )
    listed.host.page(listed.column, page(f"<ul>{links}</ul>{listed.beside}", listed.name))
    for year in _years(listed.rows):
        text = listed.items(_of_year(listed.rows, year))
        listed.host.page(f"{listed.column}{year}n/", page(text, f"{year}年"))
    return listed.column


def _by_form(listed: Listed) -> str:
    years = _years(listed.rows)
    options = "".join(f'<option value="{y}">{y}年</option>' for y in years)
    form = (
        f'<form action="{listed.column}nb.jsp" method="get"><input type="hidden" name="area" value="7">'
        f'<select name="fbtime" onchange="this.form.submit()">{options}</select></form>'
    )

    def body(year: int) -> str:
        text = form + listed.items(_of_year(listed.rows, year)) + listed.beside
        return page(text, listed.name)

    def shown(asked: Asked) -> Answer | None:
        if asked.path != f"{listed.column}nb.jsp":
            return None
        return Answer(body=body(int(asked.query.get("fbtime") or years[0])).encode())

    listed.host.routes.append(shown)
    listed.host.page(listed.column, body(years[0]))
    return listed.column


def _by_tabs(listed: Listed) -> str:
    tabs = "".join(f'<li class="tab" onclick="go({y})">{y}年</li>' for y in _years(listed.rows))
    return _chosen_by_script(listed, f"<ul>{tabs}</ul>")


def _by_select(listed: Listed) -> str:
    options = "".join(f'<option value="{y}">{y}年</option>' for y in _years(listed.rows))
    return _chosen_by_script(listed, f'<select onchange="go(this.value)">{options}</select>')


def _chosen_by_script(listed: Listed, control: str) -> str:
    api = f"{listed.column}api"

    def asked_for(asked: Asked) -> Answer | None:
        if asked.path != api:
            return None
        return _json(listed, _of_year(listed.rows, int(asked.query.get("year") or 0)))

    listed.host.routes.append(asked_for)
    first = (_years(listed.rows) or [0])[0]
    script = _script(listed, f"'{api}?year='+n", grows=False, first=first)
    text = f'{control}<ul id="rows"></ul>{listed.beside}{script}'
    listed.host.page(listed.column, page(text, listed.name))
    return listed.column


_BY_YEAR: dict[str, Callable[[Listed], str]] = {
    "years": _by_folders,
    "form": _by_form,
    "tabs": _by_tabs,
    "select": _by_select,
}


# -- rows that a script paints ----------------------------------------------------------------


def _json(listed: Listed, part: Sequence[Row]) -> Answer:
    opens = listed.traits.opens
    rows = [
        {"title": r.title, "date": r.date, "b": r.before, "k": r.key, "s": r.behind}
        if opens in {"call", "listener"}
        else {"title": r.title, "url": r.path, "date": r.date}
        for r in part
    ]
    data = {"total": len(listed.rows), "list": rows}
    return Answer(body=json.dumps(data).encode(), content_type="application/json")


_PAINT = {
    "href": """<li><a href="'+x.url+'">'+x.title+'</a><span>'+x.date+'</span></li>""",
    "onclick": """<li onclick="window.open(\\''+x.url+'\\')">'+x.title+'<span>'+x.date+'</span></li>""",
    "data": """<li class="go" data-url="'+x.url+'">'+x.title+'<span>'+x.date+'</span></li>""",
}
_PAINT_ELEMENT = """var e=document.createElement('li');e.textContent=x.title+' '+x.date;
e.style.cursor='pointer';e.onclick=function(){OPEN};box.appendChild(e);"""


def _script(listed: Listed, asks: str, *, grows: bool, first: int = 1, more: str = "") -> str:
    """Return the script of a painted list; ``go(n)`` asks for its n-th page."""
    opens = listed.traits.opens
    if opens in {"call", "listener"}:
        to = "x.b+x.k+x.s"
        code = f"window.open({to})" if opens == "call" else f"location.href={to}"
        each = _PAINT_ELEMENT.replace("OPEN", code)
    else:
        each = f"box.insertAdjacentHTML('beforeend','{_PAINT[opens]}');"
    clear = "" if grows else "box.innerHTML='';"
    wait = 300 if listed.traits.late else 0
    follow = """document.addEventListener('click',function(e){var g=e.target.closest('.go');
if(g)location.href=g.getAttribute('data-url')});"""
    return f"""<script>var at=1,got=0,busy=false;function go(n){{at=n;busy=true;fetch({asks}).then(r=>r.json()).then(d=>
setTimeout(function(){{var box=document.getElementById('rows');{clear}d.list.forEach(x=>{{{each}}});
got=d.list.length;busy=false;}},{wait}))}}{more}{follow if opens == "data" else ""}go({first});</script>"""


def _painted(listed: Listed, pager: str, *, post: bool) -> str:
    """Put a list that a script paints from JSON; presses or scrolling call the script."""
    size = len(listed.rows) or 1
    if pager != "one":
        size = listed.traits.size
    api, pages = f"{listed.column}api", len(cut(listed.rows, size))

    def asked_for(asked: Asked) -> Answer | None:
        if asked.path != api or (asked.method == "POST") != post:
            return None
        start = int(json.loads(asked.body)["start"]) if post else 0
        n = int(asked.query.get("page") or 1)
        start = start if post else (n - 1) * size
        return _json(listed, listed.rows[start : start + size])

    asks = f"'{api}?page='+n"
    if post:
        sent = f"JSON.stringify({{code:'nb',start:(n-1)*{size}}})"
        kind = "{'Content-Type':'application/json'}"
        asks = f"'{api}',{{method:'POST',headers:{kind},body:{sent}}}"
    control, more = _CONTROLS[pager](pages, size)
    script = _script(listed, asks, grows=pager in {"more", "scroll"}, more=more)
    listed.host.routes.append(asked_for)
    text = f'<ul id="rows"></ul>{listed.total}{control}{listed.beside}{script}'
    listed.host.page(listed.column, page(text, listed.name))
    return listed.column


def _numbers(pages: int, size: int) -> tuple[str, str]:
    del size
    links = "".join(f'<a href="javascript:go({n})">{n}</a> ' for n in range(1, pages + 1))
    return links, ""


def _next(pages: int, size: int) -> tuple[str, str]:
    del size
    on = f"document.getElementById('on').addEventListener('click',()=>{{if(at<{pages})go(at+1)}});"
    return '<a href="javascript:void(0)" id="on">下一页</a>', on


def _more(pages: int, size: int) -> tuple[str, str]:
    del pages, size
    return '<button onclick="go(at+1)">加载更多</button>', ""


def _scroll(pages: int, size: int) -> tuple[str, str]:
    del pages
    code = f"""window.addEventListener('scroll',()=>{{if(!busy&&got>={size}
&&innerHeight+scrollY>=document.body.offsetHeight-200)go(at+1)}});"""
    style = "<style>#rows li{height:200px}</style>"
    return f"{style}<p>下拉加载</p>", code


def _jump(pages: int, size: int) -> tuple[str, str]:
    del size
    options = "".join(f'<option value="{n}">{n}</option>' for n in range(1, pages + 1))
    return f'第<select onchange="go(+this.value)">{options}</select>页', ""


_CONTROLS: dict[str, Callable[[int, int], tuple[str, str]]] = {
    "one": lambda pages, size: ("", ""),
    "numbers": _numbers,
    "next": _next,
    "more": _more,
    "scroll": _scroll,
    "jump": _jump,
}
