"""Own sentences: report bodies, news, titles of look-alikes."""
from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from .grids import Grid, annex, table_four, table_three, table_two

Block = tuple[str, object]  # ("h", text), ("p", text), ("t", Grid)

_OPEN = ["本报告依照《中华人民共和国政府信息公开条例》的要求，由{o}编写，所列数据统计期限自{y}年1月1日起，至{y}年12月31日止。",
         "根据《中华人民共和国政府信息公开条例》规定，现将{o}{y}年度政府信息公开工作情况向社会公布，统计时间为{y}年全年。"]
_DO = ["全年通过门户网站发布各类信息{a}条，其中政策文件{b}件，配发解读材料{c}篇。",
       "{y}年，我们把群众最常问的{c}类事项重新梳理成清单，网站累计更新{a}条。",
       "政务新媒体全年推送{a}条，回应留言{b}条，平均办结时间较上年缩短。",
       "公报室全年编印公报{c}期，免费放置在便民大厅和乡镇服务点供取阅。"]
_ASK = ["申请渠道保持畅通，工作人员对每一件申请登记、补正、答复全程留痕。",
        "对内容不清的申请先电话沟通，再出具书面答复，减少了往返。"]
_MORE = ["我们对历史文件做了一次清理，失效的标注失效，仍有效的补上索引。",
         "平台改版后栏目层级减少，查找路径更短，移动端也能正常浏览。",
         "全年组织培训{c}场，参训人员{b}人次，并对各单位开展季度抽查。"]
_BAD = ["一些单位更新不够及时，解读形式偏单一；下一步将按月提醒、按季通报，并增加图表和问答。",
        "基层人手紧，公开内容深浅不一；今后将编写样例，送教上门，逐项改进。"]
_END = ["本年度未收取信息处理费，没有其他需要报告的事项。", "按照信息处理费管理办法，本年度收费为零，无其他事项。"]

DEPARTMENTS = ["发展和改革局", "教育体育局", "民政局", "财政局", "自然资源局", "农业农村局", "水利局", "卫生健康局",
               "审计局", "市场监督管理局", "统计局", "交通运输局"]
TOWNS = ["柏林镇", "上河乡", "石桥街道", "东坪镇", "梅岭乡", "新集镇"]
NEWS = ["{s}召开重点项目推进会", "{s}开展春季义务植树活动", "{s}发布防汛值守安排", "{s}举办农产品展销周",
        "{s}第三季度经济运行情况通报", "{s}新增两条城乡公交线路", "{s}启动老旧小区改造", "{s}举行消防应急演练",
        "{s}中小学秋季学期开学工作就绪", "{s}公布便民服务热线调整通知", "{s}图书馆延长夜间开放时间", "{s}河长巡河工作简讯"]


@dataclass(frozen=True)
class Doc:
    """A report as a list of blocks, ready for any carrier."""

    title: str
    organ: str
    date: str
    blocks: tuple[Block, ...]


def report(rng: random.Random, organ: str, year: int, title: str, date: str) -> Doc:
    """A whole report in the shape of its year."""
    def say(pool: list[str]) -> str:
        return rng.choice(pool).format(o=organ, y=year, a=rng.randint(600, 5200), b=rng.randint(12, 260), c=rng.randint(3, 48))

    blocks: list[Block] = [("p", say(_OPEN))]
    if year >= 2019:
        three, new, carried = table_three(rng, year)
        blocks += [("h", "一、总体情况"), ("p", "（一）主动公开。" + say(_DO)),
                   ("p", f"（二）依申请公开。{year}年{organ}新收政府信息公开申请{new}件，上年结转{carried}件。" + say(_ASK)),
                   ("p", "（三）政府信息管理与平台建设。" + say(_MORE)), ("p", "（四）监督保障。" + say(_MORE)),
                   ("h", "二、主动公开政府信息情况"), ("t", table_two(rng, year)),
                   ("h", "三、收到和处理政府信息公开申请情况"), ("t", three),
                   ("h", "四、政府信息公开行政复议、行政诉讼情况"), ("t", table_four(rng)),
                   ("h", "五、存在的主要问题及改进情况"), ("p", say(_BAD)),
                   ("h", "六、其他需要报告的事项"), ("p", say(_END))]
    else:
        n = rng.randint(2, 30)
        blocks += [("h", "一、概述"), ("p", f"{year}年，{organ}按照条例要求推进政府信息公开工作。" + say(_MORE)),
                   ("h", "二、主动公开政府信息情况"), ("p", say(_DO)), ("p", say(_DO)),
                   ("h", "三、依申请公开政府信息和不予公开政府信息情况"),
                   ("p", f"全年共收到政府信息公开申请{n}件，均在规定时限内答复，其中同意公开{n - 1}件，信息不存在1件。"),
                   ("h", "四、政府信息公开的收费及减免情况"), ("p", "检索、复制等费用一律减免，全年没有收费。"),
                   ("h", "五、因政府信息公开申请行政复议、提起行政诉讼的情况"), ("p", "全年没有因政府信息公开引起的行政复议和行政诉讼。"),
                   ("h", "六、存在的主要问题和改进措施"), ("p", say(_BAD))]
        if year >= 2014:
            blocks += [("h", "附表：政府信息公开情况统计表"), ("t", annex(rng))]
    blocks += [("p", organ), ("p", date)]
    return Doc(title, organ, date, tuple(blocks))


def grid_html(grid: Grid, attrs: str = 'border="1" cellspacing="0" cellpadding="3"') -> str:
    """A grid as an HTML table."""
    rows = []
    for row in grid:
        cells = "".join(
            f"<td{f' colspan={chr(34)}{c.cols}{chr(34)}' if c.cols > 1 else ''}"
            f"{f' rowspan={chr(34)}{c.rows}{chr(34)}' if c.rows > 1 else ''}>{escape(c.text, False)}</td>" for c in row)
        rows.append(f"<tr>{cells}</tr>")
    return f"<table {attrs}>" + "\n".join(rows) + "</table>"


def doc_html(doc: Doc) -> str:
    """The body of a report as HTML."""
    out = []
    for kind, what in doc.blocks:
        if kind == "t":
            out.append(grid_html(what))  # type: ignore[arg-type]
        elif kind == "h":
            out.append(f"<p><strong>{escape(str(what))}</strong></p>")
        else:
            out.append(f"<p>　　{escape(str(what))}</p>")
    return "\n".join(out)


def news_text(rng: random.Random, place: str, title: str) -> str:
    """The body of a piece of news."""
    lines = [f"近日，{place}有关部门就“{title}”作出安排，要求责任到人、按时完成。",
             f"活动现场共有{rng.randint(20, 300)}人参加，{rng.randint(2, 9)}个单位介绍了做法。",
             "下一步，相关单位将把发现的问题列成清单，逐项销号，并及时向群众反馈。"]
    return "".join(f"<p>　　{x}</p>" for x in lines)
