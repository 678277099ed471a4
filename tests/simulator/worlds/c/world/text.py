"""Bodies of reports: own sentences, small figures whose sums hold."""
from __future__ import annotations

from random import Random

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    ("（三）不予公开", ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                  "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    ("（五）不予处理", ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                  "5.要求行政机关确认或重新出具已获取信息")),
)
OTHER = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
         "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")
OPEN = ("{organ}按照条例要求，把公开工作同日常业务一起安排、一起检查。", "一年来，{organ}继续完善公开渠道，群众查阅信息更加方便。",
        "{year}年，{place}各单位围绕民生事项做好信息发布，重点栏目保持更新。")
ACT = ("全年通过门户网站发布各类信息{n}条，其中政策文件{m}件，解读材料{k}篇。", "全年主动发布信息{n}条，在公开专区补录历史文件{m}件，制作图文解读{k}个。",
       "全年共公开信息{n}条，召开新闻发布会{k}场，回复网民留言{m}条。")
WEAK = ("个别单位更新不够及时，解读形式较为单一。", "部分乡镇栏目内容偏少，经办人员变动较快。", "信息分类不够细，检索时不够顺手。")
NEXT = ("下一步将每季度开展一次检查，并组织业务培训。", "今后将细化公开目录，压实各单位责任。", "接下来将充实解读力量，提高答复质量。")


def _grid(rng: Random, rows: int) -> list[list[int]]:
    """Rows of outcomes with their totals, bracketed by received, carried in, processed and carried out."""
    out = [[0] * 7 for _ in range(rows + 4)]
    for col in range(6):
        many = col == 0
        for row in range(rows):
            if rng.random() < (0.45 if many else 0.06):
                out[row + 2][col] = rng.randint(1, 19 if many and row < 2 else 4)
        done = sum(out[r + 2][col] for r in range(rows))
        left = rng.randint(0, 2) if many else 0
        carried = min(done + left, rng.randint(0, 2) if many else 0)
        out[0][col], out[1][col], out[rows + 2][col], out[rows + 3][col] = done + left - carried, carried, done, left
    for line in out:
        line[6] = sum(line[:6])
    return out


def table_two(rng: Random, year: int) -> str:
    """The table of what was made and decided."""
    def block(item: str, head: tuple[str, ...], rows: list[tuple[str, tuple[object, ...]]]) -> str:
        wide = len(head)
        html = f'<tr><td colspan="{wide}">第二十条第（{item}）项</td></tr><tr>' + "".join(f"<td>{h}</td>" for h in head) + "</tr>"
        for name, cells in rows:
            html += f"<tr><td>{name}</td>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"
        return html
    r = rng.randint
    if year >= 2021:
        parts = block("一", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
                      [("规章", (0, 0, 0)), ("行政规范性文件", (r(0, 9), r(0, 4), r(10, 60)))])
        parts += block("五", ("信息内容", "本年处理决定数量"), [("行政许可", (r(200, 9000),))])
        parts += block("六", ("信息内容", "本年处理决定数量"), [("行政处罚", (r(50, 3000),)), ("行政强制", (r(0, 200),))])
        parts += block("八", ("信息内容", "本年收费金额（单位：万元）"), [("行政事业性收费", (f"{r(100, 9000)}.{r(10, 99)}",))])
    else:
        items = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
        parts = block("一", ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
                      [("规章", (0, 0, 0)), ("规范性文件", (r(0, 9), r(0, 9), r(10, 60)))])
        parts += block("五", items, [("行政许可", (r(100, 300), f"+{r(0, 20)}", r(200, 9000))),
                                    ("其他对外管理服务事项", (r(100, 300), f"-{r(1, 9)}", r(200, 900)))])
        parts += block("六", items, [("行政处罚", (r(900, 2000), r(0, 20), r(20, 900))), ("行政强制", (r(50, 150), 0, r(0, 90)))])
        parts += block("八", ("信息内容", "上一年项目数量", "本年增/减"), [("行政事业性收费", (r(5, 40), 0))])
        parts += block("九", ("信息内容", "采购项目数量", "采购总金额"), [("政府集中采购", (r(5, 90), f"{r(100, 9000)}.{r(10, 99)}万元"))])
    return f'<table border="1" cellspacing="0"><tbody>{parts}</tbody></table>'


