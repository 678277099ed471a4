"""What is given for schedulers and containers names what is there, and passes its own tool."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"


def test_the_container_copies_what_there_is_and_leaves_tests_and_output_out():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = [
        name for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in line.split()
    ]
    assert {"crawler", "spiders", "pipelines", "requirements.lock"} <= set(copied)
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name not in ignored
    assert {"output", ".venv", ".git"} <= set(ignored)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_the_units_pass_systemds_own_check(tmp_path):
    service = (DEPLOY / "county-reports.service").read_text("utf-8")
    assert "county-reports crawl county_reports" in service
    # The check wants the program and the user to be there.
    service = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", service, flags=re.MULTILINE)
    service = service.replace("User=county-reports", "User=root")
    (tmp_path / "county-reports.service").write_text(service, "utf-8")
    shutil.copy(DEPLOY / "county-reports.timer", tmp_path)
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
