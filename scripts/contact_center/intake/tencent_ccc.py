"""The pushes and answers of Tencent Cloud Contact Center, JSON."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from . import json_documents
from .adapters import Reading, Table
from .texts import Aside


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    return json_documents.read(cursor, "tencent_ccc", place, tables, aside)
