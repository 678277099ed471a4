"""``python -m tests.film N --seed S``: random calendars; ``python -m tests.film growth``."""

from __future__ import annotations

import sys

from tests.film import growth

if __name__ == "__main__":
    if sys.argv[1:] == ["growth"]:
        growth.main()
