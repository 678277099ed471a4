"""``scrapy portals``: the registry of divisions and portals, listed, checked, shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from scrapy.commands import ScrapyCommand

from crawler.closed_pipe import until_nobody_listens
from pipelines.registry import Portal, Registry, load_registry, select_portals
from pipelines.registry.portals import why_no_column
from pipelines.vocabulary.errors import RegistryError, UsageError

_HELP = """\
list [FILE]  one line a portal: code, level, province, prefecture, name, home page, column
check [FILE] load the registry and check every row; says what is wrong and where
show CODE    one division: its place, former names, portal (a name does as well as a code)

FILE, like --portals, is a registry file of your own in place of the built-in one.

exit status: 0 all well, 1 a check failed, 2 wrong usage
"""


class Command(ScrapyCommand):
    """The registry on the command line."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own interface)

    def syntax(self) -> str:
        """Return how the arguments go."""
        return "[options] list [FILE] | check [FILE] | show CODE"

    def short_desc(self) -> str:
        """Return the line of ``scrapy -h``."""
        return "List, check or show the registry of government portals"

    def long_desc(self) -> str:
        """Return what ``scrapy portals -h`` says."""
        return "The registry: which governments there are and where their sites lie."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options and the list of actions to the help."""
        super().add_options(parser)
        parser.epilog = _HELP
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        group = parser.add_argument_group("portals")
        group.add_argument("--portals", metavar="FILE.csv", help="a registry file of your own")
        for level in ("province", "prefecture", "county"):
            group.add_argument(f"--{level}", metavar="NAMES", help=f"list: only these, by {level}")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what was asked; errors of usage go to standard error in one line."""
        places = {name: getattr(opts, name) for name in ("province", "prefecture", "county")}
        try:
            lines, self.exitcode = answer(args, opts.portals, places)
        except UsageError as error:
            sys.stderr.write(f"scrapy portals: {error}\n")
            self.exitcode = 2
            return
        with until_nobody_listens():
            print("\n".join(lines))


def answer(
    args: list[str], path: str | None, places: dict[str, str | None]
) -> tuple[list[str], int]:
    """Return the lines to print and the exit status.

    Raises:
        UsageError: no such action, file, place or code.
    """
    match args:
        case ["list", *files] if len(files) <= 1:
            portals = select_portals(load_registry(files[0] if files else path), **places)
            return [_row(portal) for portal in portals], 0
        case ["check", *files] if len(files) <= 1:
            return check(files[0] if files else path)
        case ["show", *words] if words:
            registry = load_registry(path)
            return list(show(registry, " ".join(words))), 0
        case ["show"]:
            raise UsageError("show what? Give a division code or name")
    raise UsageError(f"unknown action {' '.join(args)!r}", ["list", "check", "show CODE"])


def _row(portal: Portal) -> str:
    where = (portal.code, portal.level, portal.province, portal.prefecture)
    return "\t".join((*where, portal.name, portal.home_url, portal.column_url))


def check(path: str | None) -> tuple[list[str], int]:
    """Check a registry file: errors cost status 1, remarks do not."""
    try:
        registry = load_registry(path)
    except RegistryError as error:
        return [f"error: {line}" for line in str(error).splitlines()], 1
    lines = [f"remark: {remark}" for remark in remarks(registry, own=path is not None)]
    levels = [p.level for p in registry.portals]
    counts = ", ".join(f"{levels.count(name)} {name}" for name in dict.fromkeys(levels))
    known = sum(bool(p.column_url) for p in registry.portals)
    lines.append(f"ok: {len(levels)} portals ({counts}), {known} with a known column")
    return lines, 0


def remarks(registry: Registry, *, own: bool) -> Iterator[str]:
    """Yield what is worth a look in a registry that is otherwise right.

    Args:
        registry: the registry.
        own: whether it came from a user's file, whose rows may differ from the built-in table.
    """
    for portal in registry.portals:
        if portal.column_url and (why := why_no_column(portal.column_url)):
            yield f"{portal.where}: the column of {portal.name} is {why}: {portal.column_url}"
    if not own:
        for division in registry.divisions:
            if registry.portal(division.code) is None:
                yield f"no portal known: {registry.describe(division.code)}"
        return
    table = load_registry()
    for portal in registry.portals:
        if not table.knows(portal.code):
            yield f"{portal.where}: code {portal.code} is in no table ({portal.name})"
        elif (known := table.division(portal.code)).name != portal.place:
            yield f"{portal.where}: {portal.code} is {known.name}, the row says {portal.place}"


def show(registry: Registry, text: str) -> Iterator[str]:
    """Yield what is known of one division.

    Raises:
        UsageError: unknown or ambiguous.
    """
    division = registry.find(text)
    yield f"code        {division.code}"
    yield f"name        {division.name}"
    yield f"level       {division.level}"
    yield f"lies in     {' '.join(n for n in registry.path(division.code) if n)}"
    for change in registry.changes:
        if division.code in (change.code, change.former_code):
            yield (
                f"{change.date:<11} {change.former_name} ({change.former_code}) -> "
                f"{change.name} ({change.code}), {change.kind}"
            )
    below = sum(d.parent_code == division.code for d in registry.divisions)
    if below:
        yield f"holds       {below} divisions"
    portal = registry.portal(division.code)
    yield f"portal      {portal.name if portal else 'none known'}"
    if portal:
        yield f"home        {portal.home_url}"
        yield f"column      {portal.column_url or 'found from the home page'}"
