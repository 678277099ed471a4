"""Pages that look like annual reports and are not."""

from __future__ import annotations

from random import Random

from . import fields as f
from . import htmlout, tables
from .model import Made, Shown
from .places import draw_organ, places
from .state import State

KINDS = ("order", "blank_template", "zeros_template", "example", "news", "graphic", "law_report", "website_report", "summary", "guide", "half_year", "meeting", "rule", "list_page", "catalogue")


def _forms(rng: Random, state: State, fill: str) -> str:
    names = [n for _, _, cells in f.T2_21 for n, _ in cells]
    names += [f"t3_{r[0]}__{c[0]}" for r in f.ROWS21 for c in f.COLS] + [f"t4_{b}_{c}" for b, _ in f.T4_BLOCKS for c, _ in f.T4_COLS]
    state.shown = {n: Shown(fill, None) for n in names}
    state.meant = {n: 0 for n in names}
    state.cols = tables.standard_cols()
    grids = [tables.t2_official(state), *tables.t3_plain(state), tables.t4_official(state)]
    heads = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    return "".join(f"<p>{h}</p>{htmlout.grid_html(g, rng, 'plain')}" for h, g in zip(heads, grids, strict=True))


def lookalike(rng: Random, n: int) -> Made:
    """Draw one look-alike."""
    kind = rng.choice(KINDS)
    place = rng.choice(places())
    year = rng.randrange(2019, 2026)
    organ = draw_organ(rng, place, year)
    s = State(rng, place, organ, year, "v2021", "v2021", False, {}, {}, "html")
    k = rng.randrange(3, 300)
    office = f"{place.name}人民政府办公室"
    if kind == "order":
        title = f"{office}关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知"
        body = f"<p>各乡镇人民政府,各有关部门:</p><p>为做好{year}年度报告编制工作,请于{year + 1}年1月20日前将本单位报告报送我办,并在网站年报专栏发布。</p><p>一、内容要求。报告分总体情况等六个部分。</p><p>二、数据要求。表格勾稽关系必须准确。</p>"
        if rng.random() < 0.5:
            body += "<p>附件:报告格式</p>" + _forms(rng, s, "")
    elif kind == "blank_template":
        title = f"附件:政府信息公开工作年度报告(模板)"
        body = "<p>××单位××年政府信息公开工作年度报告</p><p>一、总体情况</p><p>(此处填写,不少于500字)</p>" + _forms(rng, s, rng.choice(["", "&#160;", "××"]))
        body = body.replace("&amp;#160;", "&nbsp;")
    elif kind == "zeros_template":
        title = "政府信息公开工作年度报告空白表样(供各单位填写)"
        body = "<p>××(单位名称)××××年政府信息公开工作年度报告</p><p>填表说明:没有数据的填0,请勿改动表格结构。本表为表样,填好后另存上报。</p>" + _forms(rng, s, "0")
    elif kind == "example":
        title = f"{year}年政府信息公开工作年度报告填报示例"
        body = "<p>以下为填报示例,数字均为虚构,仅用于说明勾稽关系,请各单位不要照抄。</p>" + _forms(rng, s, str(rng.randrange(1, 9)))
    elif kind == "news":
        title = f"{place.name}{year}年政府信息公开工作年度报告全部按时发布"
        body = f"<p>本网讯 截至{year + 1}年1月31日,全{place.name[-1]}{rng.randrange(20, 60)}个单位的年度报告都已上网。记者了解到,全年共受理申请{k}件。</p>"
    elif kind == "graphic":
        title = f"一图读懂:{organ.norm}{year}年政府信息公开工作年度报告"
        body = f'<p>一张图带您看懂年度报告的要点。</p><p><img src="/u/{k}.png" alt="一图读懂"></p><p>新收申请{k}件</p>'
    elif kind == "law_report":
        title = f"{organ.norm}{year}年法治政府建设年度报告"
        body = f"<p>{year}年,{organ.norm}认真履行推进法治建设第一责任人职责,审查规范性文件{k}件,办理行政复议案件{k // 3}件。</p><p>一、主要举措和成效</p><p>二、存在的不足</p><p>三、下一年度安排</p>"
    elif kind == "website_report":
        title = f"政府网站工作年度报表({year}年度)"
        body = f"<table border=1><tr><td>网站名称</td><td>{place.name}人民政府</td></tr><tr><td>政府网站标识码</td><td>{place.code}0001</td></tr><tr><td>独立用户访问总量(单位:个)</td><td>{k * 97}</td></tr><tr><td>网站总访问量(单位:次)</td><td>{k * 455}</td></tr><tr><td>信息发布总数</td><td>{k}</td></tr></table>"
    elif kind == "summary":
        title = f"{organ.norm}{year}年政务公开工作总结"
        body = f"<p>今年以来,{organ.we}围绕中心任务推进政务公开,发布信息{k}条,举办开放日活动{k % 7}次。现总结如下。</p><p>一、主要做法。</p><p>二、下一年打算。</p>"
    elif kind == "guide":
        title = f"{organ.norm}政府信息公开指南"
        body = f"<p>为便于公众查询,{organ.norm}编制本指南({year}年版)。</p><p>一、公开范围</p><p>二、依申请公开的受理机构和程序</p><p>电话:0{k}-{k * 7}</p>"
    elif kind == "half_year":
        title = f"{organ.norm}{year}年上半年政府信息公开数据统计"
        body = f"<table border=1><tr><td>指标</td><td>数量</td></tr><tr><td>主动公开信息</td><td>{k}条</td></tr><tr><td>受理申请</td><td>{k // 9}件</td></tr></table><p>统计时间:1月至6月。</p>"
    elif kind == "meeting":
        title = f"{place.name}召开{year}年政府信息公开工作年度报告编制培训会"
        body = f"<p>会议就报告格式和三张表格的填写作了讲解,{k}人参加培训。</p>"
    elif kind == "rule":
        title = f"{place.name}政府信息公开工作年度报告制度"
        body = "<p>第一条 为规范年度报告工作,制定本制度。</p><p>第二条 各单位应当于每年1月31日前公布上一年度报告。</p><p>第三条 报告内容包括主动公开、依申请公开、复议诉讼等情况。</p>"
    elif kind == "list_page":
        title = "政府信息公开年报"
        body = "<ul>" + "".join(f'<li><a href="/nb/{y}.html">{organ.norm}{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-2{y % 9}</span></li>' for y in range(year - 6, year + 1)) + "</ul>"
    else:
        title = f"{organ.norm}政府信息主动公开目录({year}年)"
        body = "<table border=1><tr><td>序号</td><td>公开事项</td><td>时限</td></tr>" + "".join(f"<tr><td>{i}</td><td>{t}</td><td>20个工作日</td></tr>" for i, t in enumerate(["机构职能", "规范性文件", "年度报告", "行政许可", "行政处罚"], 1)) + "</table>"
    html = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{body}<p>{office}</p></body></html>'
    return Made(name=f"d{n:05d}.html", body=html.encode(), content_type="text/html; charset=utf-8", url=f"http://{place.host}/zwgk/content_{rng.randrange(10**6)}.html", title=title,
                code=place.code, layout=f"l_{kind}", habits=("lookalike",), is_report=False, printed={}, meant={}, identity={"report_year": None, "publisher_norm": None, "adcode": None, "scope": None})
