"""Figures in prose: labelled passages with a floor that reading may not fall below."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipelines.reading.narrative import FIELDS, read_figures

YEAR = 2022
"""The report's year in every passage."""
LEAST_FOUND = 0.98
"""Of the figures that passages state; what is missing is null, which costs little."""


def passages() -> list[tuple[str, Counter[tuple[str, float]]]]:
    """Return each passage with the figures it states; ``⏎`` stands for a line's end."""
    lines = Path(__file__).with_name("passages.tsv").read_text("utf-8").splitlines()[1:]
    out = []
    for line in lines:
        text, stated = line.split("\t")
        pairs = (figure.split("=") for figure in stated.split())
        truth = Counter((f"x_{name}", float(value)) for name, value in pairs)
        out.append((text.replace("⏎", "\n"), truth))
    return out


def test_no_passage_is_read_wrong_and_hardly_a_figure_is_missed():
    found = wrong = missed = 0
    mistakes = []
    for text, truth in passages():
        assert {field for field, _ in truth} <= set(FIELDS)
        read = Counter((f.field, float(f.value)) for f in read_figures(text, YEAR))
        found += sum((read & truth).values())
        wrong += sum((read - truth).values())
        missed += sum((truth - read).values())
        if read - truth:
            mistakes.append((text, dict(read - truth)))
    print(f"\n{found} figures read, {wrong} wrong, {missed} missed")
    assert not mistakes  # a missing figure is better than a wrong one
    assert found / (found + missed) >= LEAST_FOUND
