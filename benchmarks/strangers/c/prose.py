"""Sentences of reports: written for this world, filled with the figures the office meant."""

from __future__ import annotations

import random

from . import fields as F
from .draft import Draft
from .grid import Block

_DIGITS = "〇一二三四五六七八九"


def chinese_year(year: int) -> str:
    """二〇二三 for 2023."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def title_of(rng: random.Random, name: str, year: int) -> str:
    """One of the usual titles."""
    return rng.choice((
        f"{name}{year}年政府信息公开工作年度报告", f"{name}{year}年政府信息公开工作年度报告", f"{name}{year}年政府信息公开工作年度报告",
        f"{name}{year}年度政府信息公开工作报告", f"{year}年{name}政府信息公开工作年度报告", f"{name}政府信息公开工作年度报告({year}年度)",
        f"{name}{year}年政府信息公开年度报告", f"{name}{year}年政府信息公开工作年报"))


_PUBLIC = (
    "围绕群众关心的事项,把该公开的内容按时放到网上,全年没有出现应公开未公开的情形。",
    "梳理公开事项清单,逐条明确由谁公开、什么时候公开、在哪里公开。",
    "门户网站专栏全年更新稳定,重大决策草案均先行征求意见后再提交审议。",
    "把政策文件的解读材料与文件同步准备、同步上网,便于群众看得懂、用得上。",
    "财政资金、民生工程、招标采购等方面的信息按季度更新。",
)
_REQUEST = (
    "接到申请后当日登记,专人跟办,答复文书由法制人员把关。",
    "对内容不够清楚的申请,先电话联系申请人弄清需要,再作书面答复。",
    "办理过程留痕,答复均在法定期限内发出。",
)
_MANAGE = (
    "公文起草时即标明公开属性,定稿前再核一遍。",
    "对历年文件做了一次清理,已经失效的在网上注明。",
    "上网前由起草人、科室负责人、分管领导依次审看。",
)
_PLATFORM = (
    "网站栏目按统一样式调整,查找文件比过去少点两次。",
    "在政务大厅设了查阅点,备有电脑和纸质汇编。",
    "微信公众号与网站同步推送,内容保持一致。",
)
_WATCH = (
    "年内开展了两次自查,发现的错链和错字已改正。",
    "把公开工作列入年终考评,占比不低于百分之四。",
    "没有因公开工作被追究责任的人员。",
)
_PROBLEMS = (
    "一是个别科室对公开工作重视不够,报送材料偏晚;二是解读形式较单一,图表和短视频少。",
    "主要不足是队伍不稳定,新接手的同志业务还不熟;部分栏目更新间隔偏长。",
    "目前仍存在公开内容不够细、与群众互动偏少等问题。",
)
_PLANS = (
    "下一步将按月检查更新情况,组织业务培训,并把常见申请的答复口径整理成册。",
    "今后将充实力量,细化目录,让文件找得到、看得懂。",
    "接下来将请业务骨干授课,对照清单补齐缺项,改进解读方式。",
)
_OTHER = (
    "本年度未收取信息处理费。",
    "按照规定的收费办法,本年度没有发生信息处理费。",
    "无其他需要报告的事项。",
)
LAWS = (
    "本报告依照《中华人民共和国政府信息公开条例》(国务院令第711号)第五十条的要求写成。",
    "根据《中华人民共和国政府信息公开条例》和国务院办公厅印发的格式规定(国办公开办函〔2021〕30号),现公布本年度报告。",
    "依据2019年5月15日起施行的《中华人民共和国政府信息公开条例》以及《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》,编制本报告。",
)
OLD_LAWS = (
    "按照2008年5月1日起施行的《中华人民共和国政府信息公开条例》(国务院令第492号)的要求,编写本报告。",
    "根据《中华人民共和国政府信息公开条例》及上级有关通知,现将全年情况报告如下。",
)


def period(d: Draft, year: int | None = None) -> str:
    """The sentence that names the period."""
    y = year or d.year
    return d.rng.choice((f"本报告中所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。",
                         f"报告所用数字统计时间为{y}年1月1日至{y}年12月31日。"))


def contact(d: Draft) -> str:
    """Where readers may turn."""
    number = f"{d.rng.randint(200, 899)}{d.rng.randint(1000, 9999)}"
    return f"如对本报告有疑问,请与{d.organ.full}联系(电话:{number})。"


def _we(d: Draft) -> str:
    return d.organ.place.whole + "各级各部门" if d.organ.scope == "aggregate" else d.organ.we


def first_part(d: Draft) -> list[str]:
    """Section one in two to five paragraphs, with a few figures that agree with the tables as meant."""
    rng, we = d.rng, _we(d)
    out = [f"{d.year}年,{we}认真落实政府信息公开各项要求,总体平稳有序。"]
    out.append("(一)主动公开。" + rng.choice(_PUBLIC) + (f"全年通过网站发布信息{rng.randint(40, 4000)}条。" if rng.random() < 0.6 else ""))
    text = "(二)依申请公开。"
    if d.three_era and rng.random() < 0.7:
        got, before = (int(d.meant[F.t3(row, "total")]) for row in ("new_received", "carried_in"))
        text += f"全年新收到申请{got}件" + (f",另有上年结转{before}件" if before else "") + "。" if got else "全年未收到新的申请。"
    out.append(text + rng.choice(_REQUEST))
    if rng.random() < 0.7:
        out.append("(三)政府信息管理。" + rng.choice(_MANAGE))
        out.append("(四)平台建设。" + rng.choice(_PLATFORM))
        out.append("(五)监督保障。" + rng.choice(_WATCH))
    return out


def problems(d: Draft) -> list[str]:
    """Section five."""
    return [d.rng.choice(_PROBLEMS), d.rng.choice(_PLANS)]


def other(d: Draft) -> list[str]:
    """Section six."""
    return [d.rng.choice(_OTHER)]


def old_prose(d: Draft, short: bool) -> list[Block]:
    """A report of 2008-2018 without tables (or the text before its annex)."""
    rng, we = d.rng, _we(d)
    web = rng.randint(20, 3000)
    asked = int(d.meant.get("a14_app_total", d.meant.get("s08_app_total", d.meant.get("f08_received_total", rng.choice((0, 0, rng.randint(1, 60)))))))
    done = f"全年收到公开申请{asked}件,均已按期答复。" if asked else "全年没有收到公开申请。"
    parts = [
        ("概述", f"{d.year}年,{we}按照上级部署推进政府信息公开,明确了分管领导和具体承办人员。"),
        ("主动公开政府信息的情况", f"全年在网站公开各类信息{web}条,公告栏张贴{rng.randint(5, 80)}期。" + rng.choice(_PUBLIC)),
        ("依申请公开政府信息的情况", done),
        ("收费及减免情况", "全年未收取任何费用。"),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", "未发生。" if asked < 20 else "有关情况见附表。" if d.form else "未发生行政复议和行政诉讼。"),
        ("存在的主要问题和改进情况", rng.choice(_PROBLEMS) + rng.choice(_PLANS)),
    ]
    if short:
        return [Block("p", f"{'一二三四五六'[at]}、{head}。{text}") for at, (head, text) in enumerate(parts)]
    out: list[Block] = []
    for at, (head, text) in enumerate(parts):
        out += [Block("h2", f"{'一二三四五六'[at]}、{head}"), Block("p", text)]
    return out


HEADINGS = (
    ("一、总体情况", "一、总体情况"),
    ("二、主动公开政府信息情况", "二、行政机关主动公开政府信息情况"),
    ("三、收到和处理政府信息公开申请情况", "三、行政机关收到和处理政府信息公开申请情况"),
    ("四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
    ("六、其他需要报告的事项", "六、其他需要报告的事项"),
)


def heading(d: Draft, part: int) -> str:
    """The heading of a part."""
    return HEADINGS[part - 1][d.rng.random() < 0.2]


def day_after(d: Draft) -> tuple[int, int, int]:
    """The date of publication, in the first months of the next year."""
    return d.year + 1, d.rng.randint(1, 3), d.rng.randint(3, 28)
