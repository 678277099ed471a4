"""Whatever a user or a page says, a place is found or an error says why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.registry import load_registry, select_portals
from pipelines.registry.portals import host_of
from pipelines.vocabulary.errors import UsageError
from tests.effort import examples

REGISTRY = load_registry()
PIECES = st.sampled_from(
    [
        *"省市县区州旗盟",
        "苍南",
        "朝阳区",
        "北京",
        "/",
        ",",
        "，",
        " ",
        "330327",
        "450127",
        "自治县",
        "²",
    ]
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=6).map("".join))


@settings(max_examples=examples(40))
@given(text=TEXTS)
def test_find_returns_a_division_or_says_why_not(text):
    try:
        found = REGISTRY.find(text)
    except UsageError:
        return  # an error of any other kind fails the test
    else:
        assert REGISTRY.division(found.code) == found


@settings(max_examples=examples(40))
@given(province=st.none() | TEXTS, county=st.none() | TEXTS, code=st.none() | TEXTS)
def test_select_returns_portals_or_says_why_not(province, county, code):
    try:
        chosen = select_portals(REGISTRY, province=province, county=county, code=code)
    except UsageError:
        return
    else:
        assert chosen


@settings(max_examples=examples(200))
@given(host=TEXTS | st.from_regex(r"(https?://)?[\w.\[\]@:%-]{0,30}(/.*)?", fullmatch=True))
def test_no_address_whatever_makes_a_host_lookup_raise(host):
    code = REGISTRY.code_of_host(host)
    assert code is None or REGISTRY.knows(code)


@pytest.mark.parametrize("text", ["苍" * 100_000, "苍南县/" * 20_000])
def test_an_endless_name_is_refused_in_one_short_line(text):
    for refused in (REGISTRY.find, lambda name: select_portals(REGISTRY, province=name)):
        with pytest.raises(UsageError) as caught:
            refused(text)
        assert len(str(caught.value)) < 100


def test_an_address_that_cannot_be_taken_apart_has_no_host():
    assert host_of("http://[x/") == ""
    assert host_of("http://a.gov.cn:8x/") == ""
    assert host_of("HTTP://WWW.A.GOV.CN.:80/x") == "www.a.gov.cn"
    assert host_of("https://a.gov.cn:8443/") == "a.gov.cn:8443"
