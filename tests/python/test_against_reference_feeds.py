"""Two feeds in one warehouse: of each the rows that the second computation gives for it alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from comparison import KEYS, Rows, adapted, comparable, differences
from conftest import ROOT, copy_project
from nasty import Tables, nasty_tables, write_tables
from nasty.columns import COLUMNS
from reference import compute

from contact_center.formulas import summed
from contact_center.reporting.data import Figure
from contact_center.semantics import superset_datasets
from contact_center.semantics.catalogue import Column, read_marts

# What both feeds share: the days of the data, the calendars' reach, the companies without an id.
# And what isn't to be compared so: the counts of rows, for the reference gets an as_of here and
# leaves out the rows beyond it; and names, of which some are ids.
SHARED = (
    "dim_intervals", "open_spans", "feed_quality", "feed_quality_by_feed", "dim_companies",
    "dim_agents", "dim_teams", "dim_skills", "dim_campaigns", "dim_channels",
)
ID_COLUMNS = {
    "session_id", "agent_contact_id", "company_id", "agent_id", "customer_id", "team_id",
    "skill_id", "channel_id",
    "campaign_id", "first_skill_id", "closed_by_agent_id", "evaluated_agent_id", "policy_id",
    "from_agent_id", "from_skill_id", "to_agent_id", "to_skill_id", "next_session_id",
    "evaluation_id", "request_id", "session_company_id", "agent_company_id", "focus_id",
    "attachment_id", "message_id", "event_id", "device_id", "calendar_id",
}
# What one feed measures and the other doesn't.
UNMEASURED = ("raw_messages", "raw_focus_events", "raw_evaluations", "raw_agent_events")
SOURCE = """version: 2

sources:
  - name: raw_{feed}
    description: Nothing.
    database: "{{{{ 'contact_center_intake' if target.type == 'duckdb' else '' }}}}"
    schema: raw_{feed}
    tables:
      - name: nothing
        description: Nothing.
        columns:
          - name: nothing
"""
MODEL = """{{{{ config(materialized='table') }}}}
select
    {columns}
from read_csv(
    '{{{{ var("adapters")["{feed}"] }}}}/tables/{table}.csv', all_varchar = true, header = true
)
"""


def of_one_feed(seed: int, absent: tuple[str, ...] = ()) -> Tables:
    """Random data that name all their companies: what has none is both feeds' together."""
    tables = nasty_tables(seed, sessions=120, days=5, agents=6, absent=absent)
    agents = sorted({row["agent_id"] for row in tables["raw_session_events"]} - {None, ""})
    tables["raw_agents"] = [
        {**dict.fromkeys(COLUMNS["raw_agents"]), "agent_id": agent_id,
         "company_id": f"c{place % 3}"}
        for place, agent_id in enumerate([*agents, "stranger"])
    ]
    for row in tables["raw_sessions"]:
        row["company_id"] = row["company_id"] or "c1"
    return {
        name: [row for row in rows if "default" not in row.values()]
        for name, rows in tables.items()
    }


def add_adapter(root: Path, feed: str, tables: Tables) -> Path:
    """An adapter whose tables are the contract's already; its place."""
    place = root / "places" / feed
    write_tables(tables, place / "tables")
    (place / f"{feed}.csv").write_text("nothing\n")
    models = root / "models" / "adapters" / feed
    models.mkdir()
    (models / f"{feed}_sources.yml").write_text(SOURCE.format(feed=feed))
    for table in tables:
        columns = ",\n    ".join(f'"{column}"' for column in COLUMNS[table])
        (models / f"{feed}_{table.removeprefix('raw_')}.sql").write_text(
            MODEL.format(feed=feed, table=table, columns=columns)
        )
    known = root / "macros" / "staging" / "adapter_tables.sql"
    named = ", ".join(f"'{table}': none" for table in tables)
    marker = "{% do return({\n"
    known.write_text(known.read_text().replace(marker, f"{marker}'{feed}': {{{named}}},\n", 1))
    return place


