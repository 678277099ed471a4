"""Field ids and the official labels of the forms."""

from __future__ import annotations

COLS: list[tuple[str, str, bool]] = [
    ("natural", "自然人", False), ("business", "商业企业", True), ("research", "科研机构", True),
    ("public_interest", "社会公益组织", True), ("legal_service", "法律服务机构", True), ("other_org", "其他", True), ("total", "总计", False),
]
PARTS = [c[0] for c in COLS[:-1]]

G3, G4, G5, G6 = "(三)不予公开", "(四)无法提供", "(五)不予处理", "(六)其他处理"
DONE = "三、本年度办理结果"
# id, group (or ""), label
ROWS21: list[tuple[str, str, str]] = [
    ("new_received", "", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "", "二、上年结转政府信息公开申请数量"),
    ("granted", DONE, "(一)予以公开"),
    ("partial", DONE, "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
    ("denied_state_secret", G3, "1.属于国家秘密"),
    ("denied_other_law", G3, "2.其他法律行政法规禁止公开"),
    ("denied_three_securities", G3, "3.危及“三安全一稳定”"),
    ("denied_third_party", G3, "4.保护第三方合法权益"),
    ("denied_internal_affairs", G3, "5.属于三类内部事务信息"),
    ("denied_process_info", G3, "6.属于四类过程性信息"),
    ("denied_enforcement_file", G3, "7.属于行政执法案卷"),
    ("denied_admin_query", G3, "8.属于行政查询事项"),
    ("unable_not_held", G4, "1.本机关不掌握相关政府信息"),
    ("unable_need_creation", G4, "2.没有现成信息需要另行制作"),
    ("unable_unclear", G4, "3.补正后申请内容仍不明确"),
    ("refused_petition", G5, "1.信访举报投诉类申请"),
    ("refused_duplicate", G5, "2.重复申请"),
    ("refused_publication", G5, "3.要求提供公开出版物"),
    ("refused_mass_repeat", G5, "4.无正当理由大量反复申请"),
    ("refused_reissue", G5, "5.要求行政机关确认或重新出具已获取信息"),
    ("other_not_corrected", G6, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", G6, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", G6, "3.其他"),
    ("processed_total", DONE, "(七)总计"),
    ("carried_out", "", "四、结转下年度继续办理"),
]
ROWS19 = [r for r in ROWS21[:20]] + [("other_total", DONE, "(六)其他处理"), *ROWS21[23:]]
RESULTS21 = [r[0] for r in ROWS21[2:23]]
RESULTS19 = [r[0] for r in ROWS19[2:21]]

# block, row label, [(field, column label)]
T2_21: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("第二十条第(一)项", "规章", [("t2_rules_issued", "本年制发件数"), ("t2_rules_repealed", "本年废止件数"), ("t2_rules_in_force", "现行有效件数")]),
    ("第二十条第(一)项", "行政规范性文件", [("t2_normative_issued", "本年制发件数"), ("t2_normative_repealed", "本年废止件数"), ("t2_normative_in_force", "现行有效件数")]),
    ("第二十条第(五)项", "行政许可", [("t2_license_decisions", "本年处理决定数量")]),
    ("第二十条第(六)项", "行政处罚", [("t2_penalty_decisions", "本年处理决定数量")]),
    ("第二十条第(六)项", "行政强制", [("t2_coercion_decisions", "本年处理决定数量")]),
    ("第二十条第(八)项", "行政事业性收费", [("t2_fee_amount_wanyuan", "本年收费金额(单位:万元)")]),
]


def _items(stem: str, decided: bool = True) -> list[tuple[str, str]]:
    out = [(f"t2_{stem}_items_prev", "上一年项目数量"), (f"t2_{stem}_items_delta", "本年增/减")]
    return out + ([(f"t2_{stem}_decisions", "处理决定数量")] if decided else [])


def _docs(stem: str) -> list[tuple[str, str]]:
    return [(f"t2_{stem}_made", "本年新制作数量"), (f"t2_{stem}_newly_public", "本年新公开数量"), (f"t2_{stem}_public_total", "对外公开总数量")]


T2_19: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("第二十条第(一)项", "规章", _docs("rules")),
    ("第二十条第(一)项", "规范性文件", _docs("normative")),
    ("第二十条第(五)项", "行政许可", _items("license")),
    ("第二十条第(五)项", "其他对外管理服务事项", _items("service")),
    ("第二十条第(六)项", "行政处罚", _items("penalty")),
    ("第二十条第(六)项", "行政强制", _items("coercion")),
    ("第二十条第(八)项", "行政事业性收费", _items("fee", False)),
    ("第二十条第(九)项", "政府集中采购", [("t2_procurement_count", "采购项目数量"), ("t2_procurement_amount_wanyuan", "采购总金额")]),
]
HUBEI = ("第二十条第(一)项", "其他主动公开文件", _docs("otherdoc"))

T4_BLOCKS = [("review", "行政复议"), ("direct", "未经复议直接起诉"), ("after_review", "复议后起诉")]
T4_COLS = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计")]
