"""Documents that look like reports and are not."""

from __future__ import annotations

import random
from collections.abc import Callable

from . import forms
from .document import Block, Document
from .figures import table2, table3, table4
from .labels import Labels
from .places import Place
from .shapes import Options
from .shapes import table2 as grid2
from .shapes import table3 as grid3
from .shapes import table4 as grid4
from .sheet import Sheet, make_sheet, plain, write

Maker = Callable[[random.Random, Place, int], Document]


def _paragraphs(title: str, *texts: str) -> Document:
    return Document([Block("title", title), *[Block("p", t) for t in texts]], title)


def _tables(rng: random.Random, sheet: Sheet) -> list[Block]:
    labels, opts = Labels(rng), Options()
    grids = [
        *grid2(sheet, labels, "official", opts, rng),
        *grid3(sheet, labels, "official", opts, rng),
        *grid4(sheet, labels, "official", opts),
    ]
    heads = (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    )
    return [
        b for h, g in zip(heads, grids, strict=True) for b in (Block("h", h), Block("grid", grid=g))
    ]


def _drawn(rng: random.Random) -> Sheet:
    figures = table2(rng, "v2021", government=True, level="county") | table3(
        rng, "v2021", government=True
    )
    figures |= table4(rng, int(figures["t3_processed_total__total"]))
    return make_sheet(figures, "v2021", "v2021")


def order(_rng: random.Random, place: Place, year: int) -> Document:
    """An order to make reports."""
    return _paragraphs(
        f"{place.name}人民政府办公室关于做好{year}年政府信息公开工作年度报告编制发布工作的通知",
        "各乡镇人民政府,各有关部门:",
        f"为做好{year}年度报告的编制发布,现就有关事项通知如下。",
        f"一、时间要求。各单位须在{year + 1}年1月20日前报送,1月31日前发布。",
        "二、内容要求。报告应包括总体情况、主动公开、收到和处理申请、复议诉讼、存在问题、其他事项六部分。",
        "三、数据要求。第一项加第二项之和等于第三项加第四项之和,请认真核对。",
        "联系人:张工;电话见通讯录。",
    )


def order_with_form(rng: random.Random, place: Place, year: int) -> Document:
    """An order with the empty form attached."""
    made = order(rng, place, year)
    sheet = _drawn(rng)
    for slot in sheet.slots.values():
        slot.text = ""
    made.blocks += [Block("p", "附件:XX单位政府信息公开工作年度报告(格式)"), *_tables(rng, sheet)]
    return made


def blank_form(rng: random.Random, _place: Place, _year: int) -> Document:
    """The empty form."""
    sheet = _drawn(rng)
    for slot in sheet.slots.values():
        slot.text = ""
    title = "XX县(区)XXXX年政府信息公开工作年度报告(模板)"
    return Document(
        [
            Block("title", title),
            Block("p", "(填写说明:请各单位按照本模板填报,没有的填0。)"),
            *_tables(rng, sheet),
        ],
        title,
    )


def zero_form(rng: random.Random, _place: Place, _year: int) -> Document:
    """The form with zeros set in, for others to fill."""
    sheet = _drawn(rng)
    for slot in sheet.slots.values():
        slot.text = "0"
    title = "××单位××××年政府信息公开工作年度报告(参考样式)"
    return Document(
        [
            Block("title", title),
            Block("p", "××年,我单位……(此处填写总体情况)。"),
            *_tables(rng, sheet),
        ],
        title,
    )


def worked_example(rng: random.Random, place: Place, _year: int) -> Document:
    """A worked example of how to fill the form."""
    sheet = _drawn(rng)
    write(sheet, lambda s: plain(s.figure))
    title = f"{place.name}政府信息公开工作年度报告填报示例"
    return Document(
        [
            Block("title", title),
            Block("p", "以下为填报示例,表内数字均为虚构,仅供各单位练习填表时参考。"),
            *_tables(rng, sheet),
        ],
        title,
    )


def explained(rng: random.Random, place: Place, year: int) -> Document:
    """An explanation of a report."""
    n = rng.randint(10, 900)
    return _paragraphs(
        f"《{place.name}{year}年政府信息公开工作年度报告》解读",
        f"近日,{place.name}发布了{year}年度报告,现就有关内容解读如下。",
        f"问:全年共收到多少件申请?答:{n}件,比上年略有增长。",
        "问:下一步有什么打算?答:将继续抓好解读回应。",
    )


def pictured(_rng: random.Random, place: Place, year: int) -> Document:
    """A picture story."""
    return _paragraphs(
        f"一图读懂{place.name}{year}年政府信息公开工作年度报告", "(图片)", "点击图片查看大图。"
    )


def news(rng: random.Random, place: Place, year: int) -> Document:
    """A news item."""
    return _paragraphs(
        f"{place.name}召开{year}年政府信息公开工作年度报告编制培训会",
        f"1月8日,{place.name}举办培训会,{rng.randint(30, 120)}人参加。",
        "会上,讲师对表格的勾稽关系、常见错误作了讲解。",
        "与会人员表示将按期完成编制任务。",
    )


def rule_of_law(rng: random.Random, place: Place, year: int) -> Document:
    """Another annual report."""
    return _paragraphs(
        f"{place.name}{year}年度法治政府建设情况报告",
        f"{year}年,全面落实推进法治建设第一责任人职责。",
        f"办理行政复议案件{rng.randint(5, 200)}件,行政应诉{rng.randint(5, 90)}件。",
        "一是推进政务公开,依法答复政府信息公开申请。二是规范行政执法。",
    )


