"""A page photographed at an angle is drawn again from above; one that only leans stays as it is."""

from __future__ import annotations

import pytest

numpy = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from pipelines.documents.pictures.perspective import from_above  # noqa: E402 - needs the extra

WIDE, HIGH = 1000, 1300
CORNERS = [(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)]


def _page():
    page = numpy.full((HIGH, WIDE), 255, numpy.uint8)
    for y in range(100, 1250, 60):
        cv2.line(page, (80, y), (920, y), 0, 2)
    for x in range(80, 921, 140):
        cv2.line(page, (x, 100), (x, 1240), 0, 2)
    return page


def _moved(page, corners):
    matrix = cv2.getPerspectiveTransform(
        numpy.array(CORNERS, numpy.float32), numpy.array(corners, numpy.float32)
    )
    return cv2.warpPerspective(page, matrix, (WIDE, HIGH), borderValue=255)


def _straight(page):
    """Return how many upright lines, and how many across, lie on one column or row of pixels."""
    dark = page < 128
    return _runs(dark.sum(axis=0) > 700), _runs(dark.sum(axis=1) > 500)


def _runs(marked):
    return int((numpy.diff(marked.astype(int)) == 1).sum())


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (WIDE, 0), (WIDE - 40, HIGH - 20), (40, HIGH)],
        [(30, 10), (WIDE - 60, 40), (WIDE, HIGH), (0, HIGH - 60)],
        [(0, 50), (WIDE, 0), (WIDE, HIGH), (0, HIGH - 40)],
    ],
)
def test_lines_that_lean_each_their_own_way_are_made_straight(corners):
    page = _moved(_page(), corners)
    assert sum(_straight(page)) < 14
    assert _straight(from_above(page)) == (7, 20)


@pytest.mark.parametrize("degrees", [0, 1.2, -2])
def test_a_page_that_lies_askew_is_no_page_at_an_angle(degrees):
    matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), degrees, 1)
    page = cv2.warpAffine(_page(), matrix, (WIDE, HIGH), borderValue=255)
    assert from_above(page) is page


def test_a_page_without_lines_is_left_alone():
    page = numpy.full((HIGH, WIDE), 255, numpy.uint8)
    assert from_above(page) is page
