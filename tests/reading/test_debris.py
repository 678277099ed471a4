from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.debris import label_count
from pipelines.reading.prose import view

CELLS = st.lists(
    st.sampled_from(
        ["行政", "许可", "（一）予以公开", "１．属于国家秘密", "其他", "结果维持", "12", "１２", "", " ", "三、本年度\n办理结果", "行政處罰",
         "（", "一）", "行政强制" * 60]
    )
)  # fmt: skip


@given(CELLS)
def test_labels_in_cells_are_those_of_the_cells_in_one_text(cells: list[str]) -> None:
    assert label_count("", cells) == label_count(view("\n".join(cells)))


def test_labels_of_text_and_cells_count_once() -> None:
    assert label_count("行政许可12件", ["行政许可", "行政处罚", "3"]) == 2
