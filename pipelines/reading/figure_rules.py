"""Which words before a number of running text say what it counts: the rules of ``narrative``.

A rule is a row of a table: the field, the words that lead up to the number, what the clause must
be about, the units it is counted in. The first rule that fits wins, so the specific stand first.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "x_app_total": "申请 received in the year (收到, 新收, 接到), 件",
        "x_app_accepted": "申请 accepted (受理), 件; often the same as received, not always",
        "x_app_replied": "申请 dealt with (办理, 办结, 答复), 件",
        "x_carried_in": "申请 carried in from the year before, 件",
        "x_carried_out": "申请 carried over to the next year, 件",
        "x_granted": "予以公开, 同意公开, 件",
        "x_partial": "部分公开, 件",
        "x_granted_or_partial": "予以公开 and 部分公开 in one figure, 件",
        "x_denied": "不予公开, 件",
        "x_unable": "无法提供, 件",
        "x_refused": "不予处理, 件",
        "x_other": "其他处理, 件",
        "x_review_total": "行政复议 about disclosure, 件",
        "x_review_upheld": "of these 维持, 件",
        "x_review_corrected": "of these 纠正, 件",
        "x_review_other": "of these 其他结果, 件",
        "x_review_pending": "of these 尚未审结, 件",
        "x_suit_total": "行政诉讼 about disclosure, 件",
        "x_suit_upheld": "of these 维持, 件",
        "x_suit_corrected": "of these 纠正, 件",
        "x_suit_other": "of these 其他结果, 件",
        "x_suit_pending": "of these 尚未审结, 件",
        "x_proactive_total": "政府信息 published proactively by all ways, 条",
        "x_website_items": "of these on the government website, 条",
        "x_newmedia_items": "of these by 政务新媒体, 条",
        "x_normative_issued": "行政规范性文件 issued, 件",
        "x_normative_repealed": "行政规范性文件 repealed, 件",
        "x_normative_in_force": "行政规范性文件 in force, 件",
        "x_trainings": "trainings held, 次",
        "x_complaints": "complaints about disclosure (投诉, 举报), 件",
        "x_fee_yuan": "信息处理费 collected, 元",
    }
)
"""Every field of a ``Figure``, with its meaning and unit."""

_APPLICATION = r"(?:政府|政务)?信息(?:依申请)?公开(?:的)?(?:书面)?申请|依申请公开|公开申请|依申请|(?:(?<=[到共理结复转件份的收各完,;:(、\d])|^)申请(?!人|复议|行政|表|书)"
_OTHER = "留言|咨询|信箱|热线|来信|来电|诉求|求助|建议|提案|议案|找错|工单|信访|民意|网民|提问|问政|办事|审批|许可|举报|投诉|12345"
# What a clause is about. The last one named before a figure counts.
TOPIC = re.compile(
    rf"(?P<other>{_OTHER})"
    r"|(?P<norm>规范性文件)"
    r"|(?P<suit>诉讼|(?:未经复议直接|复议后)?起诉)"
    r"|(?P<review>复议)"
    rf"|(?P<app>{_APPLICATION})"
)
MAY_NAME_TOPIC = re.compile(rf"{_OTHER}|规范性文件|复议|诉讼|起诉|申请")
"""A word that every match of ``TOPIC`` holds: plain words are looked for faster."""
DISCLOSURE = re.compile(r"信息公开|政务公开|依申请|公开申请")


CHANNEL = re.compile(
    r"当面|网络|网上|在线|线上|线下|信函|邮寄|传真|邮件|来函|现场|窗口|平台|渠道|自然人|商业企业|科研机构|公益组织|法律服务"
)

_KIND = re.compile(
    r"公民|法人|企业|个人|组织|网络|网上|在线|线上|线下|当面|书面|信函|邮寄|传真|邮件|窗口|现场|渠道|平台|形式"
)


_ANY_KIND = re.compile("(?:任何|各种|各类|多种|不同)(?:形式|渠道|方式|平台)")


def of_one_kind(words: str) -> bool:
    """Return whether words name one kind of applicant or one way of asking, and no other.

    >>> of_one_kind("收到公民政府信息公开申请"), of_one_kind("收到公民、法人或其他组织的申请")
    (True, False)
    """
    return len(set(_KIND.findall(_ANY_KIND.sub("", words)))) == 1


# 通过信函收到5件, 网站收到20件: one way of asking; 通过各种渠道收到 is all of them.
BY_CHANNEL = re.compile(
    r"(?:(?:通过|经由?|以|从|来自)(?!各|多|线上线下|线上[和与及、])[^,。;:、和及与]{0,12}?(?:网络|网上|网站|信函|信件|邮寄|邮件|传真|现场|窗口|当面|平台|系统|信箱|渠道|方式|形式)"
    r"|(?:网站|平台|窗口|信箱|邮箱))(?:渠道|方式|形式)?(?:共|共计|累计|全年|新)*(?:收到|接到|受理|新收)[^,。;:]*$"
)
# 网上受理16件, 现场受理4件.
BY_CHANNEL_WORD = re.compile(
    r"(?:^|[,;:(年局府委办]|其中)(?:网上|网络|现场|窗口|当面|信函|来函|书面|线上|线下)(?:共|共计|累计|全年|新)*(?:收到|接到|受理|新收)[^,。;:]*$"
)
# 县住建局收到8件: an organ and what it did; 我局 is no organ beside others.
ORGAN_DOES = re.compile(
    r"(?:^|[,。;:、(]|其中)(?:20\d\d年度?)?((?!我|本|全)[^,。;:、()\d]{1,14}(?:局|委|厅|镇|乡|街道|部门|机关|中心|单位|办公室|办事处))(?:\([^()]{1,8}\))?(?:共|均|全年|主动|累计|新)*(?:收到|接到|受理|办理|办结|答复|公开|发布|制发|制定)"
)
ALL_DO = re.compile(r"(?:^|[,。;:])全[省市县区州旗盟](?:共|合计|累计|总共)*(?:收到|接到|受理|新收)")
ASKED = re.compile("受理|收到|接到|新收|答复|办理|办结|处理|申请(?!公开)")
# 部分乡镇未收到申请 says nothing of the others.
SOME_ORGANS = re.compile(
    r"(?:部分|个别|其他|其余|其它|少数|多数|有些|一些|有的)[^,、]{0,4}(?:乡镇|镇|乡|街道|部门|单位|科室|机关|局)(?:均|都|也|和单位|及单位)*(?:未|没有|无)"
)
DECIDES_REVIEWS = re.compile(
    r"(?:办理|受理|审理|审结|办结|调解|代理|应诉)[^,]{0,6}(?:复议|诉讼|应诉)"
)
# 除市公安局收到12件外, 其他部门收到8件.
EXCEPTED = re.compile(r"(?:^|[,。;:])除[^,。;]*$")
EXCEPT = re.compile(r"^[^,。;]{0,16}外")
# 市政府转办5件, 王某提出35件: not all an organ had.
OF_ONE_SOURCE = re.compile(
    r"(?:转办|交办|(?<!年)(?<!年度)转来|协助|配合|协办|某,?|同一(?:申请)?人)[^,。;:]*$"
)
# Held by others: 参加上级组织的政务公开培训3次.
ATTENDED = re.compile("(?:参加|选派|派员)[^。;]{0,30}$")
# 按时办结20件，延期办结2件: the sum is said nowhere.
LATE = re.compile(r"(?:延期|延时|超期|逾期)(?:办结|答复|办理|回复)[^,。;\d]{0,8}[1-9]")

# What may stand between a verb and its number: words that name the thing counted, or nothing.
_PLAIN = r"(?:了|到|共|共计|合计|总计|各类|有|数|数量|件数|为|的|完成|完毕){0,3}"
_REQUESTS = rf"(?:[^,。;:]{{0,24}}?(?:申请|公开)[^,。;:]{{0,8}}?|{_PLAIN})"
_DOCUMENTS = rf"(?:[^,。;:]{{0,10}}?规范性文件{_PLAIN}|{_PLAIN})"
# 信息不存在和不予公开共6件 is neither's.
_NOT_JOINED = r"(?<![\u4e00-\u9fff][或及和与、])"
_GLUE = r"(?:[”\"’》]|申请|信息|事项|案件|情形|情况|答复|数量|件数|总数|数|的|了|有|共|共计|合计|计|为|是|约|到|:|,|各类|全部|完成|达|达到){0,4}"

# Trainings in other things than disclosure.
_OTHER_LESSONS = r"[^,。;:、\d公]{0,12}(?:安全|消防|党|法律|法治|普法|就业|技能|农业|防疫|防汛|执法|新闻|保密|公文|教师|医|应急|财务|普查)[^,。;:、\d公]{0,12}培训"


@dataclass(slots=True, frozen=True)
class Rule:
    """``lead`` must end right before the number; ``topic`` must be the clause's topic."""

    field: str
    lead: re.Pattern[str]
    topics: frozenset[str]
    units: frozenset[str]
    part_ok: bool = True

    @property
    def of_joint(self) -> bool:
        """Return whether it may be a part of 复议和诉讼 together, or of reviews of any kind."""
        return self.field in {"x_review_total", "x_suit_total"}


