"""What earlier builds loaded, as staging.loads of a warehouse says."""

from __future__ import annotations

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from .. import lake
from . import sql, tables
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


def nothing_new(warehouse: Path, data_dir: str) -> bool:
    """True where the folder has no file that the warehouse hasn't loaded as it is now. Needs no dbt
    and reads no file."""
    with lake.open_warehouse(warehouse) as connection:
        connection.execute("set TimeZone = 'UTC'")
        [(database,)] = connection.execute("select current_database()").fetchall()
        loads = loads_of(connection, database)
        return bool(loads) and not tables.list_folder(connection, data_dir, loads).files
