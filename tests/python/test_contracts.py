"""A mart has the columns and types that its YAML promises, or it isn't built."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import DBT, copy_project


def test_marts_have_the_promised_columns(marts: duckdb.DuckDBPyConnection) -> None:
    promised = marts.execute("""
        select relation, column_name, data_type from column_catalog
        where relation not in (
            select function_name from duckdb_functions() where function_type = 'table_macro'
        )
        order by relation, position
    """).fetchall()
    found = marts.execute("""
        select table_name, column_name, lower(data_type) from duckdb_columns()
        where schema_name = 'marts' and table_name in (select relation from column_catalog)
        order by table_name, column_index
    """).fetchall()
    assert found == promised


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, demo_warehouse: Path) -> Path:
    """A table and a view with another type than they promise, beside the demo."""
    root = copy_project(tmp_path_factory.mktemp("contracts") / "project")
    shutil.copy(demo_warehouse, root / "demo.duckdb")
    for model, wrong in {
        "dimensions/dim_teams": "length(team_name) as team_name",
        "memory/provisional_days": "cast(date_day as varchar) as date_day",
    }.items():
        path = root / "models" / "marts" / f"{model}.sql"
        path.write_text(f"select * replace ({wrong}) from (\n{path.read_text()}\n)")
    return root


@pytest.mark.parametrize("model", ["dim_teams", "provisional_days"])
def test_another_type_is_refused(model: str, project: Path) -> None:
    result = subprocess.run(
        [DBT, "--no-use-colors", "run", "--profiles-dir", "profiles", "--select", model],
        cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(project / "demo.duckdb")},
    )
    assert result.returncode == 1
    assert "This model has an enforced contract that failed." in result.stdout
