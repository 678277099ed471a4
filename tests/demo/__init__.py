"""Tests of the demo portals."""
