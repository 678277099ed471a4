"""Whether a report sums up a place or speaks of one organ, and the phrase that decided."""

import pytest

from pipelines.reading.scope import scope_of, speaks_as_one


@pytest.mark.parametrize(
    ("kind", "organ", "text", "scope", "evidence"),
    [
        ("whole", "青禾县", "全年平稳。", "aggregate", "标题: 青禾县"),
        ("whole", "青禾县人民政府", "县政府办公室共收到申请2件。", "aggregate", None),
        ("whole", "青禾县人民政府", "以县政府及其办公室名义公开。", "single_organ", None),
        ("office", "青禾县政府办公室", "全县推进，全县落实，全县公开。", "single_organ", None),
        ("department", "青禾县水利局", "全县水利。", "single_organ", "标题: 青禾县水利局"),
        ("", "", "综合全县各部门情况编制而成。我局配合。", "aggregate", None),
        ("", "", "我局认真落实，我局收到申请1件。", "single_organ", "我局"),
        ("", "", "本报告依照本办法编制，由我办理。全县推进。", "aggregate", "全县"),
        ("", "", "本机关不掌握相关政府信息 0 0 0。全市推进。", "aggregate", "全市"),
        ("", "", "各部门加强本部门信息管理，全县统筹，我县落实，全县公开。", "aggregate", "全县"),
        ("", "", "我校认真落实，我校收到申请0件。", "single_organ", "我校"),
        ("", "", "数据统计范围为县政府各部门、各乡镇。", "aggregate", "范围为县政府各部门、各乡镇"),
        ("", "", "现由本机关向社会公布本年度报告。", "unknown", None),
        ("", "", "全年平稳。", "unknown", None),
        ("", "", "", "unknown", None),
    ],
)
def test_title_and_text_are_weighed(kind, organ, text, scope, evidence):
    found = scope_of(kind, organ, text)
    assert found.scope == scope
    assert evidence is None or found.evidence == evidence
    assert (found.evidence is None) == (scope == "unknown")


def test_the_statutes_word_for_whoever_publishes_speaks_as_one_organ_but_names_none():
    assert speaks_as_one("现由本机关向社会公布本年度报告。")
    assert not speaks_as_one("现由本机关向社会公布,全县各级行政机关认真落实。")
