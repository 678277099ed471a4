"""Portals drawn at random from independent traits: how a menu, a list, a row may be, combined.

    python -m tests.simulator.combined 300 --seed 7            found from the home page, by seed
    python -m tests.simulator.combined 300 --seed 7 --known    with the column given

Every portal's truth is known: which pages hold a report of the government or its office. The
traits come from the survey of portals (F1-F14, pagination, hazards), not from how the walker does
it; hand-made scenes, each with one trap, are in ``tests/simulator/scenes.py``.
"""
