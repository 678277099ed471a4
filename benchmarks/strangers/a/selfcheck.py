"""``python -m world.selfcheck [seed] [count]``: does the world tell the truth about itself?"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter

import docx
from lxml import html

from . import forms
from .build import Built, build
from .figures import broken_sums

_PLAIN_HABITS = re.compile(
    r"^(organ_|title_|laws|notice|last_year_in_text|posted|year_|other_reports|previous|neighbour|signed|period|list_title|no_portal|name_|ambiguous|wrong_site|"
    r"county_on|nothing_tells|file_name|misprinted|two_|columns_exch|rows_exch|applicants_left|totals_of|cells_of|carried_out_left|blank_|lost_row|old_form)"
)


def _number(text: str) -> int | float | None:
    text = text.replace("\u3000", "").replace("\xa0", "").strip()
    return None if not text else float(text) if "." in text else int(text)


def _tables(built: Built) -> list[list[list[str]]]:
    """Tables of a simple document, spans repeated, by other means than the generator's."""
    if built.name.endswith(".docx"):
        return [
            [[c.text for c in row.cells] for row in t.rows]
            for t in docx.Document(io.BytesIO(built.body)).tables
        ]
    encoding = (built.content_type or "").partition("charset=")[2] or None
    tree = html.fromstring(
        built.body,
        parser=html.HTMLParser(
            encoding="gb18030"
            if encoding and encoding.lower().startswith("gb")
            else "utf-8"
            if not re.search(rb"charset=gb", built.body[:400])
            else "gb18030"
        ),
    )
    out = []
    for table in tree.iter("table"):
        taken: dict[tuple[int, int], str] = {}
        rows = []
        for r, tr in enumerate(table.iter("tr")):
            line = {c: t for (rr, c), t in taken.items() if rr == r}
            at = 0
            for td in tr:
                while at in line:
                    at += 1
                text, rs, cs = (
                    td.text_content(),
                    int(td.get("rowspan", 1)),
                    int(td.get("colspan", 1)),
                )
                for dr in range(rs):
                    for dc in range(cs):
                        if dr:
                            taken[r + dr, at + dc] = text
                        else:
                            line[at + dc] = text
                at += cs
            rows.append([line.get(i, "") for i in range(max(line, default=-1) + 1)])
        out.append(rows)
    return out


def _reread(built: Built) -> list[str]:
    """Table three of simple layouts, read by position, against the truth."""
    version = "v2019" if "t3_other_total__total" in built.printed else "v2021"
    bad = []
    for rows in _tables(built):
        if not rows or "勾稽" not in rows[0][0] or len(rows[0]) < 10:
            continue
        ids = [
            r
            for r in forms.rows3(version)
            if "lost_row" not in built.habits
            or any(built.printed[f"t3_{r}__{c}"] is not None for c in forms.COLUMNS)
            or "lost_row" not in built.touched.get(f"t3_{r}__total", [])
        ]
        body = rows[3:]
        if len(body) == len(ids) + 1 and not any(body[-1]):
            body.pop()  # Word's row of column widths
        if len(body) != len(ids):
            return [f"{len(body)} rows for {len(ids)}"]
        for row, line in zip(ids, body, strict=True):
            for column, text in zip(forms.COLUMNS, line[-7:], strict=True):
                if _number(text) != built.printed[f"t3_{row}__{column}"]:
                    bad.append(
                        f"{row}/{column}: {text!r} for {built.printed[f't3_{row}__{column}']}"
                    )
    return bad


def check(seed: int, count: int) -> int:
    """Number of contradictions, each printed."""
    wrong = 0
    layouts: Counter[str] = Counter()
    habits: Counter[str] = Counter()
    reread = reports = clean = misprinted = 0
    for n in range(count):
        built = build(seed, n)
        layouts[built.layout] += 1
        habits.update(built.habits)
        problems = (
            [
                f"sum {s}"
                for s in broken_sums({k: v for k, v in built.meant.items() if v is not None})
            ]
            if built.meant
            else []
        )
        problems += [
            f"{f}: printed {p} meant {built.meant[f]} for no reason"
            for f, p in built.printed.items()
            if p != built.meant[f] and f not in built.touched
        ]
        problems += [f"{f}: shown and denied, or told and not shown" for f in built.astray]
        if n % 25 == 0 and build(seed, n).body != built.body:
            problems.append("not the same twice")
        if built.is_report:
            reports += 1
            clean += len([h for h in built.habits if not h.startswith("organ_")]) <= 1
            misprinted += any(
                p is not None and p != built.meant[f] for f, p in built.printed.items()
            )
            simple = built.layout in {
                "html_plain",
                "html_inline_style",
                "html_ueditor",
                "html_bold_cells",
                "docx",
                "html_bare_blocks",
                "html_wide_two",
                "html_vertical_four",
                "doc_that_is_html",
            }
            if (
                simple
                and "t3_granted__total" in built.printed
                and all(_PLAIN_HABITS.match(h) for h in built.habits)
            ):
                reread += 1
                problems += _reread(built)
        for problem in problems[:5]:
            print(f"{built.name} {built.layout} {built.habits}: {problem}")
        wrong += bool(problems)
    print(
        f"{count} documents, {reports} reports, {clean} with at most one habit, {misprinted} misprinted, {reread} read again, {wrong} wrong; "
        f"{len(layouts)} layouts, {len(habits)} habits met"
    )
    print(dict(habits.most_common()))
    return wrong


if __name__ == "__main__":
    sys.exit(
        bool(
            check(
                int(sys.argv[1]) if len(sys.argv) > 1 else 1,
                int(sys.argv[2]) if len(sys.argv) > 2 else 300,
            )
        )
    )
