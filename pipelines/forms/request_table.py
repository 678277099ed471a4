"""Table three, read: rows are observed, placed and proved; no figure goes where none proved it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.documents.blocks import Document
from pipelines.forms import requests as form
from pipelines.forms.labels import is_joint, parts_of
from pipelines.forms.model import TableReading
from pipelines.forms.paper import Paper, paper_of
from pipelines.forms.placements import known
from pipelines.forms.recognised import marked
from pipelines.forms.repeated_tables import one_of
from pipelines.forms.request_cells import assemble, whole_table
from pipelines.forms.request_placements import LEAST_ROWS, WIDTH, Work, place_rows
from pipelines.forms.request_rows import GEOMETRIC, Observed, observe_grids
from pipelines.forms.request_rows_text import observe_text, trim_blank

_NEW_TABLE_AFTER = 10
"""Rows after which another 本年新收 opens a second table instead of repeating a row."""


def read_request_table(document: Document | Paper) -> TableReading | None:
    """Return table three of a document, or None where it has none."""
    paper = paper_of(document)
    readings = [
        r
        for observed in (observe_grids(paper), observe_text(paper))
        for part in _tables(observed)
        if (r := _read(part)) is not None
    ]
    return marked(one_of(readings, "R3-TWICE"), paper)


def _tables(observed: Sequence[Observed]) -> list[list[Observed]]:
    """Cut the rows at every further 本年新收 that opens a table of its own."""
    out: list[list[Observed]] = []
    names: set[str | None] = set()
    for row in observed:
        if not out or (row.row == "new_received" and len(names) >= _NEW_TABLE_AFTER):
            out.append([])
            names = set()
        out[-1].append(row)
        names.add(row.row)
    return [t for t in out if len({o.row for o in t if o.row}) >= LEAST_ROWS]


def _read(observed: Sequence[Observed]) -> TableReading | None:
    observed = _in_believed_order(observed)
    work = Work(_version(observed))
    _label(observed, work)
    if len(work.rows) < LEAST_ROWS:
        return None
    identities = form.identities(work.version)
    whole = whole_table(observed, work, identities)
    if whole is not None:
        return whole
    place_rows(work, identities)
    return assemble(observed, work, identities)


def _in_believed_order(observed: Sequence[Observed]) -> list[Observed]:
    """Return the rows, an order of columns that their own totals contradict given up.

    A label lost from a header moves the others sideways: 总计 then stands over another column, and
    a flattened header shows no columns at all. A 总计 that is not the last column must make more
    rows add up than the form's own order does.
    """
    moved = [o for o in observed if "total" in o.order and o.order[-1] != "total"]
    whole = [o for o in moved if len(o.pieces) == len(o.order) == WIDTH]
    by_labels = sum(_adds_up(o, o.order.index("total")) for o in whole)
    by_form = sum(_adds_up(o, WIDTH - 1) for o in whole)
    if by_labels > by_form:
        return list(observed)
    filled = [o._replace(pieces=tuple(trim_blank(o.pieces))) for o in moved]
    believed = any(_adds_up(o, len(o.pieces) - 1) for o in filled if len(o.pieces) >= WIDTH - 1)
    return [_total_last(o, believed=believed) if o in moved else o for o in observed]


def _total_last(row: Observed, *, believed: bool) -> Observed:
    """Return a row with its 总计 where the form has it: ``believed`` if the sums say so."""
    if row.carrier != "text":
        return row._replace(order=form.COLUMN_IDS, structural=False, header_read=False)
    others = [c for c in row.order if c != "total"]
    return row._replace(order=(*others, "total"), header_read=row.header_read and believed)


def _adds_up(row: Observed, at: int) -> bool:
    """Whether the figure at a place is the sum of the others, and not 0."""
    numbers = [n or 0 for n in known({str(i): p for i, p in enumerate(row.pieces)}).values()]
    return bool(numbers[at] and numbers[at] == sum(numbers) - numbers[at])


def _version(observed: Sequence[Observed]) -> str:
    rows = {name for o in observed for name in parts_of(o.row or "")}
    if rows & {"other_not_corrected", "other_fee_unpaid"}:
        return "v2021"
    # A 3.其他 of its own is 2021's: what reads （六）其他处理 is then what is left of other rows.
    if "other_total" in rows and "other_misc" not in rows:
        return "v2019"
    # 其他处理 has one row in v2019 and three in v2021: without a label their number tells.
    names = [o.row for o in observed]
    if "refused_reissue" in names and "processed_total" in names:
        between = names[names.index("refused_reissue") + 1 : names.index("processed_total")]
        if between in ([None], ["other_misc"]):  # what is left of (六)其他处理 may read 其他
            return "v2019"
    return "v2021"


def _label(observed: Sequence[Observed], work: Work) -> None:
    """Give each observed row its place in the form: by its label, else by a gap it alone fills."""
    ids = [r.id for r in form.ROWS[work.version]]
    for seen in observed:
        if is_joint(seen.row):
            work.joint_rows.update(dict.fromkeys(parts_of(str(seen.row)), seen))
        if seen.row is None or seen.row not in ids:
            continue
        first = work.rows.setdefault(seen.row, seen)
        if first is not seen and first.texts != seen.texts:
            work.clashes.setdefault(seen.row, [first]).append(seen)
    work.joint_rows = {r: o for r, o in work.joint_rows.items() if r in ids and r not in work.rows}
    ids = [r for r in ids if r not in work.joint_rows]
    _fill_gaps(observed, work, ids)
    _look_behind(observed, work, ids)


def _fill_gaps(observed: Sequence[Observed], work: Work, ids: Sequence[str]) -> None:
    """Place rows without a readable label where exactly as many rows of the form are missing.

    The form's own order decides, but only between two labelled neighbours and only if the counts
    agree; the sums have the last word (``place_rows``), and a finding says that it was done.
    """
    nameless = [at for at, seen in enumerate(observed) if seen.row is None]
    if not nameless:
        return
    anchors = [(-1, -1)]
    for at, seen in enumerate(observed):
        if seen.row is not None and work.rows.get(seen.row) is seen:
            anchors.append((at, ids.index(seen.row)))
    anchors.append((len(observed), len(ids)))
    for (at, rank), (next_at, next_rank) in pairwise(anchors):
        between = [i for i in nameless if at < i < next_at]
        missing = [r for r in ids[rank + 1 : next_rank] if r not in work.rows]
        if between and len(between) == len(missing):
            for i, row in zip(between, missing, strict=True):
                work.rows[row] = observed[i]._replace(row=row)
                work.by_order.add(row)
        else:
            work.stray += len(between)


def _look_behind(observed: Sequence[Observed], work: Work, ids: Sequence[str]) -> None:
    """Note the rows behind which a row is missing.

    Where text was lost from one row's label to the next one's, the next row's figures now follow
    the first label, and no sum can tell. The rows of a laid-out page do not run into each other.
    """
    missing = [ids.index(r) for r in ids if r not in work.rows]
    if not missing or observed[0].carrier in GEOMETRIC:
        return
    named = [(row, seen) for seen in observed if (row := _name_of(seen, work)) is not None]
    for (row, seen), then in zip(named, [*named[1:], None], strict=True):
        rank, behind = ids.index(row), ids.index(then[0]) if then else len(ids)
        gap = [m for m in missing if rank < m < behind or behind < rank]
        if gap and not (then and _apart(seen, then[1])):
            work.before_gap[row] = ids[gap[0]]


def _apart(seen: Observed, then: Observed) -> bool:
    """Whether something stands between two rows of a grid, so that they cannot have been one."""
    if seen.line is None or then.line is None:
        return False
    return not then.line.follows(seen.line)


def _name_of(seen: Observed, work: Work) -> str | None:
    """Return the row an observed row was taken for."""
    if seen.row in work.rows:
        return seen.row
    return next((r for r in work.by_order if work.rows[r].pieces is seen.pieces), None)
