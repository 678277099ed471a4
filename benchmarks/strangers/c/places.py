"""Real divisions (from the shared list of codes) and the organs that publish reports in them."""

from __future__ import annotations

import random
from dataclasses import dataclass

_TABLE = """\
510824 苍溪县 county 广元市 cangxi
431230 通道侗族自治县 county 怀化市 tongdao
530624 大关县 county 昭通市 daguan
530628 彝良县 county 昭通市 yiliang
510812 朝天区 county 广元市 chaotian
440307 龙岗区 county 深圳市 lg
341125 定远县 county 滁州市 dingyuan
341322 萧县 county 宿州市 xiaoxian
320831 金湖县 county 淮安市 jinhu
330326 平阳县 county 温州市 pingyang
330782 义乌市 county 金华市 yiwu
350481 永安市 county 三明市 yongan
360733 会昌县 county 赣州市 huichang
370881 曲阜市 county 济宁市 qufu
371326 平邑县 county 临沂市 pingyi
410122 中牟县 county 郑州市 zhongmu
411721 西平县 county 驻马店市 xiping
420526 兴山县 county 宜昌市 xingshan
420683 枣阳市 county 襄阳市 zaoyang
430524 隆回县 county 邵阳市 longhui
440783 开平市 county 江门市 kaiping
441422 大埔县 county 梅州市 dabu
450332 恭城瑶族自治县 county 桂林市 gongcheng
460107 琼山区 county 海口市 qiongshan
500154 开州区 county 重庆市 kaizhou
500243 彭水苗族土家族自治县 county 重庆市 pengshui
510322 富顺县 county 自贡市 fushun
511323 蓬安县 county 南充市 pengan
520115 观山湖区 county 贵阳市 guanshanhu
520382 仁怀市 county 遵义市 renhuai
522631 黎平县 county 黔东南苗族侗族自治州 liping
540121 林周县 county 拉萨市 linzhou
610827 米脂县 county 榆林市 mizhi
611021 洛南县 county 商洛市 luonan
620121 永登县 county 兰州市 yongdeng
620921 金塔县 county 酒泉市 jinta
622922 康乐县 county 临夏回族自治州 kangle
630121 大通回族土族自治县 county 西宁市 datong
630222 民和回族土族自治县 county 海东市 minhe
640122 贺兰县 county 银川市 helan
640423 隆德县 county 固原市 longde
650121 乌鲁木齐县 county 乌鲁木齐市 urumqix
652324 玛纳斯县 county 昌吉回族自治州 manas
654023 霍城县 county 伊犁哈萨克自治州 huocheng
110116 怀柔区 county 北京市 huairou
120114 武清区 county 天津市 wuqing
130125 行唐县 county 石家庄市 xingtang
130634 曲阳县 county 保定市 quyang
140121 清徐县 county 太原市 qingxu
140428 长子县 county 长治市 zhangzi
141124 临县 county 吕梁市 linxian
150121 土默特左旗 county 呼和浩特市 tumotezuoqi
150429 宁城县 county 赤峰市 ningcheng
210112 浑南区 county 沈阳市 hunnan
210881 盖州市 county 营口市 gaizhou
211321 朝阳县 county 朝阳市 chaoyangx
220122 农安县 county 长春市 nongan
220581 梅河口市 county 通化市 meihekou
230110 香坊区 county 哈尔滨市 xiangfang
230281 讷河市 county 齐齐哈尔市 nehe
310120 奉贤区 county 上海市 fengxian
320583 昆山市 county 苏州市 ks
330108 滨江区 county 杭州市 hhtz
330702 婺城区 county 金华市 wucheng
340103 庐阳区 county 合肥市 luyang
350203 思明区 county 厦门市 siming
370102 历下区 county 济南市 lixia
410105 金水区 county 郑州市 jinshui
420102 江岸区 county 武汉市 jiangan
430102 芙蓉区 county 长沙市 furong
440106 天河区 county 广州市 thnet
510104 锦江区 county 成都市 cdjinjiang
510800 广元市 prefecture 四川省 cngy
330700 金华市 prefecture 浙江省 jinhua
371300 临沂市 prefecture 山东省 linyi
421200 咸宁市 prefecture 湖北省 xianning
430500 邵阳市 prefecture 湖南省 shaoyang
441400 梅州市 prefecture 广东省 meizhou
520300 遵义市 prefecture 贵州省 zunyi
532500 红河哈尼族彝族自治州 prefecture 云南省 hh
610800 榆林市 prefecture 陕西省 yl
622900 临夏回族自治州 prefecture 甘肃省 linxia
150400 赤峰市 prefecture 内蒙古自治区 chifeng
511300 南充市 prefecture 四川省 nanchong
360700 赣州市 prefecture 江西省 ganzhou
510000 四川省 province - sc
330000 浙江省 province - zj
420000 湖北省 province - hubei
610000 陕西省 province - shaanxi
150000 内蒙古自治区 province - nmg
450000 广西壮族自治区 province - gxzf
220000 吉林省 province - jl
500000 重庆市 province - cq
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A division: code, name, level, the division above it, and the label of its host."""

    code: str
    name: str
    level: str
    parent: str
    host: str

    @property
    def whole(self) -> str:
        """How its own offices call the whole area (全县, 全市 …)."""
        return "全" + self.kind[-1]

    @property
    def kind(self) -> str:
        """县, 区, 市, 旗, 州, 省 or 自治区."""
        return "自治区" if self.name.endswith("自治区") else self.name[-1]


