"""The tables of a plan: each cell with its text, its field and the number read there."""

from __future__ import annotations

from random import Random

from .model import Cell, Number, Row, Table
from .plan import Plan
from .rows import (
    A14,
    APPLICANTS,
    COL_SYNONYMS,
    COLS,
    F08_EARLY,
    F08_LATE,
    GROUPS,
    HUBEI_ROW,
    MONEY,
    RESULT_LABEL,
    S08_NEW,
    S08_OLD,
    SYNONYMS,
    T2,
    T3_ROWS,
    T4_CELLS,
    T4_PARTS,
    TYPOS,
)

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_ZH = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """12 -> 十二 (up to 99999)."""
    if n == 0:
        return "零"
    out, zero = "", False
    for unit, word in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if zero and out else "") + _ZH[digit] + word
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out


def plain(value: Number) -> str:
    """A number without ornaments."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text or "0"


def dress(value: Number, digits: str) -> str:
    """A number in the writing of the office; writings that do not fit the number leave it plain."""
    text = plain(value)
    whole = isinstance(value, int) and value >= 0
    match digits:
        case "thousands":
            return f"{value:,}" if whole else text
        case "thousands_full":
            return f"{value:,}".replace(",", "，") if whole else text
        case "full":
            return text.translate(_FULL).replace(".", "．").replace("-", "－")
        case "zeros":
            return text.zfill(2 + len(text)) if whole and value > 0 else text
        case "apostrophe":
            return "'" + text
        case "chinese":
            return chinese(int(value)) if whole and value < 100000 else text
        case "letter_o":
            return text.replace("0", "O") if whole and value >= 10 else text
        case "zero_width":
            return text[0] + "\u200b" + text[1:] if len(text) > 1 else text
        case "bom":
            return "\ufeff" + text
        case "nbsp":
            return f"\u00a0{text}\u00a0\u00a0"
        case "wide_space":
            return f"\u3000{text}\u3000"
        case _:
            return text


def _money_text(plan: Plan, value: Number, digits: str) -> str:
    yuan = round(value * 10000)
    match plan.money:
        case "header_yuan" | "caption_yuan":
            return dress(yuan, digits)
        case "cell_yuan":
            return f"{yuan}元"
        case "cell_yuan_thousands":
            return f"{yuan:,}元"
        case "cell_wan":
            return f"{plain(value)}万元"
        case "header_qian":
            return plain(round(value * 10, 6))
        case "header_bai":
            return plain(round(value / 100, 6))
        case "cell_yi":
            return f"{plain(round(value / 10000, 8))}亿元" if value >= 10000 else f"{plain(value)}万元"
        case _:
            return dress(value, digits)


def money_unit(plan: Plan) -> str:
    """The unit the header of an amount prints."""
    return {"header_wan": "万元", "header_yuan": "元", "header_qian": "千元", "header_bai": "百万元"}.get(plan.money, "")


def value_cell(plan: Plan, field: str | None, value: Number, *, cols: int = 1) -> Cell:
    """A cell for a field (or, without one, for a figure nobody asks about)."""
    rng = plan.rng
    if field is not None and field in plan.blanked:
        return Cell(plan.blanked[field], field, None, cols=cols, ghost=plan.ghosts.get(field, ""))
    if field is not None and field in plan.texts:
        return Cell(plan.texts[field], field, value, cols=cols, note=plan.notes.get(field, ""))
    if value == 0 and plan.zero != "0" and rng.random() < plan.zero_some:
        mark = rng.choice(("", "/", "0")) if plan.zero == "mixed" else plan.zero
        if mark in {"零", "〇", "０"}:
            return Cell(mark, field, 0, cols=cols)
        if mark != "0":
            return Cell(mark, field, None, cols=cols)
    digits = plan.digits if rng.random() < plan.digits_share else "plain"
    if field in MONEY and value:
        text = _money_text(plan, value, digits)
    else:
        text = dress(value, digits)
        if plan.unit_cells and digits == "plain" and rng.random() < 0.7:
            text += plan.unit_cells
    number = value if text == plain(value) else None
    return Cell(
        text, field, value, cols=cols, number=number,
        note=plan.notes.get(field or "", ""), ghost=plan.ghosts.get(field or "", ""),
    )


# labels


def _brackets(plan: Plan, text: str) -> str:
    if plan.brackets == "full":
        return text.replace("(", "（").replace(")", "）").replace(",", "，").replace(":", "：")
    return text


def _vary(plan: Plan, text: str, *, narrow: bool = False) -> str:
    text = _brackets(plan, text).replace("“", plan.quotes[:1]).replace("”", plan.quotes[1:])
    if plan.spaced and len(text) > 3 and plan.rng.random() < 0.4:
        at = plan.rng.randint(1, len(text) - 1)
        text = text[:at] + plan.rng.choice((" ", "\u3000", "\u00a0", "  ")) + text[at:]
    elif (plan.wrapped or narrow) and len(text) >= 4 and plan.rng.random() < 0.6:
        at = len(text) // 2
        text = text[:at] + "\n" + text[at:]
    return text


def _number(plan: Plan, ordinal: str, *, top: bool) -> str:
    if plan.no_ordinals:
        return ""
    if ordinal.isdigit():
        return ordinal + plan.ordinal
    return ordinal + "、" if top else f"({ordinal})"


def row_label(plan: Plan, row: tuple[str, str, str, str]) -> str:
    """The label of a row of table three as this office writes it."""
    name, group, ordinal, text = row
    if plan.typos and name in TYPOS:
        text = plan.rng.choice(TYPOS[name])
    elif plan.synonyms and name in SYNONYMS and plan.rng.random() < 0.7:
        text = plan.rng.choice(SYNONYMS[name])
    return _vary(plan, _number(plan, ordinal, top=not group) + text)


def column_label(plan: Plan, name: str) -> str:
    """The heading of a column of table three."""
    text = dict(COLS).get(name, name)
    if plan.synonyms and name in COL_SYNONYMS and plan.rng.random() < 0.6:
        text = plan.rng.choice(COL_SYNONYMS[name])
    return _vary(plan, text, narrow=name in {"business", "research", "public_interest", "legal_service"} and plan.wrapped)


_EXTRA = {"percent": "占比", "subtotal": "法人小计", "last_year": "上年总计", "spacer": "", "remark": "备注"}
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"


def _value_cells(plan: Plan, row: str, columns: list[str], rng: Random) -> Row:
    out: Row = []
    total = plan.shown.get(f"t3_{row}__total", 0)
    base = plan.shown.get("t3_processed_total__total", 0)
    for name in columns:
        if name == "percent":
            part = f"{100 * total / base:.1f}%" if base and row not in {"new_received", "carried_in", "carried_out"} else ""
            out.append(Cell(part))
        elif name == "subtotal":
            out.append(Cell(str(sum(plan.shown[f"t3_{row}__{c}"] for c in APPLICANTS[1:]))))
        elif name == "last_year":
            out.append(Cell(str(max(0, int(total) + rng.choice([-2, 0, 1, 3])))))
        elif name == "spacer":
            out.append(Cell(""))
        elif name == "remark":
            out.append(Cell(rng.choice(("", "", "", "含网上申请", "详见台账", "已核"))))
        else:
            out.append(value_cell(plan, f"t3_{row}__{name}", plan.shown[f"t3_{row}__{name}"]))
    return out


def _header3(plan: Plan, columns: list[str], label_cols: int) -> list[Row]:
    top: Row = [Cell(_brackets(plan, CORNER), rows=3, cols=label_cols, head=True), Cell("申请人情况", cols=len(columns), head=True)]
    middle: Row = []
    bottom: Row = []
    i = 0
    legal = {"business", "research", "public_interest", "legal_service", "other_org", "subtotal"}
    while i < len(columns):
        j = i
        while j < len(columns) and columns[j] in legal:
            j += 1
        if j > i:
            middle.append(Cell("法人或其他组织", cols=j - i, head=True))
            bottom += [Cell(_EXTRA.get(c) or column_label(plan, c), head=True) for c in columns[i:j]]
            i = j
        else:
            name = columns[i]
            text = _EXTRA[name] if name in _EXTRA else column_label(plan, name)
            middle.append(Cell(text, rows=2, head=True))
            i += 1
    return [top, middle, bottom]


def table_three(plan: Plan, columns: list[str] | None = None) -> Table:
    """Table three in the plan's shape."""
    rng = plan.rng
    columns = list(columns or plan.columns)
    style = plan.style
    label_cols = {"official": 3, "blankfill": 3, "repeat": 3, "two": 2, "flat": 1, "path": 1, "numbered": 4}[style]
    rows = _header3(plan, columns, label_cols)
    spec = [r for r in T3_ROWS[plan.t3] if r[0] not in plan.lost_rows]
    merged = plan.merged_label
    if merged:
        spec = [r for r in spec if r[0] != merged[1]]
    result = [r for r in spec if r[1]]
    seen: set[str] = set()
    n = 0
    for r in spec:
        name, group, _, _ = r
        n += 1
        label = row_label(plan, r)
        values = _value_cells(plan, name, columns, rng)
        if merged and name == merged[0]:
            other = next(x for x in T3_ROWS[plan.t3] if x[0] == merged[1])
            label = f"{label}、{row_label(plan, other)}"
            for cell, c in zip(values, columns, strict=True):
                if c in APPLICANTS or c == "total":
                    both = int(plan.shown[f"t3_{name}__{c}"] + plan.shown[f"t3_{merged[1]}__{c}"])
                    cell.text, cell.field, cell.value, cell.number, cell.note = str(both), None, None, both, ""
        deep = group in GROUPS
        head = f"{_number(plan, RESULT_LABEL[0], top=True)}{RESULT_LABEL[1]}"
        title = _brackets(plan, f"({GROUPS[group][0]}){GROUPS[group][1]}") if deep else ""
        lead: Row = []
        if style in {"official", "numbered"}:
            if style == "numbered":
                lead.append(Cell(str(n)))
            if not group:
                lead.append(Cell(label, cols=3))
            else:
                if "result" not in seen:
                    lead.append(Cell(_vary(plan, head), rows=len(result)))
                if deep:
                    if group not in seen:
                        lead.append(Cell(title, rows=sum(1 for x in result if x[1] == group)))
                    lead.append(Cell(label))
                else:
                    lead.append(Cell(label, cols=2))
                seen |= {"result", group}
        elif style in {"blankfill", "repeat"}:
            again = style == "repeat"
            first = "" if not group else head if again or "result" not in seen else ""
            second = title if deep and (again or group not in seen) else ""
            lead = [Cell(label), Cell(""), Cell("")] if not group else (
                [Cell(first), Cell(second), Cell(label)] if deep else [Cell(first), Cell(label), Cell("")])
            if group:
                seen |= {"result", group}
        elif style == "two":
            if not group:
                lead.append(Cell(label, cols=2))
            elif deep:
                if group not in seen:
                    seen.add(group)
                    lead.append(Cell(title, rows=sum(1 for x in result if x[1] == group)))
                lead.append(Cell(label))
            else:
                lead.append(Cell(label, cols=2))
        elif style == "path":
            lead.append(Cell(label if not group else f"{head}-{title}-{label}" if deep else f"{head}-{label}"))
        else:
            if group and "result" not in seen:
                seen.add("result")
                rows.append([Cell(head), *[Cell("") for _ in columns]])
            if deep and group not in seen:
                seen.add(group)
                rows.append([Cell(title), *[Cell("") for _ in columns]])
            lead.append(Cell(label))
        rows.append([*lead, *values])
    if style == "numbered":
        rows[0][0].cols = 3
        rows[0].insert(0, Cell("序号", rows=3, head=True))
    return Table("t3", rows, 3)


