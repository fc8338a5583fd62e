"""What NICE CXone sends and answers: the digital event stream, contacts, histories of states."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from . import json_objects
from .adapters import Reading, Table


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Path
) -> Reading:
    return json_objects.read(cursor, "nice_cxone", place, tables, aside)
