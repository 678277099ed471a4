"""What the house says of itself: rights, licences, the map, the news."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

import crawler

ROOT = Path(__file__).resolve().parents[1]


def script(path: str) -> ModuleType:
    name = Path(path).stem
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def licences():
    return script(".ci/licences.py")


@pytest.mark.parametrize(
    ("expression", "does"),
    [
        ("MIT", True),
        ("MIT AND Apache-2.0", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("(MIT OR GPL-3.0-only)", True),
        ("none said", False),
    ],
)
def test_a_licence_passes_by_each_of_its_parts_or_one_of_its_choices(licences, expression, does):
    assert licences.passes(expression, {"MIT", "Apache-2.0"}) is does


def test_a_package_passes_by_the_list_or_by_name_and_no_entry_outlives_its_need(licences):
    allow = {"MIT", "BSD-3-Clause"}
    assert list(licences.wrong({"scrapy", "pytest"}, allow, {})) == []
    [told] = licences.wrong({"hypothesis"}, allow, {})
    assert told == "hypothesis: MPL-2.0 is not allowed"
    assert list(licences.wrong({"hypothesis"}, allow, {"hypothesis": ["MPL-2.0", "tests"]})) == []
    [told] = licences.wrong({"hypothesis"}, allow, {"hypothesis": ["MIT", "tests"]})
    assert told == "hypothesis: MPL-2.0 is not allowed; it was MIT"
    assert list(licences.wrong({"pytest"}, allow, {"pytest": ["MIT", ""], "gone": ["X", ""]})) == [
        "pytest: MIT is allowed; it need not be named",
        "gone: not in requirements.lock",
    ]


def test_a_room_without_a_row_of_rights_is_named(tmp_path, monkeypatch):
    build = script("docs/build.py")
    assert build.without_rights() == []
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "architecture.md", tmp_path / "docs")
    for room in ("pipelines", "crawler"):
        (tmp_path / room).mkdir()
    (tmp_path / "pipelines" / "attic.py").touch()
    (tmp_path / "pipelines" / "read.py").touch()
    monkeypatch.setattr(build, "HERE", tmp_path / "docs")
    assert build.without_rights() == ["pipelines/attic.py"]


def test_every_path_on_the_map_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## The map of the house")[2].partition("\n## ")[0]
    paths = re.findall(r"`((?:pipelines|crawler|spiders)/[\w/.]*)`", table)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_link_of_a_page_leads_to_a_page():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "changes").glob("*.md")]
    links = {
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in link
    }
    assert links
    dead = [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert dead == []


def test_the_newest_release_is_older_than_the_version_that_is_prepared():
    releases = re.findall(
        r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$",
        (ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )
    versions = [tuple(map(int, version.split("."))) for version, _ in releases]
    now = tuple(map(int, crawler.__version__.removesuffix(".dev0").split(".")))
    assert versions == sorted(versions, reverse=True)
    assert [day for _, day in releases] == sorted((day for _, day in releases), reverse=True)
    assert versions[0] < now if crawler.__version__.endswith(".dev0") else versions[0] == now
