"""The figures, columns and labels of exports, read back and compared with the marts."""

import datetime

import pytest
from exports import (
    BUSY_AGENTS,
    FROM,
    FULL,
    MODES,
    NAME_COLUMNS,
    RELATIONS,
    TO,
    by_key,
    header_of,
    marts_rows,
    query,
    read_csv,
    read_parquet,
    read_xlsx,
)

from contact_center.export_files import harmless


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_parquet_holds_what_the_marts_hold(exported, odd_warehouse, relation, mode):
    rows = read_parquet(exported(relation, "parquet", "--mode", mode, "--labels", "column"))
    expected = by_key(marts_rows(odd_warehouse, relation, mode), relation, mode)
    found = by_key(rows, relation, mode)
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert found[key].keys() - row.keys() <= NAME_COLUMNS
        for name, value in row.items():
            # Sums of parallel threads may differ in the last digit.
            is_sum = isinstance(value, float)
            assert found[key][name] == (pytest.approx(value, rel=1e-9) if is_sum else value)


def test_who_hands_to_whom_has_names(exported, odd_warehouse):
    """Ids that say which part an agent or a skill plays have their names beside them, too."""
    names = {
        kind: {
            row[f"{kind}_id"]: row[f"{kind}_name"]
            for row in query(odd_warehouse, f"from marts.dim_{kind}s")
        }
        for kind in ("agent", "skill")
    }
    rows = read_parquet(exported("transfers", "parquet", "--labels", "column", days=FULL))
    assert rows
    for row in rows:
        for part in ("from_agent", "to_agent", "from_skill", "to_skill"):
            assert row[f"{part}_name"] == names[part.split("_")[1]].get(row[f"{part}_id"])
    header = header_of(exported("session_metrics", "csv"))
    assert header[header.index("First skill id") + 1] == "First skill"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_csv_holds_what_parquet_holds(exported, relation, mode):
    arguments = ["--mode", mode, "--labels", "column"]
    expected = read_parquet(exported(relation, "parquet", *arguments))
    found = read_csv(exported(relation, "csv", *arguments))
    assert len(found) == len(expected) > 0
    for found_row, row in zip(found, expected, strict=True):
        assert found_row.keys() == row.keys()
        for name, value in row.items():
            if isinstance(value, float):
                assert float(found_row[name]) == pytest.approx(value, rel=1e-9)
            else:
                text = "" if value is None else str(value)
                assert found_row[name] == harmless(text)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_xlsx_holds_what_parquet_holds(exported, odd_warehouse, relation, mode):
    arguments = ["--mode", mode, "--labels", "column"]
    expected = read_parquet(exported(relation, "parquet", *arguments))
    found = read_xlsx(exported(relation, "xlsx", *arguments))
    units = {
        row["column_name"]: row["unit"]
        for row in query(
            odd_warehouse,
            f"select * from marts.column_catalog where relation = '{relation}_{mode}'",
        )
    }
    assert len(found) == len(expected) > 0
    for found_row, row in zip(found, expected, strict=True):
        assert found_row.keys() == row.keys()
        for name, value in row.items():
            cell = found_row[name]
            if isinstance(value, str):
                assert cell == harmless(value)
            elif value is None:
                assert cell is None
            elif units[name] == "seconds":
                assert in_seconds(cell) == pytest.approx(value, abs=1e-3)
            elif isinstance(value, datetime.datetime):
                assert abs(cell - value) <= datetime.timedelta(milliseconds=1)
            elif isinstance(value, datetime.date):
                assert cell == datetime.datetime.combine(value, datetime.time())
            else:
                assert cell == pytest.approx(value, rel=1e-9)


def in_seconds(cell):
    """openpyxl gives a duration as a time of day if it is shorter than a day, and 0 as midnight."""
    if isinstance(cell, datetime.timedelta):
        return cell.total_seconds()
    assert isinstance(cell, datetime.time)
    return (cell.hour * 60 + cell.minute) * 60 + cell.second + cell.microsecond / 1e6


def test_aggregated_customers_are_counted_once(exported, odd_warehouse):
    daily = read_parquet(
        exported("agent_analysis", "parquet", "--mode", "daily", "--labels", "column", days=FULL)
    )
    whole = read_parquet(exported("agent_analysis", "parquet", "--labels", "column", days=FULL))
    aggregated = query(odd_warehouse, "select * from marts.agent_analysis_aggregated")
    customers = {row["agent_id"]: row["customer_count"] for row in aggregated}
    assert {row["agent_id"]: row["customer_count"] for row in whole} == customers
    assert sum(customers.values()) <= sum(row["customer_count"] for row in daily)


