"""The forms: field ids, labels, and other wordings offices use for them."""

from __future__ import annotations

COLS: tuple[tuple[str, str], ...] = (
    ("natural", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("public_interest", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_org", "其他"),
    ("total", "总计"),
)
COL_IDS = tuple(c for c, _ in COLS)
APPLICANTS = COL_IDS[:-1]

# id, group, ordinal, label
_HEAD = (
    ("new_received", "", "一", "本年新收政府信息公开申请数量"),
    ("carried_in", "", "二", "上年结转政府信息公开申请数量"),
)
_RESULT = (
    ("granted", "result", "一", "予以公开"),
    ("partial", "result", "二", "部分公开(区分处理的,只计这一情形,不计其他情形)"),
    ("denied_state_secret", "denied", "1", "属于国家秘密"),
    ("denied_other_law", "denied", "2", "其他法律行政法规禁止公开"),
    ("denied_three_securities", "denied", "3", "危及“三安全一稳定”"),
    ("denied_third_party", "denied", "4", "保护第三方合法权益"),
    ("denied_internal_affairs", "denied", "5", "属于三类内部事务信息"),
    ("denied_process_info", "denied", "6", "属于四类过程性信息"),
    ("denied_enforcement_file", "denied", "7", "属于行政执法案卷"),
    ("denied_admin_query", "denied", "8", "属于行政查询事项"),
    ("unable_not_held", "unable", "1", "本机关不掌握相关政府信息"),
    ("unable_need_creation", "unable", "2", "没有现成信息需要另行制作"),
    ("unable_unclear", "unable", "3", "补正后申请内容仍不明确"),
    ("refused_petition", "refused", "1", "信访举报投诉类申请"),
    ("refused_duplicate", "refused", "2", "重复申请"),
    ("refused_publication", "refused", "3", "要求提供公开出版物"),
    ("refused_mass_repeat", "refused", "4", "无正当理由大量反复申请"),
    ("refused_reissue", "refused", "5", "要求行政机关确认或重新出具已获取信息"),
)
_OTHER21 = (
    ("other_not_corrected", "other", "1", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "other", "2", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "other", "3", "其他"),
)
_OTHER19 = (("other_total", "result", "六", "其他处理"),)
_TAIL = (
    ("processed_total", "result", "七", "总计"),
    ("carried_out", "", "四", "结转下年度继续办理"),
)
GROUPS = {"denied": ("三", "不予公开"), "unable": ("四", "无法提供"), "refused": ("五", "不予处理"), "other": ("六", "其他处理")}
RESULT_LABEL = ("三", "本年度办理结果")

T3_ROWS = {
    "v2021": _HEAD + _RESULT + _OTHER21 + _TAIL,
    "v2019": _HEAD + _RESULT + _OTHER19 + _TAIL,
}


def detail_rows(version: str) -> list[str]:
    """Rows that make up (七)总计."""
    return [r[0] for r in T3_ROWS[version] if r[1] and r[0] != "processed_total"]


SYNONYMS: dict[str, tuple[str, ...]] = {
    "new_received": ("本年新收申请数量", "本年新收政府信息公开申请数", "本年度新收政府信息公开申请数量"),
    "carried_in": ("上年度结转政府信息公开申请数量", "上年结转申请数量"),
    "partial": ("部分公开", "部分公开(区分处理的只计这一情形)"),
    "denied_other_law": ("其他法律法规禁止公开", "其他法律、行政法规禁止公开"),
    "denied_three_securities": ("危及国家安全、公共安全、经济安全和社会稳定", "危及三安全一稳定"),
    "denied_third_party": ("保护第三方的合法权益",),
    "denied_process_info": ("四类过程性信息",),
    "unable_not_held": ("本机关不掌握相关信息",),
    "unable_need_creation": ("没有现成信息,需要另行制作",),
    "unable_unclear": ("补正后申请内容仍然不明确",),
    "refused_petition": ("信访、举报、投诉类申请",),
    "refused_reissue": ("要求行政机关确认或者重新出具已获取信息",),
    "other_not_corrected": ("申请人无正当理由逾期不补正,不再处理",),
    "other_fee_unpaid": ("申请人逾期未按收费通知要求缴纳费用,不再处理",),
    "carried_out": ("结转下一年度继续办理", "结转下年度办理"),
}
TYPOS: dict[str, tuple[str, ...]] = {
    "denied_other_law": ("其他法律行政止公开", "其他法律行政法规禁公开"),
    "denied_enforcement_file": ("属于行政执法案巻",),
    "refused_reissue": ("要求行政机关确认或重新岀具已获取信息",),
    "unable_not_held": ("本机关不撑握相关政府信息",),
    "carried_in": ("上年结转政府信息公开申清数量",),
}
COL_SYNONYMS = {
    "natural": ("公民(自然人)",),
    "business": ("企业", "商业性企业"),
    "public_interest": ("公益组织", "社会公益性组织"),
    "legal_service": ("法律服务组织",),
    "other_org": ("其它",),
    "total": ("合计", "总 计"),
}

# table two: (block title, header labels, rows); a row is (label, (field, ...))
T2 = {
    "v2021": (
        ("第二十条第(一)项", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), (
            ("规章", ("t2_rules_issued", "t2_rules_repealed", "t2_rules_in_force")),
            ("行政规范性文件", ("t2_normative_issued", "t2_normative_repealed", "t2_normative_in_force")),
        )),
        ("第二十条第(五)项", ("信息内容", "本年处理决定数量"), (("行政许可", ("t2_license_decisions",)),)),
        ("第二十条第(六)项", ("信息内容", "本年处理决定数量"), (
            ("行政处罚", ("t2_penalty_decisions",)),
            ("行政强制", ("t2_coercion_decisions",)),
        )),
        ("第二十条第(八)项", ("信息内容", "本年收费金额"), (("行政事业性收费", ("t2_fee_amount_wanyuan",)),)),
    ),
    "v2019": (
        ("第二十条第(一)项", ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"), (
            ("规章", ("t2_rules_made", "t2_rules_newly_public", "t2_rules_public_total")),
            ("规范性文件", ("t2_normative_made", "t2_normative_newly_public", "t2_normative_public_total")),
        )),
        ("第二十条第(五)项", ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), (
            ("行政许可", ("t2_license_items_prev", "t2_license_items_delta", "t2_license_decisions")),
            ("其他对外管理服务事项", ("t2_service_items_prev", "t2_service_items_delta", "t2_service_decisions")),
        )),
        ("第二十条第(六)项", ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), (
            ("行政处罚", ("t2_penalty_items_prev", "t2_penalty_items_delta", "t2_penalty_decisions")),
            ("行政强制", ("t2_coercion_items_prev", "t2_coercion_items_delta", "t2_coercion_decisions")),
        )),
        ("第二十条第(八)项", ("信息内容", "上一年项目数量", "本年增/减"), (
            ("行政事业性收费", ("t2_fee_items_prev", "t2_fee_items_delta")),
        )),
        ("第二十条第(九)项", ("信息内容", "采购项目数量", "采购总金额"), (
            ("政府集中采购", ("t2_procurement_count", "t2_procurement_amount_wanyuan")),
        )),
    ),
}
HUBEI_ROW = ("其他主动公开文件", ("t2_otherdoc_made", "t2_otherdoc_newly_public", "t2_otherdoc_public_total"))

