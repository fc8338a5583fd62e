"""The invariants hold on the demo and on odd data, and each is seen to bite when one small thing is
wrong."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from breaks_of_agents import OF_AGENTS
from breaks_of_hours import OF_HOURS
from breaks_of_matters import OF_MATTERS
from breaks_of_promises import OF_PROMISES
from breaks_of_sessions import OF_SESSIONS, RATE_MARTS
from conftest import ODD, ROOT, run_dbt

INVARIANTS = sorted(path.stem for path in (ROOT / "tests" / "invariants").glob("*.sql"))
BREAKS = {**OF_AGENTS, **OF_HOURS, **OF_SESSIONS, **OF_PROMISES, **OF_MATTERS}


@pytest.fixture(scope="module")
def compiled(odd_warehouse, tmp_path_factory) -> dict[str, str]:
    """The SQL of each invariant. Compiled on a copy, since others may read the other meanwhile."""
    folder = tmp_path_factory.mktemp("invariants")
    warehouse = Path(shutil.copy(odd_warehouse, folder / odd_warehouse.name))
    result = run_dbt(
        "compile", warehouse, "--select", "path:tests/invariants", variables={"data_dir": str(ODD)},
    )
    assert result.returncode == 0, result.stdout[-6000:]
    found = next(folder.glob("*/compiled/contact_center/tests/invariants"))
    return {path.stem: path.read_text(encoding="utf-8") for path in found.glob("*.sql")}


def offending_rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return connection.execute(f"from (\n{query}\n) limit 5").fetchall()


def test_every_invariant_is_compiled_and_described(compiled) -> None:
    described = (ROOT / "tests" / "invariants" / "invariants.yml").read_text(encoding="utf-8")
    assert sorted(compiled) == INVARIANTS
    assert re.findall(r"^  - name: (\w+)$", described, re.MULTILINE) == INVARIANTS


def test_every_invariant_has_a_break() -> None:
    assert sorted(BREAKS) == INVARIANTS
    assert all(BREAKS.values())


@pytest.mark.parametrize("name", INVARIANTS)
def test_holds_on_the_demo(name, compiled, demo_warehouse) -> None:
    assert_holds(demo_warehouse, compiled[name])


@pytest.mark.parametrize("name", INVARIANTS)
def test_holds_on_odd_data(name, compiled, odd_warehouse) -> None:
    assert_holds(odd_warehouse, compiled[name])


def assert_holds(warehouse: Path, invariant: str) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert offending_rows(connection, invariant) == []


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        pytest.param(name, statement, id=f"{name}-{number}")
        for name, statements in BREAKS.items()
        for number, statement in enumerate(statements, 1)
    ],
)
def test_bites(name, statement, compiled, odd_warehouse, tmp_path) -> None:
    warehouse = shutil.copy(odd_warehouse, tmp_path / odd_warehouse.name)
    with duckdb.connect(warehouse) as connection:
        before = set(offending_rows(connection, compiled[name]))
        connection.execute(statement)
        after = set(offending_rows(connection, compiled[name]))
    Path(warehouse).unlink()
    assert not before
    assert after, f"{name} returned no row after: {statement}"


def columns_of_marts(warehouse: Path, pattern: str) -> list[tuple[str, str]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'marts' and regexp_full_match(column_name, ?)"
            " order by table_name, column_name",
            [pattern],
        ).fetchall()


def test_every_mart_with_a_rate_is_checked(compiled, odd_warehouse) -> None:
    marts = {table for table, _ in columns_of_marts(odd_warehouse, r".*_rate")}
    assert marts == {mart.removeprefix("marts.") for mart in RATE_MARTS}
    assert [mart for mart in marts if f"'{mart}'" not in compiled["rates_are_proportions"]] == []


@pytest.mark.parametrize(
    ("invariant", "pattern"),
    [
        ("facts_have_their_dimensions", r"(\w+_)?(agent|campaign|channel|company|skill|team)_id"),
        ("facts_have_their_days", r"date_day|(session|accepted|first_accepted|queued|closed"
                                  r"|attached|submitted)_date"),
    ],
)
def test_every_reference_of_a_fact_is_checked(
    invariant, pattern, compiled, odd_warehouse
) -> None:
    found = [
        f"{table}.{column}"
        for table, column in columns_of_marts(odd_warehouse, pattern)
        if (table.startswith("fct_") or (column == "date_day" and table != "dim_dates"))
        # A view of facts that are checked themselves, and days that were published once.
        and table not in ("fct_durations", "replaced_figures", "restatements")
    ]
    assert found
    assert [name for name in found if f"'{name}'" not in compiled[invariant]] == []
