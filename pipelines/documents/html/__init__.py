"""HTML pages: body, blocks, grids, metadata and links of a report page."""

from pipelines.documents.html.page import read_html

__all__ = ["read_html"]
