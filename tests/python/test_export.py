"""Exports read back and compared with the marts; every refusal of the command."""

import csv
import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

from contact_center import export, export_files
from contact_center.export_files import harmless

ROOT = Path(__file__).resolve().parents[2]
FROM, TO = "2026-03-05", "2026-03-25"
FULL = ("2000-01-01", "2099-12-31")
RELATIONS = ["session_analysis", "agent_analysis", "digital_metrics"]
MODES = ["aggregated", "daily"]
# What makes a row of each relation one of its kind, apart from date_day.
KEYS = {
    "session_analysis": ["company_id"],
    "agent_analysis": ["company_id", "agent_id"],
    "digital_metrics": [
        "company_id", "agent_id", "team_id", "skill_id", "campaign_id", "channel_id",
        "disposition", "direction", "contact_type",
    ],
}
NAME_COLUMNS = {
    "company_name", "agent_name", "team_name", "skill_name", "campaign_name", "channel_name",
}

BUSY_AGENTS = f"""
    select agent_id from marts.digital_metrics('{FROM}', '{TO}')
    group by agent_id order by sum(agent_contact_count) desc, agent_id
"""


@pytest.fixture
def run(demo_warehouse, tmp_path):
    """Exports from the demo to a file of the given ending; gives its path."""

    def run(relation, ending, *arguments, warehouse=demo_warehouse, days=(FROM, TO)):
        output = tmp_path / f"export.{ending}"
        command = [relation, "--from", days[0], "--to", days[1], "--output", str(output)]
        command.append("--overwrite")
        status = export.main([*command, "--warehouse", str(warehouse), *arguments])
        assert status == 0
        return output

    return run


@pytest.fixture
def refuse(demo_warehouse, tmp_path, capsys):
    """Runs an export that must fail; gives its exit status and what it said."""

    def refuse(*arguments, warehouse=demo_warehouse, days=(FROM, TO)):
        output = [] if "--output" in arguments else ["--output", str(tmp_path / "refused.csv")]
        given = [*arguments, "--from", days[0], "--to", days[1], *output]
        before = sorted(tmp_path.iterdir())
        status = export.main([*given, "--warehouse", str(warehouse)])
        assert sorted(tmp_path.iterdir()) == before
        said = capsys.readouterr().err
        assert said.startswith("export: ")
        assert "Traceback" not in said
        return status, said

    return refuse


@pytest.fixture
def own_warehouse(demo_warehouse, tmp_path):
    """A copy of the demo warehouse that a test may change, and the way to change it."""
    folder = tmp_path / "own"
    folder.mkdir()
    copied = folder / "renamed.duckdb"
    shutil.copyfile(demo_warehouse, copied)

    def change(*statements):
        with duckdb.connect(str(copied)) as connection:
            for statement in statements:
                connection.execute(statement)
        return copied

    return change


