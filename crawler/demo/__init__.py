"""Demo portals: a fictional province served on loopback, used by ``make demo`` and by tests.

``world`` holds the truth, ``tables`` and ``reports`` print it, ``portals`` puts it on sites with
one trap each, ``server`` serves them, ``manifest`` says what a crawl must find, ``__main__``
crawls and compares.
"""
