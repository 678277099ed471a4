"""Run a command of Scrapy that dies at a counted step of its work, as if it were killed there.

``python -m tests.dying STEP FOLDER command …``: a step is a call that opens, renames, removes or
makes a file below the folder, counted from the first temporary file (``.*.part``) on. At the step
the process gets SIGPROF, which nothing handles, after up to ``BETWEEN`` seconds of processor time
more, so that the work between two calls is hit as well. With step 0 it lives, and the last line it
prints is how many steps there were.

Steps and processor time, not clocks: how far a command has come must not depend on what else the
machine does.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from fnmatch import fnmatch
from pathlib import Path

from scrapy.cmdline import execute

CALLS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.truncate"})
BETWEEN = 0.03
"""The most processor time between the step and the death, in seconds."""


def main():
    last, folder = int(sys.argv[1]), Path(sys.argv[2]).absolute()
    steps = 0

    def count(event, arguments):
        nonlocal steps
        if event not in CALLS or not isinstance(path := arguments[0], (str, os.PathLike)):
            return
        path = Path(path).absolute()
        if not path.is_relative_to(folder):
            return
        # The probe only asks whether the folder can be written.
        if steps or (fnmatch(path.name, ".*.part") and not path.name.startswith(".probe")):
            steps += 1
            if steps == last:
                delay = random.Random(last).uniform(0, BETWEEN)
                signal.setitimer(signal.ITIMER_PROF, delay or BETWEEN)

    sys.addaudithook(count)
    sys.argv = ["scrapy", *sys.argv[3:]]
    try:
        execute()
    finally:
        print(steps, flush=True)


if __name__ == "__main__":
    main()
