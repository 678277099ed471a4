"""The words all rooms share: what travels, what goes wrong, what a run knows; below every room."""
