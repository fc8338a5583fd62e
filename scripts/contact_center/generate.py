"""Generates a contact centre: the 22 tables of the raw event contract, as CSV or Parquet.

    python -m contact_center.generate --sessions 600 --days 40 --format csv --output data/generated

Three companies in three time zones, their agents, teams, skills and campaigns; sessions on five
channels that are queued, offered, answered, held, transferred, abandoned, wrapped up, reopened,
that wait for somebody else and that a bot takes first; the messages, focus changes, surveys and
tags of these sessions; the agents' logins and states; business hours and promises; late rows,
duplicates and a few rows of every kind that the warehouse puts into quarantine.

Everything follows from the arguments. There is no random generator and no clock: each draw is a
hash of the seed, the number of the thing that it is for and the name of the draw (macro `draw`
in generator/sql/macros.sql), and every file is sorted. The same arguments therefore give the
same rows on any machine and with any number of threads.

Sessions are made in chunks, so that memory doesn't grow with their number. A session's events
and messages depend on nothing outside it but the agents' rota, so that chunks need not know of
each other. Up to one chunk each table is one file, `raw_messages.csv`, above it a folder of
files, `raw_messages/part-00001.csv`.
"""

import argparse
import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from tqdm import tqdm

from .generator import content
from .generator.arguments import build_parser, parse
from .generator.content_tables import create_content_tables
from .generator.contract import EVENT_TABLES, REFERENCE_TABLES, TABLES
from .generator.spoilings import spoil
from .generator.writing import copy_table

SQL_FOLDER = Path(__file__).parent / "generator" / "sql"
# Files of SQL_FOLDER, in the order in which they need each other.
SHARED_STEPS = ["macros", "agents", "calendar", "reference", "hours"]
SESSION_STEPS = [
    "sessions", "steps", "timeline", "session_agents", "session_events", "handling_events",
    "waiting_events", "messages", "focus_events", "outcomes", "evaluations", "surveys",
    "tag_events",
]

SESSIONS_PER_CHUNK = 50_000
AGENTS_PER_CHUNK = 2_000
MEMORY_LIMIT = "3GB"
WORKING_FOLDER = ".generating"

# What a table may be called in a data set; "" is a folder of files.
DATA_ENDINGS = ["", ".csv", ".csv.gz", ".jsonl", ".parquet"]

# The extraction happens when the last day has ended in all three zones.
EXTRACTION_HOUR_UTC = 6


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    parser = build_parser()
    found = existing_tables(options.output)
    if found and not options.overwrite:
        parser.error(
            f"{options.output} already holds {found[0].name}"
            f"{f' and {len(found) - 1} more' if len(found) > 1 else ''}; "
            "choose another folder or add --overwrite to replace the tables"
        )
    try:
        generate(options)
    except (OSError, duckdb.IOException) as error:
        parser.error(f"cannot write to {options.output}: {error}")
    except OverflowError:
        parser.error("the period ends after the year 9999")
    return 0


def existing_tables(folder: Path) -> list[Path]:
    """Files and folders of contract tables, in any format that the contract knows."""
    names = {table + ending for table in TABLES for ending in DATA_ENDINGS}
    return sorted(path for path in folder.glob("raw_*") if path.name in names)


def generate(options: argparse.Namespace) -> None:
    """Write everything beside its place first, so that a failed run leaves no half data set."""
    working_folder = options.output / WORKING_FOLDER
    shutil.rmtree(working_folder, ignore_errors=True)
    working_folder.mkdir(parents=True)
    try:
        with duckdb.connect() as connection:
            prepare(connection, options)
            write_reference_tables(connection, options.format, working_folder)
            write_event_tables(connection, options, working_folder)
        for path in existing_tables(options.output):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in sorted(working_folder.iterdir()):
            path.rename(options.output / path.name)
    finally:
        shutil.rmtree(working_folder, ignore_errors=True)


