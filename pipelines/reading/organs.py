"""Whose report a title announces, before the report is opened.

Lists mix the reports of the government, its office, departments, townships, zones, even of the
city above, with look-alikes that are other yearly publications. A spider asks here which rows are
worth a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipelines.reading.other_titles import is_look_alike
from pipelines.reading.titles import Title, parse_title, plain
from pipelines.registry.places import spoken_names
from pipelines.vocabulary.report_titles import speaks_of_yearly

if TYPE_CHECKING:
    from pipelines.registry import Division, Portal, Registry

KINDS = ("whole", "office", "department", "township", "zone", "upper", "other")
"""whole: the government's own, which sums up its departments; upper: an organ of a higher level;
other: another place's, or nothing that could be told."""


_OFFICE = re.compile(
    r"(?:人民政府|政府|[市县区州旗盟]府|行政公署|行署)(?:及其?)?(?:办公室|办公厅|办|机关)(?:本级|机关)?$"
    r"|^(?:办公室|办公厅|[省市县区州旗盟]政?府办(?:公[室厅])?)(?:本级)?$"
)
_TOWNSHIP = re.compile(
    r"(?:镇|乡|街道|苏木|管理区|街道办|(?<!联络)办事处)"
    r"(?:人民政府|政府|办事处|党政办公室|党政办|办公室)*$"
)
_AWAY = re.compile("驻.{1,8}办事处$")  # a liaison office in another city
_ZONE = re.compile(
    r"(?<!监督)管理委员会|管委|开发区|高新区|经开区|产业园|园区|保税|示范区|实验区|试验区|度假区|风景(?:名胜)?区|景区|"
    r"工业园|集聚区|自贸|自由贸易|投资区|合作区|新区|农场|林场|垦区|新城$|科技城|示范园|物流园"
)
# Of a zone that is a portal of its own (平潭综合实验区) the committee is the government.
_COMMITTEE = re.compile("(?:管委会|管理委员会|党工委管委会)(?:办公室|办)?")
_DEPARTMENT = re.compile(
    r"(?:局|委|委员会|厅|办|办公室|中心|站|院|馆|处|公司|大队|支队|总队|队|银行|协会|联社|联合会|联|学校|学院|"
    r"大学|中学|小学|医院|集团|署|所|室|科|会|社|校|部|台|库|园|厂|库区|组|庭|指挥部|研究室|服务点|水务|团|"
    r"办事处|税务|海关|法院|检察院|统战部|工会|妇联|科协|残联|档案|气象)$"
)
_GOVERNMENT = (
    r"(?:人民政府|政府|行政公署|行署|公署)?(?:[本省市县区州旗盟]级|汇总|系统|各部门|部门汇总)*"
)
_WHOLE = re.compile(rf"(?:[全我]?[省市县区州旗盟]|全自治[区州县旗]|本级)?{_GOVERNMENT}")
_PLACE = re.compile(rf".{{1,20}}?[省市县区州旗盟]{_GOVERNMENT}")
# A bare …区 is too often a zone (中央商务区) or a township (管理区) to be a government.
_UNLISTED = re.compile("(?![全本我各]).{1,10}(?:[县市旗]|[县市区旗州盟](?:人民政府|政府))")
# 县政府办 is ours on whatever portal; 荻浦县人民政府办公室 is what its place is.
_OFFICE_ELSEWHERE = re.compile(r"(?![全本我各])[\u3400-\u9fff]{1,9}[县市旗区州盟](?:人民)?政府办")
_YEAR_ALONE = re.compile(r"\W*20[012]\d\W*年?(?:度)?\W*")
_LEVEL_WORD = re.compile(r"^[省市县区州旗盟]")


def looks_like_report_title(title: str, *, in_column: bool = False) -> bool:
    """Tell whether a title announces a 政府信息公开工作年度报告.

    Args:
        title: as the list prints it; an ellipsis at the end is understood.
        in_column: the list is known to be an annual-report column: there 2023年年报 or
            2023年度报告 without 信息公开 is a report as well.
    """
    parsed = parse_title(title)
    if is_look_alike(parsed):
        return False
    if parsed.is_report:
        return bool(parsed.years or parsed.organ)
    if not in_column or not parsed.years:
        return False
    return speaks_of_yearly(parsed.text) or _says_whose_alone(parsed)


def _says_whose_alone(parsed: Title) -> bool:
    """Tell whether a title says a year and an organ and nothing else: 2018年（县政府办公室）."""
    if not parsed.organ or len(parsed.years) > 1:
        return False
    rest = parsed.text.replace(parsed.organ, "", 1)
    return _YEAR_ALONE.fullmatch(rest) is not None


