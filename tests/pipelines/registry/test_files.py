"""A registry file of a user's own, and every way it can be wrong."""

import pytest

from pipelines.registry import load_registry, select_portals
from pipelines.registry.build import build, main
from pipelines.registry.loading import TABLES
from pipelines.vocabulary.errors import RegistryError, UsageError

HEADER = "code,name,level,province,prefecture,home_url,column_url"


def write(tmp_path, *lines, header=HEADER, encoding="utf-8"):
    path = tmp_path / "portals.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding=encoding)
    return str(path)


def test_a_users_file_stands_in_place_of_the_built_in_portals(tmp_path):
    path = write(
        tmp_path,
        "990100,云岭市人民政府,prefecture,晴州省,云岭市,http://127.0.0.1:8001/,,x",
        "",
        "990121,青禾县,county,晴州省,云岭市,http://127.0.0.1:8002/,http://127.0.0.1:8002/nb/,",
        "330327,苍南县人民政府,county,浙江省,温州市,http://127.0.0.1:8002/cn/,,",
        header=HEADER + ",note",
        encoding="utf-8-sig",
    )
    registry = load_registry(path)
    assert [p.code for p in registry.portals] == ["990100", "990121", "330327"]
    assert registry.path("990121") == ("晴州省", "云岭市", "青禾县")
    assert registry.path("330327") == ("浙江省", "温州市", "苍南县")
    assert registry.division("990121").name == "青禾县"
    assert registry.find("青禾").code == "990121"
    assert [p.code for p in select_portals(registry, province="晴州")] == ["990100", "990121"]
    assert [p.code for p in select_portals(registry, prefecture="云岭市", county="青禾县")] == [
        "990121"
    ]
    assert registry.portal("990121").hosts == {"127.0.0.1:8002"}
    assert registry.portal_of_host("http://127.0.0.1:8001/x.html").code == "990100"
    assert registry.portal_of_host("127.0.0.1:8002") is None  # two portals share it
    with pytest.raises(UsageError, match="unknown province"):
        select_portals(registry, province="甘肃")


def test_the_row_wins_where_a_users_file_calls_a_known_code_otherwise(tmp_path):
    path = write(
        tmp_path,
        "110101,甲县,county,晴州省,云岭市,http://127.0.0.1:1/,",
        "330101,乙县,county,晴州省,云岭市,http://127.0.0.1:2/,",
        "220101,丙县,county,晴州省,,http://127.0.0.1:3/,",
    )
    registry = load_registry(path)
    assert registry.division("110101").name == "甲县"
    assert registry.path("110101") == ("晴州省", "云岭市", "甲县")
    assert registry.path("220101") == ("晴州省", "", "丙县")
    assert len(select_portals(registry, province="晴州省")) == 3


@pytest.mark.parametrize("level", ["county", "prefecture"])
@pytest.mark.parametrize("code", ["991100", "990000"])
def test_nothing_lies_in_itself_whatever_level_a_users_row_gives_its_code(tmp_path, code, level):
    registry = load_registry(
        write(tmp_path, f"{code},甲县,{level},晴州省,云岭市,http://127.0.0.1:1/,")
    )
    assert [d.code for d in registry.lineage(code)] == [code]


def test_odd_codes_of_a_users_file_never_make_a_place_its_own_parent(tmp_path):
    path = write(
        tmp_path,
        "990100,甲县,county,晴州省,云岭市,http://127.0.0.1:1/,",
        "990000,乙市,prefecture,晴州省,乙市,http://127.0.0.1:2/,",
        "980000,丙县,county,晴州省,,http://127.0.0.1:3/,",
    )
    registry = load_registry(path)
    assert [d.code for d in registry.lineage("990100")] == ["990100", "990000"]
    assert [d.code for d in registry.lineage("990000")] == ["990000"]
    assert [d.code for d in registry.lineage("980000")] == ["980000"]
    assert registry.path("990100") == ("晴州省", "云岭市", "甲县")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("99012,青禾县,county,晴州省,云岭市,http://a.gov.cn/,", ":3: code '99012' is not six"),
        ("990121,,county,晴州省,云岭市,http://a.gov.cn/,", ":3: no name"),
        ("990121,青禾县,县,晴州省,云岭市,http://a.gov.cn/,", ":3: unknown level '县'"),
        ("990121,青禾县,county,晴州省,云岭市,,", ":3: home_url '' is not an http"),
        ("990121,青禾县,county,晴州省,云岭市,ftp://a.gov.cn/,", ":3: home_url 'ftp"),
        ("990121,青禾县,county,晴州省,云岭市,a.gov.cn,", ":3: home_url 'a.gov.cn'"),
        ("990121,青禾县,county,晴州省,云岭市,http://a.gov.cn:8x/,", ":3: home_url"),
        ("990121,青禾县,county,晴州省,云岭市,http://a.gov.cn/,javascript:1", ":3: column_url"),
        ("990100,青禾县,county,晴州省,云岭市,http://a.gov.cn/,", ":3: code 990100 stands already"),
        ("990121,青禾县,county,晴州省,云岭市,http://a.gov.cn/", ":3: 6 values, 7 columns"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path, line, says):
    good = "990100,云岭市,prefecture,晴州省,云岭市,http://127.0.0.1:8001/,"
    with pytest.raises(RegistryError) as caught:
        load_registry(write(tmp_path, good, line))
    assert says in str(caught.value)


def test_a_file_that_is_no_registry_says_so(tmp_path):
    with pytest.raises(RegistryError, match="cannot be read"):
        load_registry(str(tmp_path / "absent.csv"))
    with pytest.raises(RegistryError, match="cannot be read"):
        load_registry(str(tmp_path))
    with pytest.raises(RegistryError, match="column home_url is missing"):
        load_registry(write(tmp_path, header=HEADER.replace("home_url", "url")))
    with pytest.raises(RegistryError, match="no rows"):
        load_registry(write(tmp_path))
    with pytest.raises(RegistryError, match="not UTF-8"):
        load_registry(write(tmp_path, "990121,青禾县,county,,,http://a/,", encoding="gb18030"))


def test_building_from_facts_gives_the_files_of_the_project(tmp_path):
    build(TABLES, tmp_path)  # the built files hold every column the script asks of the facts
    for name in ("divisions.csv", "portals.csv"):
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes()


def test_the_build_command_refuses_a_folder_without_facts(tmp_path, capsys):
    assert main([]) == 2
    assert main([str(tmp_path)]) == 2
    assert "divisions.csv: cannot be read" in capsys.readouterr().err
