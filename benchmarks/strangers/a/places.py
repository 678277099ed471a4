"""Real places (codes of the division list) and the organs that publish for them."""

from __future__ import annotations

import random
from dataclasses import dataclass

_COUNTIES = """140522 阳城县 yangcheng|330522 长兴县 zjcx|341522 霍邱县 huoqiu|340522 含山县 hanshan|230522 友谊县 youyi
421022 公安县 gongan|411421 民权县 minquan|330328 文成县 wencheng|441624 和平县 heping|652925 新和县 xjxinhe|440783 开平市 kaiping
469007 东方市 dongfang|630203 平安区 hdpingan|210522 桓仁满族自治县 hr|152224 突泉县 tuquan|150721 阿荣旗 arongqi
152221 科尔沁右翼前旗 kyqq|500243 彭水苗族土家族自治县 cqps|500229 城口县 cqck|500240 石柱土家族自治县 zgsz|511724 大竹县 dazhu
511324 仪陇县 yilong|510821 旺苍县 scgw|510823 剑阁县 cnjg|513422 木里藏族自治县 muli|532326 大姚县 dayao|530581 腾冲市 tengchong
532822 勐海县 ynmh|530627 镇雄县 zx|520281 盘州市 panzhou|520381 赤水市 gzchishui|520322 桐梓县 gztongzi|520624 思南县 sinan
610330 凤县 sxfx|611026 柞水县 snzs|610926 平利县 pingli|610827 米脂县 mizhi|620422 会宁县 huining|622922 康乐县 gskl
622921 临夏县 linxiaxian|620621 民勤县 minqin|630223 互助土族自治县 huzhu|640323 盐池县 yanchi|654028 尼勒克县 xjnlk
652922 温宿县 wensu|653125 莎车县 shache|540127 墨竹工卡县 mzgk|130123 正定县 zd|130225 乐亭县 laoting|130129 赞皇县 zanhuang
140722 左权县 zuoquan|141127 岚县 lanxian|140224 灵丘县 lingqiu|211421 绥中县 suizhong|211322 建平县 lnjp|220322 梨树县 lishu
220283 舒兰市 shulan|230129 延寿县 yanshou|232701 漠河市 mohe|320682 如皋市 rugao|321322 沭阳县 shuyang|320830 盱眙县 xuyi
320813 洪泽区 hongze|320722 东海县 jsdh|330324 永嘉县 yj|330922 嵊泗县 shengsi|330824 开化县 kaihua|341722 石台县 ahshitai
341802 宣州区 xuanzhou|340722 枞阳县 zongyang|350111 晋安区 fzja|350206 湖里区 huli|350521 惠安县 huian|350526 德化县 dehua
361130 婺源县 jxwy|360321 莲花县 zglh|360826 泰和县 jxth|360827 遂川县 suichuan|370215 即墨区 jimo|370285 莱西市 laixi
370323 沂源县 yiyuan|371322 郯城县 tancheng|371724 巨野县 juye|410183 新密市 xinmi|410425 郏县 jiaxian|410225 兰考县 lankao
411221 渑池县 mianchi|420626 保康县 baokang|422823 巴东县 hbbd|421083 洪湖市 honghu|430527 绥宁县 hnsn|430424 衡东县 hengdong
433123 凤凰县 fhzf|433101 吉首市 jishou|440825 徐闻县 xuwen|440232 乳源瑶族自治县 ruyuan|440103 荔湾区 lw|450226 三江侗族自治县 sjx
451227 巴马瑶族自治县 bama|451425 天等县 tiandeng|469002 琼海市 qionghai|469001 五指山市 wzs|500233 忠县 zhongxian|500103 渝中区 cqyz
310106 静安区 jingan|310151 崇明区 shcm|110119 延庆区 bjyq|120115 宝坻区 tjbd"""
_AMBIGUOUS = """140302 城区 yqcq|140502 城区 jccq|441502 城区 swcq|140311 郊区 yqjq|340711 郊区 tljq|370402 市中区 zzszq
511102 市中区 lsszq|110112 通州区 bjtzh|320612 通州区 tongzhou"""
_PREFECTURES = """410500 安阳市 anyang|140500 晋城市 jcgov|330800 衢州市 qz|350300 莆田市 putian|341000 黄山市 huangshan|620600 武威市 gswuwei
320800 淮安市 huaian|431200 怀化市 huaihua|430600 岳阳市 yueyang|532300 楚雄彝族自治州 cxz|152200 兴安盟 xam|622900 临夏回族自治州 linxia"""
_PROVINCES = "140000 山西省 shanxi|520000 贵州省 guizhou|460000 海南省 hainan|340000 安徽省 ah|640000 宁夏回族自治区 nx"

