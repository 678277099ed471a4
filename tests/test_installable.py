"""The wheel is all that is needed: its data come with it, and its command works anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from setuptools import build_meta

from crawler import __version__
from crawler.demo.__main__ import LOOPBACK
from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from crawler.demo.world import LAST_YEAR
from tests.effort import LAST_RESORT

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("crawler", "spiders", "pipelines", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    source, built = (tmp_path_factory.mktemp(name) for name in ("source", "built"))
    for name in SOURCES:
        if (path := ROOT / name).is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source)
    here = Path.cwd()
    os.chdir(source)  # what a builder of wheels does
    try:
        return built / build_meta.build_wheel(str(built))
    finally:
        os.chdir(here)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return a folder of packages as an installer lays it out."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def county_reports(packages: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the console script's function in a folder that is no project."""
    code = "import sys; from crawler.console import main; sys.argv[0] = 'county-reports'; main()"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SCRAPY", "OUTPUT"))}
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        timeout=LAST_RESORT,
        check=False,
    )


def test_a_wheel_holds_the_packages_their_data_and_the_command(wheel, installed):
    assert wheel.name == f"county_reports-{__version__}-py3-none-any.whl"
    for folder in ("crawler", "spiders", "pipelines"):
        ours = {str(p.relative_to(ROOT)) for p in (ROOT / folder).rglob("*.*") if p.is_file()}
        ours = {name for name in ours if "__pycache__" not in name}
        theirs = {str(p.relative_to(installed)) for p in (installed / folder).rglob("*.*")}
        assert theirs == ours
    assert not (installed / "tests").exists()
    (said,) = installed.glob("*.dist-info/entry_points.txt")
    assert "county-reports = crawler.console:main" in said.read_text("utf-8")
    assert "settings = crawler.settings" in said.read_text("utf-8")


@pytest.mark.parametrize("zipped", [False, True])
def test_what_is_installed_crawls_from_any_folder(wheel, installed, zipped, tmp_path):
    packages = wheel if zipped else installed  # a zip is what scrapyd runs an egg from
    portal = PORTALS[0]
    with WorldServer([portal.site()]) as server:
        write_registry(tmp_path / "portals.csv", server.base, [portal])
        done = county_reports(
            *(packages, tmp_path, "crawl", "county_reports", "-a", "portals=portals.csv"),
            *("-a", "years=2023", "-s", f"ALLOWED_PRIVATE_NETWORKS={LOOPBACK}"),
            *("-s", f"CRAWL_DATE={LAST_YEAR + 1}-11-30"),
        )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (tmp_path / "output/reports/990000.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["report_year"] for line in lines} == {2023}
    assert "Traceback" not in done.stderr


def test_what_is_installed_knows_the_registry_and_reads_documents(installed, tmp_path):
    shown = county_reports(installed, tmp_path, "portals", "show", "330327")
    assert "苍南县" in shown.stdout, shown.stderr
