"""The dataset's files: one line a report, written whole, unchanged lines to the byte.

``promote`` turns what the state holds into ``reports/<province>.jsonl``,
``revisions/<province>.jsonl`` and ``findings/<province>.jsonl``. Every file is replaced
atomically; a killed promotion is simply done again by the next one, with the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from pathlib import Path

from pipelines.store import corrections as corrections_file
from pipelines.store.corrections import read_corrections
from pipelines.store.differences import Difference
from pipelines.store.files import EMPTY, file_digest, json_line, write_atomically
from pipelines.store.lines import file_of, ids_in, read_lines, whole_lines
from pipelines.store.province import Changes, Province
from pipelines.store.reviews import unfollowed
from pipelines.store.state import State
from pipelines.vocabulary.problems import Problem


class Dataset:
    """The files below OUTPUT_DIR that others read."""

    def __init__(self, output: Path, state: State) -> None:
        self.output = output
        self.state = state

    def adopt_files(self, tell: Callable[[str], None]) -> int:
        """Read an existing dataset into a new state, all or nothing; return how many lines.

        A file with damaged lines is kept beside, under another name, and ``tell`` says so; the
        lines that are whole are read.
        """
        paths = [
            path
            for folder in ("revisions", "reports")
            for path in sorted((self.output / folder).glob("*.jsonl"))
        ]
        lines = chain.from_iterable(whole_lines(path, tell) for path in paths)
        return self.state.adopt(map(corrections_file.undo, lines))

    def promote(
        self,
        tell: Callable[[Difference], None] | None = None,
        *,
        but: Collection[str] = (),
    ) -> Changes:
        """Write every province whose reports changed, then accept the readings behind them.

        ``tell`` is called with every field in which a changed line differs from the old one.
        ``but``: provinces whose files stay as they are, and whose readings wait.

        Raises:
            StoreError: a file could not be written; those already replaced are whole, the rest
                are as before, and the next promotion writes them.
        """
        changes = Changes()
        files: dict[str, tuple[str, int]] = {}
        dirty = self.state.dirty()
        corrections = read_corrections(self.output / corrections_file.NAME)
        mark = file_digest(self.output / corrections_file.NAME) or ""
        reviewed = mark != (self.state.file_digest(corrections_file.NAME) or "")
        for province in sorted({*self.state.provinces(), *dirty}):
            reports, revisions = (
                file_of(self.output, folder, province) for folder in ("reports", "revisions")
            )
            waits = province in but
            intact = reports.exists() and all(map(self._as_we_left_it, (reports, revisions)))
            if waits or (intact and not reviewed and province not in dirty):
                ids = list(ids_in(reports)) if reports.exists() else []
                changes.untouched.extend(ids)
                changes.reports[province] = len(ids)
            else:
                writing = Province(
                    self.output,
                    self.state,
                    province,
                    corrections=corrections,
                    changes=changes,
                    tell=tell,
                )
                # Lines nobody touched are copied; of a file someone changed all are made anew.
                files |= writing.write(
                    dirty.get(province, set()) if intact and not reviewed else None
                )
        changes.problems.extend(self.disputes())
        if not but:  # else what a correction says of those that wait would be forgotten
            files[corrections_file.NAME] = (mark, sum(map(len, corrections.values())))
        self.state.accept_pending(files, but=but)
        held = {*changes.added, *changes.changed, *changes.untouched}
        reports_folder = self.output / "reports"
        changes.problems.extend(unfollowed(reports_folder, self.state, corrections, held))
        return changes

    def disputes(self) -> list[Problem]:
        """Return the problem of each line with an edition that differs, as it was last written."""
        return [Problem(**json.loads(text)) for text in self.state.conflicts()]

    def _as_we_left_it(self, path: Path) -> bool:
        """Tell whether nobody else changed a file, or removed or made one."""
        known = self.state.file_digest(f"{path.parent.name}/{path.name}")
        return (file_digest(path) or EMPTY) == (known or EMPTY)

    def findings(self) -> dict[str, int]:
        """Count the findings that rest on several reports, by rule, over the whole dataset."""
        paths = (self.output / "findings").glob("*.jsonl")
        counts = Counter(str(f["rule"]) for path in paths for f in read_lines(path))
        return dict(sorted(counts.items()))

    def write_problems(self, problems: Iterable[Problem], run: Path) -> Path:
        """Write a run's problems, sorted, each once: into its folder, and as the last run's."""
        lines = b"".join(sorted({json_line(problem.to_json()) for problem in problems}))
        path = self.output / "problems.jsonl"
        for target in (run / path.name, path):
            write_atomically(target, lines)
        return path
