"""All scenes of the simulator: what is served, and what a crawl of it must end with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from crawler.demo.listing import Entry
from crawler.demo.server import Site
from crawler.demo.world import Division
from pipelines.documents.office.soffice import soffice_path
from tests.simulator import beside, families, oddities, presses, traps, ways
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
    may_miss: bool = False
    """What is listed moves under the crawl: it may miss reports, if it says that it did."""
    needs_browser: bool = False
    rows: dict[str, object] = field(default_factory=lambda: {"office": True})
    """Arguments of ``rows_of``."""
    robots: str | None = None
    rows_change: Callable[[Sequence[Entry]], Sequence[Entry]] = tuple
    """What a trap does to the rows."""
    home: str = "/"
    """Where on its host the portal starts."""
    flip: bool = False
    """The registry names the other scheme than the host speaks."""
    known: bool = False
    """The registry names its column."""
    evidence: str = ""
    """What the column must have been found by."""
    needs_office: bool = False
    """Its files are made and read by LibreOffice."""
    place: Division | None = None
    """A division of its own choice, where city and neighbours matter."""
    number: int = 0
    """Which county it is; set by ``numbered``."""

    @property
    def division(self) -> Division:
        return self.place or county(self.number)

    @property
    def plan(self) -> Plan:
        return Plan(division=self.division, rows=rows_of(self.division, **self.rows))  # type: ignore[arg-type]

    @property
    def served(self) -> Sequence[Entry]:
        """What the portal really lists: some traps change the rows of the plan."""
        return self.rows_change(self.plan.rows)

    def site(self) -> Site:
        """Return the portal, ready to be served."""
        site = Site(self.division.code, robots=self.robots)
        self.build(site, replace(self.plan, rows=self.served))
        return site

    def own(self) -> list[Entry]:
        """Return the reports of the government and its office that a crawl can and must find."""
        kinds = ("whole", "office")
        return [e for e in self.plan.rows if e.kind in kinds and e.year not in self.lost]

    @property
    def forbidden(self) -> tuple[str, ...]:
        """What its robots.txt tells everybody to stay away from."""
        return tuple(re.findall(r"(?m)^Disallow: (/\S*)", self.robots or ""))

    @property
    def refuses(self) -> bool:
        """Tell whether the portal as a whole declines to be read."""
        return set(self.outcome) <= {"blocked", "robots", "unreachable", "moved"}


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
    Scene(id="P3c", build=families.hanweb_years, rows={}),
    Scene(id="P3c-search", build=families.hanweb_search),
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
    Scene(id="P14-bundle", build=families.spa_bundle, needs_browser=True),
    Scene(id="P15-iframe", build=families.iframe),
    Scene(id="P15-frameset", build=families.frameset),
    Scene(id="P15-refresh", build=families.meta_refresh),
    Scene(id="P15-stubs", build=families.stub_chain),
)

FAMILIES = numbered(_FAMILIES)

_FEW = {"first_year": 2021, "organs": False}
"""Five reports are enough where the trap is elsewhere."""


def _trap(id: str, build: Callable[[Site, Plan], None], *outcome: str, **more: object) -> Scene:  # noqa: A002 - as in the specification
    rows = {**_FEW, **more.pop("rows", {})}  # type: ignore[dict-item]
    return Scene(id=id, build=build, outcome=outcome or ("ok",), rows=rows, **more)  # type: ignore[arg-type]


_ALL = {"first_year": 2008, "organs": True, "office": True}
_NONE = frozenset(range(2021, 2026))
_SOFT: dict[str, Callable[[Site, Plan], None]] = {
    "P1": families.trs,
    "P2": families.kaipu,
    "P2-json": families.kaipu_json,
    "P3a": families.hanweb,
    "P3b": families.jpaas,
    "P4": families.vsb,
    "P5": families.gkmlpt,
    "P6": families.lonsun,
    "P7": families.plain("P7"),
    "P8": families.plain("P8-bare"),
    "P9": families.plain("P9-tree"),
    "P10": families.epoint_json,
    "P11": families.truecms,
    "P12": families.query_list,
}
_TRAPS: tuple[Scene, ...] = (
    _trap("T1", traps.challenged(412, ["a"]), needs_browser=True),
    _trap("T2", traps.challenged(521, ["a", "b"]), needs_browser=True),
    _trap("T3", traps.refused(412), "blocked", lost=_NONE),
    _trap("T4", traps.challenged(200, ["a"]), needs_browser=True),
    _trap("T4-shut", traps.stub_for_ever, "blocked", lost=_NONE, needs_browser=True),
    _trap("T5-468", traps.refused(468), "blocked", lost=_NONE),
    _trap("T5-405", traps.refused(405), "blocked", lost=_NONE),
    _trap("T5-422", traps.refused(422), "blocked", lost=_NONE),
    _trap("T6", traps.no_agent),
    _trap("T7", traps.captcha, "file_unreadable", lost=_NONE),
    _trap("T8", families.trs, "robots", lost=_NONE, robots="User-agent: *\nDisallow: /\n"),
    _trap(
        "T8-column",
        families.trs,
        "robots",
        lost=_NONE,
        robots="User-agent: *\nDisallow: /zwgk/zfxxgk/zfxxgknb/\n",
    ),
    _trap("T8-aside", families.trs, robots="User-agent: *\nDisallow: /xw/\nCrawl-delay: 0.1\n"),
    _trap("T9", traps.robots_page),
    _trap("T10", families.trs, flip=True),
    _trap("T11", traps.only_https, flip=True),
    _trap("T12", traps.over_tls(families.trs)),
    _trap("T12-script", traps.over_tls(families.spa), needs_browser=True),
    _trap("T13", traps.file_host),
    _trap("T14", traps.slow),
    _trap("T15", traps.flaky),
    _trap("T16", traps.soft_404, "incomplete", lost=frozenset({2023})),
    _trap("T17", traps.column_goes_home, "no_column_found", lost=_NONE),
    _trap("T18", traps.home_everywhere, "no_column_found", lost=_NONE),
    _trap("T18-column", traps.home_for_unknown),
    _trap("T19", traps.column_of_nothing, "empty_column", lost=_NONE),
    _trap("T20", traps.column_is_an_article, lost=_NONE - {2025}),
    _trap("T21", traps.calendar),
    _trap("T22", traps.noisy_links),
    _trap("T23", traps.facets),
    _trap("T24", traps.loop, "no_column_found", lost=_NONE),
    _trap("T25", families.trs, rows={"organs": True}),
    _trap("T26", families.trs, rows={"organs": True, "office": True}),
    _trap("T27", families.trs, rows_change=traps.reissued),
    _trap("T28", traps.dates_differ),
    _trap("T29", traps.year_in_title_only),
    _trap("T30", traps.misfiled),
    _trap("T31", families.trs, rows={"lookalikes": True}),
    _trap("T32", families.trs, rows_change=traps.with_twins),
    _trap("T33", traps.pdf_linked),
    _trap("T34", traps.pdf_viewer),
    _trap("T35", traps.pdf_framed),
    _trap("T35-book", traps.flip_book),
    _trap("T36", traps.pictures, "file_unreadable", lost=_NONE),
    _trap("T37", traps.zipped),
    _trap("T38", traps.wps, "file_unreadable", lost=_NONE),
    _trap("T38-word", traps.legacy(".wps"), needs_office=True),
    _trap("T39", traps.ofd),
    _trap("T40", traps.legacy(".doc"), needs_office=True),
    _trap("T41", traps.html_for_file, "file_unreadable", lost=_NONE),
    _trap("T42", traps.encoded("gb18030", "text/html; charset=utf-8")),
    _trap("T43", traps.encoded("utf-8", "text/html; charset=gb2312")),
    _trap("T43-meta", traps.encoded("utf-8", "text/html", meta='<meta charset="gb2312">')),
    _trap("T44", traps.encoded("gbk", None)),
    _trap("T45", traps.bom_xml),
    _trap("T46", traps.on_click),
    _trap("T47", traps.data_url),
    _trap("T48", traps.base64_pager, rows={"organs": True}),
    _trap("T49", traps.schemeless),
    _trap("T50", families.vsb, rows={"organs": True}),
    _trap("T51", traps.odd_spelling),
    _trap("T52", traps.clone_in_footer, "no_column_found", lost=_NONE),
    _trap("T53", traps.clone_in_print, "no_column_found", lost=_NONE),
    _trap(
        "T54",
        families.trs,
        "ok",
        "incomplete",
        lost=frozenset({2023}),
        rows_change=traps.hijacked,
    ),
    _trap("T55", traps.namesake, "no_column_found", "empty_column", lost=_NONE),
    _trap("T56", traps.on_city_host, home="/qingyu/"),
    _trap("T57", traps.moved, "moved", lost=_NONE),
    _trap("T58", traps.cites_old_host, rows={"organs": True}),
    _trap("T59", traps.untagged),
    _trap("T59-null", traps.null_tagged),
    _trap("T60", traps.parent_named),
    _trap("twins", traps.twins),
    # Eighty rows are four full pages; one more makes five, and every number shifts by one.
    _trap(
        "P4-growing",
        families.vsb_growing,
        "ok",
        "incomplete",
        may_miss=True,
        rows={"organs": True, "first_year": 2008},
    ),
    *(
        _trap(
            f"soft-{name}",
            traps.softly(build),
            rows={"organs": True, "office": True},
            rows_change=traps.soft_rows,
        )
        for name, build in _SOFT.items()
    ),
)


def _possible(scenes: Sequence[Scene]) -> list[Scene]:
    """Leave out what cannot be made on this machine."""
    return [s for s in scenes if soffice_path() or not s.needs_office]


TRAPS = numbered(_possible(_TRAPS))

# -- ways to the column -------------------------------------------------------------------------------

_WITH_OFFICE = {"office": True}


def _way(id: str, build: Callable[[Site, Plan], None], evidence: str, **more: object) -> Scene:  # noqa: A002 - as in the specification
    return _trap(id, build, evidence=evidence, **{"rows": _WITH_OFFICE, **more})


_OF_CITY = Division("991311", "鹿洲县", "county", "梧屿市", 0.4)
_NEIGHBOUR = Division("991312", "雁洲县", "county", "梧屿市", 0.4)
_CITY = Division("991400", "桐屿市", "prefecture", "", 1.0)
_BELOW = Division("991411", "桐坪县", "county", "桐屿市", 0.4)
_GAPPED = Division("991412", "桐川县", "county", "桐屿市", 0.4)
_BELOW_ROWS = {**_FEW, **_WITH_OFFICE, "lookalikes": False}


def _below(division: Division) -> Plan:
    return Plan(division=division, rows=rows_of(division, **_BELOW_ROWS))  # type: ignore[arg-type]


_city = ways.city_of(partial(_below, _BELOW), partial(_below, _GAPPED))
_WAYS: tuple[Scene, ...] = (
    _way("H1-alt", ways.image_named, "link text 政府信息公开年报"),
    _way("H1-title", ways.title_named, "link text 政府信息公开年报"),
    _way("H1-onclick", ways.script_named, "link text 政府信息公开年报"),
    _way("H2", ways.sibling, "link text 年报"),
    _way("H3", ways.two_hops, "link text 政府信息公开年报"),
    _way("H4", ways.path_named, "path names 年报"),
    _way("H5-lonsun", ways.lonsun_rule, "lonsun keeps it there"),
    _way("H5-gkmlpt", ways.gkmlpt_rule, "gkmlpt keeps it there"),
    _way("H5-kaipu", ways.kaipu_rule, "kaipu keeps it there"),
    _way("H5-vsb", ways.vsb_rule, "vsb keeps it there"),
    _way("H5-openness", ways.openness_rule, "openness keeps it there"),
    _way("H6", ways.tag_named, "page is named 政府信息公开年报", lost=_NONE - {2025}, rows={}),
    _way("H7-breadcrumb", ways.breadcrumb, "the breadcrumb of a report"),
    _way("H7-sentence", ways.sentence, "printed in a report"),
    _way("H7-folder", ways.folder, "the folder of a report"),
    _way("H8-map", ways.site_map, "link text 政府信息公开年报"),
    _way("H8-tree", ways.tree_json, "link text 政府信息公开年报"),
    _way("H8-tree-frame", ways.tree_frame, "link text 政府信息公开年报"),
    _way("H9-neighbour", ways.neighbour, "registry", place=_NEIGHBOUR, known=True),
    _way("H9", ways.like_its_neighbour, "where portals of the same city keep it", place=_OF_CITY),
    _way("H10-city", _city, "registry", place=_CITY, known=True),
    replace(
        _way("H10", ways.without_column, "", place=_BELOW, rows=_BELOW_ROWS),
        outcome=("incomplete",),
    ),
    _way("H10-gaps", ways.with_gaps, "", place=_GAPPED, rows=_BELOW_ROWS),
    _way("H11", ways.year_select, "link text 政府信息公开年报"),
    _way("H12", ways.drawn, "link text 政府信息公开年报", needs_browser=True),
    _way("H13", ways.guessed, "a usual address"),
    _way("H14", ways.searched, "found by the portal's own search"),
    _way("organ", ways.named_by_organ, "link text 年度报告", rows={"organs": True}),
    _way("unlinked-P7", ways.openness_unlinked, "", rows=_ALL),
    _way("unlinked-P8", ways.slug_unlinked, "", rows=_ALL),
    _way("unlinked-P9", ways.number_unlinked, "", rows=_ALL),
    *(
        _way(f"odd-{name}", build, "", rows={})
        for name, build in (
            ("options", oddities.options),
            ("years", oddities.years_alone),
            ("cut", oddities.cut_titles),
            ("beside", oddities.beside),
            ("base", oddities.wrong_base),
            ("refresh", oddities.refresh_chain),
            ("more", oddities.more_of_a_block),
            ("files", oddities.files_alone),
            ("splash", oddities.splash),
            ("bom", oddities.bom_and_header),
        )
    ),
    *(
        _way(f"odd-{name}", build, "", rows=_ALL)
        for name, build in (("gbk", oddities.jpage_in_gbk), ("submit", oddities.submitted))
    ),
    *(
        _way(f"odd-{name}", build, "", rows={}, needs_browser=True)
        for name, build in (
            ("textarea", oddities.textarea),
            ("script", oddities.script_template),
            ("template", oddities.template),
            ("island", oddities.island),
            ("tabs", oddities.year_tabs),
            ("ids", oddities.rows_by_id),
        )
    ),
    *(
        _way(f"press-{name}", build, "", rows=_ALL, needs_browser=True)
        for name, build in (
            ("more", presses.more_until_said),
            ("more-stays", presses.more_for_ever),
            ("pager", presses.drawn_pager),
            ("scroll", presses.scrolled),
            ("alert", presses.alerted),
            ("form", presses.posted_form),
            ("bound", presses.bound),
        )
    ),
    *(
        replace(
            _way(f"press-{name}", build, "", rows=_ALL, needs_browser=True),
            outcome=(outcome,),
            may_miss=True,
        )
        for name, build, outcome in (
            ("again", presses.more_again, "paging_not_understood"),
            ("busy", presses.more_busy, "incomplete"),
            ("broken", presses.more_broken, "incomplete"),
        )
    ),
    *(
        replace(
            _way(f"stop-{name}", build, "", rows=_ALL),
            outcome=("paging_not_understood",),
            may_miss=True,
        )
        for name, build in (
            ("more", ways.more_button),
            ("news", ways.news_next),
            ("total", ways.short_of_total),
        )
    ),
)
WAYS = numbered(_WAYS)
"""One scene for each kind of evidence that can lead to the column, and for each stop rule."""

# -- what stands beside a list --------------------------------------------------------------------

_OLDER = frozenset({2021, 2022, 2023})
BESIDE = numbered(
    (
        _trap("beside-past-years", beside.past_years),
        _trap("beside-platform", beside.on_the_landing_page),
        _trap("beside-span", beside.span_of_years),
        _trap("beside-archive", beside.archive_not_allowed, "incomplete", lost=_OLDER),
        _trap("beside-select", beside.dead_select, "incomplete", lost=_OLDER),
        _trap("beside-void", beside.rows_without_address, "incomplete", lost=_OLDER),
        _trap("beside-office", beside.office_apart, rows=_WITH_OFFICE),
        _trap("beside-departments", beside.office_among_departments, rows=_WITH_OFFICE),
        _trap("beside-stale", beside.stale, "incomplete", lost=frozenset({2024, 2025})),
        _trap("beside-prose", beside.prose_by_year, rows={"first_year": 2014, "lookalikes": False}),
        _trap("beside-numbers", beside.bare_numbers, rows=_ALL),
        _trap("beside-cursor", beside.by_cursor, needs_browser=True, rows=_ALL),
    )
)
"""Columns whose first list is not all there is: followed, or told of; never called ok for less."""