def prepare(connection: duckdb.DuckDBPyConnection, options: argparse.Namespace) -> None:
    """Settings, content and everything that chunks share."""
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    connection.execute("set TimeZone = 'UTC'")
    last_midnight = datetime.datetime.combine(
        options.first_date + datetime.timedelta(days=options.days), datetime.time()
    )
    first_midnight = datetime.datetime.combine(options.first_date, datetime.time())
    set_variables(connection, {
        "seed": options.seed,
        "session_count": options.sessions,
        "days": options.days,
        "first_date": options.first_date,
        "end_at": last_midnight + datetime.timedelta(hours=EXTRACTION_HOUR_UTC),
        "reference_at": first_midnight - datetime.timedelta(days=1),
        "skill_count": len(content.SKILLS),
        "campaign_ids": [campaign_id for campaign_id, _ in content.CAMPAIGNS],
        "contact_types": content.CONTACT_TYPES,
        "dispositions": content.DISPOSITIONS,
        "tags": content.TAGS,
        "break_reasons": content.BREAK_REASONS,
        "dequeue_reasons": content.DEQUEUE_REASONS,
        "pending_reasons": content.PENDING_REASONS,
        "topics": content.TOPICS,
        "voice_talk_seconds": content.VOICE_TALK_SECONDS,
    })
    create_content_tables(connection, options.sessions, options.days)
    for step in SHARED_STEPS:
        run_step(connection, step)


def set_variables(connection: duckdb.DuckDBPyConnection, values: dict) -> None:
    for name, value in values.items():
        connection.execute(f"set variable {name} = ?", [value])


def run_step(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def write_reference_tables(
    connection: duckdb.DuckDBPyConnection, file_format: str, folder: Path
) -> None:
    for table in REFERENCE_TABLES:
        copy_table(connection, table, file_format, folder / f"{table}.{file_format}")


def write_event_tables(
    connection: duckdb.DuckDBPyConnection, options: argparse.Namespace, folder: Path
) -> None:
    (agent_count,) = connection.execute("select count(*) from agents").fetchone()
    session_chunks = list(chunks(options.sessions, SESSIONS_PER_CHUNK))
    agent_chunks = list(chunks(agent_count, AGENTS_PER_CHUNK))
    is_terminal = sys.stderr.isatty()
    with tqdm(
        total=options.sessions, unit="session", unit_scale=True, file=sys.stderr,
        mininterval=0.1 if is_terminal else 10, maxinterval=10 if is_terminal else 60,
    ) as progress:
        for part, (first, last) in enumerate(agent_chunks, start=1):
            set_variables(connection, {"first_agent": first, "last_agent": last})
            run_step(connection, "agent_events")
            path = part_path(folder, "raw_agent_events", options.format, part, len(agent_chunks))
            write_with_spoilt(connection, "raw_agent_events", options.format, path)
        for part, (first, last) in enumerate(session_chunks, start=1):
            set_variables(connection, {"first_session": first, "last_session": last})
            for step in SESSION_STEPS:
                run_step(connection, step)
            for table in EVENT_TABLES:
                if table != "raw_agent_events":
                    path = part_path(folder, table, options.format, part, len(session_chunks))
                    write_with_spoilt(connection, table, options.format, path)
            progress.update(last - first + 1)


def write_with_spoilt(
    connection: duckdb.DuckDBPyConnection, table: str, file_format: str, path: Path
) -> None:
    spoil(connection, table)
    copy_table(connection, table, file_format, path)


def chunks(count: int, size: int) -> Iterator[tuple[int, int]]:
    """First and last number of each chunk of the numbers from 1 to count."""
    for first in range(1, count + 1, size):
        yield first, min(first + size - 1, count)


def part_path(folder: Path, table: str, file_format: str, part: int, parts: int) -> Path:
    if parts == 1:
        return folder / f"{table}.{file_format}"
    return folder / table / f"part-{part:05d}.{file_format}"


if __name__ == "__main__":
    sys.exit(main())
