"""A warehouse of an older release is built anew from the rows that it holds, without files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
from contents import assert_same, contents, query
from nasty import Tables, nasty_tables, write_tables

# What an older release didn't know: tables, and columns of a table.
NEWER_TABLES = ("raw_skill_targets", "raw_measured_events")
NEWER_COLUMNS = {"session_events": ("reason", "outcome", "team_id")}
MADE_ANEW = ("marts", "intermediate", "touched", "rebuilt")
TIMELY = {"message_id": "slashes", "session_id": "s", "sent_at": "2026/03/05 09:01",
          "sender_type": "customer", "ingested_at": "2026-03-05T09:02:00Z"}


def tables_of_then() -> Tables:
    """Data of which an older release knew every table and column."""
    tables = {
        name: rows for name, rows in nasty_tables(11).items() if name not in NEWER_TABLES
    }
    known = {"queued", "accepted", "transferred", "released", "abandoned", "closed", "reopened"}
    tables["raw_session_events"] = [
        {name: value for name, value in row.items()
         if name not in NEWER_COLUMNS["session_events"]}
        for row in tables["raw_session_events"] if row["event_type"] in known
    ]
    tables["raw_sessions"].append({"session_id": "s", "started_at": "2026-03-05T09:00:00Z"})
    tables["raw_messages"].append(TIMELY)
    return tables


def make_older(warehouse: Path) -> None:
    """Takes from a warehouse what an older release wouldn't have written or could not read."""
    with duckdb.connect(str(warehouse)) as connection:
        for schema in MADE_ANEW:
            connection.execute(f"drop schema if exists {schema} cascade")
        views = connection.execute(
            "select view_name from duckdb_views() where schema_name = 'staging'"
        ).fetchall()
        for (view,) in views:
            connection.execute(f"drop view staging.{view}")
        for table in NEWER_TABLES:
            connection.execute(f"drop table staging.{table.replace('raw_', 'checked_', 1)}")
        for table, columns in NEWER_COLUMNS.items():
            for column in columns:
                connection.execute(f"alter table staging.checked_{table} drop column {column}")
        connection.execute(
            "update staging.checked_messages set row_outcome = 'bad_timestamp', sent_at = null,"
            " own_reason = 'bad_timestamp', session_key = null, row_text = ?"
            " where message_id = 'slashes'",
            [json.dumps(TIMELY)],
        )


def test_older_warehouse_gives_the_figures_of_its_files(
    tmp_path: Path, build_warehouse
) -> None:
    write_tables(tables_of_then(), tmp_path / "data")
    warehouse = build_warehouse(tmp_path, data_dir=tmp_path / "data")
    (tmp_path / "upgraded").mkdir()
    older = tmp_path / "upgraded" / warehouse.name
    shutil.copy(warehouse, older)
    make_older(older)
    shutil.rmtree(tmp_path / "data")

    build_warehouse(older.parent, variables={"rebuild_from_store": True}, onto=True)
    assert_same(contents(older), contents(warehouse))
    assert query(older, "select max(build_number) from staging.builds") == [(2,)]
    assert query(older, "select distinct build_number from staging.checked_messages") == [(2,)]

    # Rows of files are added to it as to any other.
    write_tables(
        {"raw_sessions": [{"session_id": "late", "started_at": "2026-03-05T09:00:00Z"}]},
        tmp_path / "more",
    )
    build_warehouse(older.parent, data_dir=tmp_path / "more", onto=True)
    counts = [query(path, "select count(*) from marts.fct_sessions")[0][0]
              for path in (older, warehouse)]
    assert counts[0] == counts[1] + 1
