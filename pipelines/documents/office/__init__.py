"""Word files and sheets."""
