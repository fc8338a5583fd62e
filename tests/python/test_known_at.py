"""With what was known then: rows that landed later are as if they hadn't, and are not lost."""

from __future__ import annotations

import os
import random
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from batches import deliver, split
from contents import assert_same, contents, query
from nasty import Tables, nasty_tables, write_tables
from nasty.draws import BAD_TIMES
from untested import build_untested_well

# Lately, as landings of the far future would be quarantined.
FIRST_LANDING = datetime.combine(date.today() - timedelta(days=10), time())
DAYS = 5
# How the look back is built: of files alone; onto a warehouse that holds some of them under the
# same known_at; from the rows of a warehouse that holds everything.
WAYS = ("of files", "in two builds", "from the store")
# Twelve histories take ten minutes; one of each way is a part of every run.
SEEDS = range(301, 313 if os.environ.get("CONTACT_CENTER_TESTS") == "all" else 304)


Landings = dict[int, datetime]


def landed(seed: int) -> tuple[Tables, Landings]:
    """Nasty rows that landed on random days, and id(row) -> when; those without a legible landing
    were always there. Half of the tables begin on a random day, so that some days lack some."""
    draw = random.Random(seed)
    tables = nasty_tables(seed, sessions=15, days=3, agents=3)
    landings = {}
    for name, rows in tables.items():
        is_late = name not in ("raw_sessions", "raw_session_events") and draw.random() < 0.5
        begins = draw.randrange(DAYS) if is_late else 0
        for row in rows:
            if row["ingested_at"] in (None, "", *BAD_TIMES):
                continue
            minutes = draw.randrange(24 * 60 * begins, 24 * 60 * DAYS)
            landings[id(row)] = FIRST_LANDING + timedelta(minutes=minutes)
            row["ingested_at"] = landings[id(row)].isoformat() + "Z"
    return tables, landings


def of_that_day(tables: Tables, landings: Landings, known_at: datetime) -> Tables:
    """What the folder held then: a table of which no row had landed wasn't there."""
    known = {
        name: [row for row in rows if landings.get(id(row), known_at) <= known_at]
        for name, rows in tables.items()
    }
    return {name: rows for name, rows in known.items() if rows or not tables[name]}


def with_legible_landings(batches: list[Tables], landings: Landings) -> list[Tables]:
    """Rows without one come first: those of a later build weren't known before it."""
    first, *others = batches
    for batch in others:
        for name, rows in batch.items():
            first.setdefault(name, []).extend(row for row in rows if id(row) not in landings)
            rows[:] = [row for row in rows if id(row) in landings]
    return [{name: rows for name, rows in batch.items() if rows or batch is first}
            for batch in batches]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_build_with_known_at_is_the_build_of_that_day(
    seed: int, tmp_path: Path, build_warehouse
) -> None:
    tables, landings = landed(seed)
    known_at = FIRST_LANDING + timedelta(hours=random.Random(seed).randrange(24, 24 * DAYS - 12))
    write_tables(of_that_day(tables, landings, known_at), tmp_path / "then")
    (tmp_path / "once").mkdir()
    expected = build_warehouse(tmp_path / "once", data_dir=tmp_path / "then")

    then = {"known_at": known_at.isoformat() + "Z"}
    way = WAYS[seed % len(WAYS)]
    batches = with_legible_landings(split(tables, 1 if way == "of files" else 2, seed), landings)
    for number in range(len(batches)):
        data = deliver("new files", tmp_path / "now", number, batches)
        warehouse = build_warehouse(
            tmp_path, data_dir=data, onto=True, variables={} if way == "from the store" else then
        )
    if way == "from the store":
        build_warehouse(tmp_path, onto=True, variables={**then, "rebuild_from_store": True})
    assert_same(contents(warehouse), contents(expected))
    stored = query(warehouse, "select count(*) from staging.checked_messages")
    assert stored == [(len(tables["raw_messages"]),)], "what wasn't known yet is kept"


def test_rows_without_a_landing_are_known_from_their_load_on(
    tmp_path: Path, build_warehouse
) -> None:
    """And looking back loses nothing: the same warehouse, with all that is known, is as before."""
    tables = nasty_tables(313, sessions=15, days=3, agents=3)
    for rows in tables.values():
        for row in rows:
            row["ingested_at"] = None
    batches = split(tables, 2, 313)
    data = deliver("new files", tmp_path / "data", 0, batches)
    warehouse = build_warehouse(tmp_path, data_dir=data)
    before = contents(warehouse)
    deliver("new files", tmp_path / "data", 1, batches)
    build_warehouse(tmp_path, data_dir=data, onto=True)
    now = contents(warehouse)
    [(first, second)] = query(
        warehouse, "select min(started_at), max(started_at) from staging.builds"
    )
    assert first < second
    looked_back = tmp_path / "back" / warehouse.name
    looked_back.parent.mkdir()
    shutil.copy(warehouse, looked_back)
    store = {"rebuild_from_store": True}

    build_warehouse(
        looked_back.parent, onto=True, variables={**store, "known_at": f"{first.isoformat()}Z"}
    )
    assert_same(contents(looked_back), before)
    build_warehouse(looked_back.parent, onto=True, variables=store)
    assert_same(contents(looked_back), now)


def test_a_grown_warehouse_looks_back_and_forgets_nothing(tmp_path: Path) -> None:
    """The command itself takes the rows of the warehouse, which know when they were loaded."""
    batches: list[Tables] = [
        {
            "raw_sessions": [{"session_id": f"s{number}", "started_at": "2026-03-05T09:00:00Z",
                              "ingested_at": f"2026-03-0{6 + number}T00:00:00Z"}],
            "raw_session_events": [],
        }
        for number in range(2)
    ]
    warehouse = tmp_path / "cc.duckdb"
    command = ("--data", tmp_path / "data", "--warehouse", warehouse)
    for number in range(2):
        deliver("new files", tmp_path, number, batches)
        if number == 0:
            build_untested_well(*command)
    printed = build_untested_well(*command, "--var", "known_at=2026-03-06T12:00:00Z")
    assert "Every row that the warehouse holds is judged again" in printed
    assert "1 rows landed after known_at" in printed
    sessions = "select session_id from marts.fct_sessions order by 1"
    assert query(warehouse, sessions) == [("s0",)]
    build_untested_well(*command)
    assert query(warehouse, sessions) == [("s0",), ("s1",)]
