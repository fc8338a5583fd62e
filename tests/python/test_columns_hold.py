"""The data test columns_hold: it bites, and says which column."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT, run_dbt

# As a table without a key, which would refuse the second row by itself.
TWICE = (
    "create or replace table marts.dim_agents as "
    "from marts.dim_agents union all (from marts.dim_agents limit 1)"
)


@pytest.mark.parametrize(("break_it", "complaint"), [
    ("select 1", None),
    ("update marts.dim_agents set agent_name = null where agent_id = (select agent_id from "
     "marts.dim_agents order by all limit 1)", "agent_name is NULL in 1 row\n"),
    ("update marts.dim_agents set agent_name = null, company_id = null",
     "agent_name is NULL in {agents} rows; company_id is NULL in {agents} rows"),
    (TWICE, "agent_id is not unique in 1 row\n"),
])
def test_a_broken_column_is_named(break_it, complaint, demo_warehouse, tmp_path) -> None:
    warehouse = Path(shutil.copy(demo_warehouse, tmp_path / demo_warehouse.name))
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(break_it)
        [(agents,)] = connection.execute("select count(*) from marts.dim_agents").fetchall()
    result = run_dbt("test", warehouse, "--select", "columns_of_dim_agents")
    if complaint is None:
        assert result.returncode == 0, result.stdout
        assert "columns_of_dim_agents" in result.stdout
        return
    assert result.returncode == 1
    assert complaint.format(agents=agents) in result.stdout


@pytest.mark.parametrize(("value", "complaint"), [
    ("'sideways'", "direction is none of inbound, outbound in 1 row\n"), ("null", None),
])
def test_a_value_that_is_not_accepted(value, complaint, demo_warehouse, tmp_path) -> None:
    """NULL is no value."""
    warehouse = Path(shutil.copy(demo_warehouse, tmp_path / demo_warehouse.name))
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            f"update marts.fct_agent_contacts set direction = {value} where agent_contact_id = "
            "(select min(agent_contact_id) from marts.fct_agent_contacts)"
        )
    result = run_dbt("test", warehouse, "--select", "columns_of_fct_agent_contacts")
    assert (result.returncode == 0) == (complaint is None), result.stdout
    assert complaint is None or complaint in result.stdout


def test_models_have_one_each() -> None:
    """No column has a test of a node of its own that columns_hold could make with the others."""
    for path in (ROOT / "models").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text()).get("models") or []:
            tests = [test for column in model.get("columns") or []
                     for test in column.get("data_tests") or []]
            names = {test if isinstance(test, str) else next(iter(test)) for test in tests}
            assert not names & {"not_null", "unique", "accepted_values"}, model["name"]
