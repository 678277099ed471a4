"""政府信息公开情况统计表, 2014-2018 (国办发〔2014〕32号).

Source: formats.md 3.3, 8.5. Only the first three rows were seen in print (2026-11); the others
await their first crawled sample.
"""

from pipelines.forms.indicators import IndicatorForm, Sum, declare

FORM = IndicatorForm(
    version="v2014_annex",
    prefix="a14_",
    marks=("回应解读", "不同渠道和方式公开相同信息计1条", "制发规范性文件总数", "回应公众关注热点"),
    rows=declare(
        """
proactive_total        ; 条   ; ^(?!.*规范性)主动公开政府信息数 ; 主动公开政府信息数(不同渠道和方式公开相同信息计1条)
proactive_normative    ; 条   ; 主动公开规范性文件数 ; 其中:主动公开规范性文件数
normative_issued       ; 件   ; 制发规范性文件 ; 制发规范性文件总数
ch_gazette             ; 条   ; 政府公报公开 ; 政府公报公开政府信息数
ch_website             ; 条   ; 政府网站公开 ; 政府网站公开政府信息数
ch_weibo               ; 条   ; 微博公开 ; 政务微博公开政府信息数
ch_wechat              ; 条   ; 微信公开 ; 政务微信公开政府信息数
ch_other               ; 条   ; 其他方式公开 ; 其他方式公开政府信息数
hot_responses          ; 次   ; 回应公众关注热点 ; 回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)
press_total            ; 次   ; 举办新闻发布会 ; 参加或举办新闻发布会总次数
press_chief            ; 次   ; 主要负责同志参加新闻发布会 ; 其中:主要负责同志参加新闻发布会次数
interview_total        ; 次   ; ^政府网站在线访谈 ; 政府网站在线访谈次数
interview_chief        ; 次   ; 主要负责同志参加政府网站 ; 其中:主要负责同志参加政府网站在线访谈次数
interpretations        ; 篇   ; 政策解读稿件 ; 政策解读稿件发布数
micro_responses        ; 次   ; 微博微信回应 ; 微博微信回应事件数
other_responses        ; 次   ; 其他方式回应 ; 其他方式回应事件数
app_total              ; 件   ; 收到申请数 ; 收到申请数
app_in_person          ; 件   ; 当面(?:申请数|(?=[、,，和及与])) ; 当面申请数
app_fax                ; 件   ; 传真(?:申请数|(?=[、,，和及与])) ; 传真申请数
app_network            ; 件   ; 网络(?:申请数|(?=[、,，和及与])) ; 网络申请数
app_letter             ; 件   ; 信函(?:申请数|(?=[、,，和及与])) ; 信函申请数
done_total             ; 件   ; 申请办结数 ; 申请办结数
done_on_time           ; 件   ; 按时办结数 ; 按时办结数
done_extended          ; 件   ; 延期办结数 ; 延期办结数
reply_total            ; 件   ; 申请答复数 ; 申请答复数
reply_already_public   ; 件   ; 已主动公开范围 ; 属于已主动公开范围数
reply_granted          ; 件   ; ^同意公开答复 ; 同意公开答复数
reply_partial          ; 件   ; 同意部分公开答复 ; 同意部分公开答复数
reply_denied           ; 件   ; 不同意公开答复 ; 不同意公开答复数
denied_state_secret    ; 件   ; 涉及国家秘密 ; 其中:涉及国家秘密
denied_business_secret ; 件   ; 涉及商业秘密 ; 涉及商业秘密
denied_privacy         ; 件   ; 涉及个人隐私 ; 涉及个人隐私
denied_security        ; 件   ; 危及国家安全 ; 危及国家安全、公共安全、经济安全和社会稳定
denied_not_gov_info    ; 件   ; 所指政府信息 ; 不是《条例》所指政府信息
denied_other_law       ; 件   ; 法律法规规定的其他 ; 法律法规规定的其他情形
reply_not_this_organ   ; 件   ; 不属于本行政机关 ; 不属于本行政机关公开数
reply_not_exist        ; 件   ; 信息不存在 ; 申请信息不存在数
reply_supplement       ; 件   ; 更改补充 ; 告知作出更改补充数
reply_other_route      ; 件   ; 通过其他途径 ; 告知通过其他途径办理数
review_total           ; 件   ; ^行政复议数 ; 行政复议数量
review_upheld          ; 件   ; ^维持具体行政行为数 ; 维持具体行政行为数
review_corrected       ; 件   ; 依法纠错 ; 被依法纠错数
review_other           ; 件   ; ^其他情形数 ; 其他情形数
suit_total             ; 件   ; ^行政诉讼数 ; 行政诉讼数量
suit_upheld            ; 件   ; 驳回原告 ; 维持具体行政行为或者驳回原告诉讼请求数
suit_corrected         ; 件   ; 依法纠错 ; 被依法纠错数
suit_other             ; 件   ; ^其他情形数 ; 其他情形数
complaints             ; 件   ; 举报投诉数 ; 举报投诉数量
fee_wanyuan            ; 万元 ; 依申请公开信息收取的费用 ; 依申请公开信息收取的费用
org_count              ; 个   ; 专门机构数 ; 政府信息公开工作专门机构数
reading_points         ; 个   ; 查阅点数 ; 设置政府信息公开查阅点数
staff_total            ; 人   ; 从事政府信息公开工作人员 ; 从事政府信息公开工作人员数
staff_full_time        ; 人   ; ^专职人员数 ; 专职人员数(不包括政府公报及政府网站工作人员数)
staff_part_time        ; 人   ; 兼职人员数 ; 兼职人员数
budget_wanyuan         ; 万元 ; 专项经费 ; 政府信息公开专项经费
meetings               ; 次   ; 专题会议数|工作会议 ; 召开政府信息公开工作会议或专题会议数
trainings              ; 次   ; 培训班数 ; 举办各类培训班数
trainees               ; 人次 ; 接受培训人员 ; 接受培训人员数
"""
    ),
    sums=(
        Sum(rule="RA-APP", total="app_total",
            parts=("app_in_person", "app_fax", "app_network", "app_letter")),
        Sum(rule="RA-DONE", total="done_total", parts=("done_on_time", "done_extended")),
        Sum(rule="RA-REPLY", total="reply_total",
            parts=("reply_already_public", "reply_granted", "reply_partial", "reply_denied",
                   "reply_not_this_organ", "reply_not_exist", "reply_supplement", "reply_other_route")),
        Sum(rule="RA-DENIED", total="reply_denied",
            parts=("denied_state_secret", "denied_business_secret", "denied_privacy",
                   "denied_security", "denied_not_gov_info", "denied_other_law")),
        Sum(rule="RA-REVIEW", total="review_total",
            parts=("review_upheld", "review_corrected", "review_other")),
        Sum(rule="RA-REVIEW", total="suit_total",
            parts=("suit_upheld", "suit_corrected", "suit_other")),
        Sum(rule="RA-STAFF", total="staff_total", parts=("staff_full_time", "staff_part_time")),
    ),
    at_most=(("press_chief", "press_total"), ("interview_chief", "interview_total"),
             ("proactive_normative", "proactive_total")),
)  # fmt: skip
