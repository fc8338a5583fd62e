"""Every refusal of the command export."""

import os

import duckdb
import pytest
from exports import FROM, MODES, TO, query, read_csv

from contact_center import export


@pytest.mark.parametrize("date", ["2026-02-30", "yesterday", "20260305", "2026-W10-1", ""])
def test_bad_date(refused, date):
    status, said = refused("session_analysis", days=(date, TO))
    assert (status, f"'{date}' is not a date" in said) == (2, True)


def test_dates_the_wrong_way_round(refused):
    status, said = refused("session_analysis", days=(TO, FROM))
    assert (status, f"--from {TO} is after --to {FROM}" in said) == (2, True)


@pytest.mark.parametrize("mode", MODES)
def test_empty_range_says_which_days_there_are(refused, odd_warehouse, mode):
    [held] = query(
        odd_warehouse,
        "select min(date_day) as first, max(date_day) as last from marts.agent_analysis_daily",
    )
    status, said = refused("agent_analysis", "--mode", mode, days=("2020-01-01", "2020-01-31"))
    assert status == 1
    assert "no rows from 2020-01-01 to 2020-01-31" in said
    assert f"from {held['first']} to {held['last']}" in said


def test_agent_of_another_company(refused):
    status, said = refused("agent_analysis", "--agent", "us-0001", "--company", "harbour")
    assert (status, "nor on any other day" in said) == (1, True)


def test_unknown_agent_names_close_ones(refused):
    status, said = refused("agent_analysis", "--agent", "us-001")
    assert (status, "no agent 'us-001'" in said, "us-0001 (" in said) == (2, True, True)
    _, said = refused("agent_analysis", "--agent", "Ops Bot")
    assert "us-0002 (=Ops Bot)" in said
    _, said = refused("agent_analysis", "--agent", "zzzzzzzzzzzz")
    assert "did you mean" not in said


def test_unknown_company_names_close_ones(refused):
    status, said = refused("session_analysis", "--company", "harbor", "' or 1=1 --")
    assert status == 2
    assert "no company 'harbor'; did you mean harbour" in said
    assert "no company '' or 1=1 --'" in said


@pytest.mark.parametrize(("relation", "said_instead"), [
    ("session_analysis_daily", "./scripts/export session_analysis --mode daily"),
    ("queue_metrics_interval", "./scripts/export queue_metrics --mode interval"),
    ("backlog_interval", "no marts 'backlog_interval'; it has agent_activity"),
])
def test_the_name_of_a_mart_leads_to_its_family(refused, relation, said_instead):
    status, said = refused(relation)
    assert (status, said_instead in said) == (2, True)


def test_session_analysis_has_no_agents(refused):
    status, said = refused("session_analysis", "--agent", "us-0001")
    assert (status, "session_analysis has no agents" in said) == (2, True)


def test_missing_folder_of_output(refused, tmp_path):
    status, said = refused("session_analysis", "--output", str(tmp_path / "none" / "a.csv"))
    assert (status, "folder of --output isn't there" in said) == (2, True)


def test_output_is_a_folder(refused, tmp_path):
    status, said = refused("session_analysis", "--output", str(tmp_path))
    assert (status, "is not a file" in said) == (2, True)


def test_output_is_a_pipe(refused, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    status, said = refused("session_analysis", "--output", str(tmp_path / "pipe"))
    assert (status, "is not a file" in said) == (2, True)


def test_output_is_a_link(exported, tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "export.csv"
    target.touch()
    link.symlink_to(target)
    exported("session_analysis", "csv")
    assert link.is_symlink()
    assert len(read_csv(target)) == 3


def test_output_contradicts_format(refused, tmp_path):
    output = str(tmp_path / "a.xlsx")
    status, said = refused("session_analysis", "--format", "csv", "--output", output)
    assert (status, "ends otherwise than --format" in said) == (2, True)


@pytest.mark.parametrize(
    "arguments", [["sessions"], [], ["session_analysis", "--mode", "weekly"], ["--frm"]]
)
def test_command_not_understood(refused, arguments):
    status, said = refused(*arguments)
    assert (status, "--help" in said) == (2, True)


def test_missing_warehouse(refused, tmp_path):
    status, said = refused("session_analysis", warehouse=tmp_path / "none.duckdb")
    assert (status, "run ./scripts/build first" in said) == (1, True)


def test_warehouse_that_is_no_database(refused, tmp_path):
    other = tmp_path / "notes.duckdb"
    other.write_text("no database at all, only some text that is long enough " * 100)
    status, said = refused("session_analysis", warehouse=other)
    assert (status, "is no DuckDB file" in said) == (1, True)


@pytest.mark.parametrize("mode", MODES)
def test_warehouse_without_marts(refused, tmp_path, mode):
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    status, said = refused("session_analysis", "--mode", mode, warehouse=empty)
    assert (status, "run ./scripts/build first" in said) == (1, True)


def test_warehouse_without_a_catalogue(refused, own_warehouse):
    warehouse = own_warehouse("delete from marts.column_catalog")
    status, said = refused("session_analysis", warehouse=warehouse)
    assert (status, "column catalogue" in said) == (1, True)


def test_more_rows_than_a_sheet_holds(refused, monkeypatch, tmp_path):
    monkeypatch.setattr(export, "EXCEL_DATA_ROWS", 2)
    output = str(tmp_path / "a.xlsx")
    status, said = refused("session_analysis", "--output", output)
    assert (status, "csv or parquet" in said) == (1, True)


def test_refused_before_anything_is_written(odd_warehouse, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "ROOT", tmp_path)
    command = ["agent_analysis", "--from", FROM, "--to", TO, "--agent", "nobody"]
    assert export.main([*command, "--warehouse", str(odd_warehouse)]) == 2
    assert not list(tmp_path.rglob("*.csv"))
