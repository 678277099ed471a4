"""Several reports among the files of one page: the one that is meant, or none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from crawler.demo.files import render_docx, render_pdf
from crawler.demo.reports import render_html
from crawler.demo.world import ReportTruth
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile, Source
from tests.pipelines.documents.shapes import some_report

OLD, NEW = some_report(3), some_report(4)


def _archive(members: Mapping[str, ReportTruth]) -> RawFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, report in members.items():
            archive.writestr(name, render_docx(report))
    return RawFile(body=out.getvalue(), filename="年报.zip", url="https://a.gov.cn/1.zip")


def _page(title: str) -> RawFile:
    text = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>见附件</p></body></html>"
    return RawFile(body=text.encode(), filename="a.html", url="https://a.gov.cn/a.html")


def _other(report: ReportTruth) -> ReportTruth:
    return replace(report, values={name: value + 3 for name, value in report.values.items()})


def _is(values: Mapping[str, object], truth: ReportTruth) -> bool:
    return all(values[name] == value for name, value in truth.values.items())


@pytest.mark.parametrize("draft", ["征求意见稿", "送审稿", "草案", "初稿"])
@pytest.mark.parametrize("final", ["", "（定稿）", "（正式版）"])
def test_the_final_version_is_read_and_the_draft_is_named(draft: str, final: str) -> None:
    members = {f"a报告（{draft}）.docx": _other(NEW), f"b报告{final}.docx": NEW}
    report = read_report(_archive(members))
    assert _is(report.values, NEW)
    (told,) = (f for f in report.findings if f.rule == "RE-CHOICE")
    assert (told.left, told.note) == (f"b报告{final}.docx", f"a报告（{draft}）.docx")


def test_of_two_years_the_newest_is_read_where_none_is_asked_for() -> None:
    report = read_report(_archive({"a.docx": OLD, "b.docx": NEW}))
    assert report.report_year == NEW.year
    assert _is(report.values, NEW)


def test_of_two_years_the_one_the_list_names_is_read() -> None:
    source = Source(title=OLD.title)
    report = read_report(_archive({"a.docx": OLD, "b.docx": NEW}), source=source)
    assert report.report_year == OLD.year
    assert _is(report.values, OLD)


def test_the_organ_that_the_page_names_is_read() -> None:
    organ = NEW.organ.division.name
    title = f"{organ}财政局{NEW.year}年政府信息公开工作年度报告"
    department = _other(NEW)
    members = {f"{organ}财政局.docx": department, f"{organ}人民政府.docx": NEW}
    assert _is(read_report(_page(NEW.title), [_archive(members)]).values, NEW)
    assert _is(read_report(_page(title), [_archive(members)]).values, department)


def test_a_neighbours_report_of_equal_worth_is_not_the_portals() -> None:
    neighbour = replace(_other(NEW), title="苍南县2023年政府信息公开工作年度报告")
    own = replace(NEW, title="泰顺县2023年政府信息公开工作年度报告")
    source = Source(adcode="330329")
    report = read_report(_archive({"a.docx": neighbour, "b.docx": own}), source=source)
    assert _is(report.values, NEW)


def test_where_nothing_decides_no_figure_is_taken() -> None:
    report = read_report(_archive({"a.docx": NEW, "b.docx": _other(NEW)}))
    assert not any(value is not None for value in report.values.values())
    assert not report.narrative
    (told,) = (f for f in report.findings if f.rule == "RE-UNDECIDED")
    assert told.note == "a.docx, b.docx"


@pytest.mark.parametrize(
    ("name", "year", "taken"),
    [("draft_and_final.zip", 2021, "定稿"), ("two_years.zip", 2022, "2022")],
)
def test_archives_that_gave_the_wrong_report(
    shared: Path, name: str, year: int, taken: str
) -> None:
    path = shared / "cases/files" / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    report = read_report(RawFile(body=path.read_bytes(), filename=name))
    assert report.report_year == year
    assert None not in report.values.values()
    assert [f.rule for f in report.findings] == ["RE-CHOICE"]
    assert taken in str(report.findings[0].left)


def _one_after_the_other(*reports: tuple[ReportTruth, str]) -> RawFile:
    """Return one page with reports, each under its title with a remark."""
    bodies = [render_html(r).replace(r.title, f"{r.title}{remark}") for r, remark in reports]
    inner = "".join(body.partition("<body>")[2].partition("</body>")[0] for body in bodies)
    page = f"<html><body>{inner}</body></html>"
    return RawFile(body=page.encode(), filename="年报.html", url="https://a.gov.cn/1.html")


def _bound(*bodies: bytes) -> RawFile:
    whole = pypdfium2.PdfDocument.new()
    for body in bodies:
        whole.import_pages(pypdfium2.PdfDocument(body))
    out = io.BytesIO()
    whole.save(out)
    return RawFile(body=out.getvalue(), filename="年报.pdf", url="https://a.gov.cn/1.pdf")


@pytest.mark.parametrize("draft_first", [True, False])
def test_a_draft_and_the_final_version_in_one_file_are_two(draft_first: bool) -> None:
    pair = [(_other(NEW), "（征求意见稿）"), (NEW, "")]
    report = read_report(_one_after_the_other(*(pair if draft_first else pair[::-1])))
    assert _is(report.values, NEW)
    (told,) = (f for f in report.findings if f.rule == "RE-CHOICE")
    assert "征求意见稿" in str(told.note)


def test_two_reports_bound_in_one_pdf_without_a_word_contradict_each_other() -> None:
    report = read_report(_bound(render_pdf(NEW), render_pdf(_other(NEW))))
    assert not any(report.values[name] is not None for name in NEW.values)
    assert {f.rule for f in report.findings} >= {"R2-TWICE", "R3-TWICE", "R4-TWICE"}


def test_of_two_years_bound_in_one_pdf_the_one_that_is_asked_for_is_read() -> None:
    source = Source(title=OLD.title)
    report = read_report(_bound(render_pdf(OLD), render_pdf(NEW)), source=source)
    assert report.report_year == OLD.year
    assert _is(report.values, OLD)
