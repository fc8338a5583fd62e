"""What builds are held against: the least that can be done with messages, in DuckDB alone.

The messages are read into a table, their duplicate keys are found, and one ordered window pass
marks where the sender changes, which is where a turn begins. Threads, memory and the other
settings are those of a build (profiles/profiles.yml).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..intake import sql
from .data import parquet_files
from .machine import memory_limit
from .processes import Measurement, own_peak_bytes

STEPS = """
    create table messages as
    select * from read_parquet({files}, union_by_name = true);

    create table duplicate_keys as
    select message_id, count(*) as row_count
    from messages
    group by message_id
    having count(*) > 1;

    create table message_turns as
    select
        session_id,
        message_id,
        sent_at,
        sender_type,
        sender_type is distinct from lag(sender_type) over (
            partition by session_id order by sent_at, message_seq, message_id
        ) as is_turn_start
    from messages;
"""
COUNTS = """
    select
        (select count(*) from messages),
        (select count(*) from duplicate_keys),
        (select count(*) from message_turns where is_turn_start)
"""


@dataclass(frozen=True)
class Reference:
    """One run of the reference, and what it found."""

    measurement: Measurement
    message_count: int
    duplicate_key_count: int
    turn_count: int


def run_reference(data: Path, database: Path) -> Reference:
    """Works in a file, as a build does; the file stays for whoever wants to look.

    To be run in a process of its own, for the peak memory is that of the whole process. The time
    is DuckDB's alone, without the start of Python that a build's time includes.
    """
    database.unlink(missing_ok=True)
    statements = STEPS.format(files=sql.paths(parquet_files(data, "raw_messages")))
    start = time.perf_counter()
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{memory_limit()}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = false")
        connection.execute(statements)
    measurement = Measurement(time.perf_counter() - start, own_peak_bytes())
    with duckdb.connect(str(database), read_only=True) as connection:
        return Reference(measurement, *connection.execute(COUNTS).fetchone())
