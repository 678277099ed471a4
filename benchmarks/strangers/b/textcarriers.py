"""Plain text: tabs, pipes, boxes, one cell a line, sentences."""

from __future__ import annotations

import unicodedata

from .model import Block, Cell, Table, matrix
from .plan import Plan


def _text(cell: Cell) -> str:
    return cell.text.replace("\n", "") + cell.note


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if c in "\u200b\ufeff" else 1 for c in text)


def _pad(text: str, n: int) -> str:
    return text + " " * max(0, n - _wide(text))


def lines_of(table: Table, how: str) -> list[str]:
    """The table as lines."""
    full = matrix(table)
    grid = [[_text(c) if starts else "" for c, starts in line] for line in full]
    if how == "tab":
        return ["\t".join(line) for line in grid]
    if how == "pipe":
        return ["|" + "|".join(f" {t} " for t in line) + "|" for line in grid]
    if how == "markdown":
        out = ["| " + " | ".join(line) + " |" for line in grid]
        out.insert(1, "|" + "---|" * len(grid[0]))
        return out
    if how == "barepipe":
        return [" | ".join(line) for line in grid]
    if how == "semicolon":
        return [";".join(line) for line in grid]
    if how in {"box", "fixed", "wide"}:
        if how == "wide":
            return ["\u3000\u3000".join(t for t, (c, s) in zip(g, line, strict=True) if s) for g, line in zip(grid, full, strict=True)]
        widths = [max([_wide(line[c]) for line in grid] + [2]) for c in range(len(grid[0]))]
        if how == "fixed":
            return ["  ".join(_pad(t, w) for t, w in zip(line, widths, strict=True)).rstrip() for line in grid]
        bar = lambda a, b, c: a + b.join("─" * w for w in widths) + c  # noqa: E731
        out = [bar("┌", "┬", "┐")]
        for i, line in enumerate(grid):
            out.append("│" + "│".join(_pad(t, w) for t, w in zip(line, widths, strict=True)) + "│")
            out.append(bar("├", "┼", "┤") if i < len(grid) - 1 else bar("└", "┴", "┘"))
        return out
    if how in {"cells", "cellstab"}:
        out = []
        for places in full:
            for cell, starts in places:
                if starts:
                    parts = (cell.text + cell.note).split("\n")
                    out += [("\t" if how == "cellstab" else "") + p for p in parts]
        return out
    if how == "sentences":
        return _sentences(table)
    raise ValueError(how)


def _sentences(table: Table) -> list[str]:
    """Every figure with its headings in words (rows: the labels; columns: the lowest heading)."""
    full = matrix(table)
    out: list[str] = []
    if table.kind == "t4":
        for title, cells in (("行政复议", 0), ("行政诉讼（未经复议直接起诉）", 5), ("行政诉讼（复议后起诉）", 10)):
            values = [c for c in table.rows[-1]][cells : cells + 5]
            out.append(title + "：" + "，".join(f"{n}{_text(c).removesuffix(chr(20214))}件" for n, c in zip(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), values, strict=True)) + "。")
        return out
    if table.kind == "t2":
        heads: list[str] = []
        for row in table.rows:
            if not any(c.field for c in row):
                heads = [_text(c) for c in row]
                if len(row) == 1:
                    out.append(heads[0])
                continue
            out.append(_text(row[0]) + "：" + "，".join(f"{h}{_text(c)}" for h, c in zip(heads[1:], row[1:], strict=True)) + "。")
        return out
    names = [_text(full[2][c][0]) for c in range(len(full[0]))]
    group = ""
    for line in full[3:]:
        labels = []
        for c, _s in line:
            if c.field is None and c.text and c not in labels:
                labels.append(c)
        if not any(c.field for c, _ in line):
            continue
        figures = [(names[i], c) for i, (c, _s) in enumerate(line) if c.field]
        above = " ".join(_text(x) for x in labels[:-1])
        if above and above != group:
            out.append(above)
        group = above
        out.append(_text(labels[-1]) + "：" + "，".join(f"{n}{_text(c).removesuffix(chr(20214))}件" for n, c in figures) + "。")
    return out


def text_document(blocks: list[Block], plan: Plan, how: str, *, footers: bool = False) -> str:
    """The whole report as text."""
    out: list[str] = []
    for b in blocks:
        if b.kind == "table" and b.table is not None:
            out += lines_of(b.table, how)
        elif b.kind == "title":
            out += [b.text, ""]
        elif b.kind == "h":
            out += ["", b.text]
        elif b.kind == "sign":
            out.append("\u3000" * 12 + b.text)
        elif b.kind == "img":
            out.append("[图片]")
        else:
            out.append("\u3000\u3000" + b.text)
    if footers:
        paged: list[str] = []
        page, every = 1, plan.rng.randint(34, 55)
        for i, line in enumerate(out, 1):
            paged.append(line)
            if i % every == 0:
                paged += [plan.rng.choice(("- {} -", "— {} —", "第 {} 页")).format(page)]
                page += 1
        out = paged
    return "\n".join(out) + "\n"


def csv_document(blocks: list[Block], *, quote_all: bool) -> str:
    """The report as one spreadsheet saved as CSV."""
    out: list[str] = []

    def q(t: str) -> str:
        if quote_all or any(x in t for x in ',"\n'):
            return '"' + t.replace('"', '""') + '"'
        return t

    for b in blocks:
        if b.kind == "table" and b.table is not None:
            for line in matrix(b.table):
                out.append(",".join(q(c.text + c.note if starts else "") for c, starts in line))
        elif b.text:
            out.append(q(b.text.replace("\n", "")))
    return "\r\n".join(out) + "\r\n"