PLACES: tuple[Place, ...] = tuple(Place(*line.split()) for line in _TABLE.splitlines())


@dataclass(frozen=True, slots=True)
class Organ:
    """A publisher: full name from its own division down, the short form, the kind, the scope of its figures."""

    place: Place
    full: str
    stem: str
    short: str
    kind: str
    scope: str

    @property
    def we(self) -> str:
        """How the organ calls itself."""
        return {"government": "我" + self.place.kind[-1], "department": "我" + self.short[-1],
                "township_government": "我" + self.stem[-1], "government_office": "我办",
                "subdistrict_office": "本街道", "zone_committee": "管委会"}[self.kind]


_DEPARTMENTS = {
    "county": ("财政局", "教育局", "水利局", "司法局", "民政局", "应急管理局", "统计局", "审计局", "市场监督管理局", "住房和城乡建设局",
               "卫生健康局", "农业农村局", "交通运输局", "文化和旅游局", "发展和改革局", "医疗保障局", "退役军人事务局", "林业局", "自然资源局"),
    "prefecture": ("财政局", "教育局", "水利局", "司法局", "民政局", "应急管理局", "统计局", "审计局", "市场监督管理局", "生态环境局",
                   "卫生健康委员会", "发展和改革委员会", "交通运输局", "公安局"),
    "province": ("财政厅", "教育厅", "水利厅", "司法厅", "民政厅", "应急管理厅", "统计局", "审计厅", "自然资源厅", "交通运输厅"),
}
_TOWNS = ("城关镇", "新民镇", "长安镇", "和平镇", "太平镇", "红旗乡", "永兴镇", "石桥镇", "双河镇", "龙泉镇", "青山乡", "东坝镇")
_STREETS = ("北京路街道", "上海路街道", "河南路街道", "和平街道", "东风街道", "朝阳街道", "南湖街道", "长江路街道")
_ZONES = ("经济开发区", "高新技术产业开发区", "工业园区", "现代农业示范区")


def draw_place(rng: random.Random) -> Place:
    """A place, counties far more often than what is above them."""
    level = rng.choices(("county", "prefecture", "province"), (82, 13, 5))[0]
    return rng.choice([place for place in PLACES if place.level == level])


def draw_organ(rng: random.Random, place: Place) -> Organ:
    """An organ of the place."""
    name = place.name
    kinds = ["government", "government_office", "department"]
    weights = [34, 10, 34]
    if place.level == "county":
        kinds += ["township_government", "subdistrict_office", "zone_committee"]
        weights += [14, 6, 4]
    kind = rng.choices(kinds, weights)[0]
    if kind == "government":
        return Organ(place, name + "人民政府", name, place.kind + "政府", kind, "aggregate")
    if kind == "government_office":
        office = "人民政府办公厅" if place.level == "province" else "人民政府办公室"
        return Organ(place, name + office, name + office, place.kind + "政府办", kind, "single_organ")
    if kind == "department":
        short = rng.choice(_DEPARTMENTS[place.level])
        return Organ(place, name + short, name + short, place.kind + short, kind, "single_organ")
    if kind == "township_government":
        town = rng.choice(_TOWNS)
        return Organ(place, name + town + "人民政府", name + town, town, kind, "single_organ")
    if kind == "subdistrict_office":
        street = rng.choice(_STREETS)
        return Organ(place, name + street + "办事处", name + street + "办事处", street, kind, "single_organ")
    zone = rng.choice(_ZONES)
    full = name + zone + "管理委员会"
    return Organ(place, full, full, zone + "管委会", kind, "single_organ")


def same_publisher(one: str | None, other: str | None) -> bool:
    """Whether two names are one organ: the division above may stand in front of either."""
    if one is None or other is None:
        return one is other
    for place in PLACES:
        for long, short in ((one, other), (other, one)):
            if place.name in short and long == place.parent + short:
                return True
    return one == other
