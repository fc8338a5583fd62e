"""The demo's figures are pinned: what moves is named, and other definitions aren't held to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import run_dbt

NAME = "demo_figures_are_as_ever"


@pytest.fixture(scope="module")
def compiled(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The test's SQL. Compiled on a copy, since others may read the demo meanwhile."""
    folder = tmp_path_factory.mktemp("demo_figures")
    warehouse = Path(shutil.copy(demo_warehouse, folder / demo_warehouse.name))
    result = run_dbt("compile", warehouse, "--select", NAME)
    assert result.returncode == 0, result.stdout[-6000:]
    return next(folder.glob(f"*/compiled/**/{NAME}.sql")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ("select 1", set()),
        (
            "update marts.fct_offers set outcome = 'missed' where rowid in"
            " (select min(rowid) from marts.fct_offers where outcome = 'declined')",
            {("fct_offers", "outcome"), ("fct_offers", "*")},
        ),
        (
            "update marts.fct_offers set ring_seconds = ring_seconds + 0.001 where rowid in"
            " (select min(rowid) from marts.fct_offers where ring_seconds > 0)",
            {("fct_offers", "ring_seconds"), ("fct_offers", "*")},
        ),
        (
            "update marts.satisfaction_daily set score = 6 - score",
            {("satisfaction_daily", "*")},
        ),
        (
            "delete from marts.dim_teams where rowid = 0",
            {("dim_teams", name) for name in ("*", "team_id", "team_name", "company_id")},
        ),
        # Times that move and keep the first and the last.
        (
            "update marts.fct_focus set ended_at = ended_at + interval '1 ms'"
            " where ended_at not in (select max(ended_at) from marts.fct_focus)",
            {("fct_focus", "ended_at"), ("fct_focus", "*")},
        ),
    ],
)
def test_what_moves_is_named(
    change: str, moved: set, compiled: str, demo_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = shutil.copy(demo_warehouse, tmp_path / demo_warehouse.name)
    with duckdb.connect(warehouse) as connection:
        connection.execute(change)
        rows = connection.execute(f"select relation, column_name from (\n{compiled}\n)").fetchall()
    assert set(rows) == moved


def test_a_range_is_pinned(compiled: str, demo_warehouse: Path, tmp_path: Path) -> None:
    warehouse = shutil.copy(demo_warehouse, tmp_path / demo_warehouse.name)
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            "create or replace macro marts.session_analysis(from_date, to_date) as table"
            " (from marts.session_analysis_aggregated)"
        )
        rows = connection.execute(f"from (\n{compiled}\n)").fetchall()
    assert {relation for relation, *_ in rows} == {"session_analysis"}


@pytest.mark.parametrize(
    ("variables", "is_there"),
    [({}, True), ({"max_login_hours": 12}, False), ({"data_dir": "/data"}, False)],
)
def test_only_the_demo_as_it_is_defined(
    variables: dict, is_there: bool, demo_warehouse: Path, tmp_path: Path
) -> None:
    result = run_dbt(
        "ls", tmp_path / demo_warehouse.name, "--resource-type", "test", "--select",
        "path:tests/demo", variables=variables,
    )
    assert (NAME in result.stdout) is is_there, result.stdout[-3000:]
