"""A project of its own that has this one as a package: its schemas, its models, its indicator."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import DBT, ROOT

FILES = {
    "dbt_project.yml": """
name: their_centre
version: "1.0.0"
config-version: 2
profile: their_centre
flags: {send_anonymous_usage_stats: false}
vars:
  contact_center:
    schema_prefix: cc_
models:
  their_centre:
    +schema: reports
  contact_center:
    marts:
      dimensions:
        dim_teams: {+alias: contact_teams}
      indicators:
        bot_metrics_daily: {+enabled: false}
""",
    "packages.yml": f"packages: [{{local: {str(ROOT)!r}}}]\n",
    "profiles.yml": """
their_centre:
  target: dev
  outputs:
    dev: {type: duckdb, path: theirs.duckdb, threads: 2, settings: {TimeZone: UTC}}
""",
    "models/long_sessions_daily.sql": """
select
    company_id,
    session_date as date_day,
    count(*) filter (where session_seconds > 3600) as long_session_count,
    {{ contact_center.proportion('long_session_count', 'count(*)') }} as long_session_rate
from {{ ref('contact_center', 'fct_sessions') }}
group by company_id, session_date
""",
    "models/long_sessions_daily.yml": """
models:
  - name: long_sessions_daily
    access: public
    columns:
      - name: long_session_rate
        data_type: double
        description: Share of the sessions that took over an hour.
        config:
          meta:
            {id: X1, label_en: Long sessions, label_zh: 长会话占比, unit: ratio,
             name_en: Long sessions, name_zh: 长会话占比, source: their centre,
             formula: long_session_count / sessions, date_basis: session start, better: down,
             channels: all, filters: none}
""",
    "models/metric_days.sql": "select date_day from {{ ref('dim_dates') }}",
    "models/metric_days.yml": """
models:
  - name: metric_days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]
""",
    "tests/every_session_is_theirs.sql": """
select company_id from {{ ref('long_sessions_daily') }} where long_session_rate > 1
""",
}


@pytest.fixture(scope="module")
def parent(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("parent")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text.lstrip("\n"))
    for kind in ("marts", "dimensions"):
        shutil.copytree(
            ROOT / "bi" / "metricflow" / "models" / kind, folder / "models" / kind,
            ignore=shutil.ignore_patterns("bot_metrics_daily.yml"),
        )
    dbt(folder, "deps")
    dbt(
        folder, "build", "--select", "+long_sessions_daily", "+metric_catalog", "+dim_teams",
        "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test",
    )
    return folder


def dbt(folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [DBT, "--no-use-colors", *arguments, "--profiles-dir", "."],
        cwd=folder, env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stdout[-3000:]
    return result.stdout


def query(folder: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(folder / "theirs.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_schemas_have_the_prefix(parent: Path) -> None:
    schemas = {name for (name,) in query(parent, """
        select distinct schema_name from duckdb_tables() union
        select distinct schema_name from duckdb_views() where not internal
    """)}
    assert {"cc_marts", "cc_staging", "cc_raw", "cc_intermediate", "main_reports"} <= schemas
    assert schemas.isdisjoint({"marts", "staging", "raw", "intermediate", "touched"})


def test_their_model_reads_a_mart(parent: Path) -> None:
    assert query(parent, """
        select sum(long_session_count) from main_reports.long_sessions_daily
    """) == query(parent, """
        select count(*) from cc_marts.fct_sessions where session_seconds > 3600
    """)


def test_their_indicator_is_in_the_catalogue(parent: Path) -> None:
    ids = {id for (id,) in query(parent, "select id from cc_marts.metric_catalog")}
    assert {"S1", "A26", "N20", "X1"} <= ids


def test_a_mart_has_another_name_and_another_is_left_out(parent: Path) -> None:
    marts = {name for (name,) in query(parent, """
        select table_name from information_schema.tables where table_schema = 'cc_marts'
    """)}
    assert "contact_teams" in marts and "dim_teams" not in marts
    ids = {id for (id,) in query(parent, "select id from cc_marts.metric_catalog")}
    assert ids.isdisjoint({"C1", "C2", "C3", "C4"})
    [(comment,)] = query(parent, """
        select comment from duckdb_columns()
        where table_name = 'contact_teams' and column_name = 'team_id'
    """)
    assert comment


def test_their_semantic_layer_is_of_their_marts(parent: Path) -> None:
    manifest = json.loads((parent / "target" / "semantic_manifest.json").read_text())
    relations = {
        model["name"]: model["node_relation"]["relation_name"]
        for model in manifest["semantic_models"]
    }
    assert relations["queue_metrics_daily"] == '"theirs"."cc_marts"."queue_metrics_daily"'
    assert relations["dim_teams"] == '"theirs"."cc_marts"."contact_teams"'
    assert "service_level_rate" in {metric["name"] for metric in manifest["metrics"]}


def test_unit_tests_hold_there(parent: Path) -> None:
    said = dbt(parent, "test", "--select", "test_accepted_without_queueing")
    assert re.findall(r"PASS=(\d+) WARN=0 ERROR=0", said) not in ([], ["0"])
