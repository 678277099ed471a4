"""Sentences around the tables; all made up for this world."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .places import Organ
from .sheet import Sheet, plain


@dataclass(slots=True)
class Telling:
    """What the words around the tables say, and how."""

    organ: Organ
    year: int
    said: str  # how the organ is named in the opening ("" = not at all)
    period: str  # the sentence on the period ("" = none)
    cites: str = ""  # notices cited in the opening
    numbers: bool = True
    stale: bool = False
    timeless: bool = False  # no year anywhere in the words


def period_sentence(rng: random.Random, year: int) -> str:
    """The reporting period in full."""
    return rng.choice(
        (
            f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
            f"报告中数据统计时间为{year}年1月1日至{year}年12月31日。",
            f"除另有说明外,统计数据均截至{year}年12月31日,起算日为{year}年1月1日。",
        )
    )


def damaged_period(rng: random.Random, year: int) -> str:
    """The period as it comes out damaged."""
    return rng.choice(
        (
            f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月21日止。",
            f"本报告统计期限为{year}11日至{year}1231日。",
            f"数据统计期限自  {year} 年  1  月  1  日起至  {year}  年 12 月31  日止。",
            f"统计期限:{year}年l月1日—{year}年12月3l日。",
        )
    )


def opening(rng: random.Random, t: Telling, modern: bool) -> str:
    """The first paragraph."""
    law = "《中华人民共和国政府信息公开条例》"
    if modern:
        law += rng.choice(("(国务院令第711号)", "(2019年修订)", "", "第五十条"))
    who = f"{t.said}" if t.said else "本机关"
    text = rng.choice(
        (
            f"按照{law}{t.cites}的要求,{who}编制了这份年度报告。",
            f"根据{law}{t.cites}有关规定,现由{who}向社会公布本年度报告。",
            f"这份报告依据{law}{t.cites}编写,{'由' + t.said + '发布' if t.said else '现予公布'}。",
        )
    )
    return text + t.period


_ACTIONS = (
    "主动向社会公开了财政预决算、重点项目、民生实事等方面的信息",
    "对门户网站栏目作了一次全面梳理,合并长期不更新的栏目",
    "坚持先审后发,落实保密审查和三审三校",
    "组织开展了政务公开专题培训,参训人员覆盖各科室",
    "在政务服务大厅设立公开专区,方便群众查阅、办事",
    "对政策文件做到解读与文件同步起草、同步审签、同步发布",
    "规范依申请公开的登记、办理、答复流程",
    "把信息公开纳入年度目标考核,按季度通报",
    "借助网站、公示栏、广播等渠道扩大公开的覆盖面",
    "邀请群众代表走进机关,听取意见建议",
    "对历史规范性文件逐件清理,及时标注有效性",
    "明确一名班子成员分管、一名专人负责",
)
_TOPICS = ("主动公开方面", "依申请公开方面", "信息管理方面", "平台建设方面")
_PROBLEMS = (
    "公开的内容还不够丰富",
    "个别单位对公开工作认识不足",
    "政策解读形式较为单一",
    "业务人员变动较快,专业能力有待提高",
    "栏目更新不够及时",
    "依申请公开答复的规范性还需加强",
)
_PLANS = (
    "加强业务培训,提升队伍能力",
    "丰富图文、视频等解读形式",
    "健全内部会商和审核机制",
    "加大督促检查力度,补齐短板",
    "完善平台功能,优化检索体验",
)


def overview(rng: random.Random, t: Telling, sheet: Sheet | None) -> list[str]:
    """Section one."""
    picks = rng.sample(_ACTIONS, rng.randint(3, 5))
    numbered = rng.random() < 0.4
    place = t.organ.we
    paragraphs = [
        f"{t.year}年,{place}{';'.join(picks[:2])}。"
        if t.said and not t.timeless
        else f"一年来,{';'.join(picks[:2])}。"
    ]
    paragraphs += [
        f"({'一二三四'[i]}){_TOPICS[i]}。{p}。" if numbered else f"{p}。"
        for i, p in enumerate(picks[2:])
    ]
    if t.organ.scope == "aggregate" and t.said:
        paragraphs.append(
            rng.choice(
                (
                    f"本报告数据由全{t.organ.place.we}各级行政机关汇总而成。",
                    f"报告综合了全{t.organ.place.we}各部门、各基层单位的情况编制而成。",
                )
            )
        )
    if sheet and t.numbers and sheet.t3:
        n = sheet.slots["t3_new_received__total"]
        if n.figure == n.meant and n.legible:
            paragraphs.append(
                f"全年新收政府信息公开申请{plain(n.meant)}件。"
                if n.meant
                else "全年没有收到政府信息公开申请。"
            )
    if t.stale:
        paragraphs.append(
            f"与{t.year - 1}年相比,主动公开数量增长{rng.randint(2, 40)}%;{t.year - 1}年公开工作中发现的问题已基本整改到位。"
        )
    return paragraphs


def problems(rng: random.Random) -> list[str]:
    """Section five."""
    return [
        f"存在的不足:{';'.join(rng.sample(_PROBLEMS, 2))}。",
        f"下一步打算:{';'.join(rng.sample(_PLANS, 2))}。",
    ]


def others(rng: random.Random, t: Telling, modern: bool) -> list[str]:
    """Section six."""
    if modern:
        return [
            rng.choice(
                (
                    "本年度未收取信息处理费。",
                    "没有其他需要报告的事项。",
                    "按照规定计收信息处理费的情况:全年未发生。",
                )
            )
        ]
    return ["无其他需要说明的事项。"]


def old_prose(rng: random.Random, t: Telling) -> list[tuple[str, list[str]]]:
    """A report of 2008-2018 in six short parts."""
    n = rng.choice((0, rng.randint(1, 9), rng.randint(10, 300)))
    items = rng.randint(20, 6000)
    return [
        (
            "一、概述",
            [
                f"{t.year}年,{t.organ.we}把信息公开作为转变作风的一项工作来抓,{rng.choice(_ACTIONS)}。"
            ],
        ),
        (
            "二、主动公开政府信息的情况",
            [f"全年主动公开政府信息{items}条,其中通过网站公开{items * 2 // 3}条。"],
        ),
        (
            "三、依申请公开政府信息和不予公开政府信息的情况",
            [f"全年共收到公开申请{n}件,均已按期答复。" if n else "全年没有收到公开申请。"],
        ),
        ("四、政府信息公开的收费及减免情况", ["没有收取任何费用。"]),
        (
            "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
            [
                "没有发生行政复议和行政诉讼。"
                if n < 20
                else f"发生行政复议{n // 20}件,行政诉讼0件。"
            ],
        ),
        ("六、存在的主要问题及改进情况", problems(rng)),
    ]


CITES_LAW = (
    "、《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》(国办公开办函〔2021〕30号)",
    "和国办公开办函〔2021〕30号文件",
    "、《政府信息公开信息处理费管理办法》(国办函〔2020〕109号)",
)
CITES_LAW_2019 = (
    "、《关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2019〕60号)",
    "和国办公开办函〔2019〕60号文件",
)