T4_PARTS = (("review", "行政复议"), ("direct", "未经复议直接起诉"), ("after_review", "复议后起诉"))
T4_CELLS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计"))

MONEY = {"t2_fee_amount_wanyuan", "t2_procurement_amount_wanyuan", "a14_fee_wanyuan", "a14_budget_wanyuan"}

# national annex: (field or None, ordinal, label, unit)
A14: tuple[tuple[str | None, str, str, str], ...] = (
    (None, "一、", "主动公开情况", "——"),
    ("proactive_total", "(一)", "主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "条"),
    ("proactive_normative", "", "其中:主动公开规范性文件数", "条"),
    ("normative_issued", "", "制发规范性文件总数", "件"),
    (None, "(二)", "通过不同渠道和方式公开政府信息的情况", "——"),
    ("ch_gazette", "1.", "政府公报公开政府信息数", "条"),
    ("ch_website", "2.", "政府网站公开政府信息数", "条"),
    ("ch_weibo", "3.", "政务微博公开政府信息数", "条"),
    ("ch_wechat", "4.", "政务微信公开政府信息数", "条"),
    ("ch_other", "5.", "其他方式公开政府信息数", "条"),
    (None, "二、", "回应解读情况", "——"),
    ("hot_responses", "(一)", "回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)", "次"),
    (None, "(二)", "通过不同渠道和方式回应解读的情况", "——"),
    ("press_total", "1.", "参加或举办新闻发布会总次数", "次"),
    ("press_chief", "", "其中:主要负责同志参加新闻发布会次数", "次"),
    ("interview_total", "2.", "政府网站在线访谈次数", "次"),
    ("interview_chief", "", "其中:主要负责同志参加政府网站在线访谈次数", "次"),
    ("interpretations", "3.", "政策解读稿件发布数", "篇"),
    ("micro_responses", "4.", "微博微信回应事件数", "次"),
    ("other_responses", "5.", "其他方式回应事件数", "次"),
    (None, "三、", "依申请公开情况", "——"),
    ("app_total", "(一)", "收到申请数", "件"),
    ("app_in_person", "1.", "当面申请数", "件"),
    ("app_fax", "2.", "传真申请数", "件"),
    ("app_network", "3.", "网络申请数", "件"),
    ("app_letter", "4.", "信函申请数", "件"),
    ("done_total", "(二)", "申请办结数", "件"),
    ("done_on_time", "1.", "按时办结数", "件"),
    ("done_extended", "2.", "延期办结数", "件"),
    ("reply_total", "(三)", "申请答复数", "件"),
    ("reply_already_public", "1.", "属于已主动公开范围数", "件"),
    ("reply_granted", "2.", "同意公开答复数", "件"),
    ("reply_partial", "3.", "同意部分公开答复数", "件"),
    ("reply_denied", "4.", "不同意公开答复数", "件"),
    ("denied_state_secret", "", "其中:涉及国家秘密", "件"),
    ("denied_business_secret", "", "涉及商业秘密", "件"),
    ("denied_privacy", "", "涉及个人隐私", "件"),
    ("denied_security", "", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("denied_not_gov_info", "", "不是《条例》所指政府信息", "件"),
    ("denied_other_law", "", "法律法规规定的其他情形", "件"),
    ("reply_not_this_organ", "5.", "不属于本行政机关公开数", "件"),
    ("reply_not_exist", "6.", "申请信息不存在数", "件"),
    ("reply_supplement", "7.", "告知作出更改补充数", "件"),
    ("reply_other_route", "8.", "告知通过其他途径办理数", "件"),
    ("review_total", "四、", "行政复议数量", "件"),
    ("review_upheld", "(一)", "维持具体行政行为数", "件"),
    ("review_corrected", "(二)", "被依法纠错数", "件"),
    ("review_other", "(三)", "其他情形数", "件"),
    ("suit_total", "五、", "行政诉讼数量", "件"),
    ("suit_upheld", "(一)", "维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("suit_corrected", "(二)", "被依法纠错数", "件"),
    ("suit_other", "(三)", "其他情形数", "件"),
    ("complaints", "六、", "举报投诉数量", "件"),
    ("fee_wanyuan", "七、", "依申请公开信息收取的费用", "万元"),
    (None, "八、", "机构建设和保障经费情况", "——"),
    ("org_count", "(一)", "政府信息公开工作专门机构数", "个"),
    ("reading_points", "(二)", "设置政府信息公开查阅点数", "个"),
    ("staff_total", "(三)", "从事政府信息公开工作人员数", "人"),
    ("staff_full_time", "1.", "专职人员数(不包括政府公报及政府网站工作人员数)", "人"),
    ("staff_part_time", "2.", "兼职人员数", "人"),
    ("budget_wanyuan", "(四)", "政府信息公开专项经费(不包括用于政府公报编辑管理及政府网站建设维护等方面的经费)", "万元"),
    (None, "九、", "政府信息公开会议和培训情况", "——"),
    ("meetings", "(一)", "召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "(二)", "举办各类培训班数", "次"),
    ("trainees", "(三)", "接受培训人员数", "人次"),
)

S08_OLD: tuple[tuple[str, str, str], ...] = (
    ("proactive_total", "主动公开信息数", "条"),
    ("proactive_fulltext", "其中:全文电子化的主动公开信息数", "条"),
    ("normative_new", "新增的行政规范性文件数", "条"),
    ("service_info", "提供服务类信息数", "条"),
    ("page_views", "网站专栏页面访问量", "人次"),
    ("visitors", "现场接待人数", "人次"),
    ("online_consult", "网上咨询数", "人次"),
    ("phone_consult", "咨询电话接听数", "人次"),
    ("on_request_catalogue", "依申请公开信息目录数", "条"),
    ("app_total", "申请总数", "条"),
    ("app_in_person", "其中:1.当面申请数", "条"),
    ("app_fax", "2.传真申请数", "条"),
    ("app_email", "3.电子邮件申请数", "条"),
    ("app_web", "4.网上申请数", "条"),
    ("app_letter", "5.信函申请数", "条"),
    ("app_other", "6.其他形式申请数", "条"),
    ("reply_total", "对申请的答复总数", "条"),
    ("reply_granted", "其中:1.同意公开答复数", "条"),
    ("reply_partial", "2.同意部分公开答复数", "条"),
    ("reply_denied", "3.否决公开答复总数", "条"),
    ("reason_not_gov_info", "其中:(1)非《条例》所指政府信息数", "条"),
    ("reason_not_exist", "(2)信息不存在数", "条"),
    ("reason_not_this_organ", "(3)非本部门掌握数", "条"),
    ("reason_unclear", "(4)申请内容不明确数", "条"),
    ("exempt_1", "(5)免予公开范围1", "条"),
    ("exempt_2", "(6)免予公开范围2", "条"),
    ("exempt_3", "(7)免予公开范围3", "条"),
    ("exempt_4", "(8)免予公开范围4", "条"),
    ("exempt_5", "(9)免予公开范围5", "条"),
    ("exempt_6", "(10)免予公开范围6", "条"),
    ("reason_other", "(11)其它原因", "条"),
    ("review_total", "行政复议数", "件"),
    ("suit_total", "行政诉讼数", "件"),
    ("appeal_total", "行政申诉数", "件"),
    ("fee_total_yuan", "收取费用总额", "元"),
    ("fee_proactive_yuan", "其中:主动公开信息收费", "元"),
    ("fee_on_request_yuan", "依申请提供信息收费", "元"),
    ("staff_total", "政府信息公开指定专职人员数", "人"),
    ("staff_full_time", "其中:1.全职人员", "人"),
    ("staff_part_time", "2.兼职人员", "人"),
    ("budget_wanyuan", "处理政府信息公开的专项经费", "万元"),
    ("spent_wanyuan", "处理政府信息公开的实际支出", "万元"),
    ("litigation_cost_wanyuan", "与诉讼有关的总费用", "万元"),
)
S08_NEW: tuple[tuple[str, str, str], ...] = (
    ("proactive_total", "主动公开信息数", "条"),
    ("proactive_fulltext", "其中:全文电子化的主动公开信息数", "条"),
    ("official_docs", "公文类信息数", "条"),
    ("normative_new", "新增的行政规范性文件数", "条"),
    ("app_total", "申请总数", "条"),
    ("app_in_person", "其中:1.当面申请数", "条"),
    ("app_fax", "2.传真申请数", "条"),
    ("app_email", "3.电子邮件申请数", "条"),
    ("app_web", "4.网上申请数", "条"),
    ("app_letter", "5.信函申请数", "条"),
    ("app_other", "6.其他形式申请数", "条"),
    ("reply_total", "对申请的答复总数", "条"),
    ("reply_granted", "其中:1.同意公开答复数", "条"),
    ("reply_partial", "2.同意部分公开答复数", "条"),
    ("reason_not_gov_info", "3.非《规定》所指政府信息数", "条"),
    ("reason_not_exist", "4.信息不存在数", "条"),
    ("reason_not_this_organ", "5.非本机关职权范围数", "条"),
    ("reason_unclear", "6.申请内容不明确数", "条"),
    ("reason_duplicate", "7.重复申请数", "条"),
    ("reply_denied", "8.不予公开答复总数", "条"),
    ("exempt_1", "其中:(1)免予公开范围1", "条"),
    ("exempt_2", "(2)免予公开范围2", "条"),
    ("exempt_3", "(3)免予公开范围3", "条"),
    ("exempt_4", "(4)免予公开范围4", "条"),
    ("exempt_5", "(5)免予公开范围5", "条"),
    ("exempt_6", "(6)免予公开范围6", "条"),
    ("review_total", "行政复议数", "件"),
    ("suit_total", "行政诉讼数", "件"),
    ("appeal_total", "行政申诉数", "件"),
    ("fee_total_yuan", "收取费用总额", "元"),
    ("fee_proactive_yuan", "其中:主动公开信息收费", "元"),
    ("fee_on_request_yuan", "依申请提供信息收费", "元"),
    ("staff_total", "政府信息公开指定专职人员数", "人"),
    ("staff_full_time", "其中:1.全职人员", "人"),
    ("staff_part_time", "2.兼职人员", "人"),
)
F08_EARLY: tuple[tuple[str, str, str], ...] = (
    ("disclosed_total", "主动公开文件数", "条"),
    ("disclosed_website", "其中:网站公开", "条"),
    ("disclosed_gazette", "政府公报公开", "条"),
    ("received_total", "受理依申请公开信息总数", "条"),
    ("received_in_person", "其中:1.当面申请数", "条"),
    ("received_fax", "2.传真申请数", "条"),
    ("received_email", "3.电子邮件申请数", "条"),
    ("received_online", "4.网上申请数", "条"),
    ("received_letter", "5.信函申请数", "条"),
    ("replied_total", "对申请的答复总数", "条"),
    ("replied_granted", "其中:1.同意公开答复数", "条"),
    ("replied_partial", "2.同意部分公开答复数", "条"),
    ("replied_denied", "3.否决公开答复数", "条"),
    ("reviews", "行政复议数", "件"),
    ("lawsuits", "行政诉讼数", "件"),
    ("complaints", "行政申诉、举报数", "件"),
)
F08_LATE: tuple[tuple[str, str, str], ...] = (
    ("disclosed_total", "主动公开信息数", "条"),
    ("disclosed_website", "其中:政府网站公开数", "条"),
    ("disclosed_gazette", "政府公报公开数", "条"),
    ("received_total", "受理依申请公开信息总数", "条"),
    ("received_in_person", "其中:1.当面申请数", "条"),
    ("received_online", "2.网上申请数", "条"),
    ("received_letter_fax", "3.信函、传真申请数", "条"),
    ("replied_total", "对申请的答复总数", "条"),
    ("replied_granted", "其中:1.同意公开答复数", "条"),
    ("replied_partial", "2.同意部分公开答复数", "条"),
    ("replied_denied", "3.不予公开答复数", "条"),
    ("replied_other", "4.其他类型答复数", "条"),
    ("lawsuits_or_reports_accepted", "接受行政诉讼、举报数", "件"),
    ("reviews", "行政复议数", "件"),
    ("lawsuits", "行政诉讼数", "件"),
)


def fields_of(form: str, version: str) -> list[str]:
    """Every field id of one form."""
    if form == "t2":
        return [f for _, _, rows in T2[version] for _, fs in rows for f in fs]
    if form == "t3":
        return [f"t3_{r[0]}__{c}" for r in T3_ROWS[version] for c in COL_IDS]
    if form == "t4":
        return [f"t4_{p}_{c}" for p, _ in T4_PARTS for c, _ in T4_CELLS]
    if form == "a14":
        return [f"a14_{r[0]}" for r in A14 if r[0]]
    if form == "s08":
        return [f"s08_{r[0]}" for r in (S08_OLD if version == "old" else S08_NEW)]
    rows = F08_EARLY if version == "early" else F08_LATE
    return [f"f08_{r[0]}{suffix}" for r in rows for suffix in ("", "__cum")]
