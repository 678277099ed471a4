"""What a person's review says of whose report it is and where the column lies, in real crawls."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from crawler.demo.server import Site
from tests.commands import scrapy
from tests.spiders.world import Run, crawl, page

CODE = "990101"
HEAD = ("report_id", "field", "read", "value", "reason", "reviewer", "date")
STAGES = {
    f"pipelines.stages.{name}": place
    for place, name in enumerate(("ReadStage", "ChooseStage", "DeduplicateStage", "WriteStage"))
}
REAL = ("-s", f"ITEM_PIPELINES={json.dumps(STAGES)}", "-s", "READ_WORKERS=1")
PARTS = (
    "<h3>一、总体情况</h3><p>公开信息三百条，收到申请十二件。</p><h3>二、主动公开政府信息情况</h3>"
    "<p>制发规范性文件三件。</p><h3>三、收到和处理政府信息公开申请情况</h3><p>均在期限内答复。</p>"
    "<h3>四、政府信息公开行政复议、行政诉讼情况</h3><p>没有发生。</p>"
    "<h3>五、存在的主要问题及改进情况</h3><p>解读较少，将增加。</p>"
    "<h3>六、其他需要报告的事项</h3><p>无。</p>"
)
NO_YEAR, BUREAU, PLAIN = "/zwgk/nb/a.html", "/zwgk/nb/b.html", "/zwgk/nb/c.html"
TITLES = {
    NO_YEAR: "试点县2020、2021年政府信息公开工作年度报告",
    BUREAU: "试点县财政局2023年政府信息公开工作年度报告",
    PLAIN: "试点县2022年政府信息公开工作年度报告",
}


def site(column: str = "/zwgk/nb/", *, linked: bool = True) -> Site:
    """A portal with three reports: one names two years, one a bureau, one is as it should be."""
    made = Site(CODE)
    link = f'<a href="{column}">政府信息公开年报</a>' if linked else ""
    made.page("/", page(f'{link}<a href="/zwgk/">政务公开</a>'))
    made.page("/zwgk/", page("<p>公开目录正在建设。</p>", "政务公开"))
    items = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in TITLES.items())
    made.page(column, page(f"<ul>{items}</ul>", "政府信息公开年报"))
    for path, title in TITLES.items():
        made.page(path, page(f"<h1>{title}</h1>{PARTS}", title))
    return made


def review(output: Path, *rows: tuple[str, ...]) -> None:
    with (output / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows((*row, "看过原文", "王", "2026-11-20") for row in rows)


def lines(output: Path) -> dict[str, dict[str, object]]:
    """Return the lines by the path of their document."""
    text = (output / "reports/990000.jsonl").read_text("utf-8")
    return {"/" + r["source_url"].split("/", 3)[3]: r for r in map(json.loads, text.splitlines())}


def codes(run: Run) -> set[str]:
    return {p["code"] for p in run.problems}


def reparse(output: Path, *arguments: str) -> str:
    registry = ("--portals", str(output / "portals.csv"))
    done = scrapy(output, "reparse", *registry, "-s", "READ_WORKERS=1", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    (last,) = sorted(output.glob("runs/*-reparse"))[-1:]
    return (last / "problems.jsonl").read_text("utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The crawl before anybody looked."""
    return crawl([site()], tmp_path_factory.mktemp("reviewed"), *REAL)


def test_year_and_publisher_of_what_was_left_out_are_taken_from_the_review(first):
    output, base = first.output, first.server.base(CODE)
    assert lines(output).keys() == {PLAIN}
    assert "report/year-unknown" in codes(first)
    review(
        output,
        (base + NO_YEAR, "report_year", "", "2024"),
        (base + BUREAU, "publisher_norm", "试点县财政局", "试点县人民政府"),
        (base + PLAIN, "report_year", "2019", "2018"),  # it reads 2022: stale
    )
    again = crawl([site()], output, *REAL, port=first.server.port)
    held = lines(output)
    assert held.keys() == {PLAIN, NO_YEAR, BUREAU}
    assert (held[NO_YEAR]["report_year"], held[NO_YEAR]["scope"]) == (2024, "aggregate")
    assert held[BUREAU]["publisher_norm"] == "试点县人民政府"
    assert held[BUREAU]["publisher_type"] == "government"
    assert held[BUREAU]["corrections"] == [
        {
            "field": "publisher_norm",
            "read": "试点县财政局",
            "value": "试点县人民政府",
            "reason": "看过原文",
            "date": "2026-11-20",
            "url": base + BUREAU,
        }
    ]
    assert "corrections" not in held[PLAIN]
    assert "report/year-unknown" not in codes(again)
    (stale,) = (p for p in again.problems if p["code"] == "dataset/stale-correction")
    assert stale["url"] == base + PLAIN
    assert "report_year reads 2022, not 2019" in stale["evidence"]


