"""A whole build of files of every format, and of folders that lack tables. That every layout of
files gives the same rows is test_intake's."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, run_dbt
from contents import Contents, assert_same, contents, made_once, query
from layouts import (
    COLUMNS,
    TROUBLESOME_NAME,
    Tables,
    csv_file,
    make_tables,
    mixed_formats,
    write,
    write_lacking,
)

Build = Callable[..., Path]

# A row's own text, and its key where an instant is a part of it, are shown as they came.
AS_IT_CAME = ("quarantined_rows.row_text", "quarantined_rows.row_key")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return make_tables()


@pytest.fixture(scope="module")
def expected(
    tables: Tables, tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build
) -> Contents:
    """What the plainest files give: one CSV file for each table."""

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write(tables, folder / "data", csv_file))

    return contents(made_once(tmp_path_factory, "csv", make), AS_IT_CAME)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests of a process: dbt needn't read the project again for every build."""
    return tmp_path_factory.mktemp("workshop")


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def test_mixed_formats_give_the_same_figures(
    tables: Tables, expected: Contents, workshop: Path, build_warehouse: Build
) -> None:
    data_dir = write(tables, emptied(workshop / "it's a [data] folder"), mixed_formats)
    warehouse = build_warehouse(workshop, data_dir=data_dir)
    assert_same(contents(warehouse, AS_IT_CAME), expected)


def test_keeps_commas_quotes_and_newlines(expected: Contents) -> None:
    names = [dict(row)["agent_name"] for row in expected["dim_agents"]]
    assert TROUBLESOME_NAME in names


# --- absent and empty -----------------------------------------------------------------------

SESSION = {"session_id": "s1", "started_at": "2026-03-05T09:00:00Z"}
EVENTS = [
    {"event_id": "e1", "session_id": "s1", "event_type": "queued",
     "occurred_at": "2026-03-05T09:00:00.000Z"},
    {"event_id": "e2", "session_id": "s1", "event_type": "accepted", "agent_id": "a1",
     "occurred_at": "2026-03-05T11:00:30.5+02:00"},
    {"event_id": "e3", "session_id": "s1", "event_type": "closed",
     "occurred_at": "2026-03-05 04:31:00-0500"},
]


@pytest.fixture(scope="module")
def not_measured(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    """Only the required tables, and of them few columns."""
    tables = {"raw_sessions": [SESSION], "raw_session_events": EVENTS}

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write_lacking(tables, folder / "data"))

    return made_once(tmp_path_factory, "not_measured", make)


@pytest.fixture(scope="module")
def nothing_happened(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    """Every other table is a header and nothing else."""
    tables = {**dict.fromkeys(COLUMNS, []), "raw_sessions": [SESSION], "raw_session_events": EVENTS}

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write_lacking(tables, folder / "data"))

    return made_once(tmp_path_factory, "nothing_happened", make)


MEASURED_FIGURES = """
    select sessions.valid_session_count, sessions.response_count, sessions.evaluated_session_count,
        agents.busy_seconds, agents.unreplied_session_count, agents.evaluated_session_count,
        contacts.agent_message_count, contacts.focus_seconds
    from marts.session_analysis_daily as sessions
    cross join marts.agent_analysis_daily as agents
    cross join marts.digital_metrics_daily as contacts
"""


def test_absent_table_is_not_measured(not_measured: Path) -> None:
    assert query(not_measured, MEASURED_FIGURES) == [(None,) * 8]


def test_header_alone_says_that_nothing_happened(nothing_happened: Path) -> None:
    assert query(nothing_happened, MEASURED_FIGURES) == [(0,) * 8]


def test_feed_quality_tells_absent_from_empty(not_measured: Path, nothing_happened: Path) -> None:
    sql = "select table_name, is_measured, raw_row_count from marts.feed_quality"
    required = {("raw_sessions", True, 1), ("raw_session_events", True, 3)}
    optional = COLUMNS.keys() - {"raw_sessions", "raw_session_events"}
    assert set(query(not_measured, sql)) == required | {(name, False, None) for name in optional}
    assert set(query(nothing_happened, sql)) == required | {(name, True, 0) for name in optional}


def test_absent_column_is_null_and_offsets_count(not_measured: Path) -> None:
    sql = """
        select
            company_id, customer_id, channel_id, direction, queue_seconds, session_seconds,
            strftime(last_closed_at, '%c')
        from marts.fct_sessions
    """
    closed_at = "2026-03-05 09:31:00"
    assert query(not_measured, sql) == [
        ("default", None, None, None, 30.5, 1829.5, closed_at)
    ]


# --- ids ------------------------------------------------------------------------------------


def test_ids_as_floats_meet_their_names_and_others_are_told(tmp_path: Path) -> None:
    """pandas writes a column with gaps as floats; the agents' names stand beside 3 and 4."""
    data = write_lacking({"raw_sessions": [SESSION]}, tmp_path / "data")
    (data / "raw_agents.csv").write_text("agent_id,agent_name\n3,Mei\n4,Tom\n")
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (
                select event_id, 's1' as session_id, agent_id, event_type,
                    timestamp '2026-03-05 09:00:00' + to_seconds(number) as occurred_at
                from (values
                    (0, 'e0', null::double, 'queued'), (1, 'e1', 3.0, 'accepted'),
                    (2, 'e2', 4.0, 'accepted'), (3, 'e3', 5.0, 'accepted')
                ) as events (number, event_id, agent_id, event_type)
            ) to '{data / "raw_session_events.parquet"}' (format parquet)
        """)
    warehouse = tmp_path / "contact_center.duckdb"
    result = run_dbt(
        "run", warehouse, "--select", "+fct_agent_contacts", "+dim_agents", "+quarantined_rows",
        variables={"data_dir": str(data)},
    )
    assert result.returncode == 0, result.stdout[-3000:]
    assert query(warehouse, """
        select agent_id, agent_name
        from marts.fct_agent_contacts
        left join marts.dim_agents using (agent_id)
        order by accepted_at
    """) == [("3", "Mei"), ("4", "Tom"), ("5", "5")]
    assert "Ids of events without a row in raw_agents: 1, for example 5." in result.stdout


# --- files that can't be read ---------------------------------------------------------------


def run_build(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", ROOT / "scripts" / "build", *arguments],
        capture_output=True, text=True, check=False,
    )


def test_broken_input_is_named_and_nothing_published(workshop: Path) -> None:
    """What is broken, and how, is test_intake's."""
    data_dir = write_lacking(
        {"raw_sessions": [SESSION], "raw_session_events": EVENTS}, emptied(workshop / "data")
    )
    broken = data_dir / "raw_agents.csv"
    broken.write_text("agent_id,agent_name\na1,Ann\na2\n")
    warehouse = workshop / "published" / "contact_center.duckdb"
    result = run_build("--data", data_dir, "--warehouse", warehouse)
    assert result.returncode == 1, result.stdout + result.stderr
    assert str(broken) in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert not warehouse.exists()


def test_missing_folder_is_named(tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    result = run_build("--data", tmp_path / "nowhere", "--warehouse", warehouse)
    assert result.returncode == 2
    assert f"'{tmp_path / 'nowhere'}' isn't there" in result.stderr
    assert not warehouse.exists()
