"""The demo's reports print the truth in every carrier, the same bytes every time."""

from __future__ import annotations

import io
import re

import docx
import lxml.html
import pdfplumber
import pytest

from crawler.demo.prose import HEADINGS
from crawler.demo.reports import (
    LAYOUTS,
    LOOKS,
    render_docx,
    render_html,
    render_pdf,
    render_text,
    truth,
)
from crawler.demo.world import COLUMNS, DIVISIONS, history, organs, rows

REPORTS = history(organs(DIVISIONS["990121"])[0], 2023)
OLD, HYBRID, NEW = REPORTS[0], REPORTS[4], REPORTS[6]


def table_three_numbers(report):
    """The figures of table three in printed order."""
    return [str(report.values[f"t3_{r}__{c}"]) for r in rows(report.t3_form) for c in COLUMNS]


def numbers(texts):
    return [t for t in (text.strip() for text in texts) if re.fullmatch(r"-?\d+(\.\d+)?", t)]


@pytest.mark.parametrize("report", [OLD, HYBRID, NEW], ids=["2019", "hybrid", "2025"])
@pytest.mark.parametrize("look", ["clean", "word", "spans"])
def test_html_prints_every_figure_of_table_three_in_order(report, look):
    page = lxml.html.fromstring(render_html(report, look))
    table = page.xpath("//table")[1]
    assert numbers(td.text_content() for td in table.xpath(".//td")) == table_three_numbers(report)


def test_blank_for_zero_leaves_out_zeros_and_nothing_else():
    page = lxml.html.fromstring(render_html(NEW, "blank"))
    printed = numbers(td.text_content() for td in page.xpath("//table")[1].xpath(".//td"))
    kept = [
        str(v)
        for r in rows(NEW.t3_form)
        for c in COLUMNS
        if (v := NEW.values[f"t3_{r}__{c}"]) or c == "total"
    ]
    assert printed == kept
    assert len(printed) < 175


def test_the_lying_look_lies():
    spans = lxml.html.fromstring(render_html(NEW, "spans")).xpath("//td[starts-with(., '三、')]")
    assert spans[0].get("rowspan") == "23"
    spans = lxml.html.fromstring(render_html(NEW, "clean")).xpath("//td[starts-with(., '三、')]")
    assert spans[0].get("rowspan") == "22"


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_has_the_six_parts_in_order(look):
    text = lxml.html.fromstring(render_html(NEW, look)).text_content()
    places = [text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


@pytest.mark.parametrize("layout", [x for x in LAYOUTS if x not in ("six", "lost")])
def test_flattened_text_prints_every_figure_of_table_three_in_order(layout):
    text = render_text(NEW, layout)
    part = text[text.index(HEADINGS[2]) : text.index(HEADINGS[3])]
    assert numbers(re.split(r"[\t|\n]", part.replace("\u00a0", ""))) == table_three_numbers(NEW)


def test_lost_layouts_lose_what_they_say():
    six = render_text(NEW, "six")
    part = six[six.index(HEADINGS[2]) : six.index(HEADINGS[3])]
    assert len(numbers(re.split(r"[\t\n]", part))) == 4 * 7 + 21 * 6
    lost = render_text(NEW, "lost")
    part = lost[lost.index(HEADINGS[2]) : lost.index(HEADINGS[3])]
    assert part.strip() == HEADINGS[2]


def test_pdf_has_real_ruled_tables_with_every_figure():
    with pdfplumber.open(io.BytesIO(render_pdf(NEW))) as pdf:
        grids = [table for page in pdf.pages for table in page.extract_tables()]
    found = numbers(cell or "" for grid in grids for row in grid for cell in row)
    wanted = table_three_numbers(NEW)
    start = next(i for i in range(len(found)) if found[i : i + 7] == wanted[:7])
    assert found[start : start + len(wanted)] == wanted


def test_word_file_has_every_figure_in_merged_tables():
    document = docx.Document(io.BytesIO(render_docx(HYBRID)))
    cells = []
    for row in document.tables[1].rows:
        cells += numbers(cell.text for cell in row.cells)
    assert cells == table_three_numbers(HYBRID)


@pytest.mark.parametrize("draw", [render_html, render_text, render_pdf, render_docx])
def test_the_same_report_gives_the_same_bytes(draw):
    assert draw(NEW) == draw(NEW)


def test_an_unknown_look_or_layout_is_refused():
    with pytest.raises(ValueError, match="unknown look"):
        render_html(NEW, "pretty")
    with pytest.raises(ValueError, match="unknown layout"):
        render_text(NEW, "pretty")


def test_truth_is_a_copy():
    values = truth(NEW)
    values["t2_license_decisions"] = -1
    assert NEW.values["t2_license_decisions"] >= 0
