"""Whose report and which year, from openings in shapes that governments use: right, or null and told."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.read import read_report
from pipelines.record import Report
from pipelines.vocabulary.items import RawFile, Source

FILES = tuple(f"openings{part}.txt" for part in ("", "_2", "_3", "_4"))
LEAST_RIGHT = 0.97
"""Of the publishers and years that an opening tells; a null costs little, a wrong name much."""
_PARTS = (
    "二、主动公开政府信息情况\n主动公开政府信息218条。",
    "三、收到和处理政府信息公开申请情况\n收到政府信息公开申请3件，均已办结。",
    "四、政府信息公开行政复议、行政诉讼情况\n无。",
    "五、存在的主要问题及改进情况\n形式单一，将予丰富。",
    "六、其他需要报告的事项\n无。",
)
_EARLY_PARTS = (
    "二、主动公开政府信息的情况\n主动公开政府信息218条。",
    "三、依申请公开办理情况\n收到政府信息公开申请3件，均已答复。",
    "四、收费及减免情况\n未收费。",
    "五、复议、诉讼情况\n无行政复议、行政诉讼。",
)


@dataclass
class Opening:
    """One opening: what is around the text, the text, and what is true of it."""

    name: str
    around: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    truth: tuple[str | None, ...] = ()

    def page(self) -> bytes:
        """Return it as the page of a report, its other parts behind the opening."""
        lines = list(self.lines)
        heads = [i for i, line in enumerate(lines) if line.startswith(("一、", "六、"))]
        if heads:
            early = "概述" in lines[heads[0]]
            ended = lines[heads[-1]].startswith("六、")
            parts = _EARLY_PARTS if early else _PARTS[:4] if ended else _PARTS
            at = heads[-1] if ended else self._end(lines)
            lines[at:at] = [line for part in parts for line in part.split("\n")]
        around = self.around
        out = ["<html><head><meta charset=utf-8>"]
        out.append(f"<title>{around.get('title', '')}</title>")
        for name, value in _pairs(around.get("meta", "")):
            out.append(f'<meta name="{name}" content="{value}">')
        out.append("</head><body>")
        if crumb := around.get("crumb"):
            out.append(f'<div class="crumb">当前位置：{html.escape(crumb)}</div>')
        if heading := around.get("h1", around.get("title")):
            out.append(f"<h1>{heading}</h1>")
        if index := _pairs(around.get("index", "")):
            rows = "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in index)
            out.append(f"<table>{rows}</table>")
        out += ["<div class=article>", *(f"<p>{html.escape(x)}</p>" for x in lines), "</div>"]
        return "\n".join([*out, "</body></html>"]).encode()

    @staticmethod
    def _end(lines: list[str]) -> int:
        """Return where the opening ends: what lists name as neighbours stands below the report."""
        return next((i for i, x in enumerate(lines) if x.startswith("上一篇")), len(lines))


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = (pair.partition("=") for pair in text.split(";") if pair.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def openings(name: str) -> list[Opening]:
    """Return the openings of the file, each with its truth; None where nothing tells it."""
    found: list[Opening] = []
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line.startswith("### "):
            found.append(Opening(line[4:]))
        elif line.startswith("| "):
            found[-1].lines.append(line[2:])
        elif line.startswith("=> "):
            found[-1].truth = tuple(None if x == "-" else x for x in line[3:].split())
        elif line.strip() and not line.startswith("# "):
            key, _, value = line.partition(":")
            found[-1].around[key] = value.strip()
    return found


def read(opening: Opening) -> Report:
    """Read an opening as a crawl would that found it on its portal."""
    around = opening.around
    source = Source(url=around.get("url"), title=around.get("listed"), adcode=around.get("portal"))
    page = RawFile(body=opening.page(), url=around.get("url"), content_type="text/html")
    return read_report(page, source=source)


def test_no_opening_is_misread_without_a_word():
    right = told = 0
    wrong: list[str] = []
    for opening in (o for name in FILES for o in openings(name)):
        year, adcode, publisher, scope = opening.truth
        report = read(opening)
        said = bool(report.problems) or any(f.rule.startswith("RM-") for f in report.findings)
        got = (str(report.report_year), report.adcode, report.publisher_norm)
        printed = report.publisher_raw  # of a place nobody can tell the printed name stays
        if not report.is_report:
            wrong.append(f"{opening.name}: not a report: {report.reasons}")
            continue
        for value, true in zip(got, (year, adcode, publisher), strict=True):
            if value == true:
                right += true is not None
            elif said and (value is None or (report.adcode is None and value == printed)):
                told += 1
            else:
                wrong.append(f"{opening.name}: {value} for {true}; {report.publisher_raw}")
        if report.scope not in ({scope, "unknown"} if scope else {"single_organ", "unknown"}):
            wrong.append(f"{opening.name}: {report.scope} for {scope}; {report.scope_evidence}")
    print(f"\n{right} right, {told} null and told, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    assert right / (right + told) >= LEAST_RIGHT
