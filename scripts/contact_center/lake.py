"""DuckLake warehouses: a folder with a catalogue in SQLite and data as Parquet.

A build works on a copy of the catalogue and adds Parquet files that only the copy knows. When
every test passed, the copy replaces the catalogue in one step: readers, attached ones too, go from
one tested state to the next, and nobody waits for anybody's lock. A failure leaves the catalogue
as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from . import extensions
from .building import BuildError
from .building.arguments import is_duckdb_file
from .building.publishing import keep_rights, limit_rights, sync
from .extensions import literal

EXTENSIONS = ("sqlite_scanner", "ducklake")
CATALOGUE = "catalog.sqlite"
GIVE = "give a warehouse that ./scripts/build made"
# That of the rows, upon which builds are built.
STORE = "staging"
SCHEMAS = "select schema_name from duckdb_schemas() where database_name = ?"
# DuckDB's words, which name the process.
LOCKED = re.compile(r"Could not set lock on file.*\(PID (\d+)\)", re.DOTALL)
DATA = "data"
# What no snapshot needs any more.
OLD_FILES = """
    select path from ducklake_cleanup_old_files('lake', cleanup_all => true, dry_run => true)
"""


class LakeError(BuildError):
    """A reason not to build a lake here, in words for the person who asked for it."""


class NoWarehouse(duckdb.Error):
    """Why a path can't be read as a warehouse, in words for the person who named it."""


def is_published(warehouse: Path) -> bool:
    """False too where the folder that it is in can't be entered."""
    return os.path.exists(warehouse / CATALOGUE if os.path.isdir(warehouse) else warehouse)


def open_warehouse(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Reads a warehouse of either kind: a DuckDB file, or a lake's folder as `lake`."""
    with explained(warehouse):
        if not warehouse.is_dir():
            return duckdb.connect(str(warehouse), read_only=True)
        connection = duckdb.connect()
        attach(connection, warehouse / CATALOGUE, warehouse, "read_only")
        return connection


def attach_warehouse(
    connection: duckdb.DuckDBPyConnection, name: str, warehouse: Path
) -> None:
    """Reads a warehouse of either kind, beside others."""
    with explained(warehouse):
        if warehouse.is_dir():
            attach_as(connection, name, warehouse / CATALOGUE, warehouse, "read_only")
        else:
            connection.execute(f"attach {literal(warehouse)} as {name} (read_only)")


@contextmanager
def explained(warehouse: Path) -> Iterator[None]:
    """Raises a NoWarehouse where it can't be opened. DuckDB would look on the network for what
    reads a file of another program, such as SQLite's."""
    if warehouse.is_dir():
        if not is_published(warehouse):
            raise NoWarehouse(
                f"'{warehouse}' is a folder without a lake (no {CATALOGUE} is in it); {GIVE}"
            )
    else:
        try:
            warehouse.open("rb").close()
        except OSError as error:
            raise NoWarehouse(f"'{warehouse}' can't be read: {error.strerror}") from None
        if not is_duckdb_file(warehouse) or not warehouse.stat().st_size:
            raise NoWarehouse(f"'{warehouse}' is no DuckDB file; {GIVE}")
    try:
        yield
    except duckdb.Error as error:
        if writer := LOCKED.search(str(error)):
            raise NoWarehouse(
                f"another program (process {writer[1]}) has '{warehouse}' open to write it; close "
                "it there, or open it read-only"
            ) from None
        raise NoWarehouse(
            f"'{warehouse}' can't be read, as it is damaged or of another version of DuckDB: "
            f"{str(error).splitlines()[0]}"
        ) from error


@contextmanager
def marts_needed(*warehouses: object) -> Iterator[None]:
    """Says what it means that relations or columns aren't there."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        named = " or ".join(f"'{warehouse}'" for warehouse in warehouses)
        raise NoWarehouse(
            f"{named} has not what this command reads ({str(error).splitlines()[0]}); it is "
            "no warehouse of ./scripts/build, or an older one, which "
            "./scripts/build --rebuild-from-store brings up to date"
        ) from error


def has_store(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    return (STORE,) in connection.execute(SCHEMAS, [database]).fetchall()


def check_store(
    connection: duckdb.DuckDBPyConnection, warehouse: object, then: str = ""
) -> None:
    """Raises a NoWarehouse where the one in use has marts alone, or is something else. `then`: what
    comes after giving the right one."""
    [(database,)] = connection.execute("select current_database()").fetchall()
    if has_store(connection, database):
        return
    if ("marts",) in connection.execute(SCHEMAS, [database]).fetchall():
        raise NoWarehouse(
            f"'{warehouse}' has marts alone, as --publish-marts writes them, without the rows and "
            f"settings that this command needs; give the warehouse that it was made of{then}"
        )
    raise NoWarehouse(f"'{warehouse}' has no schema {STORE}; {GIVE}")


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
    `keep_earlier`: the states that were published before, too. Else their files go once nothing
    that is published names them; those that a crash leaves are orphans, which `start` deletes."""
    published = lake / CATALOGUE
    tested = snapshots(published) if keep_earlier and published.exists() else set()
    steps = snapshots(built)
    untested = steps - tested - {max(steps)}
    old: list[Path] = []
    with writing(built, lake) as connection:
        if untested:
            connection.execute(
                f"call ducklake_expire_snapshots('lake', versions => {sorted(untested)})"
            )
        if keep_earlier:
            connection.execute("call ducklake_cleanup_old_files('lake', cleanup_all => true)")
        else:
            rows = connection.execute(OLD_FILES).fetchall()
            old = [Path(path) for (path,) in rows]
    if not keep_earlier:
        # It knows the least and the greatest value of each file's columns, of those that are gone
        # too. Here nobody reads it, who could keep it from being written anew.
        with closing(sqlite3.connect(built)) as catalogue:
            with catalogue:
                catalogue.execute("delete from ducklake_files_scheduled_for_deletion")
            catalogue.execute("vacuum")
    # By a step in between, for the lake's folder may be a disk of its own.
    part = published.with_name(f".{CATALOGUE}")
    shutil.move(built, part)
    keep_rights(part, published)
    sync(part)
    os.replace(part, published)
    sync(lake)
    delete(old, lake)


def delete(files: list[Path], lake: Path) -> None:
    """Raises a LakeError which says that the rest is done."""
    try:
        for path in files:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise LakeError(
            f"'{lake}' is published, but files of earlier states are still there, as "
            f"'{error.filename}' can't be deleted: {error.strerror}. The next build, or "
            "./scripts/erase, deletes them."
        ) from error


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
