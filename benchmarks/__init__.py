"""Figures, not tests: each module prints a table and returns it; ``python -m benchmarks`` runs all."""