@pytest.mark.parametrize("mode", MODES)
def test_filters_by_agent_and_company(exported, odd_warehouse, mode):
    agents = [row["agent_id"] for row in query(odd_warehouse, BUSY_AGENTS)][:2]
    arguments = ["--mode", mode, "--labels", "column", "--agent", agents[0], "--agent", agents[1]]
    rows = read_parquet(exported("digital_metrics", "parquet", *arguments))
    where = f"agent_id in ('{agents[0]}', '{agents[1]}')"
    assert len(rows) == len(marts_rows(odd_warehouse, "digital_metrics", mode, where))
    assert {row["agent_id"] for row in rows} == set(agents)

    arguments = ["--mode", mode, "--labels", "column", "--company", "harbour", "nordlicht"]
    rows = read_parquet(exported("session_analysis", "parquet", *arguments))
    where = "company_id in ('harbour', 'nordlicht')"
    assert len(rows) == len(marts_rows(odd_warehouse, "session_analysis", mode, where))
    assert {row["company_id"] for row in rows} == {"harbour", "nordlicht"}


def test_range_includes_both_ends(exported):
    rows = read_parquet(
        exported("session_analysis", "parquet", "--mode", "daily", "--labels", "column")
    )
    days = {str(row["date_day"]) for row in rows}
    assert (min(days), max(days)) == (FROM, TO)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_columns_are_dates_then_ids_with_names_then_the_catalogue(
    exported, odd_warehouse, relation, mode
):
    header = header_of(exported(relation, "csv", "--mode", mode, "--labels", "column"))
    catalogue = [
        row["column_name"]
        for row in query(
            odd_warehouse,
            "select column_name from marts.column_catalog "
            f"where relation = '{relation}_{mode}' order by position",
        )
    ]
    ids = [name for name in catalogue if name.endswith("_id")]
    named = [part for name in ids for part in (name, name.removesuffix("_id") + "_name")]
    dates = ["date_day"] if mode == "daily" else []
    rest = [name for name in catalogue if name not in ids and name != "date_day"]
    assert header == dates + named + rest


def test_names_stand_beside_ids(exported, odd_warehouse):
    names = {
        row["agent_id"]: row["agent_name"]
        for row in query(odd_warehouse, "select * from marts.dim_agents")
    }
    rows = read_parquet(exported("digital_metrics", "parquet", "--labels", "column"))
    assert all(row["agent_name"] == names[row["agent_id"]] for row in rows)
    assert all((row["skill_name"] is None) == (row["skill_id"] is None) for row in rows)


def test_rows_are_ordered_by_day_and_names(exported):
    arguments = ["--mode", "daily", "--labels", "column"]
    rows = read_parquet(exported("agent_analysis", "parquet", *arguments))
    keys = [(row["date_day"], row["company_name"], row["agent_name"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_come_from_the_catalogue(exported, odd_warehouse, language, ending):
    labels = {
        (row["relation"], row["column_name"]): row[f"label_{language}"]
        for row in query(odd_warehouse, "select * from marts.column_catalog")
    }
    names = header_of(exported("agent_analysis", ending, "--labels", "column"))
    header = header_of(exported("agent_analysis", ending, "--labels", language))
    assert len(set(header)) == len(header)
    for name, label in zip(names, header, strict=True):
        dimension = {"company_name": "dim_companies", "agent_name": "dim_agents"}.get(name)
        expected = labels[dimension or "agent_analysis_aggregated", name]
        assert label in (expected, f"{expected} ({name})")


def test_equal_labels_are_made_distinct(exported, own_warehouse):
    warehouse = own_warehouse(
        "update marts.column_catalog set label_en = 'Sessions' where column_name = 'session_count'",
        "update marts.column_catalog set label_en = 'sessions' "
        "where column_name = 'human_session_count'",
        "update marts.column_catalog set label_en = null where column_name = 'queue_seconds'",
    )
    header = header_of(exported("session_analysis", "parquet", warehouse=warehouse))
    assert "Sessions (session_count)" in header
    assert "sessions (human_session_count)" in header
    assert "queue_seconds" in header
