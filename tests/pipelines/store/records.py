"""Records of fictional places, as the store sees them."""

from __future__ import annotations

import hashlib
from typing import Any

from pipelines.record import CellNote, Figure, Finding, Report


def record(
    number: int = 1,
    *,
    url: str | None = None,
    year: int = 2023,
    adcode: str = "990101",
    values: dict[str, Any] | None = None,
    text: str = "全年共受理政府信息公开申请若干件，均在法定期限内办结。",
    carrier: str = "html_table",
    published_on: str | None = "2024-01-20",
    reissue: str | None = None,
    fetched_at: str = "2026-11-01T00:00:00Z",
    body: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    url = url or f"http://www.example.invalid/{number}.html"
    fields: dict[str, Any] = {
        "report_id": f"{adcode}-{year}-government-aggregate-{number}",
        "adcode": adcode,
        "province": "虚构省",
        "county": "云溪县",
        "admin_level": "county",
        "publisher_norm": f"云溪县人民政府{number}",
        "publisher_type": "government",
        "scope": "aggregate",
        "report_year": year,
        "title": f"云溪县{year}年政府信息公开工作年度报告",
        "published_on": published_on,
        "reissue": reissue,
        "format_version": "v2021",
        "carrier": carrier,
        "tables_present": ["t3"],
        "values": {"t3_new_received__total": number, "t3_granted__total": 1}
        if values is None
        else values,
        "cells": {"t3_granted__natural": CellNote(status="blank", raw="")},
        "narrative": [Figure(field="x_app_received", value=number, sentence="收到申请。")],
        "findings": [Finding(rule="R3-ROW", where="granted", severity="E", left=1, right=2)],
        "sections": {"1": text},
        "source_url": url,
        "source_kind": "gov_site",
        "final_url": url,
        "fetched_at": fetched_at,
        "content_type": "text/html",
        "sha256": hashlib.sha256((body or f"{url}{text}{values}").encode()).hexdigest(),
        "archive": {"file": "a.warc.gz", "record_id": f"<urn:uuid:{number}>"},
    }
    fields.update(more)
    return Report(**fields).to_json()
