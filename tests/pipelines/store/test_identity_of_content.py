"""Same report, edition, revision or conflict: decided by the set, never by the order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.record import Finding
from pipelines.store.dictionary import as_markdown
from pipelines.store.identity_of_content import (
    MAIN_BECAUSE,
    Reading,
    join_unknown,
    merge,
    same_content,
    unchanged,
)
from pipelines.store.validation import SCHEMA_FILE
from tests.effort import examples
from tests.pipelines.store.records import record

TEXT = "本年度全县各级行政机关主动公开政府信息，依法办理申请，完善平台建设，加强监督保障。" * 3


def reading(seen="2026-11-01T00:00:00Z", **facts):
    return Reading(record=record(fetched_at=seen, **facts), last_seen=seen)


def test_one_report_at_two_addresses_is_one_line_with_an_edition():
    html = reading(url="http://a.invalid/1.html", carrier="html_table")
    pdf = reading(url="http://a.invalid/1.pdf", carrier="pdf_text")
    merged = merge([pdf, html])
    assert merged.line["source_url"] == "http://a.invalid/1.html"
    assert [(e["url"], e["carrier"]) for e in merged.line["editions"]] == [
        ("http://a.invalid/1.pdf", "pdf_text")
    ]
    assert merged.line["revision"] == 0
    assert merged.revisions == merged.conflicts == []


def test_a_carrier_with_more_figures_is_the_main_edition():
    bare = reading(url="http://a.invalid/1.html", carrier="html_text", values={})
    pdf = reading(url="http://a.invalid/1.pdf", carrier="pdf_text")
    merged = merge([bare, pdf])
    assert merged.line["carrier"] == "pdf_text"
    assert len(merged.line["editions"]) == 1


def test_a_cell_only_one_carrier_prints_is_no_dispute():
    full = reading(url="http://a.invalid/1", values={"t3_a__total": 4, "t3_b__total": 2})
    part = reading(url="http://a.invalid/2", values={"t3_a__total": 4, "t3_b__total": None})
    merged = merge([part, full])
    assert merged.line["values"] == {"t3_a__total": 4, "t3_b__total": 2}
    assert merged.conflicts == []


def test_a_re_issue_that_says_so_supersedes_whatever_its_address_or_date():
    old = reading(url="http://a.invalid/1", published_on="2024-03-01")
    new = reading(
        url="http://a.invalid/9",
        values={"t3_new_received__total": 7},
        reissue="更正",
        published_on=None,
    )
    merged = merge([old, new])
    assert merged.line["source_url"] == "http://a.invalid/9"
    assert merged.line["revision"] == 1
    assert merged.line["supersedes"] == old.record["sha256"]
    assert [r["revision"] for r in merged.revisions] == [0]
    assert merged.revisions[0]["values"] == old.record["values"]
    assert merged.line["editions"] == []


def test_the_later_publication_supersedes():
    old = reading(url="http://a.invalid/1", published_on="2024-01-20")
    new = reading(
        url="http://a.invalid/2", values={"t3_new_received__total": 7}, published_on="2024-05-02"
    )
    merged = merge([new, old])
    assert merged.line["source_url"] == "http://a.invalid/2"
    assert len(merged.revisions) == 1
    assert merged.conflicts == []


def test_a_scan_read_otherwise_is_no_later_version_but_a_dispute():
    html = reading(url="http://a.invalid/1", published_on="2024-01-20")
    scan = reading(
        url="http://a.invalid/2",
        carrier="pdf_scan",
        values={"t3_new_received__total": 7},
        published_on="2024-05-02",
    )
    merged = merge([scan, html])
    assert merged.line["source_url"] == "http://a.invalid/1"
    assert merged.revisions == []
    assert merged.line["editions"][0]["differs"] == ["t3_new_received__total"]
    assert merged.conflicts == ["http://a.invalid/2: t3_new_received__total"]


def test_figures_that_differ_with_nothing_to_tell_the_later_are_a_conflict():
    one = reading(url="http://a.invalid/1", published_on=None)
    two = reading(
        url="http://a.invalid/22", published_on=None, values={"t3_new_received__total": 7}
    )
    merged = merge([two, one])
    assert merged.line["source_url"] == "http://a.invalid/1"
    assert merged.line["revision"] == 0
    assert len(merged.conflicts) == 1


def test_an_address_whose_content_changed_keeps_the_former_as_a_revision():
    old = reading(seen="2026-01-05T00:00:00Z")
    new = reading(seen="2026-02-05T00:00:00Z", values={"t3_new_received__total": 7})
    merged = merge([new, old])
    assert merged.line["values"] == {"t3_new_received__total": 7}
    assert merged.line["supersedes"] == old.record["sha256"]
    assert merged.line["editions"] == []


def test_a_content_that_comes_back_is_the_current_one():
    a = reading(seen="2026-03-05T00:00:00Z")
    b = reading(seen="2026-02-05T00:00:00Z", values={"t3_new_received__total": 7})
    merged = merge([a, b])
    assert merged.line["values"] == a.record["values"]
    assert [r["values"] for r in merged.revisions] == [{"t3_new_received__total": 7}]


def test_texts_without_tables_meet_when_they_are_renditions():
    page = reading(url="http://a.invalid/1", values={}, text=TEXT)
    print_ = reading(url="http://a.invalid/2", values={}, text=TEXT + "-4-", carrier="pdf_text")
    other = reading(
        url="http://a.invalid/3", values={}, text="此页为年度报告的图片版，请见附件。" * 4
    )
    assert same_content(page.record, print_.record)
    assert not same_content(page.record, other.record)


def test_the_moment_of_the_fetch_is_no_change():
    a = record(fetched_at="2026-01-01T00:00:00Z", body="visitors: 7")
    b = record(fetched_at="2026-02-01T00:00:00Z", body="visitors: 8")
    assert a != b
    assert unchanged(a, b)
    assert not unchanged(a, record(values={"t3_granted__total": None}))


@pytest.mark.parametrize(
    ("other", "because"),
    [
        ({"values": {}}, "figures"),
        ({"source_kind": "mirror"}, "own_site"),
        ({"carrier": "pdf_scan"}, "not_recognised"),
        ({"values": {"t3_new_received__total": 1}}, "more_figures"),
        (
            {"findings": [Finding(rule="R3-ROW", where=w, severity="E") for w in "ab"]},
            "fewer_errors",
        ),
        ({"carrier": "pdf_text"}, "carrier"),
        ({"text": "全年共受理政府信息公开申请若干件。"}, "more_prose"),
        ({"rendered": True}, "not_rendered"),
        ({"url": "http://a.invalid/11"}, "shorter_address"),
        ({}, "address"),
    ],
)
def test_each_edition_says_why_it_is_not_the_main_one(other, because):
    main = reading(url="http://a.invalid/1")
    (edition,) = merge([reading(**{"url": "http://a.invalid/2", **other}), main]).line["editions"]
    assert edition["url"] != main.record["source_url"]
    assert edition["main_because"] == because


def test_a_page_with_several_documents_says_so_and_behind_another_page_shares_its_reason():
    page = reading(url="http://a.invalid/1", editions=[{"url": "http://a.invalid/1.pdf"}])
    mirror = reading(
        url="http://m.invalid/1",
        source_kind="mirror",
        editions=[{"url": "http://m.invalid/1.pdf"}],
    )
    assert {e["url"]: e["main_because"] for e in merge([mirror, page]).line["editions"]} == {
        "http://a.invalid/1.pdf": "same_page",
        "http://m.invalid/1": "own_site",
        "http://m.invalid/1.pdf": "own_site",
    }


def test_a_version_that_another_edition_replaced_says_so():
    """The second replaced the first and lost to the third, which says nothing of its day."""
    first = reading(url="http://a.invalid/1", published_on="2024-01-20", values={"t3_a__total": 1})
    second = reading(url="http://a.invalid/2", published_on="2024-02-20", values={"t3_a__total": 2})
    third = reading(
        url="http://a.invalid/3", published_on=None, values={"t3_a__total": 3, "t3_b__total": 1}
    )
    more = {"t3_a__total": 1, "t3_b__total": 1, "t3_c__total": 1}
    first.record["values"] = more
    editions = merge([first, second, third]).line["editions"]
    assert {e["url"]: e["main_because"] for e in editions} == {
        "http://a.invalid/1": "replaced",
        "http://a.invalid/2": "more_figures",
    }


def test_the_schema_lists_the_reasons_and_the_data_dictionary_tells_them():
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    entry = schema["properties"]["editions"]["items"]["properties"]["main_because"]
    assert entry["enum"] == list(MAIN_BECAUSE)
    assert all(
        f"`{reason}` | {meaning} |" in as_markdown() for reason, meaning in MAIN_BECAUSE.items()
    )


FIGURES = {f"t3_row{n}__total": n for n in range(25)}


def group(name, **facts):
    facts = {"values": FIGURES, "report_id": name, **facts}
    return {name: [reading(url=f"http://a.invalid/{name}", **facts)]}


def test_an_edition_that_names_neither_organ_nor_scope_joins_the_report_it_is():
    whole = group("a-1-known")
    bare = group("a-1-bare", scope="unknown", publisher_norm=None, carrier="pdf_text")
    joined = join_unknown(whole | bare)
    assert set(joined) == {"a-1-known"}
    line = merge(joined["a-1-known"]).line
    assert line["former_ids"] == ["a-1-bare"]
    assert [e["url"] for e in line["editions"]] == ["http://a.invalid/a-1-bare"]


def test_the_identity_stays_the_known_one_though_the_other_carrier_is_preferred():
    whole = group("a-1-known", carrier="pdf_text")
    bare = group("a-1-bare", scope="unknown", publisher_norm=None)
    line = merge(join_unknown(whole | bare)["a-1-known"]).line
    assert line["carrier"] == "html_table"
    assert (line["report_id"], line["scope"]) == ("a-1-known", "aggregate")


@pytest.mark.parametrize(
    "facts",
    [
        {"scope": "single_organ"},
        {"publisher_norm": "云溪县财政局", "scope": "unknown"},
        {"scope": "unknown", "values": {**FIGURES, "t3_row3__total": 99}},
        {"scope": "unknown", "values": {"t3_row1__total": 1}},
    ],
)
def test_other_organs_scopes_and_figures_never_join(facts):
    groups = group("a-1-known") | group("a-1-other", **facts)
    assert set(join_unknown(groups)) == set(groups)


def test_an_edition_that_could_be_either_of_two_reports_stays_apart():
    groups = group("a-1-x") | group("a-1-y", scope="single_organ") | group("a-1-z", scope="unknown")
    assert set(join_unknown(groups)) == set(groups)


def test_tables_of_zeros_join_nothing():
    zeros = dict.fromkeys(FIGURES, 0)
    groups = group("a-1-x", values=zeros) | group("a-1-z", values=zeros, scope="unknown")
    assert set(join_unknown(groups)) == set(groups)


_readings = st.lists(
    st.builds(
        reading,
        seen=st.sampled_from(["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]),
        url=st.sampled_from(["http://a.invalid/1", "http://a.invalid/2", "http://b.invalid/3"]),
        values=st.fixed_dictionaries(
            {},
            optional={
                "t3_a__total": st.sampled_from([None, 1, 2]),
                "t3_b__total": st.sampled_from([None, 5, 6]),
            },
        ),
        text=st.sampled_from(
            ["", TEXT, TEXT + "补充说明。", "完全不同的另一段文字，没有表格。" * 3]
        ),
        carrier=st.sampled_from(["html_table", "pdf_scan", "pdf_text"]),
        published_on=st.sampled_from([None, "2024-01-20", "2024-05-02"]),
        reissue=st.sampled_from([None, "更正"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=examples(150))
@given(_readings, st.randoms(use_true_random=False))
def test_the_result_is_a_function_of_the_set(readings, random):
    shuffled = list(readings)
    random.shuffle(shuffled)
    first, second = merge(readings), merge(shuffled)
    assert first.line == second.line
    assert first.revisions == second.revisions
    assert first.conflicts == second.conflicts


@settings(max_examples=examples(100))
@given(_readings)
def test_no_address_is_lost_and_revisions_count_up(readings):
    merged = merge(readings)
    shown = {merged.line["source_url"], *(e["url"] for e in merged.line["editions"])}
    for old in merged.revisions:
        shown |= {old["source_url"], *(e["url"] for e in old["editions"])}
    assert shown == {r.address for r in readings}
    assert {e["main_because"] for e in merged.line["editions"]} <= set(MAIN_BECAUSE)
    assert [r["revision"] for r in merged.revisions] == list(range(merged.line["revision"]))


def test_a_report_alone_merges_to_what_it_says_of_itself():
    alone = record(editions=[{"url": "http://a.invalid/z"}, {"url": "http://a.invalid/b"}])
    alone["former_ids"] = ["b", "a"]
    lonely = merge([Reading(record=alone)]).line
    doubled = merge([Reading(record=alone), Reading(record=alone)]).line
    assert lonely == doubled
    assert lonely["former_ids"] == ["a", "b"]
    assert [e["url"] for e in lonely["editions"]] == ["http://a.invalid/b", "http://a.invalid/z"]


@pytest.mark.parametrize("other", [{"year": 2022}, {"adcode": "990102"}, {"number": 2}])
def test_other_years_places_and_organs_have_other_ids_and_never_meet(other):
    assert record(**other)["report_id"] != record()["report_id"]