def table_three(rng: Random, year: int) -> str:
    """The table of requests."""
    new = year >= 2021
    names: list[tuple[str, str, int]] = []  # group cell, label, group's rows (0: not the first)
    for group, rows in GROUPS:
        if not rows:
            names.append(("", group, 0))
        for i, row in enumerate(rows):
            names.append((group, row, len(rows) if i == 0 else 0))
    if new:
        names += [("（六）其他处理", row, 3 if i == 0 else 0) for i, row in enumerate(OTHER)]
    else:
        names.append(("", "（六）其他处理", 0))
    grid = _grid(rng, len(names))

    def cells(line: list[int]) -> str:
        return "".join(f"<td>{v}</td>" for v in line)
    html = ('<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
            '<td colspan="7">申请人情况</td></tr><tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td>'
            '<td rowspan="2">总计</td></tr><tr>' + "".join(f"<td>{c}</td>" for c in COLUMNS[1:6]) + "</tr>")
    html += f'<tr><td colspan="3">一、本年新收政府信息公开申请数量</td>{cells(grid[0])}</tr>'
    html += f'<tr><td colspan="3">二、上年结转政府信息公开申请数量</td>{cells(grid[1])}</tr>'
    for i, (group, label, span) in enumerate(names):
        html += "<tr>"
        if i == 0:
            html += f'<td rowspan="{len(names) + 1}">三、本年度办理结果</td>'
        if not group:
            html += f'<td colspan="2">{label}</td>'
        else:
            html += (f'<td rowspan="{span}">{group}</td>' if span else "") + f"<td>{label}</td>"
        html += cells(grid[i + 2]) + "</tr>"
    html += f'<tr><td colspan="2">（七）总计</td>{cells(grid[-2])}</tr>'
    html += f'<tr><td colspan="3">四、结转下年度继续办理</td>{cells(grid[-1])}</tr>'
    return f'<table border="1" cellspacing="0"><tbody>{html}</tbody></table>'


def table_four(rng: Random) -> str:
    """The table of reviews and suits."""
    values: list[int] = []
    for _ in range(3):
        four = [rng.choice((0, 0, 0, 1, 2)) for _ in range(4)]
        values += [*four, sum(four)]
    five = "".join(f"<td>{c}</td>" for c in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    return ('<table border="1" cellspacing="0"><tbody><tr><td colspan="5" rowspan="2">行政复议</td><td colspan="10">行政诉讼</td></tr>'
            '<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr><tr>' + five * 3 + "</tr><tr>"
            + "".join(f"<td>{v}</td>" for v in values) + "</tr></tbody></table>")


def body(rng: Random, place: str, organ: str, year: int) -> str:
    """The whole body of a report, in the form of its year."""
    def say(pool: tuple[str, ...]) -> str:
        return rng.choice(pool).format(organ=organ, place=place, year=year, n=rng.randint(300, 4000), m=rng.randint(5, 90),
                                       k=rng.randint(2, 40))

    def para(text: str) -> str:
        return f"<p>　　{text}</p>"
    lead = para(f"根据《中华人民共和国政府信息公开条例》规定，编制{organ}{year}年政府信息公开工作年度报告。"
                f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。")
    if year >= 2019:
        return (lead + para("一、总体情况") + para(say(OPEN)) + para(say(ACT)) + para("二、主动公开政府信息情况") + table_two(rng, year)
                + para("三、收到和处理政府信息公开申请情况") + table_three(rng, year)
                + para("四、政府信息公开行政复议、行政诉讼情况") + table_four(rng)
                + para("五、存在的主要问题及改进情况") + para(say(WEAK) + say(NEXT))
                + para("六、其他需要报告的事项") + para("本年度未收取信息处理费，没有其他需要报告的事项。"))
    total = rng.randint(2, 30)
    agreed = rng.randint(0, total)
    return (lead + para("一、概述") + para(say(OPEN)) + para("二、主动公开政府信息的情况") + para(say(ACT))
            + para("三、依申请公开政府信息的情况")
            + para(f"本年度共收到政府信息公开申请{total}件，全部按时办结，其中同意公开{agreed}件，告知其他途径办理{total - agreed}件。")
            + para("四、政府信息公开的收费及减免情况") + para("本年度未收取任何费用。")
            + para("五、因政府信息公开申请行政复议、提起行政诉讼的情况") + para("本年度没有因政府信息公开引起的行政复议和行政诉讼。")
            + para("六、存在的主要问题及改进情况") + para(say(WEAK) + say(NEXT)))
