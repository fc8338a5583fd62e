"""Writes the contract tables of the working database as CSV or Parquet files."""

from pathlib import Path

import duckdb

from ..extensions import literal
from .contract import EVENT_TABLES, INTEGER, TABLES, TEXT, TIMESTAMP, column_type

FORMATS = {
    "csv": "format csv, header true",
    "parquet": "format parquet, compression zstd, compression_level 1",
}

# One entity in so many has its CSV timestamps with an offset instead of in UTC.
ENTITIES_PER_OFFSET = 41


def copy_table(
    connection: duckdb.DuckDBPyConnection, table: str, file_format: str, path: Path
) -> None:
    """Write a working table, with its bad rows, ordered so that threads don't matter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    select_item = _csv_item if file_format == "csv" else _parquet_item
    columns = ", ".join(select_item(table, column) for column in TABLES[table])
    connection.execute(f"""
        copy (
            select {columns}
            from ({_rows_query(table, file_format)})
            order by entity_no, row_no, copy_no
        ) to {literal(path)} ({FORMATS[file_format]})
    """)


def _rows_query(table: str, file_format: str) -> str:
    """Good and bad rows; what has no typed value can't stand in Parquet."""
    good_rows = f"""
        select *, 0 as copy_no, null as unreadable_column, null as unreadable_text
        from {table}
    """
    if table not in EVENT_TABLES:
        return good_rows
    condition = "true" if file_format == "csv" else "unreadable_column is null"
    return f"""
        {good_rows}
        union all by name
        select * from spoilt_{table} where {condition}
    """


def _parquet_item(table: str, column: str) -> str:
    return f"{column}::{column_type(table, column)} as {column}"


def _csv_item(table: str, column: str) -> str:
    kind = column_type(table, column)
    if kind == TEXT:
        return column
    text = f"{column}::varchar"
    if kind == TIMESTAMP:
        text = f"""
            case
                when entity_no % {ENTITIES_PER_OFFSET} = 7
                    then strftime({column} + interval 1 hour, '%Y-%m-%dT%H:%M:%S.%g+01:00')
                else strftime({column}, '%Y-%m-%dT%H:%M:%S.%gZ')
            end
        """
    if kind in (TIMESTAMP, INTEGER):
        text = f"if(unreadable_column = '{column}', unreadable_text, {text})"
    return f"{text} as {column}"
