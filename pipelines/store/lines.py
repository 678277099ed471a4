"""The lines of a dataset file: read one after the other, or by the report they are about."""

from __future__ import annotations

import json
import mmap
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipelines.store.identity_of_content import Record, content_key
from pipelines.vocabulary.errors import StoreError

_ID = re.compile(rb'\{"report_id":("[^"\\\\]*")')


def file_of(output: Path, folder: str, province: str) -> Path:
    """Return where a province's lines lie: of ``reports``, ``revisions`` or ``findings``.

    Findings are those that rest on several reports (rules RX-…).
    """
    return output / folder / f"{province}.jsonl"


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records of a dataset file.

    Raises:
        StoreError: a line is not JSON; the message names file and line.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise StoreError(f"{path}:{number} is not JSON ({error})") from error


def whole_lines(path: Path, tell: Callable[[str], None]) -> list[Record]:
    """Return the records of a dataset file that are whole.

    Where a line is not, the file is kept beside as it is, under a name that no reader takes for
    the dataset, and ``tell`` says how many lines that were.
    """
    records: list[Record] = []
    broken: list[int] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            record = json.loads(line)
            record["report_id"], record["adcode"], content_key(record)
            records.append(record)
        except (ValueError, LookupError, TypeError, AttributeError):
            broken.append(number)
    if broken:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        if records:
            shutil.copyfile(path, aside)
        else:  # nobody would write it anew
            path.rename(aside)
        tell(
            f"{path} has damaged lines ({len(broken)}, the first is line {broken[0]}): it is kept "
            f"as {aside.name}, the {len(records)} whole lines are read; those reports are fetched "
            "again"
        )
    return records


def ids_in(path: Path) -> Iterator[str]:
    """Yield the report ids of a dataset file we wrote ourselves: they begin each line."""
    with path.open("rb") as file:
        yield from map(our_id, file)


class Lines:
    """The lines of a dataset file by report, left where they are until one is asked for."""

    def __init__(self, path: Path, id_of: Callable[[bytes], str | None]) -> None:
        """Note where each report's lines begin; a line without an id is left out.

        Raises:
            StoreError: ``id_of`` does not bear a line; the message names file and line.
        """
        self.places: dict[str, list[int]] = {}
        self._data: bytes | mmap.mmap = b""
        if not path.exists():
            return
        with path.open("rb") as file:
            if path.stat().st_size:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            start = 0
            for number, line in enumerate(file, 1):
                try:
                    name = id_of(line)
                except (ValueError, LookupError, TypeError) as error:
                    raise StoreError(f"{path}:{number} is no report ({error})") from error
                if name is not None:
                    self.places.setdefault(name, []).append(start)
                start += len(line)

    def get(self, report_id: str) -> bytes | None:
        """Return a report's line; the last of several."""
        places = self.places.get(report_id)
        return self._line(places[-1]) if places else None

    def all(self, report_id: str) -> list[bytes]:
        """Return a report's lines as they stand in the file."""
        return [self._line(start) for start in self.places.get(report_id, ())]

    def _line(self, start: int) -> bytes:
        end = self._data.find(b"\n", start)
        return self._data[start : len(self._data) if end < 0 else end] + b"\n"


def _sure_id(line: bytes) -> str:
    """Return the id of a line, which must have one."""
    return str(json.loads(line)["report_id"])


def our_id(line: bytes) -> str:
    """Return the id of a line of a file that is as we wrote it: ids begin its lines."""
    found = _ID.match(line)
    return str(json.loads(found[1])) if found else _sure_id(line)


def any_id(line: bytes) -> str | None:
    """Return the id of a line of whatever file; a damaged one has none, and is made anew."""
    try:
        return _sure_id(line)
    except (ValueError, KeyError, TypeError):
        return None