_PUBLIC_NOTE = {"规章": "(县级无此项)", "行政规范性文件": "(不含已失效)", "规范性文件": "(以文号统计)"}


def table_two(plan: Plan) -> Table:
    """Table two: its blocks one below the other."""
    rows: list[Row] = []
    blocks = [b for i, b in enumerate(T2[plan.t2]) if i not in plan.lost_blocks]
    unit = money_unit(plan)
    for title, heads, items in blocks:
        span = 4
        rows.append([Cell(_brackets(plan, title), cols=span, head=True)])
        extra = plan.last_year_t2 and len(heads) == 2 and "收费" not in heads[1]
        labels = list(heads)
        if "收费金额" in heads[-1] or "总金额" in heads[-1]:
            if unit:
                labels[-1] = _brackets(plan, f"{labels[-1]}(单位:{unit})" if "收费" in labels[-1] else f"{labels[-1]}({unit})")
        elif plan.synonyms and heads[-1] == "现行有效件数":
            labels[-1] = _brackets(plan, "现行有效件数(历史累计)")
        spans = {2: (1, 3), 3: (1, 1, 2), 4: (1, 1, 1, 1)}[len(labels)]
        if extra:
            labels, spans = [labels[0], "上年处理决定数量", labels[1]], (1, 1, 2)
        rows.append([Cell(_vary(plan, t) if t != "信息内容" else t, cols=s, head=True) for t, s in zip(labels, spans, strict=True)])
        chosen = list(items)
        if plan.hubei and items[0][0] == "规章":
            chosen.append(HUBEI_ROW)
        for label, fields in chosen:
            text = label
            if plan.synonyms and label == "行政规范性文件":
                text = plan.rng.choice(("规范性文件", "行政规范性文件"))
            if plan.label_notes and label in _PUBLIC_NOTE and not (label == "规章" and plan.organ.rules):
                text += _PUBLIC_NOTE[label]
            cells: Row = [Cell(_vary(plan, text))]
            if extra:
                cells.append(Cell(str(max(0, int(plan.shown[fields[0]]) - plan.rng.randint(0, 9)))))
            cells += [value_cell(plan, f, plan.shown[f], cols=s) for f, s in zip(fields, spans[-len(fields):], strict=True)]
            rows.append(cells)
    caption = None
    if plan.money == "caption_yuan":
        caption = "金额单位：元"
    return Table("t2", rows, 0, caption)


