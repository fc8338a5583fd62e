"""The data that is measured on: generated, and for "one more day" cut into a history and a day."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import duckdb

from .. import generate
from ..generator.contract import EVENT_TABLES, REFERENCE_TABLES
from ..intake import sql

# The day that is added is the same for every length of history, and so are its weekday and its
# share of the week's sessions. A Wednesday without a change of the clocks anywhere.
LAST_DAY = datetime.date(2026, 4, 15)
MEMORY_LIMIT = "2GB"
SESSION_TABLES = [table for table in EVENT_TABLES if table != "raw_agent_events"]


def make_data(folder: Path, sessions: int, days: int) -> None:
    """A data set whose last day is LAST_DAY."""
    first_day = LAST_DAY - datetime.timedelta(days=days - 1)
    generate.main([
        "--sessions", str(sessions), "--days", str(days), "--from", first_day.isoformat(),
        "--format", "parquet", "--output", str(folder),
    ])


def parquet_files(data: Path, table: str) -> list[Path]:
    return sorted([*data.glob(f"{table}.parquet"), *data.glob(f"{table}/**/*.parquet")])


def cut_last_day(source: Path, history: Path, day: Path) -> None:
    """Moves what had landed when LAST_DAY began into `history`, and what landed on it into `day`.

    What landed later (answers and evaluations come for days) is left out: nobody had it yet. Days
    are UTC days. A row without `ingested_at` belongs to the history.
    """
    next_day = LAST_DAY + datetime.timedelta(days=1)
    on_day = f"ingested_at >= timestamp '{LAST_DAY}' and ingested_at < timestamp '{next_day}'"
    before = f"ingested_at is null or ingested_at < timestamp '{LAST_DAY}'"
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        for table in EVENT_TABLES:
            files = parquet_files(source, table)
            for number, path in enumerate(files, start=1):
                target = history / table / f"part-{number:05d}.parquet"
                copy_rows(connection, [path], before, target)
            copy_rows(connection, files, on_day, day / table / f"day-{LAST_DAY}.parquet")
    for table in REFERENCE_TABLES:
        for path in parquet_files(source, table):
            shutil.move(path, history / path.name)
    shutil.rmtree(source)


def cut_batch(day: Path, batch: Path, session_count: int) -> None:
    """The day's rows of some of its sessions, always the same ones of the same data."""
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"""
            create table chosen as
            from ({session_ids(day)}) order by hash(session_id), session_id limit {session_count}
        """)
        for table in SESSION_TABLES:
            files = parquet_files(day, table)
            chosen = "session_id in (select session_id from chosen)"
            copy_rows(connection, files, chosen, batch / table / f"day-{LAST_DAY}.parquet")


def copy_rows(
    connection: duckdb.DuckDBPyConnection, files: list[Path], condition: str, target: Path
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"""
        copy (from read_parquet({sql.paths(files)}) where {condition}) to {sql.literal(target)}
        (format parquet, compression zstd, compression_level 1)
    """)


def session_ids(data: Path) -> str:
    """A query: the sessions that the rows of a data set name."""
    return " union ".join(
        f"select session_id from read_parquet({sql.paths(parquet_files(data, table))})"
        " where session_id is not null"
        for table in SESSION_TABLES
    )


def count_sessions(data: Path) -> int:
    with duckdb.connect() as connection:
        return connection.execute(f"select count(*) from ({session_ids(data)})").fetchone()[0]


def add_files(batch: Path, data: Path) -> list[Path]:
    """Moves the files of a batch into a data set and gives their new places."""
    added = []
    for path in sorted(batch.rglob("*.parquet")):
        target = data / path.relative_to(batch)
        path.rename(target)
        added.append(target)
    return added


def take_files(added: list[Path], data: Path, batch: Path) -> None:
    """Moves them back: the data set is what it was before."""
    for path in added:
        path.rename(batch / path.relative_to(data))


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
