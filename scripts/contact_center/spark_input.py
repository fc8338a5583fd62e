"""The input of a build on Spark as Parquet. Parquet files are read where they are; CSV files, JSON
lines and the demo's seeds are made into Parquet first, one file each, as intake reads them on
DuckDB, so that the same values come to the same checks."""

from __future__ import annotations

import codecs
import hashlib
import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import duckdb

from . import ROOT
from .extensions import literal
from .intake import contract, tables
from .intake.files import File
from .intake.reading import check_encoding
from .intake.texts import Aside

DEMO = ROOT / "seeds"


def as_parquet(data: Path | None, folder: Path, encoding: str = "") -> Path:
    """The folder of Parquet files to build from: `data` itself where it holds nothing else, or
    `folder`, in which only what is new or has changed is made. `encoding`: the variable
    text_encoding. Raises intake's InputError."""
    check_encoding(encoding)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        files = tables.list_folder(connection, str(data or DEMO), None).files
        if data and all(file.format == "parquet" for file in files):
            return data
        kept = set()
        for file, made in zip(files, places_of(files, folder, encoding), strict=True):
            kept.add(made)
            if not is_same(Path(file.path), made):
                convert(connection, file, made, encoding)
    for made in folder.glob("*/*.parquet"):
        if made not in kept:
            made.unlink()
    return folder


def places_of(files: list[File], folder: Path, encoding: str) -> list[Path]:
    """A file for each: a/b.csv and a_b.csv are told apart by a checksum. What was read in another
    encoding has another name."""
    ending = encoding and "." + codecs.lookup(encoding).name
    names = [file.name.replace("/", "_") + ending for file in files]
    count = Counter(names)
    return [
        folder / file.table_name / (
            f"{name}.{hashlib.sha256(file.name.encode()).hexdigest()[:8]}.parquet"
            if count[name] > 1 else f"{name}.parquet"
        )
        for file, name in zip(files, names, strict=True)
    ]


def is_same(path: Path, made: Path) -> bool:
    return made.exists() and made.stat().st_mtime_ns == path.stat().st_mtime_ns


def convert(
    connection: duckdb.DuckDBPyConnection, file: File, made: Path, encoding: str
) -> None:
    """Written aside, so that a file that is there is whole; as old as what it was made of. It has
    the columns of the contract that the file has."""
    made.parent.mkdir(parents=True, exist_ok=True)
    aside = made.with_name("_" + made.name)
    folder = tables.Folder()
    copies = made.parent / "_input"
    tables.check(connection, folder, file, Aside(copies, encoding))
    for remark in folder.remarks:
        print(remark, file=sys.stderr)
    present = folder.columns.get(file.path, contract.columns(file.table_name))
    columns = [column for column in contract.columns(file.table_name) if column in present]
    select = tables.view_of(connection, folder, file.table_name, [file])
    connection.execute(
        f"copy (select {', '.join(columns)} from ({select})) to {literal(aside)} (format parquet)"
    )
    stat = Path(file.path).stat()
    os.utime(aside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    aside.replace(made)
    shutil.rmtree(copies, ignore_errors=True)
