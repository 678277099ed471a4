"""Self-check: sums of what was meant, causes of every difference, and a plain re-reading of simple HTML tables.

Run ``python -m world.check --count 2000``.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser

from . import documents
from . import fields as f
from .model import Made, Number

LOSSES = ("zero_", "total_column", "only_total", "t2_row", "unreadable", "amount_usd", "col_lost", "col_merged", "row_lost", "merged_", "hidden_real")
_VOID = {"meta", "br", "img", "input", "col", "link", "hr"}


def sums(made: Made) -> list[str]:
    """Identities of the meant figures that do not hold."""
    m, bad = made.meant, []

    def same(name: str, left: Number, right: Number) -> None:
        if left != right:
            bad.append(f"{name}: {left} != {right}")

    def g(name: str) -> int:
        return int(m[name] or 0)

    if "t3_granted__total" in m:
        results = f.RESULTS21 if "t3_other_misc__total" in m else f.RESULTS19
        rows = ["new_received", "carried_in", *results, "processed_total", "carried_out"]
        for row in rows:
            same(row, sum(g(f"t3_{row}__{c}") for c in f.PARTS), g(f"t3_{row}__total"))
        for col, _, _ in f.COLS:
            same(col, sum(g(f"t3_{r}__{col}") for r in results), g(f"t3_processed_total__{col}"))
            same(col, g(f"t3_new_received__{col}") + g(f"t3_carried_in__{col}"), g(f"t3_processed_total__{col}") + g(f"t3_carried_out__{col}"))
        for block, _ in f.T4_BLOCKS:
            same(block, sum(g(f"t4_{block}_{c}") for c, _ in f.T4_COLS[:-1]), g(f"t4_{block}_total"))
    if "a14_app_total" in m:
        same("app", sum(g(f"a14_app_{x}") for x in ("in_person", "fax", "network", "letter")), g("a14_app_total"))
        same("done", g("a14_done_on_time") + g("a14_done_extended"), g("a14_done_total"))
        same("reply", sum(g(k) for k in m if k.startswith("a14_reply_") and k != "a14_reply_total"), g("a14_reply_total"))
        same("denied", sum(g(k) for k in m if k.startswith("a14_denied_")), g("a14_reply_denied"))
        same("staff", g("a14_staff_full_time") + g("a14_staff_part_time"), g("a14_staff_total"))
        for stem in ("review", "suit"):
            same(stem, sum(g(f"a14_{stem}_{x}") for x in ("upheld", "corrected", "other")), g(f"a14_{stem}_total"))
    if "f08_received_total" in m:
        for tail in ("", "__cum"):
            same("f08", sum(g(f"f08_received_{x}{tail}") for x in ("in_person", "online", "letter_fax")), g(f"f08_received_total{tail}"))
            same("f08", sum(g(f"f08_replied_{x}{tail}") for x in ("granted", "partial", "denied", "other")), g(f"f08_replied_total{tail}"))
    if "s08_app_total" in m:
        same("s08", sum(g(k) for k in m if k.startswith("s08_app_") and k != "s08_app_total"), g("s08_app_total"))
        parts = ["s08_reply_granted", "s08_reply_partial", "s08_reply_denied", *[k for k in m if k.startswith("s08_reason_")]]
        same("s08", sum(g(k) for k in parts), g("s08_reply_total"))
        same("s08", sum(g(f"s08_exempt_{i}") for i in range(1, 7)), g("s08_reply_denied"))
    return bad


def causes(made: Made) -> list[str]:
    """Differences between printed and meant that no habit explains."""
    lost = any(h.startswith(LOSSES) for h in made.habits)
    wrong = any(h.startswith("misprint") for h in made.habits)
    out = [] if made.printed.keys() == made.meant.keys() else ["fields differ"]
    for name, value in made.printed.items():
        if value is None and not lost:
            out.append(f"{name} lost")
        elif value is not None and value != made.meant[name] and not wrong:
            out.append(f"{name} {value} != {made.meant[name]}")
    return out


class Tables(HTMLParser):
    """Visible table cells with spans; nothing of the writer's code is used."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.stack: list[list[list[tuple[str, int, int]]]] = []
        self.dark: list[bool] = []
        self.text: list[str] | None = None
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        style = a.get("style", "").replace(" ", "")
        gone = "hidden" in a or any(x in style for x in ("display:none", "visibility:hidden", "font-size:0")) and "font-size:0." not in style or a.get("class") == "noshow" or tag in ("s", "sup", "template", "style")
        if tag == "input" and self.text is not None:
            self.text.append(a.get("value", ""))
        if tag in _VOID:
            return
        self.dark.append(gone or (bool(self.dark) and self.dark[-1]))
        if self.dark[-1]:
            return
        if tag == "table":
            self.stack.append([])
            self.tables.append(self.stack[-1])
        elif tag == "tr" and a.get("class") != "gap":
            self.stack[-1].append([])
        elif tag in ("td", "th"):
            self.text = []
            self.span = (int(a.get("rowspan", 1)), int(a.get("colspan", 1)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        gone = self.dark.pop() if self.dark else False
        if gone:
            return
        if tag in ("td", "th") and self.text is not None:
            self.stack[-1][-1].append(("".join(self.text), *self.span))
            self.text = None
        elif tag == "table":
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None and not (self.dark and self.dark[-1]):
            self.text.append(data)


def _spread(table: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    got: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table):
        x = 0
        for text, rs, cs in row:
            while (y, x) in got:
                x += 1
            for dy in range(rs):
                for dx in range(cs):
                    got[y + dy, x + dx] = text
            x += cs
    width = 1 + max((x for _, x in got), default=0)
    return [[got.get((y, x), "") for x in range(width)] for y in range(len(table))]


def _norm(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", text))


def _num(text: str) -> Number:
    t = _norm(text).replace(",", "").replace("O", "0").lstrip("'")
    t = re.sub(r"(件|\*|\(注1\))$", "", t)
    if t in "一二三四五六七八九十" and t:
        return "一二三四五六七八九十".index(t) + 1
    if t in ("零", "〇"):
        return 0
    return int(t) if re.fullmatch(r"\d+", t) else None


_KEYS = {"本年新收": "new_received", "本年度新收": "new_received", "上年结转": "carried_in", "予以公开": "granted", "部分公开": "partial", "国家秘密": "denied_state_secret", "禁止公开": "denied_other_law", "三安全": "denied_three_securities",
         "第三方": "denied_third_party", "内部事务": "denied_internal_affairs", "过程性": "denied_process_info", "执法案卷": "denied_enforcement_file", "查询事项": "denied_admin_query",
         "不掌握": "unable_not_held", "另行制作": "unable_need_creation", "仍不明确": "unable_unclear", "信访": "refused_petition", "重复申请": "refused_duplicate", "公开出版": "refused_publication",
         "大量反复": "refused_mass_repeat", "重新出具": "refused_reissue", "逾期不补正": "other_not_corrected", "缴纳费用": "other_fee_unpaid", "结转下年": "carried_out"}


def reread(made: Made) -> list[str]:
    """Re-read table three of official-looking HTML and compare; [] also where the layout is not simple."""
    if not made.layout.startswith("h_") or made.layout in ("h_upper", "h_t3_transposed", "h_t3_long", "h_t3_cut_nohead") or "t3_granted__total" not in made.meant or "label_traditional" in made.habits:
        return []
    for enc in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            html = made.body.decode(enc)
            break
        except UnicodeDecodeError:
            continue
    parser = Tables()
    parser.feed(html)
    found: dict[str, Number] = {}
    for table in parser.tables:
        head: dict[int, str] = {}
        for row in _spread(table):
            cells = [_norm(c) for c in row]
            short = {"自然人": "natural", "商业企业": "business", "科研机构": "research", "社会公益组织": "public_interest", "法律服务机构": "legal_service", "其他": "other_org", "总计": "total"}
            now = {i: short[c.replace("(件)", "")] for i, c in enumerate(cells) if c.replace("(件)", "") in short}
            if "科研机构" in cells or "法律服务机构" in cells:
                head = now
                continue
            if not head:
                continue
            labels = [c for c in cells[: min(head)] if c]
            if not labels:
                continue
            last = labels[-1]
            rid = next((v for k, v in _KEYS.items() if k in last and not last.endswith("小计")), None)
            if rid is None and re.search(r"七\)?总计", last):
                rid = "processed_total"
            if rid is None and re.search(r"(3|三)?[.、)]?其他$", last):
                rid = "other_misc"
            if rid is None and last.endswith("其他处理"):
                rid = "other_total"
            if rid is None or not any(ch in last for ch in "公开申请数量总计其他处理不"):
                pass
            if rid:
                for i, col in head.items():
                    found.setdefault(f"t3_{rid}__{col}", _num(row[i]))
            if "结转下年" in last:
                head = {}
    return [f"{k}: printed {v}, re-read {found.get(k)}" for k, v in made.printed.items() if k.startswith("t3_") and found.get(k) != v] if found else []


def main() -> None:
    """Check many documents and print what is wrong."""
    ap = argparse.ArgumentParser()
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--count", type=int, default=1000)
    args = ap.parse_args()
    layouts: Counter[str] = Counter()
    habits: Counter[str] = Counter()
    bad = reread_ok = 0
    for made in documents(args.seed, args.count):
        layouts[made.layout] += 1
        habits.update(made.habits)
        wrong = sums(made) + causes(made)
        again = reread(made)
        reread_ok += not again and made.layout.startswith("h_")
        for line in (wrong + again)[:3]:
            print(made.name, made.layout, made.habits, line)
        bad += bool(wrong or again)
    print(f"{bad} bad; {len(layouts)} layouts, {len(habits)} habits; {reread_ok} html documents without a re-reading complaint")
    print("clean", sum(1 for m in documents(args.seed, args.count) if not m.habits) / args.count)
    print(habits.most_common())


if __name__ == "__main__":
    main()
