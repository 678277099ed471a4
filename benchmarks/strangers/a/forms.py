"""The forms: fields, official labels and the sums between fields."""

from __future__ import annotations

from dataclasses import dataclass

# Table three ------------------------------------------------------------------------------------------------------------------

COLUMNS = (
    "natural",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other_org",
    "total",
)
APPLICANTS = COLUMNS[:-1]
COLUMN_LABELS = {
    "natural": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "public_interest": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
RESULT_HEAD = "三、本年度办理结果"

ROW_LABELS = {
    "new_received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "(一)予以公开",
    "partial": "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
    "denied_state_secret": "1.属于国家秘密",
    "denied_other_law": "2.其他法律行政法规禁止公开",
    "denied_three_securities": "3.危及“三安全一稳定”",
    "denied_third_party": "4.保护第三方合法权益",
    "denied_internal_affairs": "5.属于三类内部事务信息",
    "denied_process_info": "6.属于四类过程性信息",
    "denied_enforcement_file": "7.属于行政执法案卷",
    "denied_admin_query": "8.属于行政查询事项",
    "unable_not_held": "1.本机关不掌握相关政府信息",
    "unable_need_creation": "2.没有现成信息需要另行制作",
    "unable_unclear": "3.补正后申请内容仍不明确",
    "refused_petition": "1.信访举报投诉类申请",
    "refused_duplicate": "2.重复申请",
    "refused_publication": "3.要求提供公开出版物",
    "refused_mass_repeat": "4.无正当理由大量反复申请",
    "refused_reissue": "5.要求行政机关确认或重新出具已获取信息",
    "other_total": "(六)其他处理",
    "other_not_corrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_fee_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_misc": "3.其他",
    "processed_total": "(七)总计",
    "carried_out": "四、结转下年度继续办理",
}
GROUP_LABELS = {
    "denied": "(三)不予公开",
    "unable": "(四)无法提供",
    "refused": "(五)不予处理",
    "other": "(六)其他处理",
}


def rows3(version: str) -> tuple[str, ...]:
    """Row ids of table three in one version, in order."""
    gone = (
        {"other_total"}
        if version == "v2021"
        else {"other_not_corrected", "other_fee_unpaid", "other_misc"}
    )
    return tuple(row for row in ROW_LABELS if row not in gone)


def results3(version: str) -> tuple[str, ...]:
    """The rows that add up to the processed total."""
    return tuple(
        r
        for r in rows3(version)
        if r not in {"new_received", "carried_in", "processed_total", "carried_out"}
    )


def group3(row: str) -> str | None:
    """The group a row stands under, None for rows of their own."""
    prefix = row.split("_", maxsplit=1)[0]
    if row in {"other_total"} or prefix not in GROUP_LABELS:
        return None
    return prefix


# Table two --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """One block of table two: its title, its column labels and its rows of fields."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


FEE_LABEL = {"v2021": "本年收费金额", "v2019": "采购总金额"}
MONEY = {"v2021": "t2_fee_amount_wanyuan", "v2019": "t2_procurement_amount_wanyuan"}


def _fields(stem: str, *tails: str) -> tuple[str, ...]:
    return tuple(f"t2_{stem}_{tail}" for tail in tails)


_ISSUED = ("issued", "repealed", "in_force")
_MADE = ("made", "newly_public", "public_total")
_ITEMS = ("items_prev", "items_delta", "decisions")
_DECISION = ("本年处理决定数量",)
_ITEM_LABELS = ("上一年项目数量", "本年增/减", "处理决定数量")

TABLE2 = {
    "v2021": (
        Block(
            "第二十条第(一)项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            (
                ("规章", _fields("rules", *_ISSUED)),
                ("行政规范性文件", _fields("normative", *_ISSUED)),
            ),
        ),
        Block("第二十条第(五)项", _DECISION, (("行政许可", _fields("license", "decisions")),)),
        Block(
            "第二十条第(六)项",
            _DECISION,
            (
                ("行政处罚", _fields("penalty", "decisions")),
                ("行政强制", _fields("coercion", "decisions")),
            ),
        ),
        Block(
            "第二十条第(八)项",
            (FEE_LABEL["v2021"],),
            (("行政事业性收费", ("t2_fee_amount_wanyuan",)),),
        ),
    ),
    "v2019": (
        Block(
            "第二十条第(一)项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (("规章", _fields("rules", *_MADE)), ("规范性文件", _fields("normative", *_MADE))),
        ),
        Block(
            "第二十条第(五)项",
            _ITEM_LABELS,
            (
                ("行政许可", _fields("license", *_ITEMS)),
                ("其他对外管理服务事项", _fields("service", *_ITEMS)),
            ),
        ),
        Block(
            "第二十条第(六)项",
            _ITEM_LABELS,
            (("行政处罚", _fields("penalty", *_ITEMS)), ("行政强制", _fields("coercion", *_ITEMS))),
        ),
        Block(
            "第二十条第(八)项",
            ("上一年项目数量", "本年增/减"),
            (("行政事业性收费", _fields("fee", "items_prev", "items_delta")),),
        ),
        Block(
            "第二十条第(九)项",
            ("采购项目数量", FEE_LABEL["v2019"]),
            (("政府集中采购", ("t2_procurement_count", "t2_procurement_amount_wanyuan")),),
        ),
    ),
}


