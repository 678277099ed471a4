"""Carriers that place glyphs and lines on pages: PDF, OFD, recognised pictures."""