def _rule(
    field: str,
    lead: str,
    topics: str,
    units: str = "件 件次 份 条 起 宗 例 封",
    *,
    part_ok: bool = True,
) -> Rule:
    return Rule(
        field, re.compile(lead + "$"), frozenset(topics.split()), frozenset(units.split()), part_ok
    )


RULES: tuple[Rule, ...] = (
    # outcomes: the words alone are specific
    _rule(
        "x_granted_or_partial",
        rf"(?<!不)(?<!不予)(?<!不同意)(?:予以|同意)?公开(?:及|和|或|、|与)(?:者)?(?:予以|同意)?部分公开{_GLUE}",
        "app none",
    ),
    _rule("x_partial", rf"{_NOT_JOINED}(?:予以|同意)?部分公开{_GLUE}", "app none"),
    _rule("x_denied", rf"{_NOT_JOINED}(?:不予公开|不同意公开|否决公开){_GLUE}", "app none"),
    _rule(
        "x_granted", rf"(?<!不)(?<!部分)(?:(?:予以|同意|全部|准予)(?:全部)?公开){_GLUE}", "app none"
    ),
    _rule("x_unable", rf"{_NOT_JOINED}无法提供{_GLUE}", "app none"),
    _rule("x_refused", rf"{_NOT_JOINED}(?<!类)(?<!重复申请)不予处理{_GLUE}", "app none"),
    _rule("x_other", rf"{_NOT_JOINED}其他处理{_GLUE}", "app none"),
    # carried over
    _rule(
        "x_carried_in",
        rf"(?:(?:上|上一|去|前一|20\d\d)(?:年度?)(?:度)?(?:结转|转入|转来|遗留|延续|顺延)|结转(?:自)?(?:上|上一|去)年(?:度)?|上年结转)(?:的)?(?:办理)?(?:政府信息公开)?{_GLUE}",
        "app none",
    ),
    _rule(
        "x_carried_out",
        rf"(?:(?:结转|转|转入|顺延)(?:至|到|入)?(?:下|下一|次|20\d\d)(?:年度?)|跨年(?:度)?(?:办理|结转))(?:继续)?(?:办理|答复|处理)?{_GLUE}",
        "app none",
    ),
    # requests
    _rule(
        "x_app_total",
        rf"(?:收到|新收|接到|接收|收悉)(?:了|到)?{_REQUESTS}",
        "app",
        part_ok=False,
    ),
    _rule("x_app_total", rf"新收(?:到)?{_REQUESTS}", "app"),
    _rule(
        "x_app_accepted",
        rf"(?<![不未拟])(?<!不予)(?<!未予)受理(?:了)?{_REQUESTS}",
        "app",
        part_ok=False,
    ),
    _rule(
        "x_app_replied",
        rf"(?<![在未])(?:办理|办结|答复|回复|办复|处理)(?:答复|办结|回复)?{_REQUESTS}",
        "app",
        part_ok=False,
    ),
    _rule(
        "x_app_total",
        r"(?:政府|政务)?信息公开申请(?:的)?(?:总)?(?:数量|件数|总数|总量|量|数|共|共计|有|为|:){0,3}",
        "app",
        part_ok=False,
    ),
    # review and suits: results first
    *(
        _rule(f"x_{kind}_{field}", rf"(?:{words}){_GLUE}", kind)
        for kind in ("review", "suit")
        for field, words in (
            ("upheld", "(?<![一二]审)(?:结果)?维持(?:原(?:行政)?行为|原判|原决定)?"),
            ("corrected", "(?:结果)?纠正|被(?:依法)?纠错"),
            ("other", "其他结果"),
            ("pending", "尚未审结|未审结|正在审理"),
        )
    ),
    _rule(
        "x_review_total",
        r"(?<!未经)(?<!不服)(?:行政)?复议(?:申请|案件|案|事项|数量|件数|总数|数|的|共|共计|有|为|是|:){0,4}",
        "review",
        part_ok=False,
    ),
    _rule(
        "x_suit_total",
        r"(?:行政)?诉讼(?:案件|案|事项|应诉|数量|件数|总数|数|的|共|共计|有|为|是|:){0,4}",
        "suit",
        part_ok=False,
    ),
    # 项 counts matters of many sorts: only right behind disclosure is it cases
    *(
        _rule(f"x_{kind}_total", rf"信息公开(?:的)?(?:行政)?{word}", kind, "项", part_ok=False)
        for kind, word in (("review", "复议"), ("suit", "诉讼"))
    ),
    # normative documents
    _rule(
        "x_normative_issued",
        rf"(?:制发|新增|制定(?:出台|印发|发布)?|新制定|印发|出台|新发){_DOCUMENTS}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    _rule(
        "x_normative_repealed",
        rf"(?:废止|宣布失效)(?:和失效|及失效|\((?:宣布)?失效\))?{_DOCUMENTS}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    _rule(
        "x_normative_in_force",
        rf"(?<!宣布)(?:现行有效|继续有效|(?<!失)(?<!无)有效)(?!性|期){_DOCUMENTS}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    # what was published
    _rule(
        "x_newmedia_items",
        rf"(?:政务)?新媒体(?:平台|账号|矩阵)?(?:20\d\d年度?|共|主动|累计|全年|对外)*(?:(?:公开|发布)(?:各类|各种|的)?(?:政府|政务)?(?:信息|消息)|公开){_GLUE}",
        "any",
        "条 件 篇 个",
    ),
    _rule(
        "x_website_items",
        rf"(?<!国)(?:政府|门户|政务|部门|官方|”)网站?(?:平台|群|集群)?(?:20\d\d年度?|共|主动|累计|全年|当年|对外|向社会)*(?:(?:公开|发布)(?:各类|各种|的)?(?:政府|政务)?信息|公开){_GLUE}",
        "any",
        "条 件 篇",
    ),
    _rule(
        "x_proactive_total",
        rf"(?<!全文电子化)(?<!全文电子化的)(?<![应未不拟需])(?<!应当)(?<!应予)(?<!抽查)(?<!检查)主动(?:向社会)?公开(?:(?:我|全|本)(?:省|市|县|区|州|旗|镇|乡|街道|局|机关|单位|部门)|各级|各单位|单位|部门|各类|各种|各项|各领域|的|有关|相关|政府|政务){{0,6}}信息{_GLUE}",
        "any",
        "条 件",
        part_ok=False,
    ),
    _rule(
        "x_trainings",
        rf"(?:组织|开展|举办|召开|举行)(?:了)?(?!参加)(?!{_OTHER_LESSONS})[^,。;:、\d]{{0,24}}?(?:培训(?:班|会议|会|活动|讲座)?)(?:共|共计|累计|达)?",
        "any",
        "次 期 场 个",
        part_ok=False,
    ),
    _rule(
        "x_complaints",
        r"(?:信息公开)[^,。;:]{0,12}?(?:投诉|举报)(?:、(?:投诉|举报))?(?:案件|事项|件)?(?:共|为|:)?",
        "other",
        "件 起 次",
        part_ok=False,
    ),
)
# The number stands first: 收到70件申请, 1件结转下年度, 有1件关于信息公开的行政复议.
AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "x_carried_out",
        re.compile(
            r"^(?:申请)?(?:按照[^,。;]{0,14})?(?:结转|转|顺延)(?:至|到|入)?(?:下|次|20\d\d)"
        ),
    ),
    (
        "x_carried_in",
        re.compile(r"^(?:申请)?(?:为|系|是)?(?:上|去|20\d\d)(?:一)?年(?:度)?(?:结转|转入|转来)"),
    ),
    (
        "x_review_total",
        re.compile(
            r"^(?:涉及|因|关于|有关)?[^,。;\d]{0,18}信息公开[^,。;\d]{0,10}(?:行政)?复议(?:案件|案|申请)?(?=[,。;、]|$)"
        ),
    ),
    (
        "x_suit_total",
        re.compile(
            r"^(?:涉及|因|关于|有关)?[^,。;\d]{0,18}信息公开[^,。;\d]{0,10}诉讼(?:案件|案)?(?=[,。;、]|$)"
        ),
    ),
    (
        "x_trainings",
        re.compile(
            r"^(?:政务公开|政府信息公开|信息公开|业务|专题|全[县市区])[^,。;、\d]{0,12}培训"
        ),
    ),
)
_OUTCOMES = {
    "予以公开": "x_granted",
    "同意公开": "x_granted",
    "部分公开": "x_partial",
    "予以部分公开": "x_partial",
    "不予公开": "x_denied",
    "不同意公开": "x_denied",
    "无法提供": "x_unable",
    "不予处理": "x_refused",
    "其他处理": "x_other",
}
_RESULTS = {"维持": "upheld", "纠正": "corrected", "尚未审结": "pending"}
_SAID_OF_IT = r"(?:申请)?(?:的)?(?:为|是|属于?|被|已|作出|依法|结果|“){0,3}"
_OUTCOME_AFTER = re.compile(
    f"^{_SAID_OF_IT}({'|'.join(sorted(_OUTCOMES, key=len, reverse=True))})(?!率|和|及|或|、|的(?:理由|依据))"
)
_RESULT_AFTER = re.compile(f"^{_SAID_OF_IT}({'|'.join(_RESULTS)})")
OUTCOME_BEFORE = re.compile(
    f"(?:{'|'.join(_OUTCOMES)}|{'|'.join(_RESULTS)})(?:”|的|有|为|共|计|申请){{0,3}}$"
)


