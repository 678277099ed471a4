"""The rules of the built-in file, tried on a copy that breaks each of them."""

import pytest

from pipelines.registry import loading as module
from pipelines.registry.loading import TABLES
from pipelines.vocabulary.errors import RegistryError

FILES = ("divisions.csv", "portals.csv", "changes.csv", "units.csv", "hosts.csv")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    for name in FILES:
        (tmp_path / name).write_bytes((TABLES / name).read_bytes())
    monkeypatch.setattr(module, "TABLES", tmp_path)
    return tmp_path


def broken(copy, name, old, new):
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        module._load((), built_in=True)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    return message


def test_the_copy_loads(copy):
    assert len(module._load((), built_in=True).portals) == 3209


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("divisions.csv", "330327,苍南县", "33032,苍南县", "not six digits"),
        ("divisions.csv", "330327,苍南县", "330326,苍南县", "or not the first"),
        ("divisions.csv", "苍南县,county,330300", "苍南县,county,339900", "parent '339900'"),
        ("divisions.csv", "苍南县,county,330300", "苍南县,county,330324", "no higher than"),
        ("divisions.csv", "苍南县,county", "苍南县,town", "unknown level"),
        ("divisions.csv", "浙江省,province,", "浙江省,province,110000", "has no parent"),
        ("portals.csv", "330327,苍南县", "330399,苍南县", "not in divisions.csv"),
        ("portals.csv", "330327,苍南县", "330324,苍南县", "stands already at"),
        ("portals.csv", ",苍南县\n", ",苍北县\n", "is county 苍南县"),
        ("portals.csv", "www.cncn.gov.cn", "www.pingtan.gov.cn", "host www.pingtan.gov.cn stands"),
        ("portals.csv", "://www.cncn.gov.cn", ":www.cncn.gov.cn", "not an http or https"),
        ("changes.csv", "2021-02,450127", "02-2021,450127", "date"),
        ("changes.csv", "450181,横州市", "450181,横县", "is not 横县"),
        ("units.csv", "special_zone,500000", "special_zone,509900", "parent '509900'"),
        ("hosts.csv", "wlmq.gov.cn,650100", "wlmq.gov.cn,659900", "code '659900'"),
    ],
)
def test_each_broken_rule_is_named_by_file_and_line(copy, name, old, new, says):
    assert says in broken(copy, name, old, new)
