"""The forms: field ids, printed labels, columns. One place for all that is fixed by the forms of 2008-2021."""

from __future__ import annotations

COLUMNS: tuple[tuple[str, str], ...] = (
    ("natural", "自然人"), ("business", "商业企业"), ("research", "科研机构"), ("public_interest", "社会公益组织"),
    ("legal_service", "法律服务机构"), ("other_org", "其他"), ("total", "总计"),
)
COLUMN_LABEL = dict(COLUMNS)
APPLICANTS = tuple(name for name, _ in COLUMNS[:6])

# (row id, group or None, label); rows of the outcome part carry a group or "" for those directly below 三.
_OUTCOMES: tuple[tuple[str, str, str], ...] = (
    ("granted", "", "(一)予以公开"),
    ("partial", "", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
    ("denied_state_secret", "(三)不予公开", "1.属于国家秘密"),
    ("denied_other_law", "(三)不予公开", "2.其他法律行政法规禁止公开"),
    ("denied_three_securities", "(三)不予公开", "3.危及“三安全一稳定”"),
    ("denied_third_party", "(三)不予公开", "4.保护第三方合法权益"),
    ("denied_internal_affairs", "(三)不予公开", "5.属于三类内部事务信息"),
    ("denied_process_info", "(三)不予公开", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "(三)不予公开", "7.属于行政执法案卷"),
    ("denied_admin_query", "(三)不予公开", "8.属于行政查询事项"),
    ("unable_not_held", "(四)无法提供", "1.本机关不掌握相关政府信息"),
    ("unable_need_creation", "(四)无法提供", "2.没有现成信息需要另行制作"),
    ("unable_unclear", "(四)无法提供", "3.补正后申请内容仍不明确"),
    ("refused_petition", "(五)不予处理", "1.信访举报投诉类申请"),
    ("refused_duplicate", "(五)不予处理", "2.重复申请"),
    ("refused_publication", "(五)不予处理", "3.要求提供公开出版物"),
    ("refused_mass_repeat", "(五)不予处理", "4.无正当理由大量反复申请"),
    ("refused_reissue", "(五)不予处理", "5.要求行政机关确认或重新出具已获取信息"),
)
_OTHER_2021 = (
    ("other_not_corrected", "(六)其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "(六)其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "(六)其他处理", "3.其他"),
)
_OTHER_2019 = (("other_total", "", "(六)其他处理"),)
OUTCOME_HEAD = "三、本年度办理结果"
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
NEW = ("new_received", None, "一、本年新收政府信息公开申请数量")
CARRIED_IN = ("carried_in", None, "二、上年结转政府信息公开申请数量")
CARRIED_OUT = ("carried_out", None, "四、结转下年度继续办理")
TOTAL_ROW = ("processed_total", "", "(七)总计")


def outcomes(era: str) -> tuple[tuple[str, str, str], ...]:
    """The outcome rows without (七)."""
    return _OUTCOMES + (_OTHER_2021 if era == "v2021" else _OTHER_2019)


def table_three_rows(era: str) -> tuple[tuple[str, str | None, str], ...]:
    """All rows of table three in order."""
    return (NEW, CARRIED_IN, *outcomes(era), TOTAL_ROW, CARRIED_OUT)


def t3(row: str, column: str) -> str:
    """Field id of a cell of table three."""
    return f"t3_{row}__{column}"


# Table two: blocks of (caption, first head, heads, rows of (label, fields)).
Block = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]
TWO_2021: tuple[Block, ...] = (
    ("第二十条第(一)项", ("本年制发件数", "本年废止件数", "现行有效件数"),
     (("规章", ("t2_rules_issued", "t2_rules_repealed", "t2_rules_in_force")),
      ("行政规范性文件", ("t2_normative_issued", "t2_normative_repealed", "t2_normative_in_force")))),
    ("第二十条第(五)项", ("本年处理决定数量",), (("行政许可", ("t2_license_decisions",)),)),
    ("第二十条第(六)项", ("本年处理决定数量",),
     (("行政处罚", ("t2_penalty_decisions",)), ("行政强制", ("t2_coercion_decisions",)))),
    ("第二十条第(八)项", ("本年收费金额(单位:万元)",), (("行政事业性收费", ("t2_fee_amount_wanyuan",)),)),
)
_ITEM_HEADS = ("上一年项目数量", "本年增/减", "处理决定数量")
TWO_2019: tuple[Block, ...] = (
    ("第二十条第(一)项", ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
     (("规章", ("t2_rules_made", "t2_rules_newly_public", "t2_rules_public_total")),
      ("规范性文件", ("t2_normative_made", "t2_normative_newly_public", "t2_normative_public_total")))),
    ("第二十条第(五)项", _ITEM_HEADS,
     (("行政许可", ("t2_license_items_prev", "t2_license_items_delta", "t2_license_decisions")),
      ("其他对外管理服务事项", ("t2_service_items_prev", "t2_service_items_delta", "t2_service_decisions")))),
    ("第二十条第(六)项", _ITEM_HEADS,
     (("行政处罚", ("t2_penalty_items_prev", "t2_penalty_items_delta", "t2_penalty_decisions")),
      ("行政强制", ("t2_coercion_items_prev", "t2_coercion_items_delta", "t2_coercion_decisions")))),
    ("第二十条第(八)项", _ITEM_HEADS[:2], (("行政事业性收费", ("t2_fee_items_prev", "t2_fee_items_delta")),)),
    ("第二十条第(九)项", ("采购项目数量", "采购总金额(单位:万元)"),
     (("政府集中采购", ("t2_procurement_count", "t2_procurement_amount_wanyuan")),)),
)
MONEY = frozenset({"t2_fee_amount_wanyuan", "t2_procurement_amount_wanyuan", "a14_fee_wanyuan", "a14_budget_wanyuan",
                   "s08_budget_wanyuan", "s08_spent_wanyuan", "s08_litigation_cost_wanyuan"})
