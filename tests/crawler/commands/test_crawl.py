"""``scrapy crawl`` as a user meets it: one line for a wrong word, an exit code to rely on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.demo.server import WorldServer
from tests.effort import LAST_RESORT
from tests.spiders.world import always, crawl, portal

ROOT = Path(__file__).parents[3]


def scrapy(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=LAST_RESORT,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("crawl", "county_reports", "-a", "conty=x"), "did you mean: county?"),
        (("crawl", "county_reports", "-a", "years=2024-2020"), "did you mean: 2020-2024?"),
        (("crawl", "county_report"), "did you mean: county_reports"),
        (
            ("crawl", "county_reports", "-s", "ALLOWED_PRIVATE_NETWORKS=all"),
            "ALLOWED_PRIVATE_NETWORKS",
        ),
    ],
)
def test_a_wrong_word_is_one_line_and_exit_code_2_before_anything_is_written(
    tmp_path, arguments, says
):
    done = scrapy(*arguments, OUTPUT_DIR=str(tmp_path / "out"))
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_takes_nothing_is_one_line_and_exit_code_1():
    done = scrapy("crawl", "county_reports", "-a", "code=330327", OUTPUT_DIR="/proc/nowhere")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_settings_are_read_from_the_environment_too(tmp_path):
    done = scrapy("settings", "--get", "OUTPUT_DIR", OUTPUT_DIR=str(tmp_path))
    assert done.stdout.strip() == str(tmp_path)


def test_a_run_that_falls_far_short_of_the_last_good_one_does_not_end_with_0(tmp_path):
    site = portal("990061")
    for year in range(2010, 2020):  # enough that a fall says something
        site.page(f"/zwgk/nb/{year}.html", site.pages["/zwgk/nb/202503/t20250315_2024.html"].body)
        row = (
            f'<li><a href="/zwgk/nb/{year}.html">试点61县{year}年政府信息公开工作年度报告</a></li>'
        )
        body = site.pages["/zwgk/nb/"].body.decode().replace("</ul>", row + "</ul>")
        site.page("/zwgk/nb/", body)
    assert crawl([site], tmp_path).status == 0
    gone = crawl([always(portal("990061"), 500)], tmp_path)
    assert gone.status == 1
    assert gone.outcome("990061") == "unreachable"


def test_a_run_that_is_stopped_by_hand_ends_in_order_and_not_with_0(tmp_path):
    servers: list[WorldServer] = []

    def stop(running: subprocess.Popen[str]) -> None:
        while running.poll() is None and len(servers[0].log) < 2:
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)

    site = portal("990062")
    site.latency = 2.0
    run = crawl([site], tmp_path, change=servers.append, meanwhile=stop)
    assert run.status == 1
    assert len(run.asked("990062")) < 6
    assert "Traceback" not in run.error