def under_its_name(feed: str, rows: Rows) -> Rows:
    """The rows of a feed alone, with the ids that they have beside another feed."""

    def named(column: str, value: Any) -> Any:
        is_id = column in ID_COLUMNS and value not in (None, "default")
        return f"{feed}:{value}" if is_id else value

    return [{column: named(column, value) for column, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def warehouse_and_data(
    tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Tables]]:
    root = copy_project(tmp_path_factory.mktemp("feeds") / "project")
    data = {"left": of_one_feed(31), "right": of_one_feed(32, absent=UNMEASURED)}
    places = {feed: str(add_adapter(root, feed, tables)) for feed, tables in data.items()}
    variables = {"adapters": places, "accept_quarantine": True}
    warehouse = root / "feeds.duckdb"
    result = subprocess.run(
        [
            ROOT / ".venv" / "bin" / "dbt", "build", "--profiles-dir", "profiles",
            "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test",
            "--vars", json.dumps(variables),
        ],
        cwd=root, capture_output=True, text=True, check=False,
        env={"CONTACT_CENTER_WAREHOUSE": str(warehouse), "PYTHONPATH": str(root / "scripts"),
             "PATH": str(ROOT / ".venv" / "bin") + ":/usr/bin:/bin"},
    )
    assert result.returncode == 0, result.stdout[-6000:]
    return warehouse, data


def test_each_feed_is_as_if_it_were_alone(
    warehouse_and_data: tuple[Path, dict[str, Tables]]
) -> None:
    warehouse, data = warehouse_and_data
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        as_of = connection.execute("select as_of from intermediate.data_span").fetchone()[0]
        alone = {
            feed: compute(tables, as_of=str(as_of), feed_name=feed)
            for feed, tables in data.items()
        }
        found = list(all_feed_differences(connection, alone))
    assert not found, "\n".join([f"{len(found)} differences:", *found[:20]])


def all_feed_differences(
    connection: duckdb.DuckDBPyConnection, alone: dict[str, dict[str, list]]
) -> Iterator[str]:
    for relation, key_columns in KEYS.items():
        if relation in SHARED:
            continue
        cursor = connection.execute(f"from marts.{relation}")
        columns = [column[0] for column in cursor.description]
        mine = [
            {column: comparable(value) for column, value in zip(columns, row, strict=True)}
            for row in cursor.fetchall()
        ]
        theirs = [
            row
            for feed, result in alone.items()
            for row in under_its_name(feed, adapted(relation, result[relation]))
        ]
        yield from differences(relation, key_columns, mine, theirs)


# Scores of several kinds don't add up in any way.
@pytest.mark.parametrize("name", sorted({*read_marts()} - {"survey_metrics_daily"}))
def test_a_rate_over_both_feeds_is_that_of_the_one_that_measures_it(
    warehouse_and_data: tuple[Path, dict[str, Tables]], name: str
) -> None:
    """In Superset's words, MetricFlow's and the report's."""
    warehouse, _ = warehouse_and_data
    mart = read_marts()[name]
    for column in mart.figures:
        if column.over_rows != "quotient":
            continue
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            [halves] = connection.execute(f"""
                select {summed(column.above)}, {summed(column.below)} from marts.{name}
                where ({column.above}) is not null and ({column.below}) is not null
            """).fetchall()
            for said in words_of(column):
                [(found,)] = connection.execute(f"select {said} from marts.{name}").fetchall()
                above, below = halves
                expected = above / below if below else None
                assert found == (expected and pytest.approx(expected, rel=1e-9)), (column, said)


def words_of(column: Column) -> list[str]:
    formula = f"{column.above} / {column.below}"
    known = f"case when {column.above} is not null then {column.below} end"
    return [
        superset_datasets.expression(column),
        Figure("", "", column.name, {}, formula, "", "", "", "").expression,
        *([f"sum({column.above}) / nullif(sum({known}), 0)"]
          if column.is_below_where_known else []),
    ]
