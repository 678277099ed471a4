"""The prose of the demo's reports: six parts in words of our own, figures taken from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from crawler.demo.world import ReportTruth

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)

_OPENING = {
    "whole": "本报告汇总了全{unit}各级行政机关的数据，由{government}办公室统一编制。",
    "office": "本报告只反映本机关自身的工作，不含其他部门和乡镇的数据。",
    "department": "本报告由我局编制，只反映本单位的工作。",
    "township": "本报告由本单位编制，只反映本辖区机关的工作。",
}
_PROACTIVE = (
    "围绕群众常问的事项调整栏目，把过去散在各处的办事说明并到一处，按月核对一遍。",
    "把政策文件和它的解读放在同一页，读者不必来回翻找；过期的说明及时撤下。",
    "对网站上五年以前的页面逐条看过，补上缺少的文号和日期，改正打不开的附件。",
)
_MANAGEMENT = (
    "文件起草时即注明公开属性，印发后七个工作日内上网，由专人抽查。",
    "建立一文一档的台账，记下制发、修改和废止的时间，季度末核对一次。",
)
_PLATFORM = (
    "网站首页的公开入口改为一级菜单，手机上也能看清表格；全年没有出现长时间打不开的情况。",
    "政务新媒体只留两个账号，停更的账号已经注销，读者留言平均两天内回复。",
)
_OVERSIGHT = (
    "年中和年底各检查一次，发现的问题写成清单交回承办科室，年内全部办完。",
    "请二十名居民试用公开栏目，按他们的意见改了六处说法难懂的地方。",
)
_PROBLEMS = (
    (
        "一是个别科室答复时引用条文不够准确；二是表格类信息在手机上仍不好读。",
        "下一步将编一份答复用语示例，并把常用表格改成可以逐行展开的样式。",
    ),
    (
        "一是公开的文件解读偏少，图示多而要点少；二是基层经办人员更换频繁。",
        "下一步要求每份规范性文件附一段不超过三百字的说明，并安排新到岗人员跟班一周。",
    ),
    (
        "一是旧栏目迁移后仍有少数链接失效；二是申请人补充材料的说明不够清楚。",
        "下一步每月用程序查一遍链接，并把补正通知书改写得更直白。",
    ),
)


@dataclass(slots=True, frozen=True)
class Prose:
    """The paragraphs of a report, by part; tables stand at the end of parts two to four."""

    opening: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


def _fee_sentence(report: ReportTruth) -> str:
    year, fee = report.year, report.fee_yuan
    if year < 2020:
        return "没有其他需要报告的事项。"
    if fee:
        return f"{year}年依规定收取政府信息公开信息处理费{fee}元，均已上缴国库。"
    return f"{year}年未收取政府信息公开信息处理费。除此以外没有需要报告的事项。"


def prose_of(report: ReportTruth) -> Prose:
    """Return a report's paragraphs; the same report always reads the same."""
    rng = Random(f"prose {report.title}")
    organ, year, v = report.organ, report.year, report.values
    notice = "国办公开办函〔2019〕60号" if report.t3_form == "v2019" else "国办公开办函〔2021〕30号"
    opening = (
        f"按照《中华人民共和国政府信息公开条例》和{notice}文件的要求，现公布{organ.name}{year}年"
        f"政府信息公开工作年度报告。"
        + _OPENING[organ.kind].format(
            unit=organ.division.name[-1], government=organ.division.government
        ),
        f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
    )
    received = v["t3_new_received__total"]
    carried = v["t3_carried_in__total"]
    suits = v["t4_direct_total"] + v["t4_after_review_total"]
    first = (
        f"（一）主动公开。{rng.choice(_PROACTIVE)}",
        (
            f"（二）依申请公开。{year}年新收政府信息公开申请{received}件，上年结转{carried}件，"
            f"年内办结{v['t3_processed_total__total']}件，其余结转下年度。"
        ),
        f"（三）政府信息管理。{rng.choice(_MANAGEMENT)}",
        f"（四）平台建设。{rng.choice(_PLATFORM)}",
        (
            f"（五）监督保障。{rng.choice(_OVERSIGHT)}"
            f"全年发生政府信息公开行政复议{v['t4_review_total']}件，行政诉讼{suits}件。"
        ),
    )
    return Prose(
        opening=opening,
        parts=(first, (), (), (), rng.choice(_PROBLEMS), (_fee_sentence(report),)),
    )