SMALL_MONEY = frozenset({"s08_fee_total_yuan", "s08_fee_proactive_yuan", "s08_fee_on_request_yuan"})


def two(era: str) -> tuple[Block, ...]:
    """The blocks of table two."""
    return TWO_2021 if era == "v2021" else TWO_2019


FOUR_GROUPS: tuple[tuple[str, str], ...] = (
    ("review", "行政复议"), ("direct", "未经复议直接起诉"), ("after_review", "复议后起诉"))
FOUR_RESULTS: tuple[tuple[str, str], ...] = (
    ("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计"))


def t4(group: str, result: str) -> str:
    """Field id of a cell of table four."""
    return f"t4_{group}_{result}"


# Older annexes: rows of (field or None for a heading row, label, unit, indent).
Row = tuple[str | None, str, str, int]
NATIONAL: tuple[Row, ...] = (
    (None, "一、主动公开情况", "——", 0),
    ("a14_proactive_total", "(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "条", 1),
    ("a14_proactive_normative", "其中:主动公开规范性文件数", "条", 2),
    ("a14_normative_issued", "制发规范性文件总数", "件", 2),
    (None, "(二)通过不同渠道和方式公开政府信息的情况", "——", 1),
    ("a14_ch_gazette", "1.政府公报公开政府信息数", "条", 2),
    ("a14_ch_website", "2.政府网站公开政府信息数", "条", 2),
    ("a14_ch_weibo", "3.政务微博公开政府信息数", "条", 2),
    ("a14_ch_wechat", "4.政务微信公开政府信息数", "条", 2),
    ("a14_ch_other", "5.其他方式公开政府信息数", "条", 2),
    (None, "二、回应解读情况", "——", 0),
    ("a14_hot_responses", "(一)回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)", "次", 1),
    (None, "(二)通过不同渠道和方式回应解读的情况", "——", 1),
    ("a14_press_total", "1.参加或举办新闻发布会总次数", "次", 2),
    ("a14_press_chief", "其中:主要负责同志参加新闻发布会次数", "次", 3),
    ("a14_interview_total", "2.政府网站在线访谈次数", "次", 2),
    ("a14_interview_chief", "其中:主要负责同志参加政府网站在线访谈次数", "次", 3),
    ("a14_interpretations", "3.政策解读稿件发布数", "篇", 2),
    ("a14_micro_responses", "4.微博微信回应事件数", "次", 2),
    ("a14_other_responses", "5.其他方式回应事件数", "次", 2),
    (None, "三、依申请公开情况", "——", 0),
    ("a14_app_total", "(一)收到申请数", "件", 1),
    ("a14_app_in_person", "1.当面申请数", "件", 2),
    ("a14_app_fax", "2.传真申请数", "件", 2),
    ("a14_app_network", "3.网络申请数", "件", 2),
    ("a14_app_letter", "4.信函申请数", "件", 2),
    ("a14_done_total", "(二)申请办结数", "件", 1),
    ("a14_done_on_time", "1.按时办结数", "件", 2),
    ("a14_done_extended", "2.延期办结数", "件", 2),
    ("a14_reply_total", "(三)申请答复数", "件", 1),
    ("a14_reply_already_public", "1.属于已主动公开范围数", "件", 2),
    ("a14_reply_granted", "2.同意公开答复数", "件", 2),
    ("a14_reply_partial", "3.同意部分公开答复数", "件", 2),
    ("a14_reply_denied", "4.不同意公开答复数", "件", 2),
    ("a14_denied_state_secret", "其中:涉及国家秘密", "件", 3),
    ("a14_denied_business_secret", "涉及商业秘密", "件", 3),
    ("a14_denied_privacy", "涉及个人隐私", "件", 3),
    ("a14_denied_security", "危及国家安全、公共安全、经济安全和社会稳定", "件", 3),
    ("a14_denied_not_gov_info", "不是《条例》所指政府信息", "件", 3),
    ("a14_denied_other_law", "法律法规规定的其他情形", "件", 3),
    ("a14_reply_not_this_organ", "5.不属于本行政机关公开数", "件", 2),
    ("a14_reply_not_exist", "6.申请信息不存在数", "件", 2),
    ("a14_reply_supplement", "7.告知作出更改补充数", "件", 2),
    ("a14_reply_other_route", "8.告知通过其他途径办理数", "件", 2),
    ("a14_review_total", "四、行政复议数量", "件", 0),
    ("a14_review_upheld", "(一)维持具体行政行为数", "件", 1),
    ("a14_review_corrected", "(二)被依法纠错数", "件", 1),
    ("a14_review_other", "(三)其他情形数", "件", 1),
    ("a14_suit_total", "五、行政诉讼数量", "件", 0),
    ("a14_suit_upheld", "(一)维持具体行政行为或者驳回原告诉讼请求数", "件", 1),
    ("a14_suit_corrected", "(二)被依法纠错数", "件", 1),
    ("a14_suit_other", "(三)其他情形数", "件", 1),
    ("a14_complaints", "六、举报投诉数量", "件", 0),
    ("a14_fee_wanyuan", "七、依申请公开信息收取的费用", "万元", 0),
    (None, "八、机构建设和保障经费情况", "——", 0),
    ("a14_org_count", "(一)政府信息公开工作专门机构数", "个", 1),
    ("a14_reading_points", "(二)设置政府信息公开查阅点数", "个", 1),
    ("a14_staff_total", "(三)从事政府信息公开工作人员数", "人", 1),
    ("a14_staff_full_time", "1.专职人员数(不包括政府公报及政府网站工作人员数)", "人", 2),
    ("a14_staff_part_time", "2.兼职人员数", "人", 2),
    ("a14_budget_wanyuan", "(四)政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)", "万元", 1),
    (None, "九、政府信息公开会议和培训情况", "——", 0),
    ("a14_meetings", "(一)召开政府信息公开工作会议或专题会议数", "次", 1),
    ("a14_trainings", "(二)举办各类培训班数", "次", 1),
    ("a14_trainees", "(三)接受培训人员数", "人次", 1),
)
SHANGHAI: tuple[Row, ...] = (
    ("s08_proactive_total", "主动公开信息数", "条", 0),
    ("s08_proactive_fulltext", "其中:全文电子化的主动公开信息数", "条", 1),
    ("s08_normative_new", "新增的行政规范性文件数", "条", 1),
    ("s08_service_info", "提供服务类信息数", "条", 0),
    ("s08_page_views", "网站专栏页面访问量", "人次", 0),
    ("s08_visitors", "现场接待人数", "人次", 0),
    ("s08_online_consult", "网上咨询数", "人次", 0),
    ("s08_phone_consult", "咨询电话接听数", "人次", 0),
    ("s08_on_request_catalogue", "依申请公开信息目录数", "条", 0),
    ("s08_app_total", "申请总数", "条", 0),
    ("s08_app_in_person", "1.当面申请数", "条", 1),
    ("s08_app_fax", "2.传真申请数", "条", 1),
    ("s08_app_email", "3.电子邮件申请数", "条", 1),
    ("s08_app_web", "4.网上申请数", "条", 1),
    ("s08_app_letter", "5.信函申请数", "条", 1),
    ("s08_app_other", "6.其他形式申请数", "条", 1),
    ("s08_reply_total", "对申请的答复总数", "条", 0),
    ("s08_reply_granted", "1.同意公开答复数", "条", 1),
    ("s08_reply_partial", "2.同意部分公开答复数", "条", 1),
    ("s08_reason_not_gov_info", "3.非《条例》所指政府信息数", "条", 1),
    ("s08_reason_not_exist", "4.信息不存在数", "条", 1),
    ("s08_reason_not_this_organ", "5.非本机关职权范围数", "条", 1),
    ("s08_reason_unclear", "6.申请内容不明确数", "条", 1),
    ("s08_reason_duplicate", "7.重复申请数", "条", 1),
    ("s08_reply_denied", "8.不予公开答复总数", "条", 1),
    ("s08_exempt_1", "免予公开范围1", "条", 2),
    ("s08_exempt_2", "免予公开范围2", "条", 2),
    ("s08_exempt_3", "免予公开范围3", "条", 2),
    ("s08_exempt_4", "免予公开范围4", "条", 2),
    ("s08_exempt_5", "免予公开范围5", "条", 2),
    ("s08_exempt_6", "免予公开范围6", "条", 2),
    ("s08_review_total", "行政复议数", "件", 0),
    ("s08_suit_total", "行政诉讼数", "件", 0),
    ("s08_appeal_total", "行政申诉数", "件", 0),
    ("s08_fee_total_yuan", "收取费用总额", "元", 0),
    ("s08_fee_proactive_yuan", "1.主动公开信息收费", "元", 1),
    ("s08_fee_on_request_yuan", "2.依申请提供信息收费", "元", 1),
    ("s08_staff_total", "政府信息公开指定专职人员数", "人", 0),
    ("s08_staff_full_time", "1.全职人员", "人", 1),
    ("s08_staff_part_time", "2.兼职人员", "人", 1),
    ("s08_budget_wanyuan", "处理政府信息公开的专项经费", "万元", 0),
    ("s08_spent_wanyuan", "处理政府信息公开的实际支出", "万元", 0),
    ("s08_litigation_cost_wanyuan", "与诉讼有关的总费用", "万元", 0),
)
FUJIAN: tuple[Row, ...] = (
    ("f08_disclosed_total", "主动公开文件数", "条", 0),
    ("f08_disclosed_website", "其中:1.政府网站公开数", "条", 1),
    ("f08_disclosed_gazette", "2.政府公报公开数", "条", 1),
    ("f08_received_total", "受理依申请公开信息总数", "条", 0),
    ("f08_received_in_person", "其中:1.当面申请数", "条", 1),
    ("f08_received_online", "2.网上申请数", "条", 1),
    ("f08_received_letter_fax", "3.信函、传真申请数", "条", 1),
    ("f08_replied_total", "对申请的答复总数", "条", 0),
    ("f08_replied_granted", "其中:1.同意公开答复数", "条", 1),
    ("f08_replied_partial", "2.同意部分公开答复数", "条", 1),
    ("f08_replied_denied", "3.不予公开答复数", "条", 1),
    ("f08_replied_other", "4.其他类型答复数", "条", 1),
    ("f08_lawsuits_or_reports_accepted", "接受行政诉讼、举报数", "件", 0),
    ("f08_reviews", "行政复议数", "件", 0),
    ("f08_lawsuits", "行政诉讼数", "件", 0),
)
FORMS: dict[str, tuple[Row, ...]] = {"a14": NATIONAL, "s08": SHANGHAI, "f08": FUJIAN}


def form_fields(two_era: str | None, three_era: str | None) -> list[str]:
    """The field ids of tables two, three and four."""
    names: list[str] = []
    if two_era:
        names += [field for block in two(two_era) for _, fields in block[2] for field in fields]
    if three_era:
        names += [t3(row, column) for row, _, _ in table_three_rows(three_era) for column, _ in COLUMNS]
        names += [t4(group, result) for group, _ in FOUR_GROUPS for result, _ in FOUR_RESULTS]
    return names