def table_four(plan: Plan) -> Table:
    """Table four: fifteen columns, or three rows, or fifteen rows."""
    shown = plan.shown
    value = lambda p, c: value_cell(plan, f"t4_{p}_{c}", shown[f"t4_{p}_{c}"])  # noqa: E731
    if plan.t4_shape == "tall":
        rows: list[Row] = [[Cell("类别", cols=2, head=True), Cell("结果", head=True), Cell("件数", head=True)]]
        for p, name in T4_PARTS:
            for i, (c, label) in enumerate(T4_CELLS):
                row: Row = []
                if p == "review" and i == 0:
                    row.append(Cell("行政复议", rows=5, cols=2))
                if p == "direct" and i == 0:
                    row.append(Cell("行政诉讼", rows=10))
                if p != "review" and i == 0:
                    row.append(Cell(name, rows=5))
                rows.append([*row, Cell(_vary(plan, label)), value(p, c)])
        return Table("t4", rows, 1)
    if plan.t4_shape == "three":
        rows = [[Cell("类别", cols=2, head=True), *[Cell(_vary(plan, t), head=True) for _, t in T4_CELLS]]]
        rows.append([Cell("行政复议", cols=2), *[value("review", c) for c, _ in T4_CELLS]])
        rows.append([Cell("行政诉讼", rows=2), Cell("未经复议直接起诉"), *[value("direct", c) for c, _ in T4_CELLS]])
        rows.append([Cell("复议后起诉"), *[value("after_review", c) for c, _ in T4_CELLS]])
        return Table("t4", rows, 1)
    narrow = plan.wrapped
    short = lambda: [Cell(_vary(plan, t, narrow=narrow), head=True) for _, t in T4_CELLS]  # noqa: E731
    top = [Cell("行政复议", cols=5, head=True), Cell("行政诉讼", cols=10, head=True)]
    middle = [Cell(c.text, rows=2, head=True) for c in short()]
    middle += [Cell("未经复议直接起诉", cols=5, head=True), Cell("复议后起诉", cols=5, head=True)]
    bottom = short() + short()
    return Table("t4", [top, middle, bottom, [value(p, c) for p, _ in T4_PARTS for c, _ in T4_CELLS]], 3)


