"""``scrapy portals``: its lines and its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.commands.portals import answer
from pipelines.vocabulary.errors import UsageError
from tests.effort import LAST_RESORT

ROOT = Path(__file__).parents[3]
NOWHERE = {"province": None, "prefecture": None, "county": None}


def test_list_prints_one_line_a_portal():
    lines, status = answer(["list"], None, NOWHERE | {"prefecture": "温州"})
    assert status == 0
    assert len(lines) == 13
    assert lines[0].split("\t")[:5] == [
        "330300",
        "prefecture",
        "浙江省",
        "温州市",
        "温州市人民政府",
    ]


def test_check_counts_what_is_well_and_remarks_what_is_missing():
    lines, status = answer(["check"], None, NOWHERE)
    assert status == 0
    assert lines[-1].startswith("ok: 3209 portals (31 province, 2845 county, 333 prefecture)")
    assert "remark: no portal known: 金门县 (福建省泉州市, 350527)" in lines


def test_check_fails_with_the_line_that_is_wrong(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("code,name,level,province,prefecture,home_url,column_url\n1,a,county,,,x,\n")
    lines, status = answer(["check", str(path)], None, NOWHERE)
    assert answer(["check"], str(path), NOWHERE) == (lines, status)
    assert status == 1
    assert lines == [f"error: {path}:2: code '1' is not six digits"]


def test_check_names_every_line_that_is_wrong(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "code,name,level,province,prefecture,home_url,column_url\n"
        "990121,青禾县,county,晴州省,,http://127.0.0.1:1/,\n"
        "990122,云梁区,village,晴州省,,http://127.0.0.1:2/,\n"
        "990123,松墩县,county,晴州省,,ftp://127.0.0.1/,\n"
        "990121,白渡县,county,晴州省,,http://127.0.0.1:3/,nb/\n",
        encoding="utf-8",
    )
    lines, status = answer(["check", str(path)], None, NOWHERE)
    assert status == 1
    assert [line.split(": ")[1] for line in lines] == [f"{path}:{n}" for n in (3, 4, 5)]
    assert "village" in lines[0]
    assert "home_url" in lines[1]
    assert "column_url" in lines[2]


def test_check_remarks_rows_of_an_own_file_that_differ_from_the_table(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "code,name,level,province,prefecture,home_url,column_url\n"
        "990121,青禾县,county,晴州省,,http://127.0.0.1:1/,\n"
        "330327,永嘉县,county,浙江省,温州市,http://127.0.0.1:2/,\n",
        encoding="utf-8",
    )
    lines, status = answer(["check"], str(path), NOWHERE)
    assert status == 0
    assert any("990121 is in no table" in line for line in lines)
    assert any("330327 is 苍南县, the row says 永嘉县" in line for line in lines)


def test_show_tells_place_history_and_portal():
    lines, _ = answer(["show", "450181"], None, NOWHERE)
    text = "\n".join(lines)
    assert "横州市" in text
    assert "2021-02     横县 (450127) -> 横州市 (450181), upgraded" in text
    assert "home        http" in text
    assert answer(["show", "金门"], None, NOWHERE)[0][-1] == "portal      none known"


@pytest.mark.parametrize(
    "args", [[], ["lst"], ["show"], ["show", "朝阳区"], ["list", "x"], ["check", "a", "b"]]
)
def test_wrong_usage_is_an_error(args):
    with pytest.raises(UsageError):
        answer(args, None, NOWHERE)


def scrapy(*args):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "portals", *args],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=LAST_RESORT,
        check=False,
    )


def test_the_command_line_prints_and_exits_as_documented():
    shown = scrapy("show", "330327")
    assert (shown.returncode, "苍南县" in shown.stdout, shown.stderr) == (0, True, "")
    wrong = scrapy("show", "苍南线")
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert "苍南县 (浙江省温州市, 330327)" in wrong.stderr
    told = scrapy("-h")
    assert told.returncode == 0
    assert "exit status" in told.stdout


def test_a_reader_that_has_seen_enough_is_no_error():
    command = f"{sys.executable} -m scrapy portals list | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LAST_RESORT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("110000\t")
