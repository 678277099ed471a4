"""What stands around a page's own text on a portal: tags, menu, breadcrumb, share bar, footer.

All of it is noise to a reader of reports, and all of it is on real pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from crawler.demo.world import Division

Crumb = tuple[str, str]
"""Text and address of one step of a breadcrumb."""


@dataclass(slots=True, frozen=True)
class Chrome:
    """The frame of one portal's pages.

    ``body_box``: the attributes of the element around an article's text, which differ by vendor.
    """

    division: Division
    landing: str
    """Address of 政务公开."""
    platform: str
    """Address of 政府信息公开."""
    column: str
    """Address of 政府信息公开年报."""
    body_box: str = 'class="TRS_Editor"'
    meta_charset: bool = True

    @property
    def site_name(self) -> str:
        """The portal's own name."""
        return f"{self.division.government}门户网站"

    def _tags(self, tags: Mapping[str, str]) -> str:
        both = {
            "SiteName": self.site_name,
            "SiteDomain": f"www.{self.division.code}.gov.test",
            "SiteIDCode": f"{self.division.code}0001",
            **tags,
        }
        return "\n".join(
            f'<meta name="{name}" content="{escape(value)}">' for name, value in both.items()
        )

    def page(
        self,
        title: str,
        main: str,
        *,
        crumbs: Sequence[Crumb] = (),
        tags: Mapping[str, str] | None = None,
        head: str = "",
    ) -> str:
        """Return a whole page with ``main`` in its middle."""
        charset = '<meta charset="utf-8">' if self.meta_charset else ""
        menu = "".join(
            f'<li><a href="{href}">{text}</a></li>'
            for text, href in (
                ("首页", "/"),
                (f"走进{self.division.name[:-1]}", "/zjqy/"),
                ("政务公开", self.landing),
                ("办事服务", "/bsfw/"),
                ("互动交流", "/hdjl/"),
            )
        )
        path = " &gt; ".join(
            f'<a href="{href}">{text}</a>' for text, href in (("首页", "/"), *crumbs)
        )
        where = f'<div class="position">当前位置：{path}</div>' if crumbs else ""
        return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{charset}
<title>{escape(title)}_{self.site_name}</title>
{self._tags(tags or {})}
{head}</head>
<body>
<div class="top">今天是个好日子，欢迎访问{self.site_name}
<a href="javascript:void(0)">无障碍浏览</a>
<a href="javascript:void(0)" onclick="return false">繁體</a></div>
<div class="nav"><ul>{menu}</ul></div>
{where}
<div class="main">
{main}
</div>
<div class="links"><select onchange="window.open(this.value)">
<option value="http://www.lanzhousheng.gov.test/">岚州省人民政府</option></select></div>
<div class="footer">主办单位：{self.division.government}　承办单位：{self.division.government}办公室
<br>网站标识码：{self.division.code}0001　岚ICP备00000000号
<br><a href="/wzdt.html">网站地图</a> | <a href="/lxwm.html">联系我们</a></div>
</body></html>
"""

    def article(
        self,
        title: str,
        text: str,
        *,
        date: str,
        source: str,
        crumbs: Sequence[Crumb] = (),
        number: str = "",
        extra: str = "",
    ) -> str:
        """Return an article page: index table, title, share bar, text, neighbours."""
        index = (
            '<table class="index"><tr><td>索引号</td><td>'
            f"{number or '00990000/' + date[:4] + '-00017'}</td>"
            f"<td>发布机构</td><td>{source}</td></tr>"
            f"<tr><td>发布日期</td><td>{date}</td><td>公开方式</td><td>主动公开</td></tr></table>"
        )
        main = f"""{index}
<h1 class="title">{escape(title)}</h1>
<div class="info">发布时间：{date} 09:30　来源：{source}　浏览次数：<span id="hits">218</span>次
字体：【<a href="javascript:void(0)">大</a> <a href="javascript:void(0)">小</a>】
<a href="javascript:window.print()">打印</a></div>
<div {self.body_box}>
{text}
</div>
<div class="share">分享到：<a href="javascript:void(0)">微信</a>
<a href="javascript:void(0)">微博</a></div>
{extra}
<div class="related"><h3>相关阅读</h3><ul><li><a href="/xw/1.html">河道清淤工程年底完工</a></li>
<li><a href="/xw/2.html">全民健身中心开放时间调整</a></li></ul></div>"""
        tags = {
            "ArticleTitle": title,
            "PubDate": f"{date} 09:30",
            "ContentSource": source,
            "ColumnName": crumbs[-1][0] if crumbs else "",
            "ColumnType": "政府信息公开",
        }
        return self.page(title, main, crumbs=crumbs, tags=tags)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Return the breadcrumb of the annual-report column."""
        return (
            ("政务公开", self.landing),
            ("政府信息公开", self.platform),
            ("政府信息公开年报", self.column),
        )

    def menu(self) -> str:
        """Return the five entries every 政府信息公开 platform has."""
        base = self.platform
        items = (
            ("政府信息公开指南", f"{base}zhinan/"),
            ("政府信息公开制度", f"{base}zhidu/"),
            ("法定主动公开内容", f"{base}fdzdgknr/"),
            ("政府信息公开年报", self.column),
            ("依申请公开", f"{base}ysqgk/"),
        )
        return (
            '<ul class="left">'
            + "".join(
                f'<li><a href="{href}" title="{text}">{text}</a></li>' for text, href in items
            )
            + "</ul>"
        )
