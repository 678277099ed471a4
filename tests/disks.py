"""Small disks of their own, for tests that fill them or forbid writing."""

from __future__ import annotations

import contextlib
import subprocess

import pytest


@contextlib.contextmanager
def mounted(folder, options):
    """Mount a tmpfs; the test is skipped, with the reason, where that is not allowed."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"cannot mount a tmpfs here: {done.stderr.decode(errors='replace').strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