def fields2(version: str) -> tuple[str, ...]:
    """Fields of table two, in order."""
    return tuple(f for block in TABLE2[version] for _, fields in block.rows for f in fields)


# Table four -------------------------------------------------------------------------------------------------------------------

GROUPS4 = {"review": "行政复议", "direct": "未经复议直接起诉", "after_review": "复议后起诉"}
COLUMNS4 = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


def fields4() -> tuple[str, ...]:
    """The fifteen fields of table four, in order."""
    return tuple(f"t4_{g}_{c}" for g in GROUPS4 for c in COLUMNS4)


# Older indicator tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an indicator table: a section (no field) or an indicator."""

    label: str
    unit: str
    field: str | None
    depth: int = 0


def _lines(prefix: str, text: str) -> tuple[Line, ...]:
    lines = []
    for raw in text.strip().splitlines():
        depth = len(raw) - len(raw.lstrip())
        field, unit, label = raw.split(maxsplit=2)
        lines.append(Line(label, unit, None if field == "-" else prefix + field, depth))
    return tuple(lines)


A14 = _lines(
    "a14_",
    """
- — 一、主动公开情况
 proactive_total 条 (一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)
  proactive_normative 条 其中:主动公开规范性文件数
  normative_issued 件 制发规范性文件总数
 - — (二)通过不同渠道和方式公开政府信息的情况
  ch_gazette 条 1.政府公报公开政府信息数
  ch_website 条 2.政府网站公开政府信息数
  ch_weibo 条 3.政务微博公开政府信息数
  ch_wechat 条 4.政务微信公开政府信息数
  ch_other 条 5.其他方式公开政府信息数
- — 二、回应解读情况
 hot_responses 次 (一)回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)
 - — (二)通过不同渠道和方式回应解读的情况
  press_total 次 1.参加或举办新闻发布会总次数
   press_chief 次 其中:主要负责同志参加新闻发布会次数
  interview_total 次 2.政府网站在线访谈次数
   interview_chief 次 其中:主要负责同志参加政府网站在线访谈次数
  interpretations 篇 3.政策解读稿件发布数
  micro_responses 次 4.微博微信回应事件数
  other_responses 次 5.其他方式回应事件数
- — 三、依申请公开情况
 app_total 件 (一)收到申请数
  app_in_person 件 1.当面申请数
  app_fax 件 2.传真申请数
  app_network 件 3.网络申请数
  app_letter 件 4.信函申请数
 done_total 件 (二)申请办结数
  done_on_time 件 1.按时办结数
  done_extended 件 2.延期办结数
 reply_total 件 (三)申请答复数
  reply_already_public 件 1.属于已主动公开范围数
  reply_granted 件 2.同意公开答复数
  reply_partial 件 3.同意部分公开答复数
  reply_denied 件 4.不同意公开答复数
   denied_state_secret 件 其中:涉及国家秘密
   denied_business_secret 件 涉及商业秘密
   denied_privacy 件 涉及个人隐私
   denied_security 件 危及国家安全、公共安全、经济安全和社会稳定
   denied_not_gov_info 件 不是《条例》所指政府信息
   denied_other_law 件 法律法规规定的其他情形
  reply_not_this_organ 件 5.不属于本行政机关公开数
  reply_not_exist 件 6.申请信息不存在数
  reply_supplement 件 7.告知作出更改补充数
  reply_other_route 件 8.告知通过其他途径办理数
review_total 件 四、行政复议数量
 review_upheld 件 (一)维持具体行政行为数
 review_corrected 件 (二)被依法纠错数
 review_other 件 (三)其他情形数
suit_total 件 五、行政诉讼数量
 suit_upheld 件 (一)维持具体行政行为或者驳回原告诉讼请求数
 suit_corrected 件 (二)被依法纠错数
 suit_other 件 (三)其他情形数
complaints 件 六、举报投诉数量
fee_wanyuan 万元 七、依申请公开信息收取的费用
- — 八、机构建设和保障经费情况
 org_count 个 (一)政府信息公开工作专门机构数
 reading_points 个 (二)设置政府信息公开查阅点数
 staff_total 人 (三)从事政府信息公开工作人员数
  staff_full_time 人 1.专职人员数(不包括政府公报及政府网站工作人员数)
  staff_part_time 人 2.兼职人员数
 budget_wanyuan 万元 (四)政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)
- — 九、政府信息公开会议和培训情况
 meetings 次 (一)召开政府信息公开工作会议或专题会议数
 trainings 次 (二)举办各类培训班数
 trainees 人次 (三)接受培训人员数
""",
)

