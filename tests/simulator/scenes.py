"""All scenes of the simulator: what is served, and what a crawl of it must end with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from crawler.demo.listing import Entry
from crawler.demo.server import Site
from crawler.demo.world import Division
from tests.simulator import families
from tests.simulator.columns import Plan, county, rows_of


@dataclass(slots=True, frozen=True, kw_only=True)
class Scene:
    """One simulated portal.

    ``outcome``: what it must end with. ``lost``: years of the government's own reports that
    cannot be had (and must be explained); all others must be found, each once.
    """

    id: str
    build: Callable[[Site, Plan], None]
    outcome: tuple[str, ...] = ("ok",)
    lost: frozenset[int] = frozenset()
    needs_browser: bool = False
    rows: dict[str, object] = field(default_factory=dict)
    """Arguments of ``rows_of``."""
    robots: str | None = None
    home: str = "/"
    """Where on its host the portal starts."""
    number: int = 0
    """Which county it is; set by ``numbered``."""

    @property
    def division(self) -> Division:
        return county(self.number)

    @property
    def plan(self) -> Plan:
        return Plan(division=self.division, rows=rows_of(self.division, **self.rows))  # type: ignore[arg-type]

    def site(self) -> Site:
        """Return the portal, ready to be served."""
        site = Site(self.division.code, robots=self.robots)
        self.build(site, self.plan)
        return site

    def whole(self) -> list[Entry]:
        """Return the government's own reports that a crawl can and must find."""
        return [e for e in self.plan.rows if e.kind == "whole" and e.year not in self.lost]


def numbered(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """Give each scene a county of its own."""
    return tuple(replace(scene, number=n) for n, scene in enumerate(scenes))


_FAMILIES: tuple[Scene, ...] = (
    Scene(id="P1", build=families.trs),
    Scene(id="P1-countPage", build=families.trs_count_page),
    Scene(id="P1-from-two", build=families.trs_from_two),
    Scene(id="P1-years", build=families.trs_year_folders),
    Scene(id="P1-organs", build=families.trs_by_organ),
    Scene(id="P2", build=families.kaipu),
    Scene(id="P2-json", build=families.kaipu_json),
    Scene(id="P3a", build=families.hanweb),
    Scene(id="P3a-page", build=families.hanweb_by_page),
    Scene(id="P3b", build=families.jpaas),
    Scene(id="P3c", build=families.hanweb_years),
    Scene(id="P4", build=families.vsb),
    Scene(id="P5", build=families.gkmlpt),
    Scene(id="P6", build=families.lonsun),
    Scene(id="P10", build=families.epoint),
    Scene(id="P10-json", build=families.epoint_json),
    Scene(id="P11", build=families.truecms),
    Scene(id="P12", build=families.query_list),
    *(Scene(id=name, build=families.plain(name)) for name in families._PLAIN),
    Scene(id="P8-class", build=families.class_without_pager),
    Scene(id="P13-forms", build=families.web_forms),
    Scene(id="P14", build=families.spa, needs_browser=True),
    Scene(id="P15-iframe", build=families.iframe),
    Scene(id="P15-frameset", build=families.frameset),
    Scene(id="P15-refresh", build=families.meta_refresh),
    Scene(id="P15-stubs", build=families.stub_chain),
)

FAMILIES = numbered(_FAMILIES)
