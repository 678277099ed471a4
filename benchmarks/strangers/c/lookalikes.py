"""Documents that stand in the same columns and are no reports."""

from __future__ import annotations

import random

from . import build, fields, figures
from .draft import Draft, Options, Shown, Words
from .grid import Block, Cell, Grid, Row
from .places import Organ

KINDS = ("order", "notice_of_training", "blank_template", "zeros_template", "example", "news", "picture_explained", "website_report",
         "rule_of_law_report", "half_year", "work_points", "guide", "index_page", "budget", "not_found", "summary", "catalogue", "letter")


def _grid(rows: list[list[str]]) -> Block:
    return Block("table", grid=Grid([Row([Cell(text, head=at == 0) for text in row]) for at, row in enumerate(rows)]))


def _form(rng: random.Random, organ: Organ, year: int, text: str) -> list[Block]:
    """The empty form, or the form full of zeros."""
    meant = figures.table_two(rng, "v2021", "zero", False) | figures.table_three(rng, "v2021", "zero") | figures.table_four(rng, "zero")
    draft = Draft(rng, organ, year, "v2021", "v2021", None, "zero", frozenset(), meant,
                  {name: Shown(text, None) for name in fields.form_fields("v2021", "v2021")}, Options(), Words())
    blocks = [Block("h2", "一、总体情况"), Block("p", "(请从五个方面概述,不超过1500字)"), Block("h2", "二、主动公开政府信息情况")]
    blocks += [Block("table", grid=grid) for grid in build.two(draft)]
    blocks += [Block("h2", "三、收到和处理政府信息公开申请情况"), *(Block("table", grid=grid) for grid in build.three(draft))]
    blocks += [Block("h2", "四、政府信息公开行政复议、行政诉讼情况"), *(Block("table", grid=grid) for grid in build.four(draft))]
    return blocks + [Block("h2", "五、存在的主要问题及改进情况"), Block("p", "(请写明问题和打算)"), Block("h2", "六、其他需要报告的事项")]