_COUNTY_BUREAUS = ["教育局", "财政局", "自然资源局", "民政局", "司法局", "卫生健康局", "市场监督管理局", "发展和改革局", "交通运输局", "农业农村局", "公安局", "审计局", "水利局", "文化和旅游局", "应急管理局", "医疗保障局", "统计局", "住房和城乡建设局", "人力资源和社会保障局", "退役军人事务局", "林业局", "信访局", "城市管理局", "行政审批服务局"]
_OLD_BUREAUS = ["教育局", "财政局", "国土资源局", "民政局", "司法局", "卫生局", "工商行政管理局", "发展和改革局", "交通运输局", "农业局", "公安局", "审计局", "水利局", "统计局", "环境保护局"]
_PROVINCE_BUREAUS = (
    ["教育厅", "财政厅", "自然资源厅", "民政厅", "司法厅", "水利厅", "交通运输厅", "农业农村厅", "生态环境厅"]
)
_TOWNS = ["城关镇", "河口镇", "龙泉镇", "石桥镇", "太平镇", "白马乡", "双河乡", "青山镇", "柳林镇", "大营镇", "新店镇", "永安乡", "马家堡乡", "清水镇", "红旗镇", "东升乡", "三官镇", "向阳乡"]
_STREETS = ["新民街道", "文昌街道", "东风街道", "迎宾街道", "人民路街道", "滨河街道", "建设路街道"]
_ZONES = ["经济开发区", "高新技术产业开发区", "工业园区", "经济技术开发区", "循环经济产业园区"]


@dataclass(frozen=True, slots=True)
class Place:
    """A division: code, name, level and the middle part of its government's host name."""

    code: str
    name: str
    level: str
    host: str

    @property
    def domain(self) -> str:
        """The government's own host."""
        return f"www.{self.host}.gov.cn"

    @property
    def we(self) -> str:
        """How the place speaks of itself (我县, 全县)."""
        return (
            "旗"
            if self.name.endswith("旗")
            else "盟"
            if self.name.endswith("盟")
            else "州"
            if self.name.endswith("州")
            else {
                "province": "区" if self.name.endswith("自治区") else "省",
                "prefecture": "市",
            }.get(self.level, self.name[-1])
        )

    @property
    def government(self) -> str:
        """The place's own organ of government."""
        return "兴安盟行政公署" if self.name == "兴安盟" else f"{self.name}人民政府"


def _parse(text: str, level: str) -> list[Place]:
    places = []
    for item in text.replace("\n", "|").split("|"):
        code, name, host = item.split()
        places.append(Place(code, name, level, host))
    return places


COUNTIES = _parse(_COUNTIES, "county")
AMBIGUOUS = _parse(_AMBIGUOUS, "county")
PREFECTURES = _parse(_PREFECTURES, "prefecture")
PROVINCES = _parse(_PROVINCES, "province")
INSIDE_WORDS = tuple(
    p
    for p in COUNTIES
    if p.name
    in {
        "公安县",
        "民权县",
        "文成县",
        "和平县",
        "新和县",
        "开平市",
        "东方市",
        "平安区",
        "友谊县",
        "康乐县",
        "开化县",
        "德化县",
    }
)


@dataclass(frozen=True, slots=True)
class Organ:
    """Who publishes: full name, kind, scope, and what it calls itself."""

    name: str
    kind: str
    scope: str
    place: Place
    we: str


def choose_place(rng: random.Random) -> Place:
    """Mostly counties."""
    roll = rng.random()
    return rng.choice(COUNTIES if roll < 0.86 else PREFECTURES if roll < 0.95 else PROVINCES)


def choose_organ(rng: random.Random, place: Place, year: int, kind: str | None = None) -> Organ:
    """An organ of the place; the whole government most often."""
    if kind is None:
        kinds = ["government"] * 9 + ["government_office"] * 3 + ["department"] * 5
        if place.level == "county" and not place.name.endswith("旗"):
            kinds += ["township_government"] * 3 + ["subdistrict_office"] * 2 + ["zone_committee"]
        kind = rng.choice(kinds)
    return ORGANS[kind](rng, place, year)


def _government(_rng: random.Random, place: Place, _year: int) -> Organ:
    return Organ(place.government, "government", "aggregate", place, f"我{place.we}")


def _office(_rng: random.Random, place: Place, _year: int) -> Organ:
    if place.name == "兴安盟":
        return Organ("兴安盟行政公署办公室", "government_office", "single_organ", place, "我办")
    return Organ(
        f"{place.name}人民政府{'办公厅' if place.level == 'province' else '办公室'}",
        "government_office",
        "single_organ",
        place,
        "我办" if place.level != "province" else "我厅",
    )


def _department(rng: random.Random, place: Place, year: int) -> Organ:
    if place.level == "province":
        return Organ(
            place.name + rng.choice(_PROVINCE_BUREAUS), "department", "single_organ", place, "我厅"
        )
    return Organ(
        place.name + rng.choice(_COUNTY_BUREAUS if year >= 2019 else _OLD_BUREAUS),
        "department",
        "single_organ",
        place,
        "我局",
    )


def _town(rng: random.Random, place: Place, _year: int) -> Organ:
    town = rng.choice(_TOWNS)
    return Organ(
        f"{place.name}{town}人民政府", "township_government", "single_organ", place, f"我{town[-1]}"
    )


def _street(rng: random.Random, place: Place, _year: int) -> Organ:
    return Organ(
        f"{place.name}{rng.choice(_STREETS)}办事处",
        "subdistrict_office",
        "single_organ",
        place,
        "我街道",
    )


def _zone(rng: random.Random, place: Place, _year: int) -> Organ:
    return Organ(
        f"{place.name}{rng.choice(_ZONES)}管理委员会",
        "zone_committee",
        "single_organ",
        place,
        "我委",
    )


ORGANS = {
    "government": _government,
    "government_office": _office,
    "department": _department,
    "township_government": _town,
    "subdistrict_office": _street,
    "zone_committee": _zone,
}
