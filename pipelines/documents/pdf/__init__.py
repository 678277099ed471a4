"""PDF with text: ruled tables to grids, the lines around them to paragraphs."""

from pipelines.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
