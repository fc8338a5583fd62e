"""The invariants hold on the demo and on odd data, and each is seen to bite when one small thing is
wrong."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from breaking import update
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
def test_bites(name, statement, compiled, changeable) -> None:
    """What it holds on before stands in test_holds_on_odd_data."""
    after = rows_after(statement, compiled[name], changeable)
    assert after, f"{name} returned no row after: {statement}"


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        # Seven equal waits of half a year: their sum, divided by seven, is 3.7 ns above each.
        (
            "queue_legs_add_up",
            update("marts.queue_metrics_daily",
                   "longest_queue_seconds = 16933394.38776,"
                   " avg_abandon_seconds = 118533760.71432 / 7",
                   "abandoned_leg_count > 0"),
        ),
        # 2,500 mails that waited two weeks, a quarter hour after the other, are 4e9 s and 1.4 us.
        (
            "intervals_sum_to_days",
            update("marts.queue_metrics_daily",
                   "answered_queue_seconds = answered_queue_seconds + 1.4e-6",
                   "answered_queue_seconds > 0"),
        ),
        # Until 1920 midnight in Kathmandu was 18:18:44 of UTC: days begin between quarter hours.
        (
            "quarter_hours_tile_the_day",
            "update intermediate.local_days set starts_at = starts_at - interval '341 seconds',"
            " ends_at = ends_at - interval '341 seconds'",
        ),
        # Contacts of a month each: of years of seconds a double holds no nanoseconds.
        (
            "attributed_seconds_are_handling",
            "update marts.fct_agent_contacts"
            " set attributed_seconds = attributed_seconds + 3000000.123457;"
            " update marts.agent_activity_aggregated as activity"
            " set handling_seconds = handling_seconds + 3000000.123457 * ("
            "select count(*) from marts.fct_agent_contacts as contacts"
            " where contacts.agent_id = activity.agent_id)",
        ),
    ],
)
def test_what_is_right_stops_no_build(name, statement, compiled, changeable) -> None:
    assert rows_after(statement, compiled[name], changeable) == []


@pytest.fixture(scope="module")
def changeable(odd_warehouse, tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the odd data's warehouse, of which each test takes back what it changed."""
    copy = shutil.copy(odd_warehouse, tmp_path_factory.mktemp("changeable") / odd_warehouse.name)
    with duckdb.connect(str(copy)) as connection:
        yield connection


def rows_after(statement: str, query: str, connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """What an invariant returns after a change, which doesn't stay."""
    connection.begin()
    try:
        connection.execute(statement)
        return offending_rows(connection, query)
    finally:
        connection.rollback()


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
        if (
            table.startswith(("fct_", "dim_agent_teams"))
            or (column == "date_day" and table != "dim_dates")
        )
        # A view of facts that are checked themselves, and days that were published once.
        and table not in ("fct_durations", "replaced_figures", "restatements")
    ]
    assert found
    assert [name for name in found if f"'{name}'" not in compiled[invariant]] == []
