"""What earlier builds loaded, as staging.loads of a warehouse says."""

from __future__ import annotations

import duckdb
from duckdb import DuckDBPyConnection

from . import sql
from .files import Load

LOADS = """
    select table_name, folder, file, byte_count, modified_at, build_number
    from {relation}
    where file is not null
"""


def loads_of(cursor: DuckDBPyConnection, database: str) -> list[Load] | None:
    """None where no build has been there."""
    try:
        rows = cursor.execute(LOADS.format(relation=f"{sql.name(database)}.staging.loads"))
        return [Load(*row) for row in rows.fetchall()]
    except duckdb.CatalogException:
        return None
