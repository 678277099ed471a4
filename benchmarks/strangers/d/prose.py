"""Sentences of the reports, all invented."""

from __future__ import annotations

from random import Random

from .model import Organ, Place
from .places import places, suffix
from .state import State

CN = "〇一二三四五六七八九"


def cn_year(year: int) -> str:
    """2023 as 二〇二三."""
    return "".join(CN[int(c)] for c in str(year))


def title_of(s: State) -> tuple[str, str]:
    """The page's heading and the list row's title."""
    rng, y = s.rng, f"{s.year}年"
    if s.options.get("title_year_chinese"):
        y = cn_year(s.year) + "年"
    tail = rng.choice(["政府信息公开工作年度报告", "政府信息公开工作年度报告", "政府信息公开年度报告", "年政府信息公开工作报告"[1:] if s.year < 2019 else "政府信息公开工作年度报告"])
    if s.options.get("title_short"):
        tail = "政府信息公开年报"
    name = s.organ.norm
    if s.organ.kind == "gov" and rng.random() < 0.4:
        name = s.place.name
    if s.options.get("title_without_organ"):
        title = f"{y}{rng.choice(['', '度'])}{tail}"
    elif s.options.get("title_year_before_place"):
        title = f"{y}{name}{tail}"
    else:
        title = f"{name}{y}{rng.choice(['', '', '度'])}{tail}"
        if title.count("年度") > 1:
            title = title.replace("年度政", "年政")
    return title, (title[:14] + "..." if s.options.get("list_title_cut") else title)


def opening(s: State) -> list[str]:
    """The paragraph before the first section; it always names the organ in full."""
    rng, o, y = s.rng, s.organ, s.year
    law = "《中华人民共和国政府信息公开条例》" + ("" if y < 2019 else rng.choice(["(国务院令第711号)", ""]))
    form = "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》(国办公开办函〔2021〕30号)"
    old = "《关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2019〕60号)"
    basis = law + ("" if y < 2019 else "和" + (form if s.t2v == "v2021" else old))
    if s.options.get("cites_many"):
        basis += f"、《{s.place.name}政务公开工作规范(2018年试行)》、省政府办公厅{y - 1}年第17号文件、{y + 1}年全市政务公开工作要点"
    out = [rng.choice([
        f"依照{basis}的规定,{o.norm}编写了这份报告,向社会公布{y}年政府信息公开的有关情况。",
        f"现将{o.norm}{y}年度政府信息公开工作情况报告如下。报告按照{basis}的要求写成。",
        f"{o.norm}根据{basis},对全年政府信息公开工作作了梳理,形成本报告,请社会各界监督。"])]
    end = f"{y}年1月1日至{y}年12月31日" if not s.options.get("period_damaged") else rng.choice([f"{y}年1月1日至12月21日", f"{y} 1 1 日至 {y} 12 31 日", f"{y}11日至{y}1231日"])
    out.append(f"报告中列出的数据统计期限为{end}。" + rng.choice(["如对内容有疑问,可与我们联系。", f"电子版可在网站({s.place.host})下载。", ""]))
    if s.organ.scope == "aggregate" and rng.random() < 0.6:
        out.append(f"本报告由全{suffix(s.place)}各乡镇(街道)和{suffix(s.place)}直各部门的数据汇总编制而成。")
    return out


def other_place(rng: Random, place: Place) -> Place:
    """Some other division."""
    while True:
        found = rng.choice(places())
        if found.code != place.code:
            return found


def general(s: State) -> list[str]:
    """Section one."""
    rng, we = s.rng, s.organ.we
    new = s.meant.get("t3_new_received__total")
    if new is not None and s.options.get("prose_contradicts"):
        new = int(new) + rng.choice([1, 2, 5])
    out = rng.sample([
        f"{we}把公开作为常态、不公开作为例外,主要领导听取专题汇报两次,分管领导每季度过问一次栏目更新。",
        "信息发布坚持先审查后上网,落实三审三校,错敏字词发现一处整改一处。",
        f"门户网站专栏全年发布各类信息{rng.randrange(60, 4000)}条,政务新媒体推送{rng.randrange(20, 900)}篇。",
        "制作了办事流程图和政策问答,方便老人和残疾人查询。",
        "档案馆、图书馆和政务大厅的查阅点继续开放,添置了自助查询机。",
        "年内对照考核指标开展自查,公众评议满意率较高,没有需要追究责任的情形。"], 3)
    if new is not None:
        out.append(f"依申请公开方面,本年共新收政府信息公开申请{new}件,均依法依规办理。")
    if s.options.get("cites_last_year"):
        out.append(f"与{s.year - 1}年相比,上年全年收到申请{rng.randrange(0, 60)}件,发布信息{rng.randrange(90, 2000)}条。")
    if s.options.get("names_other_place"):
        out.append(f"年内组织人员到{other_place(rng, s.place).name}考察学习政务公开标准化做法。")
    if s.options.get("words_with_place"):
        out.append("围绕和平区域合作、长安街道两侧整治、鼓楼广场改造和向阳路建设等群众关心的事项做好解读。")
    return out


def problems(s: State) -> list[str]:
    """Section five."""
    return s.rng.sample([
        "一是个别单位报送信息不够及时;二是解读形式还比较单一。下一步将加强培训,按月通报。",
        "人员更换频繁,业务不够熟悉。明年计划集中培训两期,并编印操作手册。",
        "栏目设置与群众需求还有差距,拟结合网站改版归并栏目,增加检索入口。",
        "依申请答复文书的说理还不够充分,将请法律顾问参与把关。"], 2)


def others(s: State) -> list[str]:
    """Section six."""
    return [s.rng.choice(["本年度没有收取信息处理费。", "按规定应说明:全年未收取信息处理费,无其他需要报告的事项。", "无其他需要报告的事项。", "年内未发生信息处理费。"])]


def signature(s: State) -> list[str]:
    """Who signs and when."""
    who = f"{s.place.name}政务公开办公室" if s.options.get("openness_office_signs") else s.organ.norm
    month, day = (s.rng.randrange(1, 4), s.rng.randrange(5, 29)) if not s.options.get("dated_late") else (s.rng.randrange(6, 12), 3)
    return [who, f"{s.year + 1}年{month}月{day}日"]


def old_sections(s: State) -> list[tuple[str, list[str]]]:
    """Sections of a report before 2019, in prose."""
    r = s.rng
    n = int(s.meant.get("a14_app_total", s.meant.get("s08_app_total", s.meant.get("f08_received_total", r.randrange(0, 30)))) or 0)
    return [
        ("一、概述", [f"{s.organ.we}明确一名副职分管此项工作,落实专(兼)职人员{r.randrange(1, 6)}名,设立公共查阅点{r.randrange(1, 4)}处。"]),
        ("二、主动公开政府信息的情况", [f"全年在网站和公开栏发布信息{r.randrange(30, 900)}条,内容以机构职能、工作动态和惠民政策为主。"]),
        ("三、依申请公开政府信息和不予公开政府信息的情况", [f"全年受理申请{n}件,都在规定时限内作了答复。" if n else "本年度没有收到公开政府信息的申请。"]),
        ("四、政府信息公开的收费及减免情况", ["没有收取任何费用。"]),
        ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", ["未发生因政府信息公开引起的行政复议和行政诉讼。"] if "a14_app_total" not in s.meant else ["有关情况见附表。"]),
        ("六、存在的主要问题及改进情况", problems(s)),
    ]
