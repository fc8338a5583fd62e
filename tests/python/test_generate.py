"""The data generator: determinism, the committed odd data, formats, bad rows, refusals."""

import csv
import filecmp
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ODD

from contact_center import generate
from contact_center.generator.contract import (
    EVENT_TABLES,
    INTEGER,
    TABLES,
    TIMESTAMP,
    TIMESTAMP_COLUMNS,
    column_type,
    key_column,
)

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"

# The command that wrote the odd data (conftest.py).
ODD_DATA = "--sessions 600 --days 40 --seed 1 --format csv --from 2026-03-02"
SMALL = "--sessions 150 --days 8 --format csv"
SESSION_TABLES = [t for t in EVENT_TABLES if t not in ("raw_sessions", "raw_agent_events")]


def run(arguments: str, output: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "contact_center.generate", *arguments.split(), "--output", output],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)}, capture_output=True, text=True,
        check=False,
    )


def generated(arguments: str, output: Path) -> Path:
    result = run(arguments, output)
    assert result.returncode == 0, result.stderr
    return output


def differing_files(one: Path, other: Path) -> list[str]:
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    _, mismatch, errors = filecmp.cmpfiles(one, other, names, shallow=False)
    return sorted(mismatch + errors)


def load_csv(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for table in TABLES:
        connection.execute(
            f"create table {table} as "
            f"from read_csv('{folder / f'{table}.csv'}', all_varchar = true, header = true)"
        )


@pytest.fixture(scope="module")
def odd() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    load_csv(connection, ODD)
    return connection


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    return generated(SMALL, tmp_path_factory.mktemp("small"))


def test_same_seed_gives_identical_files(small, tmp_path):
    assert differing_files(small, generated(SMALL, tmp_path)) == []


def test_another_seed_gives_other_events(small, tmp_path):
    differing = differing_files(small, generated(f"{SMALL} --seed 2", tmp_path))
    assert {f"{table}.csv" for table in EVENT_TABLES} <= set(differing)


def test_the_odd_data_are_what_the_command_writes(tmp_path):
    output = generated(ODD_DATA, tmp_path)
    for table in TABLES:
        name = f"{table}.csv"
        assert filecmp.cmp(ODD / name, output / name, shallow=False), f"{name} differs"


def test_headers_are_the_contract(small):
    assert len(TABLES) == 22
    for table, columns in TABLES.items():
        with (small / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == columns


def test_parquet_is_typed_and_holds_the_rows_that_csv_can_be_read_as(small, tmp_path):
    parquet = generated(SMALL.replace("csv", "parquet"), tmp_path)
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    load_csv(connection, small)
    for table, columns in TABLES.items():
        connection.execute(f"create table typed as from '{parquet / f'{table}.parquet'}'")
        types = {name: kind.lower() for name, kind, *_ in connection.execute(
            "describe typed").fetchall()}
        assert types == {column: column_type(table, column) for column in columns}
        connection.execute(f"create table readable as {readable_rows(table)}")
        assert connection.execute("from readable except all from typed").fetchall() == []
        assert connection.execute("from typed except all from readable").fetchall() == []
        connection.execute("drop table typed; drop table readable")


def readable_rows(table: str) -> str:
    """CSV rows as their types, without those in which a value can't be read."""
    casts = {
        TIMESTAMP: "timezone('UTC', try_cast({0} as timestamptz))",
        INTEGER: "try_cast({0} as integer)",
    }
    items = {
        column: casts.get(column_type(table, column), "{0}").format(column)
        for column in TABLES[table]
    }
    select = ", ".join(
        f"({item})::{column_type(table, column)} as {column}" for column, item in items.items()
    )
    unreadable = " or ".join(
        f"({column} is not null and {item} is null)" for column, item in items.items()
    )
    return f"select {select} from {table} where not ({unreadable})"


def rows_of_kind(reason: str, table: str) -> str | None:
    """A condition that finds a table's rows of a kind, aliased t (with the session s)."""
    key, instant = key_column(table), TIMESTAMP_COLUMNS[table]
    at = f"try_cast(t.{instant} as timestamptz)"
    is_of_session = table in SESSION_TABLES
    conditions = {
        "missing_key": f"t.{key} is null",
        "missing_timestamp": f"t.{instant} is null",
        "bad_timestamp": f"t.{instant} is not null and {at} is null",
        "future_timestamp": f"{at} > t.ingested_at::timestamptz + interval 24 hour",
        "superseded": f"""
            t.{key} in (
                select {key} from (select distinct * from {table})
                group by {key} having count(*) > 1
            )
        """,
        "duplicate": f"""
            t.{key} in (
                select {key} from {table} group by all having count(*) > 1
            )
        """,
        "missing_reference": (
            "t.session_id is null" if is_of_session
            else "t.agent_id is null" if table == "raw_agent_events" else None
        ),
        "unknown_session": (
            "t.session_id is not null and s.session_id is null" if is_of_session else None
        ),
        "before_start": (
            f"{at} < try_cast(s.started_at as timestamptz) - interval 5 minute"
            if is_of_session else None
        ),
        "bad_value": {
            "raw_sessions": "t.direction not in ('inbound', 'outbound')",
            "raw_session_events": "t.event_type = 'accepted' and t.agent_id is null",
            "raw_messages": "try_cast(t.message_seq as integer) is null and t.message_seq <> ''",
            "raw_agent_events": "t.event_type = 'state' and t.state is null",
            "raw_focus_events": "t.event_type not in ('focus', 'blur')",
            "raw_evaluations": "t.score is not null and try_cast(t.score as integer) is null",
            "raw_tag_events": "t.event_type not in ('attached', 'detached')",
            "raw_survey_requests": "t.kind not in ('csat', 'nps', 'ces')",
        }[table],
        "score_out_of_range": (
            "try_cast(t.score as integer) not between 1 and 5 and t.kind is null"
            if table == "raw_evaluations" else None
        ),
        "after_close": {
            "raw_messages": CLOSED_BEFORE.format(at=at),
            "raw_session_events": f"t.event_type = 'accepted' and {CLOSED_BEFORE.format(at=at)}",
        }.get(table),
    }
    return conditions[reason]


CLOSED_BEFORE = """
    'closed' = (
        select arg_max(e.event_type, try_cast(e.occurred_at as timestamptz))
        from raw_session_events as e
        where
            e.session_id = t.session_id and e.event_type in ('closed', 'reopened')
            and try_cast(e.occurred_at as timestamptz) < {at}
    )
"""
REASONS = (
    "missing_key missing_timestamp missing_reference bad_timestamp bad_value unknown_session "
    "superseded before_start after_close score_out_of_range future_timestamp duplicate"
).split()


@pytest.mark.parametrize("reason", REASONS)
def test_odd_data_hold_bad_rows_of_every_kind(odd, reason):
    tables = [table for table in EVENT_TABLES if rows_of_kind(reason, table)]
    assert tables
    for table in tables:
        session = (
            "left join raw_sessions as s on s.session_id = t.session_id"
            if table in SESSION_TABLES else ""
        )
        (count,) = odd.execute(
            f"select count(*) from {table} as t {session} where {rows_of_kind(reason, table)}"
        ).fetchone()
        assert 1 <= count <= 12, f"{count} rows of {table} are {reason}"


def test_rows_land_after_they_happen(odd):
    """But for the few that the kind future_timestamp is made of."""
    for table in EVENT_TABLES:
        (count,) = odd.execute(f"""
            select count(*) from {table}
            where ingested_at::timestamptz < try_cast({TIMESTAMP_COLUMNS[table]} as timestamptz)
        """).fetchone()
        assert count == 1


def test_sessions_have_about_19_messages(tmp_path):
    output = generated("--sessions 20000 --days 20 --seed 5", tmp_path)
    (average,) = duckdb.execute(
        f"select count(*) / 20000 from '{output / 'raw_messages.parquet'}'"
    ).fetchone()
    assert 18.5 < average < 19.5


def test_chunks_become_folders_with_the_same_good_rows(small, tmp_path, monkeypatch):
    monkeypatch.setattr(generate, "SESSIONS_PER_CHUNK", 40)
    assert generate.main([*SMALL.split(), "--output", str(tmp_path)]) == 0
    parts = sorted(path.name for path in (tmp_path / "raw_messages").iterdir())
    assert parts == [f"part-0000{part}.csv" for part in range(1, 5)]
    for table in TABLES:
        files = tmp_path / table / "*.csv" if (tmp_path / table).is_dir() else (
            tmp_path / f"{table}.csv")
        key = key_column(table)
        # Each chunk has bad rows of its own: copies, with a suffix or with a key twice.
        only_in_one_file = duckdb.execute(f"""
            select * from (
                select * from read_csv('{small / f'{table}.csv'}', all_varchar = true)
                except
                select * from read_csv('{files}', all_varchar = true)
            )
            where {key} not like '%-x%'
        """).fetchall()
        assert len(only_in_one_file) <= 1, table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--sessions 0 --days 5", "--sessions: '0' is not a whole number of at least 1"),
        ("--sessions many --days 5", "'many' is not a whole number of at least 1"),
        ("--sessions 5 --days -1", "--days"),
        (f"--sessions 5 --days 5 --seed {10**18}", "is not a whole number of at most 18 digits"),
        ("--sessions 5 --days 5 --seed one", "'one' is not a whole number of at most 18 digits"),
        ("--sessions 5 --days 5 --from 2026-13-01", "'2026-13-01' is not a date like 2026-03-02"),
        ("--sessions 5 --days 5 --format xlsx", "invalid choice: 'xlsx'"),
        ("--days 5", "--sessions"),
    ],
)
def test_bad_arguments(tmp_path, arguments, message):
    result = run(arguments, tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_existing_tables_are_replaced_only_on_request(tmp_path):
    (tmp_path / "raw_sessions.yml").write_text("mine")
    stale = tmp_path / "raw_messages"
    stale.mkdir()
    (stale / "part-00001.parquet").write_text("stale")
    refused = run(SMALL, tmp_path)
    assert refused.returncode == 2
    assert "already holds raw_messages" in refused.stderr
    assert "--overwrite" in refused.stderr
    generated(f"{SMALL} --overwrite", tmp_path)
    assert not stale.exists()
    assert (tmp_path / "raw_sessions.yml").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {
        "raw_sessions.yml", *(f"{table}.csv" for table in TABLES)
    }


def test_an_output_that_is_a_file_is_refused(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    result = run(SMALL, file)
    assert result.returncode == 2
    assert "cannot write" in result.stderr
    assert "Traceback" not in result.stderr


def test_progress_goes_to_stderr(tmp_path):
    result = run(SMALL, tmp_path)
    assert "100%" in result.stderr
    assert result.stdout == ""