def test_a_held_report_waits_for_a_reparse_and_says_so(tmp_path):
    run = crawl([site()], tmp_path, *REAL)
    address = run.server.base(CODE) + PLAIN
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    old_id = lines(tmp_path)[PLAIN]["report_id"]

    review(tmp_path, (address, "report_year", "2022", "2021"))
    waits = crawl([site()], tmp_path, *REAL, port=run.server.port)
    assert "dataset/correction-waiting" in codes(waits)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before

    assert "correction" not in reparse(tmp_path, "--corrected")
    (line,) = lines(tmp_path).values()
    assert (line["report_year"], line["former_ids"]) == (2021, [old_id])
    assert line["report_id"].startswith("990101-2021-")
    assert "correction" not in reparse(tmp_path)  # and stays
    full = crawl([site()], tmp_path, *REAL, "-a", "mode=full", port=run.server.port)
    assert not [c for c in codes(full) if "correction" in c]
    assert list(lines(tmp_path).values()) == [line]

    review(tmp_path)  # taken back
    waits = crawl([site()], tmp_path, *REAL, port=run.server.port)
    assert "dataset/correction-waiting" in codes(waits)
    waits = crawl([site()], tmp_path, *REAL, port=run.server.port)
    assert "dataset/correction-waiting" in codes(waits)  # of lines nobody touched as well
    assert "correction" not in reparse(tmp_path, "--corrected")
    (line,) = lines(tmp_path).values()
    assert (line["report_id"], line["report_year"]) == (old_id, 2022)
    assert "corrections" not in line


def test_a_full_crawl_takes_a_review_of_what_it_holds(tmp_path):
    """Without an archive nothing can be read again; the document itself can be asked again."""
    run = crawl([site()], tmp_path, *REAL, "-s", "ARCHIVE_MAX_BYTES=0")
    address = run.server.base(CODE) + PLAIN
    review(tmp_path, (address, "scope", "aggregate", "single_organ"))
    crawl([site()], tmp_path, *REAL, "-a", "mode=full", port=run.server.port)
    (line,) = lines(tmp_path).values()
    assert (line["scope"], line["scope_evidence"]) == ("single_organ", "reviewed: 看过原文")
    review(tmp_path)
    crawl([site()], tmp_path, *REAL, "-a", "mode=full", port=run.server.port)
    (line,) = lines(tmp_path).values()
    assert line["scope"] == "aggregate"


def test_a_column_nobody_links_is_taken_from_the_review(tmp_path):
    hidden = site("/x/y/z/", linked=False)
    run = crawl([hidden], tmp_path, *REAL)
    assert run.outcome(CODE) == "no_column_found"
    column = run.server.base(CODE) + "/x/y/z/"
    review(tmp_path, (CODE, "column_url", "", column))
    again = crawl([hidden], tmp_path, *REAL, port=run.server.port)
    assert lines(tmp_path).keys() == {PLAIN}
    (note,) = lines(tmp_path)[PLAIN]["corrections"]
    assert (note["field"], note["value"]) == ("column_url", column)
    assert "dataset/stale-correction" not in codes(again)
    review(tmp_path, (CODE, "column_url", "http://elsewhere.gov.cn/", column))
    stale = crawl([hidden], tmp_path, *REAL, port=run.server.port)
    assert "dataset/stale-correction" in stale.codes(CODE)
