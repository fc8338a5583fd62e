"""Why a file of the contract can't be read as its format, for the person whose file it is."""

from __future__ import annotations

import json
import re

import duckdb
from duckdb import DuckDBPyConnection

from . import readers, texts
from .files import File

NO_COLUMNS = (
    "File '{path}' has none of the columns of {table_name} ({columns}). A CSV file needs a header "
    "line and commas between values."
)
ARRAY = (
    "File '{path}' is one JSON array. It has to be one object a line: jq -c '.[]' FILE > "
    "FILE.jsonl."
)
# DuckDB's words.
NO_WHOLE = re.compile("magic bytes|too small to be a Parquet file")
NO_PARQUET = (
    "File '{path}' is no whole Parquet file: cut off, or of another format. Export it again."
)
OTHER_COMMAS = (
    "File '{path}' has {name} between its values, where commas are needed. Save it as CSV with "
    "commas (a spreadsheet takes them from the language that it is set to); values that hold a "
    "comma themselves then stand in \"quotes\". Times and numbers are to be 2026-03-05T09:01:00Z "
    "and 4.5: docs/event_contract.md, Values."
)
RAGGED = (
    "File '{path}' can't be read as CSV: {lines}. Each line needs as many values as the header "
    "({count}), with \"quotes\" around a value that holds a comma, a quote (written twice) or a "
    "line break: docs/event_contract.md, Files."
)
NO_OBJECT = "File '{path}', line {line} isn't one whole JSON object: docs/event_contract.md, Files."
TOO_LONG = (
    "File '{path}'{line} has a record of more than 16 MiB, which nothing reads. Leave out the text "
    "that makes it so long."
)
LONG_LINE = re.compile("max_line_size|maximum_object_size")
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
SHOWN = 5


def reason(
    cursor: DuckDBPyConnection, error: duckdb.Error, file: File, read_path: str
) -> str:
    """`read_path`: the file, or what was made of it."""
    if file.format == "parquet" and NO_WHOLE.search(str(error)):
        return NO_PARQUET.format(path=file.path)
    if file.format == "jsonl" and begins_array(read_path):
        return ARRAY.format(path=file.path)
    of_lines = of_csv(cursor, file, read_path) if file.format == "csv" else of_json(file, read_path)
    if not of_lines and LONG_LINE.search(str(error)):
        first = next(texts.longer_lines(read_path, readers.LONGEST_LINE), None)
        return TOO_LONG.format(path=file.path, line=f", line {first}" if first else "")
    return of_lines or in_duckdbs_words(error, file, read_path)


def begins_array(path: str) -> bool:
    with texts.opened(path) as file:
        return file.read(64).lstrip().startswith(b"[")


def of_json(file: File, read_path: str) -> str | None:
    """DuckDB counts a line too many of those that aren't JSON, and says what is in the others."""
    if file.format != "jsonl":
        return None
    with texts.opened(read_path) as opened:
        for number, line in enumerate(opened, start=1):
            if line.strip() and not is_object(line):
                return NO_OBJECT.format(path=file.path, line=number)
    return None


def is_object(line: bytes) -> bool:
    """DuckDB takes null for a row without values."""
    try:
        found = json.loads(line)
    except ValueError:
        return False
    except RecursionError:
        return True
    return found is None or isinstance(found, dict)


def of_csv(cursor: DuckDBPyConnection, file: File, read_path: str) -> str | None:
    try:
        names = readers.csv_header(cursor, read_path)
        if other := other_commas(file.path, names):
            return other
        numbers, count = readers.ragged_lines(cursor, read_path, names)
    except duckdb.Error:
        return None
    if not numbers:
        return None
    listed = ", ".join(map(str, numbers[:SHOWN]))
    more = f" and {count - SHOWN:,} more" if count > SHOWN else ""
    lines = f"lines {listed}{more} aren't whole" if count > 1 else f"line {listed} isn't whole"
    return RAGGED.format(path=file.path, lines=lines, count=len(names))


def without_columns(file: File, columns: dict[str, object], found: dict[str, str]) -> str:
    """Why a file without any of its table's columns can't be read."""
    names = [name for name in found if name != "filename"]
    if file.format == "csv" and (other := other_commas(file.path, names)):
        return other
    message = NO_COLUMNS.format(
        path=file.path, table_name=file.table_name, columns=", ".join(columns)
    )
    return f"{message} What it has: {', '.join(names)}." if names else message


def other_commas(path: str, names: list[str]) -> str | None:
    """What to do where a header is of one name that holds other delimiters."""
    if len(names) != 1:
        return None
    for delimiter, name in DELIMITERS.items():
        if delimiter in names[0]:
            return OTHER_COMMAS.format(path=path, name=name)
    return None


def in_duckdbs_words(error: duckdb.Error, file: File, read_path: str) -> str:
    """With the file's own name. What a line says stays in the file: it may name a person."""
    message = re.sub(
        r"\n?Original Line:.*?(?=\nPossible|\n\n|\Z)", "", str(error), flags=re.DOTALL
    ).replace(read_path, file.path)
    return message if file.path in message else f"{message}\nfile = {file.path}"
