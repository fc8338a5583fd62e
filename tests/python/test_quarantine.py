"""Every reason for quarantine, for every table it applies to, in two builds of the same data.

One data set is clean. The other is the same with a broken, repeated or outdated copy of its rows
for each rule of the contract. Both give the same figures, and every such row is accounted for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from broken_rows import CLEAN_TABLES, DAY, Fate, Spoilt, make_spoilt, text
from contents import Contents, assert_same, contents, made_once, query
from nasty import COLUMNS, IN_SESSION, KEY, TIME, Record, Tables, write_tables

Build = Callable[..., Path]

# Of landings and refusals, not of what customers and agents did.
OWN_ACCOUNTS = ("feed_quality", "feed_quality_by_feed", "quarantined_rows", "provisional_days")


def built_once(
    name: str, tables: Tables, tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build
) -> Path:
    def make(folder: Path) -> Path:
        write_tables(tables, folder / "data", "jsonl")
        return build_warehouse(
            folder, data_dir=folder / "data", variables={"accept_quarantine": True}
        )

    return made_once(tmp_path_factory, name, make)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    return built_once("clean", CLEAN_TABLES, tmp_path_factory, build_warehouse)


@pytest.fixture(scope="module")
def spoilt() -> Spoilt:
    return make_spoilt()


@pytest.fixture(scope="module")
def warehouse(
    spoilt: Spoilt, tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build
) -> Path:
    return built_once("spoilt", spoilt.tables(), tmp_path_factory, build_warehouse)


def fates(warehouse: Path) -> Counter[Fate]:
    sql = "select table_name, row_key, reason from marts.quarantined_rows"
    return Counter(query(warehouse, sql))


def as_read(value: object) -> str | None:
    """A value, or the parts of a key, as text: instants in UTC, however they were written."""
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else json.dumps(value)
    return "|".join(map(instant_as_read, text.split("|")))


def instant_as_read(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ][\d:.]+Z?", text):
        return text
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None).isoformat()
    except ValueError:
        return text


def figures(warehouse: Path) -> Contents:
    return contents(warehouse, OWN_ACCOUNTS)


def test_what_the_contract_allows_is_not_in_quarantine(clean: Path) -> None:
    assert fates(clean) == Counter()


def test_exactly_a_day_before_landing_is_fine(
    clean: Path, tmp_path: Path, build_warehouse: Build
) -> None:
    """Neither that nor when a good row landed changes a figure."""
    tables = {
        table: [
            {**row, "ingested_at": text(datetime.fromisoformat(row[TIME[table]]) - DAY)}
            if table in TIME else {**row, "ingested_at": None}
            for row in rows
        ]
        for table, rows in CLEAN_TABLES.items()
    }
    write_tables(tables, tmp_path / "data", "jsonl")
    warehouse = build_warehouse(tmp_path, data_dir=tmp_path / "data")
    assert fates(warehouse) == Counter()
    assert_same(figures(warehouse), figures(clean))


def test_every_reason_is_covered(spoilt: Spoilt) -> None:
    assert {reason for _, _, reason in spoilt.rows} == {
        "missing_key", "missing_timestamp", "missing_reference", "bad_timestamp", "bad_value",
        "unknown_session", "superseded", "before_start", "after_close", "score_out_of_range",
        "future_timestamp", "duplicate",
    }


@pytest.mark.parametrize("table", COLUMNS)
def test_each_row_is_in_quarantine_for_its_reason(
    table: str, spoilt: Spoilt, warehouse: Path
) -> None:
    def of_table(all_fates: Counter[Fate]) -> Counter[Fate]:
        found: Counter[Fate] = Counter()
        for (name, key, reason), count in all_fates.items():
            if name == table:
                found[name, as_read(key), reason] += count
        return found

    found, due = of_table(fates(warehouse)), of_table(spoilt.fates())
    assert not due - found, "rows that should be in quarantine for the reason"
    assert not found - due, "rows that shouldn't be in quarantine for the reason"


def test_row_text_holds_the_whole_row(spoilt: Spoilt, warehouse: Path) -> None:
    def comparable(table: str, row: Record) -> tuple[str, str]:
        values = {column: as_read(value) for column, value in row.items()}
        return table, json.dumps(values, sort_keys=True)

    found = Counter(
        comparable(table, json.loads(row_text))
        for table, row_text in query(
            warehouse, "select table_name, row_text from marts.quarantined_rows"
        )
    )
    due = Counter(
        comparable(table, row) for table, row, reason in spoilt.rows if reason != "duplicate"
    )
    assert found == due


def test_figures_do_not_move(clean: Path, warehouse: Path) -> None:
    assert_same(figures(warehouse), figures(clean))


@pytest.mark.parametrize("table", COLUMNS)
def test_every_raw_row_is_accounted_for(table: str, spoilt: Spoilt, warehouse: Path) -> None:
    [counts] = query(
        warehouse,
        "select raw_row_count, accepted_row_count, duplicate_row_count, quarantined_row_count"
        f" from marts.feed_quality where table_name = '{table}'",
    )
    accepted = len(CLEAN_TABLES[table])
    duplicates = spoilt.count(table, duplicates=True)
    quarantined = spoilt.count(table, duplicates=False)
    assert counts == (accepted + duplicates + quarantined, accepted, duplicates, quarantined)


def test_unknown_session_joins_once_the_session_lands(
    clean: Path, tmp_path: Path, build_warehouse: Build
) -> None:
    late = {
        **CLEAN_TABLES,
        "raw_sessions": [r for r in CLEAN_TABLES["raw_sessions"] if r["session_id"] != "s1"],
    }
    write_tables(late, tmp_path / "data", "jsonl")
    warehouse = build_warehouse(tmp_path, data_dir=tmp_path / "data")
    due = Counter(
        (table, row[KEY[table]], "unknown_session")
        for table in IN_SESSION
        for row in CLEAN_TABLES[table]
        if row["session_id"] == "s1"
    )
    assert fates(warehouse) == due

    write_tables(CLEAN_TABLES, tmp_path / "data", "jsonl")
    warehouse = build_warehouse(tmp_path, data_dir=tmp_path / "data")
    assert_same(contents(warehouse), contents(clean))
