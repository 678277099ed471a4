"""Reports of places that do not exist, for the readers' tests; worded for this project."""

from __future__ import annotations

from crawler.items import Source
from pipelines.documents.blocks import Cell, Document, Grid, TextBlock

PREAMBLE = (
    "青禾县人民政府2022年政府信息公开工作年度报告\n"
    "本报告依照《中华人民共和国政府信息公开条例》编制。所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    "联系电话：0000-1234567。"
)
PART_1 = (
    "2022年，青禾县把政务公开当作日常工作来做。\n"
    "（一）主动公开。全年通过各种渠道主动公开政府信息4210条，其中县政府网站公开3105条。\n"
    "（二）依申请公开。全年收到政府信息公开申请36件，上年结转2件，办结35件，结转下年度继续办理3件。\n"
    "（三）监督保障。全年举办政务公开培训班4期。"
)
PART_5 = "存在的问题：部分乡镇更新不够及时。\n改进措施：每季度检查一次栏目，发现问题限期改好。"
PART_6 = "本年度未收取信息处理费。"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TABLE_2 = (
    "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n"
    "行政规范性文件 | 7 | 2 | 51\n第二十条第（五）项\n信息内容 | 本年处理决定数量\n行政许可 | 8120\n"
    "第二十条第（六）项\n信息内容 | 本年处理决定数量\n行政处罚 | 960\n行政强制 | 12\n"
    "第二十条第（八）项\n信息内容 | 本年收费金额（单位：万元）\n行政事业性收费 | 310.5"
)
ROWS_3 = (
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密", "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息",
    "7.属于行政执法案卷", "8.属于行政查询事项", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物",
    "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息", "3.其他", "（七）总计", "四、结转下年度继续办理",
)  # fmt: skip


def table_3(figure: str = "5") -> str:
    head = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况\n自然人 | 法人或其他组织 | 总计\n商业\n企业 | 科研机构 | 社会公益组织\n法律服务机构 | 其他\n"
    return head + "\n".join(f"{row} | " + " | ".join([figure] * 7) for row in ROWS_3)


TABLE_4 = "行政复议 | 行政诉讼\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n1 | 0 | 0 | 0 | 1"


def modern(
    *,
    headings: tuple[str, ...] = HEADINGS,
    preamble: str = PREAMBLE,
    between: str = "\n",
    tables: bool = True,
) -> str:
    """A report of the forms since 2021, laid out as asked."""
    bodies = (PART_1, TABLE_2, table_3(), TABLE_4, PART_5, PART_6)
    if not tables:
        bodies = (PART_1, "", "", "", PART_5, PART_6)
    parts = [preamble]
    for heading, body in zip(headings, bodies, strict=True):
        parts.append(heading + between + body)
    return "\n".join(parts)


OLD_TOWNSHIP = (
    "柳溪镇2013年政府信息公开工作年度报告\n"
    "按照条例规定，现将我镇2013年度政府信息公开工作情况报告如下。\n"
    "一、概述\n我镇由党政办公室承担这项工作，配有一名兼职人员。\n"
    "二、主动公开政府信息情况\n全年主动公开政府信息86条。\n"
    "三、依申请公开政府信息情况\n全年没有收到政府信息公开申请。\n"
    "四、收费及减免情况\n没有发生收费。\n"
    "五、因政府信息公开申请行政复议、提起行政诉讼情况\n没有发生。\n"
    "六、主要问题和改进措施\n公开内容还不够丰富，下年充实。"
)
OLD_TEN = (
    "2010年云岭市政府信息公开年报\n本年报的数据统计期限为2010年1月1日至12月31日。\n"
    "一、概述\n制度逐步完善。\n二、主动公开政府信息情况\n主动公开政府信息1520条。\n三、依申请公开政府信息办理情况\n"
    "收到申请18件，答复18件。\n四、咨询处理情况\n接待咨询430人次。\n五、复议、诉讼和申诉情况\n复议1件。\n"
    "六、政府支出与收费情况\n支出2万元。\n七、主要问题和改进措施\n目录尚不齐全。\n八、说明事项与指标统计附表\n见附表。"
)


def document(
    text: str, *, title: str | None = None, page_text: str = "", **more: object
) -> Document:
    """A document of text alone; its page text is its text unless said otherwise."""
    return Document(
        carrier="text",
        blocks=(TextBlock(text=text),),
        title=title,
        page_text=page_text or text,
        **more,  # type: ignore[arg-type]
    )


def grid(rows: list[list[str]]) -> Grid:
    """A grid without spans."""
    cells = tuple(
        Cell(text=t, row=r, col=c) for r, row in enumerate(rows) for c, t in enumerate(row)
    )
    return Grid(cells=cells, n_rows=len(rows), n_cols=max(map(len, rows)), where="table 1")


GOV = Source(url="https://www.qinghe.gov.cn/zwgk/nb/t1.html")
ELSEWHERE = Source(url="http://www.example.com/a/1.html")
