"""Pictures of pages: ruling lines found, cells cut out, characters recognised."""

from pipelines.documents.pictures.reader import read_picture, read_scan

__all__ = ["read_picture", "read_scan"]
