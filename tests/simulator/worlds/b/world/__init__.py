"""Thirty fictional government portals on loopback with known truth."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from .dynamic_portals import DYNAMIC
from .file_portals import FILES
from .kit import Kit
from .model import Portal, Request, Truth
from .net import Host, Net
from .static_portals import STATIC

__all__ = ["Portal", "Request", "Truth", "World"]

TODAY = "2026-11-30"
# builder, code, name, level, prefecture, skin, page tags present
PLACES: tuple[tuple[str, str, str, str, str, int, bool], ...] = (
    ("qingwu", "990121", "青梧县", "county", "栖川市", 0, True), ("caodu", "990122", "漕渡县", "county", "栖川市", 1, True), ("luwan", "990123", "鹭湾县", "county", "栖川市", 2, False),
    ("shixian", "990124", "石藓县", "county", "栖川市", 0, True), ("yuncen", "990125", "云岑县", "county", "栖川市", 1, True), ("yanchi", "990126", "砚池县", "county", "栖川市", 0, False),
    ("wuling", "990127", "梧陵县", "county", "栖川市", 1, True), ("huagou", "990128", "桦沟县", "county", "栖川市", 2, True), ("luping", "990129", "潞屏县", "county", "栖川市", 0, True),
    ("tingxi", "990130", "汀溪县", "county", "栖川市", 1, False), ("tanghe", "990131", "棠荷县", "county", "栖川市", 0, True), ("jiping", "990132", "蓟坪县", "county", "栖川市", 1, True),
    ("yancha", "990133", "雁汊县", "county", "栖川市", 2, True), ("yuanzhi", "990134", "沅芷县", "county", "栖川市", 0, True), ("digang", "990135", "荻港县", "county", "栖川市", 1, True),
    ("bucheng", "990136", "埠城县", "county", "栖川市", 0, True), ("lize", "990137", "笠泽县", "county", "栖川市", 1, True), ("jishan", "990138", "嵇山县", "county", "栖川市", 2, False),
    ("pinglu", "990139", "屏麓县", "county", "栖川市", 0, True), ("luting", "990181", "芦汀市", "county", "栖川市", 1, True),
    ("xiuyang", "990200", "岫阳市", "prefecture", "岫阳市", 0, True), ("zheshui", "990202", "柘水区", "county", "岫阳市", 1, True), ("jianbei", "990203", "涧北区", "county", "岫阳市", 0, True),
    ("panling", "990204", "磐岭区", "county", "岫阳市", 1, True), ("jiazhou", "990205", "葭州区", "county", "岫阳市", 1, True),
    ("meichuan", "990300", "湄川市", "prefecture", "湄川市", 0, True), ("quzhu", "990321", "曲渚县", "county", "湄川市", 1, True), ("weidu", "990322", "苇渡县", "county", "湄川市", 0, False),
    ("yuman", "990323", "榆幔县", "county", "湄川市", 2, True), ("lancha", "990324", "澜汊县", "county", "湄川市", 1, True),
)


class World:
    """Builds the portals and serves them while the context lasts."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        self.portals: list[Portal] = []
        self.log: list[Request] = []
        self._net: Net | None = None

    def __enter__(self) -> World:
        net = Net(self.log)
        self._net = net
        numbers = itertools.count(1)

        def new_host() -> Host:
            n = next(numbers)
            return net.host(f"127.2.{n // 200}.{n % 200 + 1}")

        builders: dict[str, Callable[[Kit], Portal]] = {**STATIC, **DYNAMIC, **FILES}
        try:
            for key, code, name, level, prefecture, skin, meta in PLACES:
                kit = Kit(net, new_host, self.seed, code, name, level, prefecture, skin=skin, meta=meta, neighbours=self._neighbours)
                self.portals.append(builders[key](kit))
            net.start()
        except BaseException:
            net.stop()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        if self._net is not None:
            self._net.stop()

    def _neighbours(self, code: str) -> list[tuple[str, str]]:
        """Names and homes of two other portals, for the foot of a page."""
        codes = [p.code for p in self.portals]
        if code not in codes:
            return []
        i = codes.index(code)
        return [(p.name, p.home_url) for p in (self.portals[(i + 1) % len(codes)], self.portals[(i + 7) % len(codes)])]