def outcome_after(after: str, topic: str) -> str | None:
    """Return the field of an outcome that follows its number: 12件予以公开, 1件维持."""
    if topic in {"app", "none"} and (found := _OUTCOME_AFTER.match(after)):
        return _OUTCOMES[found[1]]
    if topic in {"review", "suit"} and (found := _RESULT_AFTER.match(after)):
        return f"x_{topic}_{_RESULTS[found[1]]}"
    return None


EACH = re.compile(r"(?:各|均|都|皆)(?:为|有|是|发生|:)?$")
JOINT = re.compile(
    r"复议(?:案件|案|申请)?(?:、|和|及|与|或|以及)(?:被)?(?:提起)?(?:行政)?(?:诉讼|应诉)(?:案件|案|申请|情况|数量|总数|数|的|共|共计|有|为|均|都|各|皆|:){0,5}$"
)
RECEIVED_BEFORE = re.compile(r"(?:收到|新收|接到)(?:了)?(?:共|共计|各类)?$")

_ABSENT = r"(?:未|没有|尚未|从未|无|不存在)(?:曾|再)?(?:收到|接到|接收到?|受理|收取|发生|产生|出现|涉及|有|被)?(?:过|任何|有关|关于|一起|一件|1件)*"
DENIES = re.compile("[未无没]|不存在|[为均都皆各:](?:0|零)")
"""What every one of ``NEGATIVES`` holds."""
_BOTH_ZERO = re.compile(
    r"复议(?:案件|案|申请)?(?:、|和|及|与|以及)(?:被)?(?:提起)?(?:行政)?诉讼[^,\d]{0,8}(?:均|都|皆|各)(?:为)?(?:0|零)$"
)
_NO_DOCUMENTS = (
    r"(?:未|没有|无)(?:曾|再|新)*(?:{})(?:过|任何|新的|发布|出台|、|规章|和|及|或|行政)*规范性文件$"
)
NEGATIVES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "x_app_total",
        re.compile(
            r"信息公开申请(?:数量|件数|数)?(?:、|和|及)[^,\d]{2,24}(?:均|都|皆)为?(?:0|零)$"
        ),
    ),
    ("x_review_total", _BOTH_ZERO),
    ("x_suit_total", _BOTH_ZERO),
    ("x_normative_issued", re.compile(_NO_DOCUMENTS.format("制发|制定|出台|印发|新增"))),
    ("x_normative_repealed", re.compile(_NO_DOCUMENTS.format("废止"))),
    (
        "x_app_total",
        re.compile(
            r"(?:未|没有|尚未|从未|无)(?:曾|再)?(?:收到|接到|接收到?|受理)(?:过|任何|有关|关于|要求|形式的|申请人|公民|、|法人|和|及|其他组织|或者?|社会公众|群众|个人|单位|企业|对|我[局委办镇乡县市区]|本(?:机关|单位|部门|级)|提出|提交|的|书面|线上|线下|网络|网上|当面){0,12}"
            r"(?:(?:政府|政务)?信息(?:依申请)?公开(?:的)?(?:书面)?申请|依申请公开(?:政府信息|信息)?(?:的)?(?:申请|件|事项|要求|信息)?|公开(?:政府)?信息(?:的)?申请)(?:件|表|书|事项|情况|要求|函件)*$"
        ),
    ),
    (
        "x_app_total",
        re.compile(
            r"(?:^|年度?|[局委办镇乡县市区关位门]|全年|均|,)(?:无|没有)(?:政府)?(?:信息)?(?:依申请公开|公开申请)(?:政府信息|信息)?(?:的)?(?:申请|件|事项|情况)*$"
        ),
    ),
    (
        "x_app_total",
        re.compile(
            r"(?:收到|接到|新收)[^,。;]{0,12}信息公开申请(?:的)?(?:数量|件数|总数|数)?为(?:0|零)$"
        ),
    ),
    (
        "x_review_total",
        re.compile(
            _ABSENT
            + r"(?![^,]{0,40}(?:败诉|纠错|纠正|撤销|投诉))(?:[^,]{0,30}?(?:信息公开|依申请公开)[^,]{0,20}?|[^,]{0,6}?)复议(?:案件|案)?(?:、|和|及|或者?|以及|与|,)?(?:被|提起){0,2}(?:行政)?(?:诉讼)?(?:(?:、|和|及|或)(?:行政)?申诉)?(?:的)?(?:申请|案件|案例|案|情况|事项|事件|情形|件|行为)*$"
        ),
    ),
    (
        "x_suit_total",
        re.compile(
            _ABSENT
            + r"(?![^,]{0,40}(?:败诉|纠错|纠正|撤销|投诉))(?:[^,]{0,30}?(?:信息公开|依申请公开)[^,]{0,24}?|[^,]{0,14}?)(?<!复)诉讼(?:(?:、|和|及|或)(?:行政)?申诉)?(?:的)?(?:申请|案件|案例|案|情况|事项|事件|情形|件|行为)*$"
        ),
    ),
    (
        "x_complaints",
        re.compile(
            _ABSENT
            + r"[^,]{0,24}?信息公开[^,]{0,10}(?:投诉|举报)(?:、|和|及)?(?:投诉|举报)?(?:案件|情况|件|事项|的)*$"
        ),
    ),
)
