"""Pictures of tables ruled across only: columns are where things stand one above the other."""

from __future__ import annotations

import pytest

numpy = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from pipelines.documents.pictures.across import columns_of  # noqa: E402 - needs the extra

SIGN = 30
LEFT, RIGHT = 100, 1500
COLUMNS = (800, 1050, 1300)
"""Where figures begin; labels stand left of them."""


def _page(rows, first=(LEFT,)):
    """Draw rows of (start, end) in pixels, and a line above and below each from ``first``."""
    text = numpy.zeros((80 * len(rows) + 200, 1600), numpy.uint8)
    lines = [(float(LEFT), float(RIGHT), 100.0)]
    for n, row in enumerate(rows):
        for start, end in row:
            text[120 + 80 * n : 150 + 80 * n, start:end] = 255
        start = first[n] if n < len(first) else LEFT
        lines.append((float(start), float(RIGHT), 180.0 + 80 * n))
    return text, lines


def _crossed(sides, row):
    """Return the uprights that stand in a row."""
    return sorted(x for top, bottom, x in sides if top <= 140 + 80 * row <= bottom)


def _figures(*wide):
    return [(x, x + w) for x, w in zip(COLUMNS, wide, strict=True) if w]


LABEL = (LEFT + 10, LEFT + 600)


def test_the_gaps_between_figures_are_the_borders_of_columns():
    rows = [[LABEL, *_figures(120, 120, 120)], *[[LABEL, *_figures(20, 60, 40)]] * 4]
    across, sides = columns_of(*_page(rows), SIGN)
    assert len(across) == 6
    for row in range(5):
        left, one, two, three, right = _crossed(sides, row)
        assert (left, right) == (LEFT, RIGHT)
        assert LABEL[1] <= one <= COLUMNS[0] < two <= COLUMNS[1] < three <= COLUMNS[2]


def test_words_over_two_columns_are_one_cell():
    rows = [[LABEL, (810, 1180), (1300, 1400)], *[[LABEL, *_figures(60, 60, 60)]] * 4]
    _, sides = columns_of(*_page(rows), SIGN)
    assert len(_crossed(sides, 0)) == 4
    assert len(_crossed(sides, 1)) == 5


def test_a_column_without_figures_is_known_by_its_label():
    rows = [[LABEL, *_figures(120, 120, 120)], *[[LABEL, *_figures(60, 0, 60)]] * 4]
    _, sides = columns_of(*_page(rows), SIGN)
    assert len(_crossed(sides, 3)) == 5


def test_where_lines_end_a_column_of_labels_does():
    group, label = (LEFT + 5, LEFT + 100), (LEFT + 130, LEFT + 600)
    rows = [[LABEL, *_figures(60, 60, 60)], *[[label, *_figures(60, 60, 60)]] * 3]
    rows[2] = [group, *rows[2]]
    inner = LEFT + 115
    _, sides = columns_of(*_page(rows, first=(LEFT, inner, inner, LEFT)), SIGN)
    assert inner in _crossed(sides, 2)
    assert inner not in _crossed(sides, 0)


def test_lines_under_paragraphs_are_no_table():
    rows = [[(LEFT + 20, RIGHT - 20)]] * 5
    assert columns_of(*_page(rows), SIGN) == ([], [])
