"""``python -m world.selfcheck``: sums hold in ``meant``; ``printed`` differs only where a habit says so; simple layouts re-read."""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections import Counter
from xml.etree import ElementTree

from . import documents
from .habits import HABITS
from .layouts import LAYOUTS
from .model import Made, Values
from .rows import APPLICANTS, COL_IDS, T4_CELLS, T4_PARTS, detail_rows

CHANGING = {
    "misprint_cell", "misprint_total", "misprint_balance", "two_misprints", "two_misprints_in_line", "swapped_values", "row_in_wrong_line",
    "only_totals", "totals_left_zero", "misfilled_decisions", "shifted_items",
}
"""Habits after which a printed number may differ from the meant one."""
EMPTYING = CHANGING | {
    "no_totals_on_details", "lost_cell", "lost_cells", "illegible_cell", "empty_block", "lost_column", "lost_row", "lost_block", "merged_label",
    "merged_values", "merged_down", "row_merged_into_none", "tables_as_pictures", "zero_sometimes_blank", "zero_row_struck",
} | {h for h in HABITS if h.startswith(("zero_", "hidden_"))}


def sums_hold(meant: Values) -> list[str]:
    """Names of the sums that do not hold in a complete set."""
    m = {k: v for k, v in meant.items() if v is not None}
    bad: list[str] = []

    def test(name: str, left: float, right: float) -> None:
        if abs(left - right) > 1e-9:
            bad.append(name)

    if "t3_granted__total" in m:
        version = "v2021" if "t3_other_misc__total" in m else "v2019"
        details = detail_rows(version)
        for c in COL_IDS:
            test(f"balance {c}", m[f"t3_new_received__{c}"] + m[f"t3_carried_in__{c}"], m[f"t3_processed_total__{c}"] + m[f"t3_carried_out__{c}"])
            test(f"sum {c}", m[f"t3_processed_total__{c}"], sum(m[f"t3_{r}__{c}"] for r in details))
        for r in [*details, "new_received", "carried_in", "processed_total", "carried_out"]:
            test(f"row {r}", m[f"t3_{r}__total"], sum(m[f"t3_{r}__{c}"] for c in APPLICANTS))
    if "t4_review_total" in m:
        for p, _ in T4_PARTS:
            test(f"t4 {p}", m[f"t4_{p}_total"], sum(m[f"t4_{p}_{c}"] for c, _ in T4_CELLS[:-1]))

    def parts(total: str, *names: str) -> None:
        if total in m:
            test(total, m[total], sum(m[n] for n in names if n in m))

    a = "a14_"
    parts(a + "app_total", *(a + x for x in ("app_in_person", "app_fax", "app_network", "app_letter")))
    parts(a + "done_total", a + "done_on_time", a + "done_extended")
    parts(a + "reply_total", *(k for k in m if k.startswith(a + "reply_") and k != a + "reply_total"))
    parts(a + "reply_denied", *(k for k in m if k.startswith(a + "denied_")))
    parts(a + "staff_total", a + "staff_full_time", a + "staff_part_time")
    for k in ("review", "suit"):
        parts(f"{a}{k}_total", *(f"{a}{k}_{x}" for x in ("upheld", "corrected", "other")))
    s = "s08_"
    parts(s + "app_total", *(k for k in m if k.startswith(s + "app_") and k != s + "app_total"))
    if s + "reply_total" in m:
        reasons = [k for k in m if k.startswith(s + "reason_")]
        exempt = [k for k in m if k.startswith(s + "exempt_")]
        if s + "official_docs" in m:
            parts(s + "reply_total", s + "reply_granted", s + "reply_partial", s + "reply_denied", *reasons)
            parts(s + "reply_denied", *exempt)
        else:
            parts(s + "reply_total", s + "reply_granted", s + "reply_partial", s + "reply_denied")
            parts(s + "reply_denied", *reasons, *exempt)
    parts(s + "fee_total_yuan", s + "fee_proactive_yuan", s + "fee_on_request_yuan")
    parts(s + "staff_total", s + "staff_full_time", s + "staff_part_time")
    for end in ("", "__cum"):
        for total in ("received", "replied"):
            names = [k for k in m if k.startswith(f"f08_{total}_") and k != f"f08_{total}_total{end}" and k.endswith("__cum") == bool(end)]
            parts(f"f08_{total}_total{end}", *names)
    return bad


