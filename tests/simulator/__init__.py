"""A local world of portals that behave and misbehave, each with a manifest of the truth.

``columns`` says what a portal publishes, ``families`` how each vendor's routes serve it, ``traps``
what goes wrong, ``scenes`` lists them all with the outcome each must have. By hand:
``python -m tests.simulator [P1 T17 …]`` serves them and prints addresses and manifest.
"""
