"""The thirty portals."""
from __future__ import annotations

from . import scripted as d
from . import static_pages as s
from .site import Spec

CX, DS, CP, HY, LH = "澄溪市", "黛山市", "苍浦市", "禾阳市", "岚河市"

SPECS: tuple[Spec, ...] = (
    Spec("996100", "澄溪市", CX, s.chengxi, ("TRS tree", "hover menu", "createPageHTML pager by a script file (0-based)", "mixed organs, six pages", "column known"), level="prefecture"),
    Spec("996121", "青萝县", CX, s.qingluo, ("Kaipu static list", "titles cut with an ellipsis", "pager by script (1-based)", "clone host in the home page", "look-alike 网站年度报表"), ("www", "clone"), skin=1, titles=1),
    Spec("996122", "柳荫县", CX, d.liuyin, ("Hanweb datastore in a script element", "dataproxy by POST obeys page alone", "pager drawn by script"), skin=2),
    Spec("996123", "石磴区", CX, s.shideng, ("VSB reversed page numbers", "bare rows 2018年", "climbing links", "soft 404, also for robots.txt"), skin=3, titles=2),
    Spec("996124", "白苇市", CX, d.baiwei, ("gkmlpt hash application", "JSON painted by script", "protocol-relative links"), skin=0, titles=1),
    Spec("996221", "鹤汀县", DS, d.heting, ("Lonsun type=3 fragments with a random parameter", "office is another organ under 部门信息公开", "look-alike office 县金融工作办公室"), skin=1),
    Spec("996222", "桐坪县", DS, s.tongping, ("openness controllers", "521 page that sets a cookie and reloads", "column named 政府年报"), skin=2, titles=3),
    Spec("996223", "霁川区", DS, s.jichuan, ("addresses without extension", "pager of an arrow », ?page=N", "rows that redirect", "column 公开工作年报", "2012 and 2014 missing at the source"), skin=3, titles=4),
    Spec("996224", "麦垄县", DS, s.mailong, ("select of years with onchange", "row links with a changing ?t=", "column 年度报告"), skin=0),
    Spec("996225", "双榆县", DS, d.shuangyu, ("tabs of years by onclick and POST", "nasty"), skin=1, titles=2),
    Spec("996226", "临沄区", DS, s.linyi, ("column on the city's platform host", "organs' folders by number", "location.href stub", "office in its own folder"), ("www", "plat"), skin=2),
    Spec("996321", "紫荻县", CP, s.zidi, ("frameset", "GBK", "numbered pager", "whole reports alone"), skin=1, titles=3),
    Spec("996322", "银杏坝区", CP, s.yinxing, ("image map at home", "icon links with alt", "column 年报公开", "2025 not yet published"), skin=3, ok=False),
    Spec("996323", "雁洲县", CP, s.yanzhou, ("menu drawn by a script file, ?t= addresses", "pager by document.write", "column 历年年报", "partial robots.txt"), skin=0, titles=1),
    Spec("996324", "沙棠县", CP, d.shatang, ("加载更多 button", "JSON", "column 政府年报"), skin=2),
    Spec("996325", "望潮市", CP, d.wangchao, ("endless scroll with a cursor", "nasty"), skin=3, titles=2),
    Spec("996326", "竹岐县", CP, d.zhuqi, ("queryList by POST", "addresses made by script", "法定主动公开内容 > 工作年报"), skin=0, titles=3),
    Spec("996400", "禾阳市", HY, s.heyang, ("archive host for 2008-2015", "span of years in a link", "column known"), ("www", "archive"), level="prefecture", skin=1),
    Spec("996421", "蓝田坞县", HY, s.lantian, ("one column a year", "registry knows one year's folder", "2025 under a folder named 2020"), skin=2, titles=4),
    Spec("996422", "枫桥岭县", HY, s.fengqiao, ("column redirects to the newest report", "years at the left of each report"), skin=3),
    Spec("996423", "杏坞县", HY, s.xingwu, ("attachments alone: PDF, DOCX", "rows straight to files", "column 公开年度报告"), skin=0, titles=1),
    Spec("996424", "暮云区", HY, s.muyun, ("PDF viewer in an iframe", "names broken by <br>", "whole reports alone"), skin=1),
    Spec("996425", "冷杉县", HY, s.lengshan, ("no annual reports at all", "empty column", "look-alikes"), skin=2, ok=False),
    Spec("996500", "岚河市", LH, d.lanhe, ("JPAAS unit with paramJson", "Referer needed", "pager in the answer"), level="prefecture", skin=3),
    Spec("996521", "古槐县", LH, s.guhuai, ("host moved, old one answers 301 to the new home", "历史年报 beside 公开年度报告", "bare rows 2015年度"), ("www", "new"), skin=0, titles=2),
    Spec("996522", "南湾县", LH, s.nanwan, ("empty first answer of the column", "502 once on every third page", "slow", "n/c addresses"), skin=1),
    Spec("996523", "银溆县", LH, d.yinxu, ("WebForms __doPostBack with a view state", "addresses without date", "nasty"), skin=2, titles=1),
    Spec("996524", "茶磨区", LH, s.chamo, ("tree of organs inside an iframe, zNodes inline", "sibling files", "office a node of its own"), skin=3),
    Spec("996525", "鹿鸣县", LH, s.luming, ("office under 部门信息公开 > 县政府办公室, five clicks", "old column of the same name beside the new"), skin=0),
    Spec("996526", "孤屿县", LH, d.guyu, ("menu of javascript:getMainData('ndbg') and POST", "jsessionid in addresses", "nasty"), skin=1, titles=3),
)