def truth_faults(made: Made) -> list[str]:
    """What is wrong with a document's truth by itself."""
    if not made.is_report:
        return [] if not made.printed else ["a look-alike with figures"]
    bad = sums_hold(made.meant)
    habits = set(made.habits)
    if set(made.printed) != set(made.meant):
        bad.append("fields differ")
    for f, v in made.printed.items():
        if v is None and not habits & EMPTYING:
            bad.append(f"empty {f}")
        elif v is not None and abs(v - (made.meant[f] or 0)) > 1e-6 and not habits & CHANGING:
            bad.append(f"changed {f}")
    return bad


def _plain_rows(made: Made) -> list[list[str]] | None:
    """Rows of texts of the simplest carriers, read without this package's own writers."""
    if made.name.endswith("docx"):
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(made.body)).read("word/document.xml"))
        return [["".join(t.text or "" for t in tc.iter(w + "t")) for tc in tr.iter(w + "tc")] for tr in root.iter(w + "tr")]
    if made.layout in {"html_plain", "html_ueditor", "html_kind", "html_th", "html_wps"}:
        text = made.body.decode("utf-8")
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.S)
        return [[re.sub(r"<[^>]+>|\s", "", c).replace("&nbsp;", "") for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", r, re.S)] for r in rows]
    return None


_KEYS = {"new_received": "本年新收", "granted": "予以公开", "unable_not_held": "不掌握", "refused_petition": "信访", "carried_out": "结转下年度"}


def reread(made: Made) -> list[str] | None:
    """Read some rows of table three back, where nothing but figures was changed."""
    if set(made.habits) - CHANGING or "t3_granted__total" not in made.printed:
        return None
    rows = _plain_rows(made)
    if rows is None:
        return None
    bad = []
    for name, key in _KEYS.items():
        want = [made.printed[f"t3_{name}__{c}"] for c in COL_IDS]
        found = [r for r in rows if any(key in re.sub(r"\s", "", c) for c in r) and len(r) >= 8]
        if not any([x for x in r[-7:]] == ["" if w is None else str(w) for w in want] for r in found):
            bad.append(f"{name}: {want} not in {found}")
    return bad


def main() -> None:
    """Check a stretch of the world."""
    parser = argparse.ArgumentParser(prog="world.selfcheck")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1500)
    args = parser.parse_args()
    layouts: Counter[str] = Counter()
    habits: Counter[str] = Counter()
    numbers: Counter[int] = Counter()
    faults = again = wrong = 0
    for made in documents(args.seed, args.count):
        layouts[made.layout] += 1
        habits.update(made.habits)
        numbers[len(made.habits)] += 1
        for fault in truth_faults(made)[:3]:
            faults += 1
            print(made.name, made.layout, made.habits, fault)
        seen = reread(made)
        if seen is not None:
            again += 1
            wrong += bool(seen)
            for fault in seen[:2]:
                print(made.name, made.layout, made.habits, fault)
    print(f"{args.count} documents, {len(layouts)} layout ids seen ({len(LAYOUTS)} carriers), {len(habits)} of {len(HABITS)} habits seen")
    print("habits a document:", dict(sorted(numbers.items())))
    print("never drawn:", sorted(set(HABITS) - set(habits)))
    print(f"truth faults {faults}; re-read {again}, wrong {wrong}")
    sys.exit(bool(faults or wrong))


if __name__ == "__main__":
    main()