def make(rng: random.Random, organ: Organ, year: int) -> tuple[str, str, list[Block]]:
    """(kind, title, blocks)."""
    kind = rng.choice(KINDS)
    name, place = organ.full, organ.place.name
    h1 = lambda text: Block("h1", text)  # noqa: E731
    p = lambda *lines: [Block("p", line) for line in lines]  # noqa: E731
    if kind == "order":
        title = f"{place}人民政府办公室关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知"
        return kind, title, [h1(title), *p("各乡镇人民政府,县级各部门:", f"为按时完成{year}年政府信息公开工作年度报告,现将有关要求通知如下。",
                                           f"一、报送时间。各部门请于{year + 1}年1月15日前把本单位年度报告初稿送至政务公开科。",
                                           "二、内容要求。要按统一格式分六个部分写,表格数字要反复核对,第一项加第二项之和应等于第三项加第四项之和。",
                                           "三、公布方式。审定后在网站年报栏目发布,不得空缺。"), Block("right", f"{year + 1}年1月4日")]
    if kind == "notice_of_training":
        title = f"{place}召开{year}年政府信息公开年度报告编制培训会"
        return kind, title, [h1(title), *p(f"近日,{place}举办年报编制培训,{rng.randint(30, 90)}名工作人员参加。",
                                           "授课人逐栏讲了申请办理情况表怎么填,提醒大家不要把咨询当作申请。", "参会人员当场提问,收到良好效果。")]
    if kind == "blank_template":
        title = rng.choice((f"{year}年政府信息公开工作年度报告(模板)", f"附件:××单位{year}年政府信息公开工作年度报告参考格式"))
        return kind, title, [h1(title), *p("(××单位)××年政府信息公开工作年度报告,请各单位照此格式填写后报送。"), *_form(rng, organ, year, "")]
    if kind == "zeros_template":
        title = f"附件2:××局(镇、街道){year}年政府信息公开工作年度报告(样表)"
        return kind, title, [h1(title), *p("填表说明:没有发生的栏目保留0,发生的改为实际数;填好后删去本段说明。"), *_form(rng, organ, year, "0")]
    if kind == "example":
        title = "政府信息公开工作年度报告范文(精选)"
        return kind, title, [h1(title), *p("本范文由网友上传,仅供写作参考,点击下载文档可得全文,会员免费。", "××县××局20××年政府信息公开工作年度报告",
                                           "20××年,我局认真做好政府信息公开工作,共公开信息×××条。", "温馨提示:下载后可自行修改使用。")]
    if kind == "news":
        title = f"{name}发布{year}年政府信息公开工作年度报告"
        return kind, title, [h1(title), *p(f"{year + 1}年1月下旬,{name}在门户网站公布了上一年度的政府信息公开年报。",
                                           f"记者从年报中看到,全年办理申请{rng.randint(2, 300)}件,群众满意度较高。", "读者可到网站年报栏目查阅全文。(记者 王某)")]
    if kind == "picture_explained":
        title = f"一图读懂|{name}{year}年政府信息公开工作年度报告"
        return kind, title, [h1(title), *p("点击图片看大图", f"数字速览:公开信息{rng.randint(200, 5000)}条 | 办理申请{rng.randint(1, 90)}件", "全文请见年报栏目")]
    if kind == "website_report":
        title = f"{place}政府网站工作年度报表({year}年度)"
        rows = [["指标", "数值"], ["网站标识码", f"{rng.randint(10 ** 9, 10 ** 10 - 1)}"], ["独立用户访问总量(单位:个)", str(rng.randint(1000, 90000))],
                ["网站总访问量(单位:次)", str(rng.randint(9000, 900000))], ["信息发布总数(单位:条)", str(rng.randint(100, 9000))],
                ["解读材料发布(单位:条)", str(rng.randint(0, 90))], ["办事服务事项数量(单位:项)", str(rng.randint(10, 900))]]
        return kind, title, [h1(title), _grid(rows)]
    if kind == "rule_of_law_report":
        title = f"{name}{year}年度法治政府建设年度报告"
        return kind, title, [h1(title), *p(f"{year}年,{place}推进法治建设第一责任人职责落实,行政执法更加规范。", f"全年办理行政复议案件{rng.randint(1, 60)}件,"
                                           f"作出行政处罚{rng.randint(9, 900)}件。政府信息公开工作同步推进。", "下一步将加强执法监督。")]
    if kind == "half_year":
        title = f"{place}{year}年上半年政府信息公开数据统计表"
        rows = [["项目", "数量"], ["主动公开信息", str(rng.randint(50, 2000))], ["新收申请", str(rng.randint(0, 40))], ["办结申请", str(rng.randint(0, 40))]]
        return kind, title, [h1(title), *p(f"统计时间:{year}年1月至6月"), _grid(rows)]
    if kind == "work_points":
        title = f"{place}{year}年政务公开工作要点"
        return kind, title, [h1(title), *p("一、围绕重点任务推进公开。", "二、把政策讲明白。", "三、办好依申请公开。", "四、按时编制发布年度报告。")]
    if kind == "guide":
        title = f"{name}政府信息公开指南"
        return kind, title, [h1(title), *p("为方便公众获取信息,编制本指南。", "一、受理机构和时间。", "二、申请步骤:填写申请表,附身份证明。", "三、年度报告在网站专栏公布。")]
    if kind == "index_page":
        title = f"{place}政府信息公开年报"
        return kind, title, [h1(title), *p(*(f"{organ.full}{year - back}年政府信息公开工作年度报告 {year - back + 1}-01-2{back}" for back in range(5)),
                                           "共5条 第1/1页 上一页 下一页")]
    if kind == "budget":
        title = f"{name}{year}年部门预算公开说明"
        return kind, title, [h1(title), _grid([["科目", "金额(万元)"], ["基本支出", str(rng.randint(100, 900))], ["项目支出", str(rng.randint(10, 900))]]),
                             *p("按照政府信息公开的要求予以公布。")]
    if kind == "not_found":
        title = f"{name}{year}年政府信息公开工作年度报告"
        return kind, title, [h1("您访问的页面不存在"), *p("可能已被删除或地址有误,5秒后返回首页。")]
    if kind == "summary":
        title = f"{name}{year}年政务公开工作总结"
        return kind, title, [h1(title), *p(f"{year}年,我们按照年初安排开展政务公开,现总结如下。", "一是抓学习;二是抓栏目;三是抓检查。", f"全年更新栏目{rng.randint(5, 60)}个。")]
    if kind == "catalogue":
        title = f"{name}主动公开基本目录({year}年版)"
        return kind, title, [h1(title), _grid([["序号", "事项", "内容", "时限", "渠道"], ["1", "机构概况", "职能、地址、电话", "20个工作日", "网站"],
                                               ["2", "年度报告", "政府信息公开年度报告", "每年1月31日前", "网站"], ["3", "政策文件", "规范性文件", "20个工作日", "网站"]])]
    title = f"关于{year}年政府信息公开年报栏目的来信及答复"
    y, m, day = year + 1, rng.randint(2, 6), rng.randint(1, 28)
    return kind, title, [h1(title), *p("来信人:李先生", f"内容:请问{place}{year}年的年报在哪里看?", "答复:您好,请在网站首页点击政务公开,再点年报栏目即可。感谢关注。"),
                         Block("right", f"{y}年{m}月{day}日")]
