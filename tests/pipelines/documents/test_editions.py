"""One report in several carriers: which one counts, what becomes of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from benchmarks.makers.ofd import ofd_report
from benchmarks.makers.sheets import one_sheet
from crawler.demo.files import render_docx, render_pdf
from crawler.demo.reports import render_html
from pipelines.documents import read_document
from pipelines.documents.blocks import Grid
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import some_report
from tests.pipelines.documents.test_office import convert, needs_soffice

REPORT = some_report()
BARE = f"<html><head><title>{REPORT.title}</title></head><body><p>见附件</p></body></html>"

FILES = {
    "docx": lambda report: ("a.docx", render_docx(report)),
    "xls": lambda report: ("a.xlsx", one_sheet(report)),
    "pdf_text": lambda report: ("a.pdf", render_pdf(report)),
    "ofd": lambda report: ("a.ofd", ofd_report(report, "lines")),
}


def files(*carriers: str, report=REPORT) -> list[RawFile]:
    made = [FILES[carrier](report) for carrier in carriers]
    return [
        RawFile(body=body, filename=name, url=f"https://a.gov.cn/{name}") for name, body in made
    ]


def page(text: str = BARE) -> RawFile:
    return RawFile(body=text.encode(), filename="a.html", url="https://a.gov.cn/a.html")


@pytest.mark.parametrize("carrier", [*FILES, "html"])
def test_cells_are_in_reading_order_whatever_the_carrier(carrier):
    raw = page(render_html(REPORT, "spans")) if carrier == "html" else files(carrier)[0]
    grids = [block for block in read_document(raw).blocks if isinstance(block, Grid)]
    assert len(grids) >= 3
    for grid in grids:
        places = [(cell.row, cell.col) for cell in grid.cells]
        assert places == sorted(places)


def test_tables_of_the_page_come_before_any_file():
    report = read_report(page(render_html(REPORT)), files("pdf_text", "docx"))
    assert report.carrier == "html_table"
    assert {e["carrier"] for e in report.editions} == {"docx", "pdf_text"}


@pytest.mark.parametrize("turn", [1, -1])
def test_of_the_files_docx_comes_before_sheets_pdf_and_ofd(turn):
    order = ["docx", "xls", "pdf_text", "ofd"]
    while order:
        report = read_report(page(), files(*order[::turn]))
        assert report.carrier == order[0]
        assert {e["carrier"] for e in report.editions} >= set(order[1:])
        assert all(report.values[name] == number for name, number in REPORT.values.items())
        del order[0]


@needs_soffice
def test_doc_comes_after_pdf_and_before_ofd():
    old = RawFile(
        body=convert(render_docx(REPORT), "docx", "doc"),
        filename="a.doc",
        url="https://a.gov.cn/a.doc",
    )
    assert read_report(page(), [old, *files("ofd")]).carrier == "doc"
    assert read_report(page(), [old, *files("pdf_text")]).carrier == "pdf_text"


def test_a_figure_that_two_carriers_print_differently_is_a_finding_and_both_stand():
    name = "t2_license_decisions"
    other = replace(REPORT, values=REPORT.values | {name: REPORT.values[name] + 1})
    report = read_report(page(), [*files("docx"), *files("pdf_text", report=other)])
    (finding,) = (f for f in report.findings if name in f.where.split(","))
    assert (finding.left, finding.right) == (REPORT.values[name], REPORT.values[name] + 1)
    assert "pdf_text" in str(finding.note)
    assert report.values[name] == REPORT.values[name]


# -- a report in pieces --------------------------------------------------------------------------


BASE = "https://a.gov.cn/"
WORDS = {"t2": "行政许可", "t3": "予以公开", "t4": "行政复议"}
"""A word that only one of the tables has, first found first told."""


def pieces(report=REPORT) -> tuple[str, list[RawFile]]:
    """Return the page without its tables, and each of its three tables as a file."""
    tree = html.document_fromstring(render_html(report))
    tables = tree.xpath("//table[not(ancestor::table)]")
    files = []
    for table in tables:
        name = next(n for n, word in WORDS.items() if word in table.text_content())
        text = f"<html><body>{html.tostring(table, encoding='unicode')}</body></html>"
        files.append(RawFile(body=text.encode(), filename=f"{name}.html", url=f"{BASE}{name}.html"))
        table.drop_tree()
    return html.tostring(tree, encoding="unicode"), files


@pytest.mark.parametrize("carrier", ["pieces alone", "rest in the page"])
def test_tables_in_files_of_their_own_join(carrier):
    text, found = pieces()
    assert [f.filename for f in found] == ["t2.html", "t3.html", "t4.html"]
    if carrier == "rest in the page":
        text = text.replace("</body>", found.pop(1).body.decode() + "</body>")
    report = read_report(page(text), found)
    assert report.values == {name: REPORT.values[name] for name in report.values}
    assert report.tables_present == ["t2", "t3", "t4"]
    assert len(report.values) == len(REPORT.values)
    assert report.editions == []
    assert report.table_versions == dict.fromkeys(("t2", "t3", "t4"), "v2021")
    (told,) = report.findings
    assert (told.rule, told.severity) == ("RE-PARTS", "I")
    assert "t4: https://a.gov.cn/t4.html" in str(told.note)
    assert report.provenance["t4"]["url"] == f"{BASE}t4.html"


def test_a_piece_of_another_year_or_one_that_another_contradicts_does_not_join():
    text, (two, three, four) = pieces()
    old = RawFile(body=four.body, filename="试点县2011年复议诉讼情况.html", url=f"{BASE}old.html")
    report = read_report(page(text), [two, three, old])
    assert report.tables_present == ["t2", "t3"]
    assert "RM-TABLES" in {f.rule for f in report.findings}

    name = "t4_review_upheld"
    other = replace(REPORT, values=REPORT.values | {name: REPORT.values[name] + 1})
    again = replace(pieces(other)[1][2], filename="b.html", url=f"{BASE}b.html")
    report = read_report(page(text), [two, three, four, again])
    assert "t4" not in report.tables_present
    same = replace(four, filename="b.html", url=f"{BASE}b.html")
    assert "t4" in read_report(page(text), [two, three, four, same]).tables_present


def test_an_edition_fills_in_a_table_only_where_it_prints_the_same_in_the_rest():
    text, (two, three, _) = pieces()
    text = text.replace("</body>", (two.body + three.body).decode() + "</body>")
    report = read_report(page(text), files("docx"))
    assert report.tables_present == ["t2", "t3", "t4"]
    assert report.provenance["t4"]["carrier"] == "docx_table"
    name = "t2_license_decisions"
    other = replace(REPORT, values=REPORT.values | {name: REPORT.values[name] + 1})
    report = read_report(page(text), files("docx", report=other))
    assert report.tables_present == ["t2", "t3"]
    assert {"RE-DIFFER", "RM-TABLES"} <= {f.rule for f in report.findings}


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("青榆县财政局行政复议诉讼.html", ""),
        ("财政局2023年行政复议诉讼.html", ""),
        ("城关镇2023年行政复议诉讼.html", ""),
        ("平潭县人民政府2023年行政复议诉讼.html", ""),
        ("附件3.html", "青榆县财政局政府信息公开行政复议、行政诉讼情况"),
        ("2023年报附件.html", "2022年政府信息公开行政复议、行政诉讼情况"),
        ("附件3.html", "青榆县2022年政府信息公开行政复议、行政诉讼情况"),
    ],
)
def test_a_table_of_another_organ_or_year_does_not_join(name, heading):
    text, (two, three, four) = pieces()
    # The page speaks of the year before as well, as most do.
    text = text.replace("</h1>", "</h1><p>较2022年有所增长。</p>", 1)
    body = four.body.decode().replace("<body>", f"<body><h1>{heading}</h1>")
    strange = RawFile(body=body.encode(), filename=name, url=f"{BASE}strange.html")
    report = read_report(page(text), [two, three, strange])
    assert report.tables_present == ["t2", "t3"]
    assert "RM-TABLES" in {f.rule for f in report.findings}
    assert [e["url"] for e in report.editions] == [strange.url]


@pytest.mark.parametrize(
    "name",
    [
        "青榆县人民政府2023年行政复议诉讼.html",
        "附件3：县政府行政复议、行政诉讼情况.html",
        "2023年行政复议诉讼（较2022年）.html",
    ],
)
def test_a_table_that_names_its_own_organ_and_year_joins(name):
    text, (two, three, four) = pieces()
    report = read_report(page(text), [two, three, replace(four, filename=name)])
    assert report.tables_present == ["t2", "t3", "t4"]


def test_last_years_report_beside_this_years_is_an_edition_whatever_its_carrier():
    last = replace(
        REPORT,
        year=REPORT.year - 1,
        title=REPORT.title.replace("2023", "2022"),
        values={name: value + 7 for name, value in REPORT.values.items()},
    )
    (old,), (new,) = files("docx", report=last), files("pdf_text")
    old, new = replace(old, filename="2022年报.docx"), replace(new, filename="2023年报.pdf")
    report = read_report(page(), [old, new])
    assert (report.report_year, report.carrier) == (2023, "pdf_text")
    assert report.values == REPORT.values
    assert report.title == REPORT.title
    # Where the page's own year is a slip, the only tables there are stand.
    report = read_report(page(), [old])
    assert report.report_year == 2022
    assert report.values == last.values