# the older forms


def _annex_label(plan: Plan, ordinal: str, text: str) -> str:
    return _vary(plan, ordinal + text)


def annex(plan: Plan, form: str) -> Table:
    """The statistical table of one of the older forms."""
    if form == "a14":
        return _annex_2014(plan)
    if form == "f08":
        return _annex_fujian(plan)
    rows: list[Row] = [[Cell(t, head=True) for t in ("指标", "单位", "数量")]]
    spec = S08_OLD if plan.annex_version == "old" else S08_NEW
    for name, label, unit in spec:
        if name not in plan.lost_rows:
            rows.append([Cell(_vary(plan, label)), Cell(unit), _annex_value(plan, f"s08_{name}")])
    return Table("s08", rows, 1)


def _annex_value(plan: Plan, field: str) -> Cell:
    return value_cell(plan, field, plan.shown[field])


def _annex_2014(plan: Plan) -> Table:
    rng = plan.rng
    heads = ["统计指标", "单位", "统计数"]
    if plan.annex_years:
        heads = ["统计指标", "单位", f"{plan.year - 1}年", f"{plan.year}年"]
    elif plan.own_sum:
        heads = ["统计指标", "单位", "本级", "汇总"] if plan.own_sum == "own_first" else ["统计指标", "单位", "汇总", "其中:本级"]
    rows: list[Row] = [[Cell(_brackets(plan, t), head=True) for t in heads]]
    for name, ordinal, label, unit in A14:
        text = _annex_label(plan, ordinal, label)
        if name is None:
            rows.append([Cell(text), Cell(unit), *[Cell("——") for _ in heads[2:]]])
            continue
        if name in plan.lost_rows:
            continue
        field = f"a14_{name}"
        cell = _annex_value(plan, field)
        if field in MONEY and cell.value and plan.money in {"header_yuan", "caption_yuan"}:
            unit = "元"
        elif field in MONEY and plan.money == "header_qian" and cell.value:
            unit = "千元"
        elif field in MONEY and plan.money == "header_bai" and cell.value:
            unit = "百万元"
        values = [cell]
        if len(heads) == 4:
            n = plan.shown[field]
            other = Cell(plain(int(n * (0.3 + 0.6 * rng.random()))))
            if field in MONEY:
                other = Cell("0")
            values = [cell, other] if plan.own_sum == "sum_first" else [other, cell]
        rows.append([Cell(text), Cell(unit), *values])
    if plan.annex_halves and len(heads) == 3:
        head, body = rows[0], rows[1:]
        half = (len(body) + 1) // 2
        right = body[half:] + [[Cell(""), Cell(""), Cell("")]] * (half - (len(body) - half))
        rows = [head + [Cell(c.text, head=True) for c in head]] + [a + b for a, b in zip(body[:half], right, strict=True)]
    return Table("a14", rows, 1)


def _annex_fujian(plan: Plan) -> Table:
    year = f"{plan.year}年度"
    rows: list[Row] = [[Cell("指标名称", head=True), Cell("计量单位", head=True), Cell(year, head=True), Cell("历年累计", head=True)]]
    for name, label, unit in F08_EARLY if plan.annex_version == "early" else F08_LATE:
        if name not in plan.lost_rows:
            rows.append([Cell(_vary(plan, label)), Cell(unit), _annex_value(plan, f"f08_{name}"), _annex_value(plan, f"f08_{name}__cum")])
    return Table("f08", rows, 1)
