"""Folders of runs go when they say nothing more; what a person or coverage needs stays."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from pipelines.store.coverage import visits_of
from pipelines.store.runs import HISTORY, summary_text, tidy, write_table

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
CODES = ("990101", "990102")


def run(output, days_ago, *, outcomes=("ok", "ok"), years=None, kinds=None, good=True, **dataset):
    finished = NOW - timedelta(days=days_ago)
    name = finished.strftime("%Y%m%dT%H%M%SZ")
    quiet = {"read": 0, "rejected": 0, "failed": 0, "evidence": "6 already held"}
    summary = {
        "run_id": name,
        "finished": finished.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "good": good,
        "verdict": "good" if good else "bad",
        "asked": {"years": years, "kinds": kinds},
        "counts": {"portals": 2},
        "reports": dict.fromkeys(CODES, 6),
        "dataset": {"added": [], "changed": [], "removed": [], "unchanged": 12, **dataset},
        "portals": [
            {"code": code, "outcome": outcome, **quiet}
            for code, outcome in zip(CODES, outcomes, strict=True)
        ],
    }
    folder = output / "runs" / name
    folder.mkdir(parents=True)
    (folder / "summary.json").write_bytes(summary_text(summary))
    (folder / "report.html").write_text("a page" * 100)
    (folder / "reports.csv").write_text("report_id,change\na,added\nb,unchanged\n")
    (folder / "problems.jsonl").write_text("{}\n")
    return folder


def left(output):
    return {path.name for path in (output / "runs").iterdir()}


def test_a_quiet_night_goes_when_it_is_old_and_a_line_is_left(tmp_path):
    old = run(tmp_path, 61)
    young, last = run(tmp_path, 59), run(tmp_path, 1)
    seen = tidy(tmp_path, keep_days=60, now=NOW, dry=True)
    assert left(tmp_path) == {old.name, young.name, last.name}
    freed = tidy(tmp_path, keep_days=60, now=NOW)
    assert (freed.runs, freed.thinned, freed.bytes) == (seen.runs, seen.thinned, seen.bytes)
    assert left(tmp_path) == {young.name, last.name}
    (line,) = map(json.loads, (tmp_path / HISTORY).read_text().splitlines())
    assert (line["run_id"], line["verdict"]) == (old.name, "good")
    assert tidy(tmp_path, keep_days=60, now=NOW).runs == 0
    assert tidy(tmp_path, keep_days=0, now=NOW).runs == 0


def test_a_night_that_changed_something_or_was_bad_keeps_what_it_says_of_it_for_longer(tmp_path):
    changed = run(tmp_path, 300, outcomes=("ok", "blocked"), added=["a"])
    bad = run(tmp_path, 200, good=False)
    run(tmp_path, 800, changed=["a"])
    run(tmp_path, 1)
    freed = tidy(tmp_path, keep_days=60, now=NOW)
    assert (freed.runs, freed.thinned) == (1, 2)
    summary = json.loads((changed / "summary.json").read_text())
    assert [p["code"] for p in summary["portals"]] == ["990102"]
    assert summary["dataset"]["added"] == ["a"]
    assert (changed / "reports.csv").read_text() == "report_id,change\na,added\n"
    assert (bad / "problems.jsonl").exists()
    assert not (changed / "report.html").exists()
    assert tidy(tmp_path, keep_days=60, now=NOW).thinned == 0


def test_what_coverage_rests_on_stays_whole(tmp_path):
    backfill = run(tmp_path, 400, years=[2010, 2011])
    departments = run(tmp_path, 300, kinds=["department"])
    whole = run(tmp_path, 200, years=[2023, 2024])
    run(tmp_path, 150, years=[2024])
    run(tmp_path, 1, years=[2024, 2025])
    before = visits_of(tmp_path)
    tidy(tmp_path, keep_days=60, now=NOW)
    assert left(tmp_path) >= {backfill.name, whole.name}
    assert departments.name not in left(tmp_path)
    after = visits_of(tmp_path)
    for code in CODES:
        for year in range(2008, 2026):
            first = [
                next((v for v in seen[code] if v.asked(year)), None) for seen in (before, after)
            ]
            assert first[0] == first[1]


def test_what_is_no_run_or_at_work_is_left_alone(tmp_path):
    at_work = run(tmp_path, 90)
    run(tmp_path, 1)
    (tmp_path / "runs/notes").mkdir()
    (tmp_path / "runs/notes/summary.json").write_text("mine")
    tidy(tmp_path, keep_days=60, now=NOW, but={at_work.name})
    assert {"notes", at_work.name} <= left(tmp_path)


def test_a_reparse_goes_like_any_other(tmp_path):
    folder = tmp_path / "runs/20260101T000000Z-reparse"
    folder.mkdir(parents=True)
    quiet = {"kind": "reparse", "good": True, "dataset": {"unchanged": 3}, "portals": []}
    (folder / "summary.json").write_bytes(summary_text(quiet))
    assert tidy(tmp_path, keep_days=60, now=NOW).runs == 1


def test_nights_that_change_nothing_share_the_table_of_all_reports(tmp_path):
    quiet, other = b"report_id,change\na,unchanged\n", b"report_id,change\na,changed\n"
    for night, table in enumerate((quiet, quiet, other, quiet)):
        folder = tmp_path / f"runs/2026010{night}T000000Z"
        folder.mkdir(parents=True)
        write_table(folder, table)
    files = [path.stat() for path in sorted(tmp_path.glob("runs/*/reports.csv"))]
    assert [file.st_size for file in files] == [len(t) for t in (quiet, quiet, other, quiet)]
    assert files[0].st_ino == files[1].st_ino != files[3].st_ino


def test_a_summary_is_json_with_a_line_a_portal():
    summary = {"good": True, "portals": [{"code": "990101"}, {"code": "990102"}], "notes": {"a": 1}}
    text = summary_text(summary).decode()
    assert json.loads(text) == summary
    assert '\n  {"code":"990101"},\n' in text
    assert json.loads(summary_text({"portals": []})) == {"portals": []}
