"""DuckLake warehouses: a folder with a catalogue in SQLite and data as Parquet.

A build works on a copy of the catalogue and adds Parquet files that only the copy knows. When
every test passed, the copy replaces the catalogue in one step: readers, attached ones too, go from
one tested state to the next, and nobody waits for anybody's lock. A failure leaves the catalogue
as it was.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from . import extensions
from .building import BuildError
from .building.publishing import keep_rights, limit_rights, sync
from .extensions import literal

EXTENSIONS = ("sqlite_scanner", "ducklake")
CATALOGUE = "catalog.sqlite"
DATA = "data"


class LakeError(BuildError):
    """A reason not to build a lake here, in words for the person who asked for it."""


def is_published(warehouse: Path) -> bool:
    """False too where the folder that it is in can't be entered."""
    return os.path.exists(warehouse / CATALOGUE if os.path.isdir(warehouse) else warehouse)


def open_warehouse(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Reads a warehouse of either kind: a DuckDB file, or a lake's folder as `lake`."""
    if not warehouse.is_dir():
        return duckdb.connect(str(warehouse), read_only=True)
    connection = duckdb.connect()
    attach(connection, warehouse / CATALOGUE, warehouse, "read_only")
    return connection


def attach(
    connection: duckdb.DuckDBPyConnection, catalogue: Path, lake: Path, *options: str
) -> None:
    """As `lake`, the database in use."""
    attach_as(connection, "lake", catalogue, lake, *options)
    connection.execute("use lake")


def attach_as(
    connection: duckdb.DuckDBPyConnection, name: str, catalogue: Path, lake: Path, *options: str
) -> None:
    """The data may have moved with the folder."""
    extensions.load(connection, *EXTENSIONS)
    data = literal(lake.absolute() / DATA)
    given = ", ".join([f"data_path {data}", "override_data_path true", *options])
    connection.execute(f"attach {literal(f'ducklake:sqlite:{catalogue}')} as {name} ({given})")


def start(lake: Path, folder: Path) -> Path:
    """A copy of the catalogue for a build to work on, without what a failed build left."""
    published, built = lake / CATALOGUE, folder / CATALOGUE
    is_ours = published.exists() or built.exists()
    if not is_ours and lake.is_dir() and any(lake.iterdir()):
        raise LakeError(f"'{lake}' holds other things than a lake; give the path of a new folder")
    for path in folder.glob(CATALOGUE + "*"):
        path.unlink()
    try:
        lake.mkdir(exist_ok=True)
        if published.exists():
            copy_catalogue(published, built, data=lake / DATA)
        with writing(built, lake) as connection:
            connection.execute("call ducklake_delete_orphaned_files('lake', cleanup_all => true)")
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise LakeError(f"can't build in '{lake}': {error}") from error
    return built


def copy_catalogue(published: Path, built: Path, data: Path) -> None:
    with closing(sqlite3.connect(published)) as source, closing(sqlite3.connect(built)) as copy:
        source.backup(copy)
        # The folder may have been moved since.
        with copy:
            copy.execute(
                "update ducklake_metadata set value = ? where key = 'data_path'", [f"{data}/"]
            )


def publish(built: Path, lake: Path, keep_earlier: bool = True) -> None:
    """Keeps of this build's snapshots the last, which was tested, and makes it the newest.
    `keep_earlier`: the states that were published before, too."""
    published = lake / CATALOGUE
    tested = snapshots(published) if keep_earlier and published.exists() else set()
    steps = snapshots(built)
    untested = steps - tested - {max(steps)}
    with writing(built, lake) as connection:
        if untested:
            connection.execute(
                f"call ducklake_expire_snapshots('lake', versions => {sorted(untested)})"
            )
        connection.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
    # By a step in between, for the lake's folder may be a disk of its own.
    part = published.with_name(f".{CATALOGUE}")
    shutil.move(built, part)
    keep_rights(part, published)
    sync(part)
    os.replace(part, published)
    sync(lake)


@contextmanager
def writing(catalogue: Path, lake: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        # As profiles.yml has it: small tables are Parquet too.
        attach(connection, catalogue, lake, "data_inlining_row_limit 0")
        yield connection


def snapshots(catalogue: Path) -> set[int]:
    with closing(sqlite3.connect(catalogue)) as connection:
        return {row[0] for row in connection.execute("select snapshot_id from ducklake_snapshot")}


def limit_to_warehouse(new: Path, warehouse: Path) -> None:
    """Takes from a file the rights that the warehouse doesn't give, of a lake its folder and its
    catalogue."""
    for source in (warehouse, warehouse / CATALOGUE):
        # A file as if it were a folder is no error to this one.
        if os.path.exists(source):
            limit_rights(new, source)
