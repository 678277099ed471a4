"""Pictures of pages: ruling lines found, cells cut out, characters recognised."""

from pipelines.documents.pictures.reader import is_scanned, read_picture, read_pictures, read_scan

__all__ = ["is_scanned", "read_picture", "read_pictures", "read_scan"]
