"""Portals drawn at random from independent traits: how a menu, a list, a row may be, combined.

    python -m tests.simulator.combined 300 --seed 7            found from the home page, by seed
    python -m tests.simulator.combined 300 --seed 7 --known    with the column given
    python -m tests.simulator.combined 20 --seed 7 --only 12   one of them, with every request

Drawn are menu, depth, names, where the rows come from, the pager that such a list may have, the
rows of a page, how a row is named and how it opens, the article's address, what lies elsewhere as
history, where the office's reports are, which hosts share the portal, and faults
(``traits``). Every portal's truth is known: which pages hold a report of the government or its
office, as a person finds them who reads every page and presses what can be pressed. The traits come
from the survey of portals (F1-F14, pagination, hazards), not from how the walker does it; hand-made
scenes, each with one trap, are in ``tests/simulator/scenes.py``.
"""
