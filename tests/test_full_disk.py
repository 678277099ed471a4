"""A whole crawl meets a full disk and a read-only folder: told, and nothing lost."""

from __future__ import annotations

import re
import subprocess

import pytest

from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from tests.crash import NO_BROWSER, Reader, dataset, finished, lasting, scrapy
from tests.disks import mounted
from tests.effort import LAST_RESORT


class World:
    """Two portals on loopback, and what an undisturbed crawl makes of them."""

    def __init__(self, folder, server):
        self.server = server
        self.registry = write_registry(folder / "portals.csv", server.base)
        self.crawl(folder / "calm")
        self.calm = lasting(dataset(folder / "calm"))

    def start(self, output, *more):
        return scrapy(
            *("crawl", "county_reports", "-a", f"portals={self.registry}"),
            *("-a", f"code={','.join(NO_BROWSER)}", *more),
            output=output,
        )

    def crawl(self, output, *more):
        finished(self.start(output, *more))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with WorldServer([portal.site() for portal in PORTALS]) as server:
        yield World(tmp_path_factory.mktemp("world"), server)


@pytest.mark.parametrize(
    "left_kb",
    [100, pytest.param(500, marks=pytest.mark.slow("as 100, with the disk full a little later"))],
)
def test_a_crawl_into_a_full_disk_says_so_and_the_next_with_room_completes(
    world, tmp_path, left_kb
):
    with mounted(tmp_path / "disk", "size=24m") as disk:
        output = disk / "output"
        world.crawl(output, "-a", "years=2023")
        yesterday = {path: path.read_bytes() for path in output.glob("reports/*.jsonl")}
        assert 0 < sum(map(len, map(bytes.splitlines, yesterday.values()))) < len(world.calm)
        fill(disk / "ballast", left_kb << 10)
        reader = Reader()
        reader.output = output
        reader.start()
        crawl = world.start(output)
        said, _ = crawl.communicate(timeout=LAST_RESORT)
        reader.go_on = False
        reader.join()
        assert not reader.broken, reader.broken[:3]
        assert reader.looks
        assert crawl.returncode == 1, said
        assert re.search("No space left|disk is full", said), said
        assert "Traceback" not in said, said
        for path, before in yesterday.items():
            # One province may be written and the next not: each is whole, old or new.
            assert path.read_bytes() == before or lasting(dataset(output)) == world.calm
        (disk / "ballast").unlink()
        world.crawl(output)
        assert lasting(dataset(output)) == world.calm
        assert not [path for path in output.rglob(".*.part") if "exports" not in path.parts]


def fill(ballast, left):
    """Fill a disk but for some bytes."""
    free = subprocess.run(
        ["df", "--output=avail", "-B1", str(ballast.parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    ballast.write_bytes(b"\0" * (int(free.stdout.split()[1]) - left))


def test_a_crawl_into_a_read_only_folder_is_one_line_before_the_first_request(world, tmp_path):
    with mounted(tmp_path / "disk", "size=24m") as disk:
        output = disk / "output"
        world.crawl(output)
        before = dataset(output)
        asked = len(world.server.log)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        crawl = world.start(output)
        said, _ = crawl.communicate(timeout=LAST_RESORT)
        assert crawl.returncode == 1, said
        (line,) = [x for x in said.splitlines() if x.startswith("scrapy crawl:")]
        assert "Read-only file system" in line
        assert "Traceback" not in said
        assert len(world.server.log) == asked
        assert dataset(output) == before
