"""Descriptions stand in the database, where every tool that lists tables shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import run_dbt
from contents import query
from manifests import Manifest, public_models, read_manifest

from contact_center.publish_marts import publish_marts

COMMENTS = """
    select table_name || '.' || column_name, comment from duckdb_columns()
    where schema_name = 'marts' union all
    select table_name, comment from duckdb_tables() where schema_name = 'marts' union all
    select view_name, comment from duckdb_views() where schema_name = 'marts' union all
    select function_name, comment from duckdb_functions()
    where schema_name = 'marts' and function_type = 'table_macro'
"""


@pytest.fixture(scope="module")
def manifest(tmp_path_factory) -> Manifest:
    return read_manifest(tmp_path_factory.mktemp("comments"))


def comments(warehouse: Path) -> dict[str, str]:
    return dict(query(warehouse, COMMENTS))


def described(manifest: Manifest) -> dict[str, str]:
    """What the YAML says of each public relation and column; a function has no columns."""
    found = {}
    for model in public_models(manifest):
        found[model["name"]] = model["description"].strip()
        if model["config"]["materialized"] != "range_function":
            for column in model["columns"].values():
                found[f"{model['name']}.{column['name']}"] = column["description"].strip()
    return found


def test_every_description_of_the_marts_is_a_comment(
    manifest: Manifest, demo_warehouse: Path
) -> None:
    due = described(manifest)
    assert {"fct_sessions", "fct_sessions.session_id", "session_analysis"} <= due.keys()
    said = {
        name: comment.partition("\nKey: ")[0].partition("\nJoins: ")[0]
        for name, comment in comments(demo_warehouse).items()
    }
    assert said == due


@pytest.mark.parametrize(("relation", "keys"), [
    ("dim_teams", "Key: team_id."),
    ("fct_resolutions", "Key: session_id. Joins: fct_sessions by session_id, dim_companies by "
     "company_id, dim_channels by channel_id, dim_agents by agent_id, dim_skills by skill_id, "
     "dim_dates by date_day."),
    ("session_analysis_daily", "Key: company_id, date_day. Joins: dim_companies by company_id"),
    # Two rows may be alike.
    ("fct_durations", "Joins: "),
])
def test_keys_stand_below_the_description(
    relation: str, keys: str, demo_warehouse: Path
) -> None:
    assert comments(demo_warehouse)[relation].rpartition("\n")[2].startswith(keys)


def test_dimensions_have_primary_keys(demo_warehouse: Path) -> None:
    found = query(demo_warehouse, """
        select table_name, constraint_column_names from duckdb_constraints()
        where constraint_type = 'PRIMARY KEY' order by all
    """)
    assert found == [
        ("dim_agent_teams", ["agent_id", "valid_from"]),
        ("dim_agents", ["agent_id"]), ("dim_campaigns", ["campaign_id"]),
        ("dim_channels", ["channel_id"]), ("dim_companies", ["company_id"]),
        ("dim_dates", ["date_day"]), ("dim_skills", ["skill_id"]), ("dim_teams", ["team_id"]),
    ]


def test_other_schemas_are_described_too(demo_warehouse: Path) -> None:
    [(view,)] = query(demo_warehouse, """
        select comment from duckdb_views() where view_name = 'sessions_to_build'
    """)
    [(column,)] = query(demo_warehouse, """
        select comment from duckdb_columns()
        where table_name = 'queue_legs' and column_name = 'leg_number'
    """)
    assert view and column == "Which of the session's queue legs it is, from 1."


def test_what_changed_is_said_anew(demo_warehouse: Path, tmp_path: Path) -> None:
    """Of what a run built; of other relations the comments stay as they are."""
    warehouse = tmp_path / "contact_center.duckdb"
    shutil.copyfile(demo_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("comment on table marts.dim_teams is 'former'")
        connection.execute("comment on column marts.dim_teams.team_id is 'former'")
        connection.execute("comment on table marts.dim_skills is 'former'")
    result = run_dbt("run", warehouse, "--select", "dim_teams")
    assert result.returncode == 0, result.stdout
    due = comments(demo_warehouse)
    assert comments(warehouse) == {**due, "dim_skills": "former"}


def test_the_marts_alone_have_theirs(demo_warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.duckdb"
    publish_marts(demo_warehouse, target, ["customer"])
    due = {
        name: comment for name, comment in comments(demo_warehouse).items()
        if name.partition(".")[2] not in ("customer_id", "row_text")
    }
    found = comments(target)
    assert found == {name: due[name] for name in found}
    # Functions that need more than the marts aren't there.
    assert due.keys() - found.keys() == {"agent_analysis", "arrivals_heatmap"}
