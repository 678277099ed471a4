"""Which questions make a series, and how the rows of their answers are read."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.families._replay import is_end, learn_series, learn_shape
from crawler.pages import Page
from pipelines.vocabulary.items import Ask

HOST = "http://www.qingyu.gov.test"


def asked(*urls: str, headers=()) -> list[Ask]:
    return [Ask(url=HOST + url, headers=headers) for url in urls]


def posted(*bodies: str) -> list[Ask]:
    return [Ask(url=f"{HOST}/rows", method="POST", body=body.encode()) for body in bodies]


def test_a_page_number_is_moved_on():
    series = learn_series(asked(*(f"/rows?c=5&page={n}&size=10" for n in (2, 3, 4))))
    assert series is not None
    assert parse_qs(urlsplit(series.ask(2).url).query) == {
        "c": ["5"],
        "page": ["6"],
        "size": ["10"],
    }


def test_first_and_last_record_move_together():
    series = learn_series(posted(*(f"start={n}&end={n + 9}&per=10" for n in (11, 21, 31))))
    assert series is not None
    assert series.ask(1).body == b"start=41&end=50&per=10"


def test_a_number_deep_in_a_body_of_json_stays_a_number():
    series = learn_series(posted(*(json.dumps({"q": {"no": n, "t": "x"}}) for n in (1, 2, 3))))
    assert series is not None
    assert json.loads(series.ask(1).body) == {"q": {"no": 4, "t": "x"}}


def test_the_time_of_a_visit_is_no_difference():
    urls = [f"/rows?page={n}&_={1790000000000 + n * 7919}" for n in (2, 3, 4)]
    series = learn_series(asked(*urls))
    assert series is not None
    assert len(series.steps) == 1


@pytest.mark.parametrize(
    "questions",
    [
        asked("/rows?after=x8f", "/rows?after=q2m", "/rows?after=p0d"),
        asked("/rows?page=2", "/rows?page=3"),
        asked("/rows?page=2", "/rows?page=3", "/rows?page=7"),
        asked("/rows?page=2", "/rows?page=2", "/rows?page=2"),
        asked("/rows?page=2", "/other?page=3", "/rows?page=4"),
        [Ask(url=f"{HOST}/rows?page={n}", headers=(("portal-sign", f"{n}f"),)) for n in (2, 3, 4)],
        posted("page=2&sign=ab", "page=3&sign=cd", "page=4&sign=ef"),
    ],
    ids=["cursor", "two", "leap", "same", "elsewhere", "signed header", "signed body"],
)
def test_what_nobody_can_foretell_makes_no_series(questions):
    assert learn_series(questions) is None


ROWS = {
    f"青榆县{y}年政府信息公开工作年度报告": f"{HOST}/show/{y}77.html" for y in (2021, 2020, 2019)
}


def answer(body: object) -> Page:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return Page(url=f"{HOST}/rows?page=2", body=text.encode())


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"rows": [{"bt": t, "dz": u.removeprefix(HOST)} for t, u in ROWS.items()]}},
        {"rows": [[u.removeprefix(HOST), t, "2022-03-15"] for t, u in ROWS.items()]},
        {"list": [{"name": f"<b>{t}</b>", "id": u[-11:-5]} for t, u in ROWS.items()]},
        {"html": "".join(f"<li><a href='{u}'>{t}</a></li>" for t, u in ROWS.items())},
        "".join(f"<li><a href='{u}'>{t}</a></li>" for t, u in ROWS.items()),
    ],
    ids=["addresses", "places", "numbers", "html in json", "html"],
)
def test_the_rows_of_an_answer_are_read_as_the_page_reads_them(body):
    shape = learn_shape(answer(body), ROWS)
    assert shape is not None
    assert {link.title: link.url for link in shape.rows(answer(body))} == ROWS


def test_an_answer_that_does_not_give_the_pressed_rows_again_teaches_nothing():
    assert learn_shape(answer({"rows": [{"bt": "别的", "dz": "/x.html"}]}), ROWS) is None
    assert learn_shape(answer({"code": "gibberish=="}), ROWS) is None
    assert learn_shape(answer("<html>no</html>"), ROWS) is None


def test_a_refusal_is_not_the_end_of_a_list():
    full = answer({"code": 0, "rows": [1]})
    assert is_end(answer({"code": 0, "rows": []}), full)
    assert not is_end(answer({"code": 4001, "rows": []}), full)
    assert not is_end(answer({"msg": "denied"}), full)
    assert is_end(answer("<ul></ul>"), answer("<ul><li>x</li></ul>"))
