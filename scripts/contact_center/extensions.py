"""DuckDB's extensions, from the Python packages that requirements.lock pins."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb


def load(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Nothing is downloaded: the extension server isn't asked."""
    for name in names:
        package = Path(importlib.util.find_spec(f"duckdb_extension_{name}").origin).parent
        file = package / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        connection.execute(f"load {literal(file)}")


def literal(value: object) -> str:
    """A value as a text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"
