"""The world's check of itself: sums, the agreement of printed and meant, and a second reading of plain carriers."""

from __future__ import annotations

import random
from collections import Counter
from html.parser import HTMLParser

from . import compose
from . import fields as F
from .draft import Draft
from .grid import Cell, spread
from .habits import HABITS
from .world import draw, render

# habits after which a printed figure may rightly be missing or other than meant
_CHANGING = {"misprint", "merge", "blank"}
_LOSING = {"lost_column", "lost_row", "lost_two_row", "lost_annex_row", "four_group_lost", "unit_dollars", "figure_only_hidden"}


def sums(d: Draft) -> list[str]:
    """Sums of `meant` that do not hold."""
    m, bad = d.meant, []
    if d.three_era:
        outcome = [row for row, _, _ in F.outcomes(d.three_era)]
        for column, _ in F.COLUMNS:
            at = {row: m[F.t3(row, column)] for row, _, _ in F.table_three_rows(d.three_era)}
            if at["new_received"] + at["carried_in"] != at["processed_total"] + at["carried_out"]:
                bad.append(f"balance {column}")
            if sum(at[row] for row in outcome) != at["processed_total"]:
                bad.append(f"outcomes {column}")
        for row, _, _ in F.table_three_rows(d.three_era):
            if sum(m[F.t3(row, column)] for column in F.APPLICANTS) != m[F.t3(row, "total")]:
                bad.append(f"row {row}")
        for group, _ in F.FOUR_GROUPS:
            if sum(m[F.t4(group, result)] for result, _ in F.FOUR_RESULTS[:4]) != m[F.t4(group, "total")]:
                bad.append(f"four {group}")
    rules = {
        "a14": (("a14_app_total", ("app_in_person", "app_fax", "app_network", "app_letter")), ("a14_done_total", ("done_on_time", "done_extended")),
                ("a14_reply_total", ("reply_already_public", "reply_granted", "reply_partial", "reply_denied", "reply_not_this_organ", "reply_not_exist",
                                     "reply_supplement", "reply_other_route")),
                ("a14_reply_denied", ("denied_state_secret", "denied_business_secret", "denied_privacy", "denied_security", "denied_not_gov_info", "denied_other_law")),
                ("a14_review_total", ("review_upheld", "review_corrected", "review_other")), ("a14_suit_total", ("suit_upheld", "suit_corrected", "suit_other")),
                ("a14_staff_total", ("staff_full_time", "staff_part_time"))),
        "s08": (("s08_app_total", ("app_in_person", "app_fax", "app_email", "app_web", "app_letter", "app_other")),
                ("s08_reply_total", ("reply_granted", "reply_partial", "reason_not_gov_info", "reason_not_exist", "reason_not_this_organ", "reason_unclear",
                                     "reason_duplicate", "reply_denied")), ("s08_reply_denied", tuple(f"exempt_{n}" for n in range(1, 7))),
                ("s08_fee_total_yuan", ("fee_proactive_yuan", "fee_on_request_yuan")), ("s08_staff_total", ("staff_full_time", "staff_part_time"))),
        "f08": (("f08_received_total", ("received_in_person", "received_online", "received_letter_fax")),
                ("f08_replied_total", ("replied_granted", "replied_partial", "replied_denied", "replied_other"))),
    }
    for total, parts in rules.get(d.form or "", ()):
        for tail in ("", "__cum") if d.form == "f08" else ("",):
            if m[total + tail] != sum(m[f"{d.form}_{part}{tail}"] for part in parts):
                bad.append(total + tail)
    return bad


class _Tables(HTMLParser):
    """A plain second reading: every table as rows of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append(Cell("", int(got.get("rowspan") or 1), int(got.get("colspan") or 1)))
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1].text += data


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("（", "(").replace("）", ")").replace("：", ":").replace("，", ",").replace("．", ".").replace("、", ".").replace('"', "").replace("“", "").replace("”", "")


def second_reading(body: str, era: str) -> dict[str, int]:
    """Table three of a page with clean tables, by labels only; written apart from the builder."""
    reader = _Tables()
    reader.feed(body)
    labels = {_squeeze(label): row for row, _, label in F.table_three_rows(era)}
    out: dict[str, int] = {}
    for table in reader.tables:
        lines = [[cell.text for cell, _ in line] for line in spread(table)]
        heads = {}
        for line in lines:
            for x, text in enumerate(line):
                if _squeeze(text) in F.COLUMN_LABEL.values() and x not in heads:
                    heads[x] = next(name for name, label in F.COLUMNS if label == _squeeze(text))
        if "natural" not in heads.values():
            continue
        for line in lines:
            row = next((labels[_squeeze(text)] for text in line if _squeeze(text) in labels and not text.strip().isdigit()), None)
            if row:
                for x, column in heads.items():
                    if line[x].strip().isdigit():
                        out[F.t3(row, column)] = int(line[x])
    return out


def check(seed: int, count: int) -> str:
    """Check many documents; raises AssertionError where the truth is not certain."""
    seen: Counter[str] = Counter()
    group_of = {h.name: h.group for h in HABITS}
    for n in range(count):
        d, carrier = draw(random.Random(f"{seed}:check:{n}"))
        _, grids = compose.flow(d)
        state = d.rng.getstate()
        made = render(d, carrier, n)
        d.rng.setstate(state)
        assert not sums(d), (n, sums(d))
        assert set(made.printed) == set(d.meant)
        groups = {group_of[name] for name in d.habits}
        free = not groups & _CHANGING and not set(d.habits) & _LOSING
        for name, value in made.printed.items():
            if free:
                assert value == d.meant[name], (n, name, value, d.meant[name], d.habits)
            elif value is not None and value != d.meant[name]:
                assert name in d.touched, (n, name, d.habits)
        keys = Counter(cell.keys[0] for grid in grids for row in grid.seen() for cell in row if len(cell.keys) == 1)
        for grid in grids:
            grid.matrix()
            for row in grid.seen():
                for cell in row:
                    if len(cell.keys) == 1 and not d.habits:
                        shown = float(cell.text)
                        assert shown == cell.value == d.meant[cell.keys[0]], (n, cell)
        assert not keys or max(keys.values()) == 1 or "doubled_column" in d.habits
        seen["documents"] += 1
        wordy = groups <= {"title", "period", "list", "words", "furniture"} | {"misprint"}
        if carrier.name in ("html_plain", "html_portal", "html_semantic") and d.three_era and wordy and d.opts.t3 in ("official", "cut_head"):
            got = second_reading(made.body.decode("utf-8"), d.three_era)
            want = {name: value for name, value in made.printed.items() if name.startswith("t3_") and value is not None}
            assert got == want, (n, d.habits, {k: (got.get(k), want.get(k)) for k in want if got.get(k) != want[k]})
            seen["read twice"] += 1
        seen["misprinted"] += any(v is not None and v != d.meant[k] for k, v in made.printed.items())
        seen["clean"] += not d.habits
    return ", ".join(f"{name}: {number}" for name, number in sorted(seen.items()))
