"""The input of a build on Spark as Parquet. Parquet files are read where they are; CSV files, JSON
lines and the demo's seeds are made into Parquet first, one file each, with text as text, so that
the same values come to the same checks as on DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from . import ROOT
from .generator.contract import TABLES

DEMO = ROOT / "seeds"
# As intake reads it on DuckDB (intake/readers.py).
CSV = (
    "all_varchar = true, delim = ',', quote = '\"', escape = '\"', header = true, skip = 0, "
    "comment = '', nullstr = '', strict_mode = true, null_padding = false, "
    "max_line_size = 16777216"
)


def as_parquet(data: Path | None, folder: Path) -> Path:
    """The folder of Parquet files to build from: `data` itself where it holds nothing else, or
    `folder`, in which only what is new or has changed is made."""
    files = list(contract_files(data or DEMO))
    if data and all(file_format(path) == "parquet" for _, path in files):
        return data
    kept = set()
    for table, path in files:
        relative = path.relative_to(data or DEMO)
        made = folder / table / ("_".join(relative.parts) + ".parquet")
        kept.add(made)
        if not is_same(path, made):
            convert(table, path, made)
    for made in folder.glob("*/*.parquet"):
        if made not in kept:
            made.unlink()
    return folder


def contract_files(data: Path) -> Iterator[tuple[str, Path]]:
    """The files of the contract's tables, as intake finds them."""
    for table in TABLES:
        for path in sorted([*data.glob(f"{table}.*"), *(data / table).rglob("*")]):
            if path.is_file() and not path.name.startswith((".", "_")) and file_format(path):
                yield table, path


def file_format(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz")
    return next((end for end in ("csv", "jsonl", "parquet") if name.endswith(f".{end}")), None)


def is_same(path: Path, made: Path) -> bool:
    return made.exists() and made.stat().st_mtime_ns == path.stat().st_mtime_ns


def convert(table: str, path: Path, made: Path) -> None:
    """Written aside, so that a file that is there is whole; as old as what it was made of."""
    made.parent.mkdir(parents=True, exist_ok=True)
    aside = made.with_name("_" + made.name)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(
            f"copy (select * from {reader(table, path)}) to {literal(aside)} (format parquet)"
        )
    stat = path.stat()
    os.utime(aside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    aside.replace(made)


def reader(table: str, path: Path) -> str:
    kind = file_format(path)
    if kind == "csv":
        return f"read_csv({literal(path)}, {CSV})"
    if kind == "parquet":
        return f"read_parquet({literal(path)})"
    columns = ", ".join(f"{column}: 'varchar'" for column in TABLES[table])
    return f"read_json({literal(path)}, format = 'newline_delimited', columns = {{{columns}}})"


def literal(path: Path) -> str:
    """A path for a SQL text in which every character stands for itself."""
    text = str(path)
    for character in "[*?":
        text = text.replace(character, f"[{character}]")
    return "'" + text.replace("'", "''") + "'"
