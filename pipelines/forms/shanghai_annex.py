"""The Shanghai family of indicator tables, about 2004-2014 (formats.md 3.2, 8.6).

Two versions differ in a few labels and in how 否决 is summed; code numbers differ between them, so
labels alone decide.
"""

from pipelines.forms.indicators import IndicatorForm, Sum, declare

_REASONS = ("reason_not_gov_info", "reason_not_exist", "reason_not_this_organ", "reason_unclear",
            "reason_duplicate", "reason_other")  # fmt: skip
_EXEMPT = tuple(f"exempt_{n}" for n in range(1, 7))

FORM = IndicatorForm(
    version="v2008_local_annex",
    prefix="s08_",
    marks=("全文电子化的主动公开信息数", "免予公开范围", "否决公开答复总", "非《规定》所指"),
    rows=declare(
        """
proactive_total       ; 条   ; ^主动公开信息(总)?数 ; 主动公开信息数
proactive_fulltext    ; 条   ; 全文电子化 ; 全文电子化的主动公开信息数
official_docs         ; 条   ; ^公文类信息 ; 公文类信息数
normative_new         ; 条   ; 新增的?行政规范性文件 ; 新增的行政规范性文件数
service_info          ; 条   ; 服务类信息 ; 提供服务类信息数
page_views            ; 人次 ; 专栏页面访问量 ; 网站专栏页面访问量
visitors              ; 人次 ; 现场接待 ; 现场接待人数
online_consult        ; 人次 ; 网上咨询 ; 网上咨询数
phone_consult         ; 人次 ; 咨询电话 ; 咨询电话接听数
on_request_catalogue  ; 条   ; 依申请公开信息目录 ; 依申请公开信息目录数
secret_docs           ; 条   ; 国家秘密的公文 ; 属于国家秘密的公文类信息数
app_total             ; 条   ; ^申请总 ; 申请总数
app_in_person         ; 条   ; 当面(?:申请|(?=[、,，和及与])) ; 当面申请数
app_fax               ; 条   ; 传真(?:申请|(?=[、,，和及与])) ; 传真申请数
app_email             ; 条   ; 电子邮件(?:申请|(?=[、,，和及与])) ; 电子邮件申请数
app_web               ; 条   ; 网上(?:申请|(?=[、,，和及与])) ; 网上申请数
app_letter            ; 条   ; 信函(?:申请|(?=[、,，和及与])) ; 信函申请数
app_other             ; 条   ; 其[他它]形式申请 ; 其他形式申请数
reply_total           ; 条   ; 对申请的答复 ; 对申请的答复总数
reply_granted         ; 条   ; ^同意公开答复 ; 同意公开答复数
reply_partial         ; 条   ; 同意部分公开答复 ; 同意部分公开答复数
reply_denied          ; 条   ; 否决公开答复|不予公开答复 ; 否决公开答复总数 / 不予公开答复总数
reason_not_gov_info   ; 条   ; 所指政府信息 ; 非《规定》所指政府信息数
reason_not_exist      ; 条   ; 信息不存在 ; 信息不存在数
reason_not_this_organ ; 条   ; 非本部门掌握|非本机关 ; 非本部门掌握数 / 非本机关职权范围数
reason_unclear        ; 条   ; 内容不明确 ; 申请内容不明确数
reason_duplicate      ; 条   ; 重复申请 ; 重复申请数
exempt_1              ; 条   ; 免予公开范围1|^国家秘密 ; 免予公开范围1
exempt_2              ; 条   ; 免予公开范围2|^商业秘密 ; 免予公开范围2
exempt_3              ; 条   ; 免予公开范围3|^个人隐私 ; 免予公开范围3
exempt_4              ; 条   ; 免予公开范围4 ; 免予公开范围4
exempt_5              ; 条   ; 免予公开范围5 ; 免予公开范围5
exempt_6              ; 条   ; 免予公开范围6 ; 免予公开范围6
reason_other          ; 条   ; 其[他它]原因 ; 其它原因
review_total          ; 件   ; ^行政复议数 ; 行政复议数
suit_total            ; 件   ; ^行政诉讼数 ; 行政诉讼数
appeal_total          ; 件   ; ^行政申诉数 ; 行政申诉数
appeal_own_first      ; 件   ; 首次处理不满意 ; 其中:对本部门首次处理不满意的行政申诉数
fee_total_yuan        ; 元   ; 收取费用总 ; 收取费用总额
fee_proactive_yuan    ; 元   ; ^主动公开信息收费 ; 主动公开信息收费
fee_on_request_yuan   ; 元   ; 依申请提供信息收费 ; 依申请提供信息收费
staff_total           ; 人   ; 指定专职人员 ; 政府信息公开指定专职人员数
staff_full_time       ; 人   ; ^全职人员 ; 全职人员
staff_part_time       ; 人   ; ^兼职人员 ; 兼职人员
budget_wanyuan        ; 万元 ; 专项经费 ; 处理政府信息公开的专项经费
spent_wanyuan         ; 万元 ; 实际支出 ; 处理政府信息公开的实际支出
litigation_cost_wanyuan ; 万元 ; 诉讼有关 ; 与诉讼有关的总费用
"""
    ),
    sums=(
        Sum(rule="RS-APP", total="app_total",
            parts=("app_in_person", "app_fax", "app_email", "app_web", "app_letter", "app_other")),
        Sum(rule="RS-FEE", total="fee_total_yuan", parts=("fee_proactive_yuan", "fee_on_request_yuan")),
        Sum(rule="RS-STAFF", total="staff_total", parts=("staff_full_time", "staff_part_time")),
    ),
    at_most=(("proactive_fulltext", "proactive_total"),),
)  # fmt: skip

LATER_SUMS = (
    Sum(rule="RS-REPLY", total="reply_total",
        parts=("reply_granted", "reply_partial", *_REASONS, "reply_denied")),
    Sum(rule="RS-DENIED", total="reply_denied", parts=_EXEMPT),
)  # fmt: skip
OLDER_SUMS = (
    Sum(rule="RS-REPLY", total="reply_total", parts=("reply_granted", "reply_partial", "reply_denied")),
    Sum(rule="RS-DENIED", total="reply_denied", parts=(*_REASONS, *_EXEMPT)),
)  # fmt: skip
"""Which of the two the table obeys is told by its label (不予公开答复 later, 否决公开答复 older)."""
