"""Does a record fit the published schema? Asked of every line before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

SCHEMA_FILE = files(__package__) / "schema.json"


if TYPE_CHECKING:
    import jsonschema_rs


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def faults(record: Mapping[str, Any]) -> list[str]:
    """Return what does not fit, each as ``path: message``; empty for a good record."""
    return [
        f"{'/'.join(str(step) for step in error.instance_path) or 'record'}: {error.message}"
        for error in _validator().iter_errors(dict(record))
    ]
