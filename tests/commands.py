"""The project's commands, run as a user runs them: in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.effort import LAST_RESORT

ROOT = Path(__file__).parents[1]


def scrapy(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy …`` over an output folder, warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", *arguments],
        cwd=ROOT,
        env={**os.environ, "OUTPUT_DIR": str(output)},
        capture_output=True,
        text=True,
        timeout=LAST_RESORT,
        check=False,
    )
