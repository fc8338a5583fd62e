"""The table functions of DuckDB that read files. Text stays text: what a value means is decided in
staging, where what can't be read goes to quarantine."""

from __future__ import annotations

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from . import sql
from .texts import LISTED

FORMATS = ("csv", "jsonl", "parquet")
# More than most files have, and more than any of lines has.
COLUMNS, MOST_COLUMNS = 100, 10_000
LONGEST_LINE = 16 * 1024 * 1024
CSV = (
    "all_varchar = true, delim = ',', quote = '\"', escape = '\"', header = true, skip = 0, "
    f"comment = '', nullstr = '', strict_mode = true, null_padding = false, "
    f"max_line_size = {LONGEST_LINE}"
)
RAGGED = "null_padding = true, strict_mode = false, parallel = false"
REJECTS = "store_rejects = true, rejects_table = 'rejected_lines', rejects_scan = 'rejected_scans'"
REJECTED = """
    select line, count(*) over ()
    from rejected_lines
    group by line
    order by line
"""


def file_format(path: str) -> str | None:
    """csv, jsonl or parquet by the file's ending, None for any other."""
    name = path.lower().removesuffix(".gz")
    return next((ending for ending in FORMATS if name.endswith(f".{ending}")), None)


def of_format(
    kind: str, paths: Iterable[str], columns: Iterable[str], union_by_name: bool = True
) -> str:
    """Reads files of the contract, with the column filename."""
    files = sql.paths(paths) + ", filename = true, hive_types_autocast = false"
    files += f", union_by_name = {str(union_by_name).lower()}"
    if kind == "csv":
        return f"read_csv({files}, {CSV})"
    if kind == "parquet":
        return f"read_parquet({files})"
    types = ", ".join(f"{column}: 'varchar'" for column in columns)
    return f"read_json({files}, format = 'newline_delimited', columns = {{{types}}})"


def source_file(members: list[tuple[str, str]]) -> str:
    """The path of a row's file, though a copy of it is read. `members`: path, path to read."""
    if all(path == read_path for path, read_path in members):
        return "filename"
    return by_file([sql.literal(path) for path, _ in members])


def by_file(expressions: list[str]) -> str:
    """One of the values, by the place of a row's file in the reader's list."""
    if len(set(expressions)) == 1:
        return expressions[0]
    return f"list_extract([{', '.join(expressions)}], cast(file_index as bigint) + 1)"


def csv(
    path: str, names: Iterable[str], options: str, header: bool = True, delimiter: str = ","
) -> str:
    """Quotes mean something between commas only."""
    quote = '"' if delimiter == "," else ""
    return (
        f"read_csv({sql.path(path)}, auto_detect = false, columns = {sql.text_columns(names)}, "
        f"header = {str(header).lower()}, delim = '{delimiter}', quote = '{quote}', "
        f"escape = '{quote}', comment = '', nullstr = '', max_line_size = {LONGEST_LINE}, "
        f"{options})"
    )


def ragged_csv(path: str, names: Iterable[str], header: bool = True) -> str:
    """Takes every line: short ones are filled with NULL, long ones cut."""
    return csv(path, names, RAGGED, header)


def csv_header(cursor: DuckDBPyConnection, path: str) -> list[str]:
    """The names of a CSV file's first line, in small letters, each once; a column without a name,
    and a name's second column, get one that nobody asks for."""
    names: list[str] = []
    for position, value in enumerate(first_line(cursor, path), start=1):
        name = (value or "").strip().lower() or f"unnamed {position}"
        names.append(f"{name} {position}" if name in names else name)
    return names


def first_line(
    cursor: DuckDBPyConnection, path: str, most: int = COLUMNS
) -> list[str | None]:
    """The values up to the last that isn't empty. `most`: how many are looked for at first."""
    places = [f"column_{place}" for place in range(most)]
    first = cursor.execute(f"from {ragged_csv(path, places, header=False)} limit 1").fetchone()
    values = list(first or ())
    if values and values[-1] is not None and most < MOST_COLUMNS:
        return first_line(cursor, path, most * 10)
    while values and values[-1] is None:
        values.pop()
    return values


def ragged_lines(
    cursor: DuckDBPyConnection, path: str, names: list[str]
) -> tuple[list[int], int]:
    """The numbers of the first lines that aren't whole, and how many there are."""
    reader = csv(path, names, f"strict_mode = true, {REJECTS}")
    cursor.execute(f"select count(*) from {reader}").fetchall()
    rows = cursor.execute(REJECTED).fetchmany(LISTED)
    cursor.execute("drop table rejected_lines")
    cursor.execute("drop table rejected_scans")
    return [number for number, _ in rows], rows[0][1] if rows else 0


def described(cursor: DuckDBPyConnection, reader: str) -> dict[str, str]:
    """column -> type, lower-case names."""
    rows = cursor.execute(f"describe select * from {reader}").fetchall()
    return {row[0].lower(): row[1] for row in rows}
