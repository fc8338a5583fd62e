"""Exports of the odd data, and the ways to read them back."""

import csv
import shutil

import duckdb
import openpyxl
import pytest

from contact_center import export

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
def exported(odd_warehouse, tmp_path):
    """Exports from the odd data to a file of the given ending; gives its path."""

    def export_to(relation, ending, *arguments, warehouse=odd_warehouse, days=(FROM, TO)):
        output = tmp_path / f"export.{ending}"
        command = [relation, "--from", days[0], "--to", days[1], "--output", str(output)]
        command.append("--overwrite")
        status = export.main([*command, "--warehouse", str(warehouse), *arguments])
        assert status == 0
        return output

    return export_to


@pytest.fixture
def refused(odd_warehouse, tmp_path, capsys):
    """Runs an export that must fail; gives its exit status and what it said."""

    def refuse(*arguments, warehouse=odd_warehouse, days=(FROM, TO)):
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
def own_warehouse(odd_warehouse, tmp_path):
    """A copy of the odd warehouse that a test may change, and the way to change it."""
    folder = tmp_path / "own"
    folder.mkdir()
    copied = folder / "renamed.duckdb"
    shutil.copyfile(odd_warehouse, copied)

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
