"""A second file with the schema marts only, for readers who may see figures and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from .building import BuildError
from .building.arguments import check_is_another
from .building.publishing import keep_rights, set_mode, sync
from .extensions import literal
from .intake import sql
from .lake import attach_warehouse, limit_to_warehouse

RELATIONS = """
    select table_name from information_schema.tables
    where table_catalog = 'warehouse' and table_schema = 'marts'
    order by table_name
"""
FUNCTIONS = """
    select function_name, parameters, macro_definition
    from duckdb_functions()
    where database_name = 'warehouse' and schema_name = 'marts' and function_type = 'table_macro'
    order by function_name
"""
COMMENTS = """
    select 'table', table_name, null, comment from duckdb_tables()
    where database_name = 'warehouse' and schema_name = 'marts' and comment is not null
    union all
    select 'table', view_name, null, comment from duckdb_views()
    where database_name = 'warehouse' and schema_name = 'marts' and comment is not null
    union all
    select 'macro table', function_name, null, comment from duckdb_functions()
    where database_name = 'warehouse' and schema_name = 'marts' and comment is not null
    union all
    select 'column', table_name, column_name, comment from duckdb_columns()
    where database_name = 'warehouse' and schema_name = 'marts' and comment is not null
"""
# What holds ids of persons, besides the columns called so: the text of a row in quarantine.
COLUMNS_OF = {"customer": ("customer_id", "row_text")}
ANY_DAYS = "('2000-01-01', '2000-01-01')"


def publish_marts(warehouse: Path, target: Path, without: list[str]) -> None:
    """In one step, as a warehouse. `without`: whose ids are left out. Views become tables; a
    function that needs more than these marts is left out, and said so."""
    # Before the first build nobody could tell.
    check_is_another(target, warehouse)
    part = target.with_name(f".{target.name}.part")
    left_out = {column for kind in without for column in COLUMNS_OF[kind]}
    # Until it is whole nobody else reads it.
    umask = os.umask(0o077)
    try:
        part.unlink(missing_ok=True)
        with duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            attach_warehouse(connection, "warehouse", warehouse)
            connection.execute(f"attach {literal(part)} as figures")
            connection.execute("create schema figures.marts")
            relations = [name for (name,) in connection.execute(RELATIONS).fetchall()]
            connection.execute("use warehouse")
            for name in relations:
                copy_relation(connection, name, left_out)
            functions = connection.execute(FUNCTIONS).fetchall()
            connection.execute("use figures")
            gone = [row[0] for row in functions if not copy_function(connection, *row)]
            copy_comments(connection, gone, left_out)
            connection.execute("checkpoint figures")
        if target.exists():
            keep_rights(part, target)
        else:
            set_mode(part, 0o666 & ~umask)
            limit_to_warehouse(part, warehouse)
        sync(part)
        os.replace(part, target)
        sync(target.parent)
    except (OSError, duckdb.Error) as error:
        raise BuildError(f"can't write the marts to '{target}': {error}") from error
    finally:
        os.umask(umask)
        part.unlink(missing_ok=True)
    print(f"\nMarts: {target}")
    if gone:
        print("Left out there, as they need other rows: the functions " + ", ".join(gone) + ".")


def copy_relation(
    connection: duckdb.DuckDBPyConnection, name: str, left_out: set[str]
) -> None:
    relation = f"marts.{sql.name(name)}"
    columns = connection.execute(f"describe warehouse.{relation}").fetchall()
    kept = ", ".join(sql.name(column) for column, *_ in columns if column not in left_out)
    connection.execute(
        f"create table figures.{relation} as select {kept} from warehouse.{relation}"
    )


def copy_function(
    connection: duckdb.DuckDBPyConnection, name: str, parameters: list[str], definition: str
) -> bool:
    """False where it can't be called in the new file."""
    # The engine tells of no default; this one has the function read the database in use.
    given = ", ".join(f"{one} := ''" if one == "warehouse" else one for one in parameters)
    try:
        connection.execute(f"create macro marts.{name}({given}) as table ({definition})")
        connection.execute(f"from marts.{name}{ANY_DAYS} limit 0")
    except duckdb.Error:
        connection.execute(f"drop macro table if exists marts.{name}")
        return False
    return True


def copy_comments(
    connection: duckdb.DuckDBPyConnection, gone: list[str], left_out: set[str]
) -> None:
    """Of what is in the new file, in one transaction."""
    statements = []
    for kind, name, column, comment in connection.execute(COMMENTS).fetchall():
        if name in gone or column in left_out:
            continue
        place = ".".join(sql.name(part) for part in (name, column) if part)
        statements.append(f"comment on {kind} marts.{place} is {literal(comment)}")
    connection.execute("; ".join(["begin", *statements, "commit"]))
