"""The ways in which real reports are damaged, each as a function that damages a correct one.

Every damage takes a ``Case`` and changes its tables (or how they are drawn). Most leave what the
report says as it was; those that print another figure note it in ``Case.printed``. One that finds
nothing to damage (another was there first) raises one of ``NOTHING_LEFT``.

Source: the layouts and quirks met in real reports (pipelines/forms, docs/).
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.damages import cells, columns, disclosure, disputes, layout, rows
from benchmarks.damages.case import Case, Rows

__all__ = ["DAMAGES", "LAST", "NOTHING_LEFT", "SINGLE", "Case", "Damage", "Rows"]

Damage = Callable[[Case], None]
NOTHING_LEFT = (IndexError, ValueError, StopIteration)

SINGLE: tuple[Damage, ...] = (
    cells.cell_lost, cells.two_cells_lost, cells.zeros_blank, cells.zeros_marked, cells.row_blank,
    cells.totals_blank, cells.digits_apart, cells.stray_cell, cells.figure_changed, cells.dressed,
    cells.footer_glued, cells.lines_in_cells,
    rows.row_lost, rows.row_doubled, rows.rows_swapped, rows.rows_shuffled, rows.footer_row,
    rows.text_between, rows.local_row, rows.ordinals, rows.label_reworded, rows.label_lost,
    rows.two_labels_lost, rows.group_cell_lost, rows.labels_wrapped,
    columns.column_lost, columns.column_lost_below_header, columns.columns_swapped,
    columns.total_first, columns.header_lost, columns.header_cell_lost,
    columns.header_by_character, columns.empty_column, columns.line_numbers,
    columns.last_year_beside, columns.shares_beside,
    disclosure.disclosure_cell_lost, disclosure.disclosure_blank,
    disclosure.disclosure_columns_swapped, disclosure.disclosure_rows_swapped,
    disclosure.disclosure_label_lost, disclosure.disclosure_header_lost,
    disclosure.disclosure_row_lost, disclosure.disclosure_stray, disclosure.disclosure_footer,
    disclosure.disclosure_blank_and_lost, disclosure.disclosure_part_row,
    disclosure.disclosure_remarks, disclosure.signed_changes, disclosure.money_units,
    disputes.disputes_cell_lost, disputes.disputes_stray, disputes.disputes_header_lost,
    disputes.disputes_swapped, disputes.disputes_blank, disputes.disputes_two_lost,
    disputes.disputes_transposed, disputes.disputes_a_row_each, disputes.disputes_results_as_rows,
    disputes.disputes_upright, disputes.disputes_stacked, disputes.disputes_in_tables,
    disputes.disputes_blocks_torn, disputes.disputes_two_years, disputes.disputes_blank_row,
    layout.table_cut, layout.table_cut_with_header, layout.two_reports, layout.stretch_lost,
    layout.traditional, layout.run_together, layout.markdown, layout.one_table, layout.copies,
    layout.nested,
)  # fmt: skip
DAMAGES = (layout.undamaged, *SINGLE)

LAST = (
    layout.traditional, rows.labels_wrapped, columns.header_by_character, rows.label_reworded,
)  # fmt: skip
"""What changes the spelling of labels: the others know labels by it."""
