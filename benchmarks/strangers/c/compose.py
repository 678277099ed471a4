"""Puts a draft together as a flow of blocks."""

from __future__ import annotations

from . import build, prose
from .draft import Draft
from .grid import Block, Grid


def _page(d: Draft, number: int) -> list[Block]:
    return [Block("page", f"- {number} -")] if d.words.pages else []


def flow(d: Draft) -> tuple[list[Block], list[Grid]]:
    """The document's blocks and the tables that carry figures."""
    return _old(d) if d.form or d.year < 2019 else _new(d)


def _front(d: Draft) -> list[Block]:
    blocks = [Block("h1", d.words.title)] if d.words.title else []
    opening = "".join(d.words.opening) + d.words.period
    return blocks + ([Block("p", opening)] if opening else [])


def _back(d: Draft) -> list[Block]:
    blocks = [Block("p", text) for text in d.words.tail]
    if d.words.signature:
        blocks += [Block("right", line) for line in d.words.signature.split("|")]
    return blocks


def _unseen(d: Draft) -> list[Block]:
    return [Block("unseen_table", "", build.last_year(d), d.words.unseen_table)] if d.words.unseen_table else []


def _new(d: Draft) -> tuple[list[Block], list[Grid]]:
    two = build.two(d) if d.two_era else []
    three = build.three(d) if d.three_era else []
    four = build.four(d) if d.three_era else []
    blocks = _front(d)
    blocks += [Block("h2", prose.heading(d, 1)), *(Block("p", text) for text in d.words.first_part)]
    blocks += _page(d, 1)
    if not two:
        blocks.append(Block("h2", prose.heading(d, 2)))
    else:
        blocks += [Block("h2", prose.heading(d, 2)), *(Block("p", text) for text in d.words.before_tables)]
        if d.opts.unit_line:
            blocks.append(Block("caption", d.opts.unit_line))
        blocks += [Block("table", grid=grid) for grid in two]
    blocks += _page(d, 2)
    if not three:
        blocks += [Block("h2", prose.heading(d, 3)), Block("h2", prose.heading(d, 4))]
    else:
        blocks.append(Block("h2", prose.heading(d, 3)))
        blocks += _unseen(d)
        if d.opts.last_year_table:
            pair = [[Block("caption", f"{d.year}年情况"), *(Block("table", grid=grid) for grid in three)],
                    [Block("caption", f"{d.year - 1}年情况(用于对比)"), Block("table", grid=build.last_year(d))]]
            if d.rng.random() < 0.4:
                pair.reverse()
            blocks += pair[0] + pair[1]
        else:
            for at, grid in enumerate(three):
                if at and d.opts.t3 in ("cut_head", "cut_columns"):
                    blocks.append(Block("caption", "续表"))
                if at:
                    blocks += _page(d, 3)
                blocks.append(Block("table", grid=grid))
        blocks += [Block("p", text) for text in d.words.notes]
        blocks.append(Block("h2", prose.heading(d, 4)))
        blocks += [Block("table", grid=grid) for grid in four]
    blocks += _page(d, 4)
    blocks.append(Block("h2", prose.heading(d, 5)))
    blocks += [Block("p", text) for text in prose.problems(d)]
    blocks.append(Block("h2", prose.heading(d, 6)))
    blocks += [Block("p", text) for text in prose.other(d)]
    return blocks + _back(d), two + three + four


def _old(d: Draft) -> tuple[list[Block], list[Grid]]:
    blocks = _front(d)
    blocks += prose.old_prose(d, short=not d.form and d.rng.random() < 0.6)
    if not d.form:
        return blocks + _back(d), []
    grids = build.annex(d)
    name = {"a14": "政府信息公开情况统计表", "s08": "政府信息公开情况统计表", "f08": "政府信息公开情况统计表"}[d.form]
    blocks += _back(d)
    blocks.append(Block("h2", f"附表:{name}"))
    blocks.append(Block("caption", f"({d.year}年度)"))
    for at, grid in enumerate(grids):
        if at:
            blocks.append(Block("caption", "续表"))
        blocks.append(Block("table", grid=grid))
    return blocks, grids
