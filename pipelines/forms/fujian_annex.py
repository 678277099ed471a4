"""The Fujian form, 2008-2018: two figures a row, the year's and the sum since 2008.

Source: formats.md, addendum to 8.6 (seen in full on reports of 2011-2018).
"""

from pipelines.forms.indicators import IndicatorForm, Sum, declare

FORM = IndicatorForm(
    version="v2008_local_annex",
    prefix="f08_",
    marks=("历年累计",),
    columns=2,
    rows=declare(
        """
disclosed_total     ; 条 ; ^主动公开(信息|文件)数 ; 主动公开信息数 / 主动公开文件数
disclosed_website   ; 条 ; 网站公开 ; 其中:网站公开
disclosed_gazette   ; 条 ; 公报公开 ; 政府公报公开
received_total      ; 条 ; 受理依申请 ; 受理依申请公开信息总数
received_in_person  ; 条 ; 当面申请 ; 当面申请数
received_letter_fax ; 条 ; 信函[、,，和及与]?传真申请 ; 信函、传真申请数
received_fax        ; 条 ; ^传真申请 ; 传真申请数
received_email      ; 条 ; 电子邮件申请 ; 电子邮件申请数
received_online     ; 条 ; 网上申请 ; 网上申请数
received_letter     ; 条 ; ^信函申请 ; 信函申请数
received_other      ; 条 ; 其[他它]形式申请 ; 其他形式申请数
replied_total       ; 条 ; 对申请的答复 ; 对申请的答复总数
replied_granted     ; 条 ; ^同意公开答复 ; 同意公开答复数
replied_partial     ; 条 ; 同意部分公开答复 ; 同意部分公开答复数
replied_denied      ; 条 ; 否决公开答复|不予公开答复 ; 否决公开答复数 / 不予公开答复数
replied_other       ; 条 ; 其[他它]类型答复 ; 其他类型答复数
fee_reduction       ; 元 ; 收费及减免 ; 依申请公开信息收费及减免
lawsuits_or_reports_accepted ; 件 ; 接受行政诉讼 ; 接受行政诉讼、举报数
reviews             ; 件 ; ^行政复议数 ; 行政复议数
lawsuits            ; 件 ; ^行政诉讼数 ; 行政诉讼数
complaints          ; 件 ; ^行政申诉 ; 行政申诉、举报数
"""
    ),
    sums=(
        Sum(rule="RS-APP", total="received_total",
            parts=("received_in_person", "received_letter_fax", "received_fax", "received_email",
                   "received_online", "received_letter", "received_other")),
        Sum(rule="RS-REPLY", total="replied_total",
            parts=("replied_granted", "replied_partial", "replied_denied", "replied_other")),
    ),
    at_most=(("disclosed_website", "disclosed_total"), ("disclosed_gazette", "disclosed_total")),
)  # fmt: skip
