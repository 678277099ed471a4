"""Documents beside the reports: they look alike and are none."""

from __future__ import annotations

from random import Random

from .places import Organ

KINDS = (
    "notice", "rules", "guide", "blank_template", "zero_template", "filling_notes", "training_news", "assessment", "website_form", "rule_of_law",
    "work_summary", "quarter_numbers", "half_year_tables", "sample_text", "index_page", "application_form", "budget", "proposals", "school_year", "not_found", "work_plan",
    "flyer", "login", "work_report", "annual_meeting",
)


def _rows(labels: tuple[str, ...], values: list[str]) -> str:
    return "<table border='1'>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in zip(labels, values, strict=True)) + "</table>"


_T3 = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "（七）总计", "四、结转下年度继续办理")


def _big(fill: str) -> str:
    head = "<tr><td>" + "</td><td>".join(("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")) + "</td></tr>"
    body = "".join(f"<tr><td>{label}</td>" + f"<td>{fill}</td>" * 7 + "</tr>" for label in _T3)
    return f"<table border='1'>{head}{body}</table>"


def look_alike(rng: Random, kind: str, organ: Organ, year: int) -> tuple[str, list[str]]:
    """Title and paragraphs (or tables) in HTML."""
    name, place, y = organ.full, organ.place.name, year
    match kind:
        case "notice":
            return f"关于做好{y}年政府信息公开工作年度报告编制工作的通知", [
                f"{place}各乡镇人民政府、各有关单位：", f"为做好{y}年政府信息公开工作年度报告的编制发布，请于{y + 1}年1月20日前完成报送。",
                "一、内容要求。应当包含总体情况、主动公开、依申请公开、复议诉讼、存在问题、其他事项六部分。", "二、时间要求。逾期未报的予以通报。", f"{place}政务公开办公室"]
        case "rules":
            return f"{name}政府信息公开工作年度报告制度", ["第一条 为规范年度报告的编制，制定本制度。", "第二条 年度报告应当于次年1月31日前公布。", "第三条 本制度自印发之日起施行。"]
        case "guide":
            return f"{name}政府信息公开指南", ["一、信息分类与编排。本机关公开的信息分为机构职能、政策文件等类别。", "二、获取方式。可登录网站查询，也可以提交书面申请。", "三、受理机构：办公室，工作日上午8:30至12:00。"]
        case "blank_template":
            return "政府信息公开工作年度报告（模板）", ["XX单位20XX年政府信息公开工作年度报告", "一、总体情况", "（请填写）", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", _big(""), "四、行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
        case "zero_template":
            return "××县××局××××年政府信息公开工作年度报告（参考格式）", ["填报单位：××县××局", "一、总体情况：（不少于300字）", "三、收到和处理政府信息公开申请情况", _big("0"), "说明：请各单位按实际数据替换表中示例。"]
        case "filling_notes":
            return "政府信息公开工作年度报告编写说明", ["第一部分总体情况应当简明。", "第三部分填表示例如下，数字仅作演示：", _big(str(rng.randint(1, 9))), "填写时注意勾稽关系。"]
        case "training_news":
            return f"{place}召开{y}年政府信息公开年报编制培训会", [f"近日，{place}组织各单位经办人员开展年报编制培训，{rng.randint(40, 180)}人参加。", "会议讲解了表格填写要点，并就常见差错作了提示。"]
        case "assessment":
            return f"{y}年度{place}政府信息公开第三方评估结果通报", ["本次评估涵盖主动公开、依申请公开、平台建设等指标。", _rows(("财政局", "教育局", "民政局"), [f"{rng.randint(70, 99)}.{rng.randint(1, 9)}" for _ in range(3)])]
        case "website_form":
            return f"{name}政府网站工作年度报表（{y}年度）", ["（2018年度格式）", _rows(("网站名称", "网站标识码", "独立用户访问总量（单位：个）", "网站总访问量（单位：次）", "信息发布总数（单位：条）", "概况类信息更新量", "专栏专题维护数量", "解读信息发布总数", "留言办理收到留言数量"), [f"{place}人民政府门户网站", f"{organ.place.code}0001", *[str(rng.randint(0, 90000)) for _ in range(7)]])]
        case "rule_of_law":
            return f"{name}{y}年法治政府建设年度报告", [f"{y}年，深入推进依法行政，现将情况报告如下。", "一、主要举措和成效。落实主要负责人推进法治建设第一责任人职责。", f"二、存在不足。三、{y + 1}年工作安排。"]
        case "work_summary":
            return f"{name}{y}年政务公开工作总结", [f"{y}年，认真落实政务公开要点，主动公开各类信息{rng.randint(50, 900)}条。", "一、主要做法。二、存在的不足。三、下一步打算。"]
        case "quarter_numbers":
            return f"{place}{y}年第{rng.choice('一二三')}季度政府信息公开情况统计", [_rows(("主动公开信息数", "收到申请数", "申请办结数"), [str(rng.randint(0, 500)) for _ in range(3)])]
        case "half_year_tables":
            return f"{name}{y}年上半年政府信息公开工作情况", [f"统计时间为{y}年1月1日至6月30日。", "上半年收到和处理申请情况见下表。", _big(str(rng.randint(0, 3)))]
        case "sample_text":
            return f"{y}年政府信息公开年度报告范文（精选3篇）", ["下载文档 收藏 举报 页数：6 大小：32KB 格式：docx", "州人民政府年度政府信息公开工作报告", "一、打根底，改良效劳。全年主动公开信息条，方便广阔干部群众。", "二、依申请公开情况。受理件，办结件。", "温馨提示：本文档由会员上传，收益归作者所有，开通VIP免费下载。"]
        case "index_page":
            return "政府信息公开年报", ["<ul>" + "".join(f"<li><a href='{n}.html'>{place}{n}年政府信息公开工作年度报告</a> <span>{n + 1}-01-2{n % 9}</span></li>" for n in range(y, y - 6, -1)) + "</ul>", "共6条 第1/1页"]
        case "application_form":
            return "政府信息公开申请表", [_rows(("姓名", "证件号码", "联系电话", "所需信息描述", "获取信息的方式"), ["", "", "", "", "邮寄 / 自行领取"])]
        case "budget":
            return f"{name}{y}年度部门决算公开", ["一、部门概况。二、收支决算总表。", _rows(("财政拨款收入", "其他收入", "合计"), [f"{rng.randint(100, 9000)}.{rng.randint(10, 99)}" for _ in range(3)]), "单位：万元"]
        case "proposals":
            return f"{name}{y}年建议提案办理情况报告", [f"全年承办人大代表建议{rng.randint(1, 30)}件、政协提案{rng.randint(1, 30)}件，均已答复。"]
        case "school_year":
            return f"{place}师范学院{y - 1}—{y}学年信息公开年度报告", ["根据《高等学校信息公开办法》编制。", f"统计期限为{y - 1}年9月1日至{y}年8月31日。", "学年内主动公开校务信息若干，未收到申请。"]
        case "not_found":
            return "404 Not Found", ["您访问的页面不存在或已删除。", "5秒后返回首页"]
        case "work_plan":
            return f"{place}{y}年政务公开工作要点", ["一、深化重点领域公开。二、规范依申请办理。三、按时发布年度报告。"]
        case "flyer":
            return f"一图读懂：{name}{y}年政府信息公开年报", ["<img src='/images/tj.jpg'/>", "来源：新闻中心 责任编辑：小王"]
        case "login":
            return "统一身份认证", ["用户名 密码 验证码", "登录后查看政府信息公开年报填报系统"]
        case "work_report":
            return f"{y}年{place}政府工作报告", [f"各位代表：现在，我代表{place}人民政府，向大会报告工作，请予审议。", "一年来，地区生产总值稳步增长，财政收入完成预期目标。", "坚持政务公开，自觉接受监督。"]
        case _:
            return f"{place}召开{y}年政务公开领导小组会议", ["会议审议了年度报告（送审稿），要求各单位抓紧修改。"]
