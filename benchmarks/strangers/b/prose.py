"""Titles, openings, paragraphs and signatures, in this world's own words."""

from __future__ import annotations

from random import Random

from .model import Block, Table
from .places import Place, initials, parent
from .plan import Plan

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def year_text(plan: Plan, year: int | None = None) -> str:
    """2023年 as this office writes it."""
    n = str(year or plan.year)
    match plan.year_style:
        case "chinese":
            return "".join("〇一二三四五六七八九"[int(d)] for d in n) + "年"
        case "full":
            return n.translate(_FULL) + "年"
        case "letter":
            return n.replace("0", "O") + "年"
        case "spaced":
            return f"{n} 年"
        case "niandu":
            return n + "年度"
        case _:
            return n + "年"


def prefixed(plan: Plan, name: str) -> str:
    """The name with the city before it."""
    above = parent(plan.organ.place)
    if above and above.level == "prefecture" and plan.organ.place.level == "county" and not name.startswith("国家"):
        return above.name + name
    return name


def full_name(plan: Plan) -> str:
    """The organ as printed in full."""
    return prefixed(plan, plan.organ.full) if plan.prefix else plan.organ.full


_TAILS = ("政府信息公开工作年度报告", "政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作报告", "政府信息公开工作年报")


def title(plan: Plan, rng: Random) -> str:
    """The report's title (a newline where it is set in lines)."""
    tail = rng.choice(_TAILS)
    year, name = year_text(plan), full_name(plan)
    match plan.title_style:
        case "bare":
            return year + tail
        case "short":
            return plan.organ.short + year + tail
        case "lines":
            return f"{name}\n{year}政府信息公开\n{tail.replace('政府信息公开', '')}"
        case "year_first":
            return f"{year}{name}{tail}"
        case "place":
            short = name.removesuffix("办事处") if plan.organ.kind == "subdistrict_office" else name.removesuffix("人民政府")
            return short + year + tail
        case "none":
            return ""
        case "no_year":
            return name + tail
        case _:
            return name + year + tail


def _period(plan: Plan, rng: Random) -> str:
    y = plan.year
    match plan.period:
        case "none":
            return ""
        case "damaged":
            return rng.choice((
                f"统计期限自{y}11日起至{y}1231日止。", f"所列数据的统计期限为{y} 1 1日至 {y}年12月  31 日。", f"数据统计时间：{y}年1月1日—{y}年12月3l日。",
                f"统计期限为{y}年1月1 日至1 2月31日。",
            ))
        case "wrong_day":
            return rng.choice((
                f"本报告中所列数据的统计期限为{y}年1月1日至12月{rng.choice((21, 30))}日。", f"数据统计时段为{y - 1}年12月26日至{y}年12月25日。",
            ))
        case _:
            return rng.choice((
                f"报告中所列数据统计期限为{y}年1月1日至{y}年12月31日。", f"本报告数据的统计时段从{y}年1月1日起，到{y}年12月31日止。",
                f"统计期限：{y}年1月1日至12月31日。",
            ))


def opening(plan: Plan, rng: Random) -> list[str]:
    """The paragraphs before part one."""
    name, y = full_name(plan), plan.year
    law = "《中华人民共和国政府信息公开条例》"
    said = name if plan.title_style in {"bare", "none", "short"} or rng.random() < 0.6 else plan.organ.own.replace("全", "我")
    words = rng.choice((
        f"根据{law}（以下简称《条例》）的规定，{said}编制了{y}年度政府信息公开工作年度报告。",
        f"按照{law}有关要求，现公布{said}{y}年政府信息公开年度报告。",
        f"本报告由{said}依照{law}编制，反映{y}年全年的政府信息公开情况。",
    ))
    if "cited_notices" in plan.page:
        words = rng.choice((
            f"根据{law}第五十条和《国务院办公厅政府信息与政务公开办公室关于印发年报格式的通知》（国办公开办函〔2021〕30号）、{_other_place(plan, rng).name}关于报送2019年度材料的函件精神，",
            f"依照{law}（国务院令第711号）以及省政府办公厅2020年12月印发的工作提示，",
        )) + f"{said}编制{y}年度报告如下。"
    tail = ""
    if rng.random() < 0.5 or "disclosure_office_named" in plan.page:
        desk = plan.organ.place.name + "政务公开办公室" if "disclosure_office_named" in plan.page else "本单位办公室"
        tail = f"对本报告有疑问的，请与{desk}联系（电话：0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}，邮编：{rng.randint(100000, 799999)}）。"
    return [words + _period(plan, rng) + tail]


