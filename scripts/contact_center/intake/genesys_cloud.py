"""What Genesys Cloud answers and sends: conversations, users' details, messages, names."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from . import json_objects
from .adapters import Reading, Table
from .texts import Aside


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    return json_objects.read(cursor, "genesys_cloud", place, tables, aside)