S08_LATER = _lines(
    "s08_",
    """
proactive_total 条 主动公开信息数
 proactive_fulltext 条 其中:全文电子化的主动公开信息数
normative_new 条 新增的行政规范性文件数
service_info 条 提供服务类信息数
page_views 人次 网站专栏页面访问量
visitors 人次 现场接待人数
online_consult 人次 网上咨询数
phone_consult 人次 咨询电话接听数
app_total 条 申请总数
 app_in_person 条 当面申请数
 app_fax 条 传真申请数
 app_email 条 电子邮件申请数
 app_web 条 网上申请数
 app_letter 条 信函申请数
 app_other 条 其他形式申请数
reply_total 条 对申请的答复总数
 reply_granted 条 同意公开答复数
 reply_partial 条 同意部分公开答复数
 reason_not_gov_info 条 非《条例》所指政府信息数
 reason_not_exist 条 信息不存在数
 reason_not_this_organ 条 非本机关职权范围数
 reason_unclear 条 申请内容不明确数
 reason_duplicate 条 重复申请数
 reply_denied 条 不予公开答复总数
  exempt_1 条 免予公开范围1
  exempt_2 条 免予公开范围2
  exempt_3 条 免予公开范围3
  exempt_4 条 免予公开范围4
  exempt_5 条 免予公开范围5
  exempt_6 条 免予公开范围6
review_total 件 行政复议数
suit_total 件 行政诉讼数
appeal_total 件 行政申诉数
fee_total_yuan 元 收取费用总额
 fee_proactive_yuan 元 主动公开信息收费
 fee_on_request_yuan 元 依申请提供信息收费
staff_total 人 政府信息公开指定专职人员数
 staff_full_time 人 全职人员
 staff_part_time 人 兼职人员
budget_wanyuan 万元 处理政府信息公开的专项经费
spent_wanyuan 万元 处理政府信息公开的实际支出
litigation_cost_wanyuan 万元 与诉讼有关的总费用
""",
)

F08 = _lines(
    "f08_",
    """
disclosed_total 条 主动公开文件数
 disclosed_website 条 其中:政府网站公开数
 disclosed_gazette 条 政府公报公开数
received_total 条 受理依申请公开信息总数
 received_in_person 条 当面申请数
 received_online 条 网上申请数
 received_letter_fax 条 信函、传真申请数
replied_total 条 对申请的答复总数
 replied_granted 条 同意公开答复数
 replied_partial 条 同意部分公开答复数
 replied_denied 条 不予公开答复数
 replied_other 条 其他类型答复数
lawsuits_or_reports_accepted 件 接受行政诉讼、举报数
reviews 件 行政复议数
lawsuits 件 行政诉讼数
""",
)

#: total field -> its parts, for every form
SUMS: dict[str, tuple[str, ...]] = {
    "a14_app_total": tuple(f"a14_app_{k}" for k in ("in_person", "fax", "network", "letter")),
    "a14_done_total": ("a14_done_on_time", "a14_done_extended"),
    "a14_reply_total": tuple(
        f"a14_reply_{k}"
        for k in (
            "already_public",
            "granted",
            "partial",
            "denied",
            "not_this_organ",
            "not_exist",
            "supplement",
            "other_route",
        )
    ),
    "a14_reply_denied": tuple(
        f"a14_denied_{k}"
        for k in (
            "state_secret",
            "business_secret",
            "privacy",
            "security",
            "not_gov_info",
            "other_law",
        )
    ),
    "a14_review_total": tuple(f"a14_review_{k}" for k in ("upheld", "corrected", "other")),
    "a14_suit_total": tuple(f"a14_suit_{k}" for k in ("upheld", "corrected", "other")),
    "a14_staff_total": ("a14_staff_full_time", "a14_staff_part_time"),
    "s08_app_total": tuple(
        f"s08_app_{k}" for k in ("in_person", "fax", "email", "web", "letter", "other")
    ),
    "s08_reply_total": (
        "s08_reply_granted",
        "s08_reply_partial",
        "s08_reason_not_gov_info",
        "s08_reason_not_exist",
        "s08_reason_not_this_organ",
        "s08_reason_unclear",
        "s08_reason_duplicate",
        "s08_reply_denied",
    ),
    "s08_reply_denied": tuple(f"s08_exempt_{k}" for k in range(1, 7)),
    "s08_fee_total_yuan": ("s08_fee_proactive_yuan", "s08_fee_on_request_yuan"),
    "s08_staff_total": ("s08_staff_full_time", "s08_staff_part_time"),
    "f08_received_total": tuple(f"f08_received_{k}" for k in ("in_person", "online", "letter_fax")),
    "f08_replied_total": tuple(
        f"f08_replied_{k}" for k in ("granted", "partial", "denied", "other")
    ),
}