def _other_place(plan: Plan, rng: Random) -> Place:
    above = parent(plan.organ.place)
    return above or plan.organ.place


_SENTENCES = (
    "{own}坚持以公开为常态，把政务公开列入年度重点任务，由主要负责人牵头推进。",
    "围绕群众关心的就业、医疗、教育等领域，及时更新网站栏目，并同步在政务新媒体发布。",
    "明确专人负责信息审核，严格执行先审查后公开的要求，未发生泄密事件。",
    "对网站栏目进行梳理，清理失效文件，补充缺漏信息，提升了查阅便利度。",
    "邀请部分代表和群众走进办事大厅，听取意见建议，改进服务方式。",
    "全年组织业务学习，经办人员对答复流程更加熟悉。",
)
_PROBLEMS = (
    "一是公开内容的深度还不够，解读形式较为单一；二是个别科室主动性不强。",
    "主要是信息更新有时不够及时，业务人员变动较多。",
    "公开渠道仍以网站为主，互动交流方式有待丰富。",
)
_PLANS = ("下一步将健全机制，压实责任，抓好培训。", "今后将进一步细化目录，增强解读的针对性。", "下步将加强队伍建设，改进栏目设置。")


def paragraphs(plan: Plan, rng: Random) -> list[str]:
    """Part one."""
    own = plan.organ.own
    picks = rng.sample(_SENTENCES, rng.randint(2, 4) if "long_prose" not in plan.page else 6)
    out = [s.format(own=own) for s in picks]
    y = plan.year - 1 if "stale_year_in_text" in plan.page else plan.year
    out[0] = f"{y}年，" + out[0]
    got = plan.meant.get("t3_new_received__total", plan.meant.get("a14_app_total"))
    if got is not None and rng.random() < 0.7:
        n = int(got) + (rng.randint(1, 9) if "prose_contradicts" in plan.page else 0)
        out.append(f"全年共收到政府信息公开申请{n}件，均在规定期限内处理。" if n else "全年未收到政府信息公开申请。")
    if "place_inside_words" in plan.page:
        out.append(rng.choice((
            "组织干部赴上海路社区、北京大学继续教育班、海南厅等地开展宣传，并在重庆火锅节期间发放资料。",
            "依托“长沙发”服务点和中山公园宣传栏，结合大同世界主题活动公布办事指南。",
            "会同中国银行南京西路支行、西安门社区和东方市场，开展政策进商圈活动。",
        )))
    if "other_organs_named" in plan.page:
        place = plan.organ.place.name
        out.append(f"配合{place}市场监督管理局、{place}公安局以及{_other_place(plan, rng).name}人民政府办公室做好数据归集。")
    if plan.organ.scope == "aggregate" and rng.random() < 0.7:
        out.append(f"本报告数据由{plan.organ.own}各乡镇（街道）和政府各部门报送后汇总而成。")
    return out


def problems(rng: Random) -> list[str]:
    """Part five."""
    return [rng.choice(_PROBLEMS), rng.choice(_PLANS)]


def other_matters(plan: Plan, rng: Random) -> list[str]:
    """Part six."""
    if plan.year >= 2020 and rng.random() < 0.6:
        return [rng.choice(("本年度未收取信息处理费。", "依照收费办法，全年收取信息处理费0元。", "无其他需要报告的事项，未产生信息处理费。"))]
    return ["无其他需要报告的事项。"]


def date_text(plan: Plan, rng: Random) -> tuple[str, str]:
    """Date of publication: in words and ISO."""
    y = plan.year + 1
    month = rng.choice((1, 1, 1, 2, 3, 3)) if plan.organ.kind != "government" else rng.choice((1, 2, 3, 3))
    if "late_date" in plan.page:
        y, month = y + rng.choice((0, 0, 1, 2)), rng.choice((5, 7, 10))
    day = rng.randint(3, 28)
    return f"{y}年{month}月{day}日", f"{y}-{month:02d}-{day:02d}"


_HEADS = {
    "t2": ("主动公开政府信息情况", "行政机关主动公开政府信息情况", "主动公开政府信息情况"),
    "t3": ("收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况"),
    "t4": ("政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开行政复议和行政诉讼情况"),
}


