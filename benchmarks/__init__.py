"""Figures, not tests: each module's ``run`` returns a table; ``python -m benchmarks`` runs all."""
