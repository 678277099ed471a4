"""A search from rising places looks at each stretch of a text once."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipelines.forms.disclosure_table import read_disclosure_table
from pipelines.forms.model import NextMatch
from pipelines.forms.request_table import read_request_table
from pipelines.reading.sections import split_sections
from tests.reading.texts import document


class Counting:
    """A pattern that counts the characters it is let loose on."""

    def __init__(self, pattern):
        self.pattern, self.seen = re.compile(pattern), 0

    def search(self, text, at):
        found = self.pattern.search(text, at)
        self.seen += (found.end() if found else len(text)) - at
        return found


@given(st.text("ab.", max_size=60), st.lists(st.integers(0, 60), max_size=20))
def test_it_finds_what_a_search_from_the_place_finds(text, places):
    following = NextMatch(re.compile("ab+"), text)
    for at in places:
        expected = re.compile("ab+").search(text, at)
        found = following(at)
        assert (found and found.span()) == (expected and expected.span())


def test_a_pattern_that_does_not_occur_is_sought_once():
    text = "ab" * 5000
    for pattern in (Counting("x"), Counting("aba")):
        following = NextMatch(pattern, text)
        for at in range(0, len(text), 2):
            following(at)
        assert pattern.seen <= 3 * len(text)


def test_page_frame_at_a_parts_end_is_taken_off_whatever_stands_in_its_brackets():
    text = "一、总体情况\n稳步推进。\n二、主动公开政府信息情况\n已公开。\n三、收到和处理政府信息公开申请情况\n没有。\n【上一篇】附件下载\n打印本页 关闭窗口"
    assert max(split_sections(document(text)).items())[1] == "没有。"


def test_floods_of_what_opens_a_table_are_read():
    # Each of these took minutes while a search went to the text's end from every line.
    for line in (
        "本年制发件数 行政规范性文件 1 2 3\n",
        "自然人\n本年新收政府信息公开申请数量 1 0 0 0 0 0 1\n",
        "商业企业 科研机构 社会公益 法律服务机构\n",
    ):
        paper = document(line * 20_000)
        read_disclosure_table(paper)
        read_request_table(paper)
    split_sections(document("一、总体情况\n" + "上一篇" * 2000 + "\u3000 " * 60_000 + "完。"))