def region_names(
    portal: Portal, registry: Registry | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a portal's own place is called, and what the places above it are called.

    With a registry, former names and the unit that shares the code (平潭综合实验区) count as own.
    """
    own = [portal.place, *spoken_names(portal.place)]
    if registry is not None:
        own += [c.former_name for c in registry.changes if c.code == portal.code and c.one_to_one]
        own += [n for u in registry.units if u.code == portal.code for n in (u.name, *u.aliases)]
    above = [n for n in (portal.province, portal.prefecture) if n and n != portal.place]
    upper = [name for place in above for name in (place, *spoken_names(place))]
    return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(upper))


def organ_names(division: Division, registry: Registry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a division is called, and what those above it are called."""
    own, *above = registry.lineage(division.code)
    upper = [name for place in above for name in (place.name, *spoken_names(place.name))]
    return tuple(dict.fromkeys((division.name, own.name, *spoken_names(own.name)))), tuple(upper)


def kind_of_title(title: str, names: Sequence[str], upper: Sequence[str] = ()) -> str:
    """Return the kind of organ whose report a title announces, one of ``KINDS``.

    Args:
        title: as the list prints it.
        names: what the portal's own place is called (full name; short ones are derived).
        upper: what the places above it are called.
    """
    return kind_of_organ(parse_title(title).organ, names, upper)


def kind_of_organ(organ: str, names: Sequence[str], upper: Sequence[str] = ()) -> str:
    """Return the kind of an organ's name as a title prints it; no name means the whole.

    >>> kind_of_organ("苍南县人民政府办公室", ["苍南县"])
    'office'
    >>> [kind_of_organ(o, ["苍南县"], ["温州市"]) for o in ("温州市", "苍南县灵溪镇", "永嘉县")]
    ['upper', 'township', 'other']
    """
    own = _with_spoken(names)
    above = [name for name in _with_spoken(upper) if name not in own]
    rest, stripped = _strip(plain(organ), own, above)
    said_own = any(name in own for name in stripped)
    if stripped and stripped[-1] not in names and _LEVEL_WORD.match(rest) and len(rest) > 0:
        full = stripped[-1] + rest[0]
        # 大同 is own, 大同县 is not; but 吉林市 where own is 吉林市 was stripped whole.
        if full not in own and full not in above and _PLACE.fullmatch(stripped[-1] + rest):
            return "other"
    if stripped and not said_own and not any(name in rest for name in own):
        return "upper"
    if said_own and _COMMITTEE.fullmatch(rest) and _ZONE.search(stripped[-1]):
        return "office" if rest.endswith(("办公室", "办")) else "whole"
    return _kind_of_rest(rest, named=bool(stripped))


def is_unlisted_government(organ: str) -> bool:
    """Tell whether a name is that of a place or its government, zones and generic words apart.

    >>> [is_unlisted_government(o) for o in ("达县人民政府", "县政府", "高新区", "财政局")]
    [True, False, False, False]
    """
    other = _ZONE.search(organ) or _TOWNSHIP.search(organ)
    return _UNLISTED.fullmatch(organ) is not None and not other


def _kind_of_rest(rest: str, *, named: bool) -> str:
    if _WHOLE.fullmatch(rest) and not (named and _LEVEL_WORD.match(rest)):
        return "whole"
    if _TOWNSHIP.search(rest) and not _AWAY.search(rest):
        return "township"
    if _OFFICE.search(rest) and not _ZONE.search(rest):
        return "other" if _OFFICE_ELSEWHERE.match(rest) else "office"
    if _DEPARTMENT.search(rest) and not re.search(
        "(?:(?<!监督)管理委员会|管委会?|新区|开发区)(?:办公室)?$", rest
    ):
        return "department"
    if _ZONE.search(rest):
        return "zone"
    return "other"


def _strip(organ: str, own: Sequence[str], above: Sequence[str]) -> tuple[str, list[str]]:
    """Take the names of places off the front, longest first; own wins over upper."""
    stripped: list[str] = []
    names = sorted({*own, *above}, key=lambda name: (-len(name), name not in own))
    while name := next((n for n in names if organ.startswith(n) and n not in stripped), None):
        stripped.append(name)
        organ = organ[len(name) :]
        if name in own:
            break
    return organ, stripped


def _with_spoken(names: Iterable[str]) -> list[str]:
    folded = [plain(name) for name in names if name]
    return list(dict.fromkeys([*folded, *(s for name in folded for s in spoken_names(name))]))
