"""The callbacks and session records of Tencent Desk, JSON."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from . import json_documents
from .adapters import Reading, Table


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Path
) -> Reading:
    return json_documents.read(cursor, "tencent_desk", place, tables, aside)