def website_report(rng: random.Random, place: Place, year: int) -> Document:
    """The yearly form on the web site."""
    from .grid import Cell, Grid

    rows = [
        ("网站名称", f"{place.name}人民政府"),
        ("网站标识码", str(rng.randint(10**9, 10**10 - 1))),
        ("独立用户访问总量(单位:个)", str(rng.randint(10**4, 10**7))),
        ("网站总访问量(单位:次)", str(rng.randint(10**5, 10**8))),
        ("信息发布总数(单位:条)", str(rng.randint(500, 9000))),
        ("概况类信息更新量", str(rng.randint(0, 90))),
        ("政务动态信息更新量", str(rng.randint(300, 6000))),
        ("信息公开目录信息更新量", str(rng.randint(100, 3000))),
        ("解读材料数量", str(rng.randint(0, 90))),
    ]
    title = f"政府网站工作年度报表({year}年度)"
    return Document(
        [
            Block("title", title),
            Block("grid", grid=Grid([[Cell(a, head=True), Cell(b)] for a, b in rows])),
        ],
        title,
    )


def summary(rng: random.Random, place: Place, year: int) -> Document:
    """A summary of the half year."""
    return _paragraphs(
        f"{place.name}{year}年上半年政务公开工作总结",
        f"今年以来,主动公开各类信息{rng.randint(200, 4000)}条,受理申请{rng.randint(0, 60)}件。",
        "下半年将做好以下工作:一是强化解读;二是规范办理。",
    )


def guide(_rng: random.Random, place: Place, _year: int) -> Document:
    """The guide for applicants."""
    return _paragraphs(
        f"{place.name}人民政府信息公开指南",
        "为方便公民、法人和其他组织获取政府信息,编制本指南。",
        "一、公开范围。二、公开形式。三、依申请公开:可当面、邮寄、网上提出。",
        "受理时限:自收到申请之日起20个工作日内答复。",
    )


def list_page(_rng: random.Random, place: Place, year: int) -> Document:
    """A list of reports."""
    names = [
        f"{place.name}{b}{y}年政府信息公开工作年度报告"
        for y in range(year, year - 4, -1)
        for b in ("人民政府", "教育局", "财政局", "司法局")
    ]
    return Document(
        [
            Block("title", "政府信息公开年报"),
            *[Block("p", f"{n} [{year + 1}-01-2{i % 9}]") for i, n in enumerate(names)],
        ],
        "政府信息公开年报",
    )


def budget(rng: random.Random, place: Place, year: int) -> Document:
    """Accounts of a department."""
    from .grid import Cell, Grid

    rows = [
        [Cell(t, head=True) for t in ("项目", "决算数(万元)")],
        *[
            [Cell(t), Cell(f"{rng.uniform(10, 900):.2f}")]
            for t in ("一般公共服务支出", "教育支出", "社会保障和就业支出", "总计")
        ],
    ]
    title = f"{place.name}人民政府办公室{year}年度部门决算公开报告"
    return Document(
        [
            Block("title", title),
            Block("p", "本部门主要职责包括政务信息、政府信息公开等工作。"),
            Block("grid", grid=Grid(rows, heads=1)),
        ],
        title,
    )


def missing(_rng: random.Random, _place: Place, _year: int) -> Document:
    """A page that is not there any more."""
    return _paragraphs("页面不存在", "抱歉,您访问的页面已被删除或正在维护。", "返回首页")


def request_form(_rng: random.Random, place: Place, _year: int) -> Document:
    """The form for applicants."""
    from .grid import Cell, Grid

    rows = [
        [Cell("申请人信息", rs=3, head=True), Cell("公民", head=True), Cell("姓名")],
        [Cell("法人或其他组织", head=True), Cell("名称")],
        [Cell("联系电话", head=True), Cell("")],
        [Cell("所需信息内容描述", head=True), Cell("", cs=2)],
        [Cell("信息提供方式", head=True), Cell("□纸面 □电子邮件 □光盘", cs=2)],
    ]
    title = f"{place.name}政府信息公开申请表"
    return Document([Block("title", title), Block("grid", grid=Grid(rows))], title)


def quarter(rng: random.Random, place: Place, year: int) -> Document:
    """The statistics of a quarter, in the rows of the older form."""
    from .grid import Cell, Grid

    rows = [[Cell(t, head=True) for t in ("统计指标", "单位", "统计数")]]
    rows += [
        [Cell(line.label), Cell(line.unit), Cell(str(rng.randint(0, 90)) if line.field else "——")]
        for line in forms.A14[:14]
    ]
    title = f"{place.name}{year}年第{rng.choice('一二三')}季度政府信息公开情况统计表"
    return Document([Block("title", title), Block("grid", grid=Grid(rows, heads=1))], title)


MAKERS: dict[str, Maker] = {
    f.__name__: f
    for f in (
        order,
        order_with_form,
        blank_form,
        zero_form,
        worked_example,
        explained,
        pictured,
        news,
        rule_of_law,
        website_report,
        summary,
        guide,
        list_page,
        budget,
        missing,
        request_form,
        quarter,
    )
}