def body(plan: Plan, tables: dict[str, list[Table]]) -> list[Block]:
    """The whole document: title, opening, six parts, signature."""
    rng = plan.rng
    blocks: list[Block] = []
    head = title(plan, rng)
    if head:
        blocks.append(Block("title", head))
    if "contents_list" in plan.page:
        blocks.append(Block("p", "目 录"))
        for i, t in enumerate(("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"), 1):
            blocks.append(Block("p", f"{'一二三四五六'[i - 1]}、{t}{'…' * 6}{i}"))
    blocks += [Block("p", p) for p in opening(plan, rng)]
    modern = "t3" in tables
    if modern:
        blocks.append(Block("h", "一、总体情况"))
        blocks += [Block("p", p) for p in paragraphs(plan, rng)]
        for i, form in enumerate(("t2", "t3", "t4")):
            blocks.append(Block("h", f"{'二三四'[i]}、{rng.choice(_HEADS[form])}"))
            if "sentence_about_tables" in plan.page and form in tables:
                blocks.append(Block("p", "该部分以表格形式报告，表格如下："))
            if form not in tables:
                blocks.append(Block("p", "本年度无此类情况。"))
            for table in tables.get(form, []):
                if plan.pictures:
                    blocks.append(Block("img", form))
                else:
                    if table.caption:
                        blocks.append(Block("caption", table.caption))
                    blocks.append(Block("table", table=table))
    else:
        names = ["概述", "主动公开政府信息的情况", "依申请公开政府信息和不予公开政府信息的情况", "政府信息公开的收费及减免情况", "行政复议、行政诉讼情况"]
        blocks.append(Block("h", "一、" + names[0]))
        blocks += [Block("p", p) for p in paragraphs(plan, rng)]
        for i, t in enumerate(names[1:]):
            blocks.append(Block("h", f"{'二三四五'[i]}、{t}"))
            blocks.append(Block("p", rng.choice(("具体数据见附表。", "各项数据详见所附统计表。", "本年度按要求办理，情况平稳，数据见后表。"))))
    if "parts_left_out" not in plan.page:
        blocks.append(Block("h", ("五" if modern else "六") + "、存在的主要问题及改进情况"))
        blocks += [Block("p", p) for p in problems(rng)]
        blocks.append(Block("h", ("六" if modern else "七") + "、其他需要报告的事项"))
        blocks += [Block("p", p) for p in other_matters(plan, rng)]
    if not modern:
        form, own = next(iter(tables.items()))
        name = {"a14": "政府信息公开情况统计表", "s08": "政府信息公开工作指标统计表", "f08": "政府信息公开情况统计附表"}[form]
        blocks.append(Block("h", "附件：" + name))
        if form == "a14" and rng.random() < 0.5:
            blocks.append(Block("p", f"（{plan.year}年度）"))
        for table in own:
            if table.caption:
                blocks.append(Block("caption", table.caption))
            blocks.append(Block("table", table=table))
        if form == "a14" and rng.random() < 0.5:
            blocks.append(Block("p", f"单位负责人：{rng.choice('王李张刘陈')}某  审核人：{rng.choice('赵钱孙周吴')}某  填报日期：{plan.year + 1}年{rng.randint(1, 3)}月"))
    if "word_leftovers" in plan.page:
        at = rng.randint(1, len(blocks))
        blocks.insert(at, Block("p", rng.choice(("[bookmark: _GoBack]", "PAGE  \\* MERGEFORMAT 2", "HYPERLINK \"http://www.gov.cn/\" \\h", "- 3 -"))))
    if "footnotes" in plan.page:
        blocks.append(Block("p", "注：带注记的数据含网上提交后转办的情形。"))
    words, _ = date_text(plan, Random(f"{plan.year}{plan.organ.full}"))
    if "signature_left_out" not in plan.page or plan.title_style in {"bare", "none", "short", "place"}:
        blocks.append(Block("sign", full_name(plan)))
    blocks.append(Block("sign", words))
    return blocks


def list_title(plan: Plan, blocks: list[Block], rng: Random) -> str | None:
    """What the list row of the column says."""
    full = next((b.text.replace("\n", "") for b in blocks if b.kind == "title"), "")
    full = full or f"{full_name(plan)}{plan.year}年政府信息公开工作年度报告"
    match plan.list_title:
        case "none":
            return None
        case "cut":
            return full[: max(12, len(full) - 6)] + "..."
        case "decorated":
            return f"【年报】{full} [{plan.year + 1}-01-{rng.randint(10, 30)}]"
        case _:
            return full


def slug(place: Place) -> str:
    """Letters for addresses."""
    return initials(place.name)
