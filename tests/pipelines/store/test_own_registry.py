"""A folder keeps the rows of the registries it was crawled with."""

from __future__ import annotations

import pytest

from pipelines.reading.hosts import source_kind
from pipelines.registry import load_registry
from pipelines.store.own_registry import registry_of, remember_registry, remembered

HEAD = "code,name,level,province,prefecture,home_url,column_url\n"


@pytest.fixture
def given(tmp_path):
    def write(*rows):
        path = tmp_path / "mine.csv"
        path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
        return load_registry(str(path))

    return write


ONE = "990101,云溪县,county,虚构省,虚构市,http://www.yunxi.invalid/,"
TWO = "990102,竹山区,county,虚构省,虚构市,http://www.zhushan.invalid/,"


def test_the_rows_of_all_runs_are_kept_and_the_last_said_of_a_code_counts(tmp_path, given):
    remember_registry(tmp_path, given(ONE, TWO))
    remember_registry(tmp_path, given(ONE.replace("www", "new")))
    kept = {p.code: (p.name, p.prefecture, p.home_url) for p in remembered(tmp_path)}
    assert kept == {
        "990101": ("云溪县", "虚构市", "http://new.yunxi.invalid/"),
        "990102": ("竹山区", "虚构市", "http://www.zhushan.invalid/"),
    }
    assert registry_of(tmp_path, ["990101"]).path("990102") == ("虚构省", "虚构市", "竹山区")


def test_the_built_in_registry_is_not_copied_and_counts_where_portals_of_it_were_crawled(
    tmp_path, given
):
    remember_registry(tmp_path, load_registry())
    remember_registry(tmp_path, None)
    assert remembered(tmp_path) == []
    assert registry_of(tmp_path, ["330327"]) is load_registry()
    remember_registry(tmp_path, given(ONE))
    assert registry_of(tmp_path, ["990101"]).portal("330327") is None
    both = registry_of(tmp_path, ["990101", "330327"])
    assert both.portal("330327") == load_registry().portal("330327")
    assert both.portal("990101").name == "云溪县"


def test_a_registry_that_is_given_comes_before_and_does_not_take_rows_away(tmp_path, given):
    remember_registry(tmp_path, given(ONE, TWO))
    again = registry_of(tmp_path, ["990101"], given(TWO.replace("竹山区", "竹山市")))
    assert again.portal("990102").name == "竹山市"
    assert again.portal("990101").name == "云溪县"


def test_a_page_of_a_host_that_was_registered_is_a_governments_whatever_registry_is_at_hand():
    url = "http://www.yunxi.invalid/1.html"
    assert source_kind(url, load_registry()) == "other"
    assert source_kind(url, load_registry(), registered=True) == "gov_site"
