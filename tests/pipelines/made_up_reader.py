"""A reader that does what its page says: little is loaded with it, for that is counted as well."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipelines import page_told, processor_time
from pipelines.record import Report


def read(page, files, source):
    """Stand where read_report stands, in a worker: do what the page says."""
    facts = json.loads(page.body)
    if "once" in facts and not Path(facts["once"]).exists():
        Path(facts["once"]).write_text(str(os.getpid()))
        if facts.get("dies"):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(facts.get("sleeps", 0))
    for number in range(1, facts.get("pages", 0) + 1):
        page_told.begun(number, facts["pages"])
        time.sleep(0.3)
    end = time.process_time() + facts.get("works", 0)
    while time.process_time() < end:
        sum(range(1000))
    time.sleep(facts.get("waits", 0))
    if seconds := facts.get("starts"):  # a program that uses so many seconds of a processor
        work = f"import time\nwhile time.process_time() < {seconds}: sum(range(1000))"
        subprocess.run([sys.executable, "-c", work], check=False)
        processor_time.charge()
        end = time.process_time() + 3  # the kernel counts whole seconds, and looks now and then
        while time.process_time() < end:
            sum(range(1000))
    return Report(title="read", is_report=True, sha256="0" * 64)


def dies_at_start(*_, **__):
    """Stand where a worker is set up, and end it."""
    os._exit(3)
