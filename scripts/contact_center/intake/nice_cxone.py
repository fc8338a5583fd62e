"""What NICE CXone sends and answers: the digital event stream, contacts, histories of states."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from . import json_objects
from .adapters import Reading, Table
from .texts import Aside


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    return json_objects.read(cursor, "nice_cxone", place, tables, aside)