def query(warehouse, sql):
    """The rows of a query, each a dictionary."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        result = connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def marts_rows(warehouse, relation, mode, where="true"):
    if mode == "daily":
        source = f"marts.{relation}_daily where date_day between '{FROM}' and '{TO}' and {where}"
    else:
        source = f"marts.{relation}('{FROM}', '{TO}') where {where}"
    return query(warehouse, f"select * from {source}")


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_parquet(path):
    with duckdb.connect() as connection:
        result = connection.execute("select * from read_parquet(?)", [str(path)])
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def sheet_of(path):
    return openpyxl.load_workbook(path).worksheets[0]


def read_xlsx(path):
    header, *rows = sheet_of(path).iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def by_key(rows, relation, mode):
    keys = KEYS[relation] + (["date_day"] if mode == "daily" else [])
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows)
    return found


def header_of(path):
    if path.suffix == ".csv":
        return list(read_csv(path)[0])
    return list(read_parquet(path)[0])


# -- Figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_parquet_holds_what_the_marts_hold(run, demo_warehouse, relation, mode):
    rows = read_parquet(run(relation, "parquet", "--mode", mode, "--labels", "column"))
    expected = by_key(marts_rows(demo_warehouse, relation, mode), relation, mode)
    found = by_key(rows, relation, mode)
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert found[key].keys() - row.keys() <= NAME_COLUMNS
        for name, value in row.items():
            # Sums of parallel threads may differ in the last digit.
            is_sum = isinstance(value, float)
            assert found[key][name] == (pytest.approx(value, rel=1e-9) if is_sum else value)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_csv_holds_what_parquet_holds(run, relation, mode):
    arguments = ["--mode", mode, "--labels", "column"]
    expected = read_parquet(run(relation, "parquet", *arguments))
    found = read_csv(run(relation, "csv", *arguments))
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
def test_xlsx_holds_what_parquet_holds(run, demo_warehouse, relation, mode):
    arguments = ["--mode", mode, "--labels", "column"]
    expected = read_parquet(run(relation, "parquet", *arguments))
    found = read_xlsx(run(relation, "xlsx", *arguments))
    units = {
        row["column_name"]: row["unit"]
        for row in query(
            demo_warehouse,
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


def test_aggregated_customers_are_counted_once(run, demo_warehouse):
    daily = read_parquet(
        run("agent_analysis", "parquet", "--mode", "daily", "--labels", "column", days=FULL)
    )
    whole = read_parquet(run("agent_analysis", "parquet", "--labels", "column", days=FULL))
    aggregated = query(demo_warehouse, "select * from marts.agent_analysis_aggregated")
    customers = {row["agent_id"]: row["customer_count"] for row in aggregated}
    assert {row["agent_id"]: row["customer_count"] for row in whole} == customers
    assert sum(customers.values()) <= sum(row["customer_count"] for row in daily)


@pytest.mark.parametrize("mode", MODES)
def test_filters_by_agent_and_company(run, demo_warehouse, mode):
    agents = [row["agent_id"] for row in query(demo_warehouse, BUSY_AGENTS)][:2]
    arguments = ["--mode", mode, "--labels", "column", "--agent", agents[0], "--agent", agents[1]]
    rows = read_parquet(run("digital_metrics", "parquet", *arguments))
    where = f"agent_id in ('{agents[0]}', '{agents[1]}')"
    assert len(rows) == len(marts_rows(demo_warehouse, "digital_metrics", mode, where))
    assert {row["agent_id"] for row in rows} == set(agents)

    arguments = ["--mode", mode, "--labels", "column", "--company", "harbour", "nordlicht"]
    rows = read_parquet(run("session_analysis", "parquet", *arguments))
    where = "company_id in ('harbour', 'nordlicht')"
    assert len(rows) == len(marts_rows(demo_warehouse, "session_analysis", mode, where))
    assert {row["company_id"] for row in rows} == {"harbour", "nordlicht"}


def test_range_includes_both_ends(run):
    rows = read_parquet(
        run("session_analysis", "parquet", "--mode", "daily", "--labels", "column")
    )
    days = {str(row["date_day"]) for row in rows}
    assert (min(days), max(days)) == (FROM, TO)


# -- Columns, order, labels ----------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_columns_are_dates_then_ids_with_names_then_the_catalogue(
    run, demo_warehouse, relation, mode
):
    header = header_of(run(relation, "csv", "--mode", mode, "--labels", "column"))
    catalogue = [
        row["column_name"]
        for row in query(
            demo_warehouse,
            "select column_name from marts.column_catalog "
            f"where relation = '{relation}_{mode}' order by position",
        )
    ]
    ids = [name for name in catalogue if name.endswith("_id")]
    named = [part for name in ids for part in (name, name.removesuffix("_id") + "_name")]
    dates = ["date_day"] if mode == "daily" else []
    rest = [name for name in catalogue if name not in ids and name != "date_day"]
    assert header == dates + named + rest


def test_names_stand_beside_ids(run, demo_warehouse):
    names = {
        row["agent_id"]: row["agent_name"]
        for row in query(demo_warehouse, "select * from marts.dim_agents")
    }
    rows = read_parquet(run("digital_metrics", "parquet", "--labels", "column"))
    assert all(row["agent_name"] == names[row["agent_id"]] for row in rows)
    assert all((row["skill_name"] is None) == (row["skill_id"] is None) for row in rows)


def test_rows_are_ordered_by_day_and_names(run):
    rows = read_parquet(run("agent_analysis", "parquet", "--mode", "daily", "--labels", "column"))
    keys = [(row["date_day"], row["company_name"], row["agent_name"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_come_from_the_catalogue(run, demo_warehouse, language, ending):
    labels = {
        (row["relation"], row["column_name"]): row[f"label_{language}"]
        for row in query(demo_warehouse, "select * from marts.column_catalog")
    }
    names = header_of(run("agent_analysis", ending, "--labels", "column"))
    header = header_of(run("agent_analysis", ending, "--labels", language))
    assert len(set(header)) == len(header)
    for name, label in zip(names, header, strict=True):
        dimension = {"company_name": "dim_companies", "agent_name": "dim_agents"}.get(name)
        expected = labels[dimension or "agent_analysis_aggregated", name]
        assert label in (expected, f"{expected} ({name})")


def test_equal_labels_are_made_distinct(run, own_warehouse):
    warehouse = own_warehouse(
        "update marts.column_catalog set label_en = 'Sessions' where column_name = 'session_count'",
        "update marts.column_catalog set label_en = 'sessions' "
        "where column_name = 'human_session_count'",
        "update marts.column_catalog set label_en = null where column_name = 'queue_seconds'",
    )
    header = header_of(run("session_analysis", "parquet", warehouse=warehouse))
    assert "Sessions (session_count)" in header
    assert "sessions (human_session_count)" in header
    assert "queue_seconds" in header


# -- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+49 30", "-1", "@sum", "\tx", "\rx", "\nx", "\0=1", "  =1", "\u00a0@x", "\ufeff=1",
        "\u200b=1", "＝1+1", "＠x", "\t",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "a=b", "O'Connor", "'=1", "李小龍", "1-2", "(+49)", "–"])
def test_other_text_stays(text):
    assert harmless(text) == text


def test_cells_and_headers_are_harmless(run, own_warehouse):
    warehouse = own_warehouse(
        "update marts.dim_agents set agent_name = '=1+cmd|'' /C calc''!A0' "
        "where agent_id = 'us-0001'",
        "update marts.dim_companies set company_name = ' @a, \"b\"' || chr(10) || 'c' "
        "where company_id = 'acme-us'",
        "update marts.column_catalog set label_en = '-Sessions' "
        "where column_name = 'session_count'",
    )
    arguments = ["--agent", "us-0001", "--labels", "en"]
    agent, company = "'=1+cmd|' /C calc'!A0", "' @a, \"b\"\nc"
    [row] = read_csv(run("agent_analysis", "csv", *arguments, warehouse=warehouse))
    assert {agent, company} <= set(row.values())
    assert "'-Sessions" in row
    sheet = sheet_of(run("agent_analysis", "xlsx", *arguments, warehouse=warehouse))
    cells = [cell for cell_row in sheet.iter_rows() for cell in cell_row]
    assert {agent, company, "'-Sessions"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    [row] = read_parquet(run("agent_analysis", "parquet", *arguments, warehouse=warehouse))
    assert {agent[1:], company[1:]} <= set(row.values())


def test_csv_is_utf8_with_mark_and_crlf(run):
    content = run("agent_analysis", "csv", "--labels", "zh").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert "坐席" in content.decode("utf-8-sig")
    assert b'"Acme Outfitters, Inc."' in content


def test_xlsx_cells_are_typed(run):
    sheet = sheet_of(
        run("agent_analysis", "xlsx", "--mode", "daily", "--labels", "column", days=FULL)
    )
    names = [cell.value for cell in sheet[1]]
    formats = {
        name: {cell.number_format for cell in column if cell.value is not None}
        for name, column in zip(names, sheet.iter_cols(min_row=2), strict=True)
    }
    types = {
        name: {type(cell.value) for cell in column if cell.value is not None}
        for name, column in zip(names, sheet.iter_cols(min_row=2), strict=True)
    }
    assert formats["date_day"] == {"yyyy-mm-dd"}
    assert formats["first_login_at"] == {"yyyy-mm-dd hh:mm:ss"}
    assert formats["busy_seconds"] == formats["avg_session_seconds"] == {"[h]:mm:ss"}
    assert formats["busy_rate"] == {"0.0 %"}
    assert formats["session_count"] == {"#,##0"}
    assert types["date_day"] == types["first_login_at"] == {datetime.datetime}
    assert types["session_count"] == {int}
    assert types["agent_name"] == {str}


def test_xlsx_header_is_frozen_and_filtered(run):
    sheet = sheet_of(run("session_analysis", "xlsx", "--mode", "daily"))
    assert sheet.title == "session_analysis_daily"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    widths = [sheet.column_dimensions[name].width for name in ("A", "B", "C", "D")]
    assert all(10 <= width <= 31 for width in widths)


def test_parquet_is_typed(run):
    path = run("agent_analysis", "parquet", "--mode", "daily", "--labels", "column")
    types = {
        row[0]: row[1]
        for row in duckdb.sql(f"describe select * from read_parquet('{path}')").fetchall()
    }
    assert types["date_day"] == "DATE"
    assert types["first_login_at"] == "TIMESTAMP"
    assert types["session_count"] == "BIGINT"
    assert types["busy_rate"] == types["busy_seconds"] == "DOUBLE"


def test_output_names_the_format(run):
    assert sheet_of(run("session_analysis", "xlsx")).max_row == 4


def test_output_with_another_ending_is_what_the_format_says(run):
    path = run("session_analysis", "it's data", "--format", "parquet")
    assert read_parquet(path)


def test_default_output(demo_warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export, "ROOT", tmp_path)
    monkeypatch.setenv("CONTACT_CENTER_WAREHOUSE", str(demo_warehouse))
    assert export.main(["session_analysis", "--from", FROM, "--to", TO]) == 0
    path = tmp_path / "exports" / f"session_analysis_{FROM}_{TO}_aggregated.csv"
    assert capsys.readouterr().out == f"{path}: 3 rows\n"
    assert len(read_csv(path)) == 3
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_command_from_another_folder(demo_warehouse, tmp_path):
    result = subprocess.run(
        [
            sys.executable, "-m", "contact_center.export", "agent_analysis",
            "--from", FROM, "--to", TO, "--output", "figures.parquet",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "scripts"),
            "CONTACT_CENTER_WAREHOUSE": str(demo_warehouse),
            "TZ": "Pacific/Auckland",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    assert result.returncode == 0
    assert read_parquet(tmp_path / "figures.parquet")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_failure_leaves_the_earlier_file(
    demo_warehouse, tmp_path, monkeypatch, capsys, run, ending
):
    output = run("session_analysis", ending)
    earlier = output.read_bytes()

    def fail_half_way(connection, columns, path, title):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export_files.WRITERS, ending, fail_half_way)
    command = ["agent_analysis", "--from", FROM, "--to", TO, "--output", str(output)]
    command.append("--overwrite")
    assert export.main([*command, "--warehouse", str(demo_warehouse)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert output.read_bytes() == earlier
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_warehouse_is_not_changed(run, own_warehouse):
    warehouse = own_warehouse()
    before = warehouse.read_bytes()
    run("digital_metrics", "csv", warehouse=warehouse)
    assert warehouse.read_bytes() == before
    assert [path.name for path in warehouse.parent.iterdir()] == [warehouse.name]


# -- Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2026-02-30", "yesterday", "20260305", "2026-W10-1", ""])
def test_bad_date(refuse, date):
    status, said = refuse("session_analysis", days=(date, TO))
    assert (status, f"'{date}' is not a date" in said) == (2, True)


def test_dates_the_wrong_way_round(refuse):
    status, said = refuse("session_analysis", days=(TO, FROM))
    assert (status, f"--from {TO} is after --to {FROM}" in said) == (2, True)


@pytest.mark.parametrize("mode", MODES)
def test_empty_range_says_which_days_there_are(refuse, demo_warehouse, mode):
    [held] = query(
        demo_warehouse,
        "select min(date_day) as first, max(date_day) as last from marts.agent_analysis_daily",
    )
    status, said = refuse("agent_analysis", "--mode", mode, days=("2020-01-01", "2020-01-31"))
    assert status == 1
    assert "no rows from 2020-01-01 to 2020-01-31" in said
    assert f"from {held['first']} to {held['last']}" in said


def test_agent_of_another_company(refuse):
    status, said = refuse("agent_analysis", "--agent", "us-0001", "--company", "harbour")
    assert (status, "nor on any other day" in said) == (1, True)


def test_unknown_agent_names_close_ones(refuse):
    status, said = refuse("agent_analysis", "--agent", "us-001")
    assert (status, "no agent 'us-001'" in said, "us-0001 (" in said) == (2, True, True)
    _, said = refuse("agent_analysis", "--agent", "Ops Bot")
    assert "us-0002 (=Ops Bot)" in said
    _, said = refuse("agent_analysis", "--agent", "zzzzzzzzzzzz")
    assert "did you mean" not in said


def test_unknown_company_names_close_ones(refuse):
    status, said = refuse("session_analysis", "--company", "harbor", "' or 1=1 --")
    assert status == 2
    assert "no company 'harbor'; did you mean harbour" in said
    assert "no company '' or 1=1 --'" in said


def test_session_analysis_has_no_agents(refuse):
    status, said = refuse("session_analysis", "--agent", "us-0001")
    assert (status, "session_analysis has no agents" in said) == (2, True)


def test_missing_folder_of_output(refuse, tmp_path):
    status, said = refuse("session_analysis", "--output", str(tmp_path / "none" / "a.csv"))
    assert (status, "folder of --output isn't there" in said) == (2, True)


def test_output_is_a_folder(refuse, tmp_path):
    status, said = refuse("session_analysis", "--output", str(tmp_path))
    assert (status, "is not a file" in said) == (2, True)


def test_output_is_a_pipe(refuse, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    status, said = refuse("session_analysis", "--output", str(tmp_path / "pipe"))
    assert (status, "is not a file" in said) == (2, True)


def test_output_is_a_link(run, tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "export.csv"
    target.touch()
    link.symlink_to(target)
    run("session_analysis", "csv")
    assert link.is_symlink()
    assert len(read_csv(target)) == 3


def test_output_contradicts_format(refuse, tmp_path):
    output = str(tmp_path / "a.xlsx")
    status, said = refuse("session_analysis", "--format", "csv", "--output", output)
    assert (status, "ends otherwise than --format" in said) == (2, True)


@pytest.mark.parametrize(
    "arguments", [["sessions"], [], ["session_analysis", "--mode", "weekly"], ["--frm"]]
)
def test_command_not_understood(refuse, arguments):
    status, said = refuse(*arguments)
    assert (status, "--help" in said) == (2, True)


def test_missing_warehouse(refuse, tmp_path):
    status, said = refuse("session_analysis", warehouse=tmp_path / "none.duckdb")
    assert (status, "run ./scripts/build first" in said) == (1, True)


def test_warehouse_that_is_no_database(refuse, tmp_path):
    other = tmp_path / "notes.duckdb"
    other.write_text("no database at all, only some text that is long enough " * 100)
    status, said = refuse("session_analysis", warehouse=other)
    assert (status, "can't open the warehouse" in said) == (1, True)


@pytest.mark.parametrize("mode", MODES)
def test_warehouse_without_marts(refuse, tmp_path, mode):
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    status, said = refuse("session_analysis", "--mode", mode, warehouse=empty)
    assert (status, "run ./scripts/build first" in said) == (1, True)


def test_warehouse_without_a_catalogue(refuse, own_warehouse):
    warehouse = own_warehouse("delete from marts.column_catalog")
    status, said = refuse("session_analysis", warehouse=warehouse)
    assert (status, "column catalogue" in said) == (1, True)


def test_more_rows_than_a_sheet_holds(refuse, monkeypatch, tmp_path):
    monkeypatch.setattr(export, "EXCEL_DATA_ROWS", 2)
    output = str(tmp_path / "a.xlsx")
    status, said = refuse("session_analysis", "--output", output)
    assert (status, "csv or parquet" in said) == (1, True)


def test_refused_before_anything_is_written(demo_warehouse, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "ROOT", tmp_path)
    command = ["agent_analysis", "--from", FROM, "--to", TO, "--agent", "nobody"]
    assert export.main([*command, "--warehouse", str(demo_warehouse)]) == 2
    assert not list(tmp_path.rglob("*.csv"))
