"""./scripts/query: every statement, every column, in every format."""

from __future__ import annotations

import io
import json
import sys

import duckdb
import pytest

from contact_center import query

SQL = "select 1 as one, 'a|b' as text, null as none; set threads = 1; select true as yes"


@pytest.fixture
def warehouse(tmp_path):
    path = tmp_path / "cc.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table wide as select " + ", ".join(
            f"{number} as a_rather_long_name_of_column_{number}" for number in range(60)
        ))
    return path


@pytest.mark.parametrize(("form", "due"), [
    ("csv", "one,text,none\n1,a|b,\n\nyes\ntrue\n"),
    ("markdown", "| one | text | none |\n| --- | --- | --- |\n| 1 | a\\|b |  |\n\n"
     "| yes |\n| --- |\n| true |\n"),
])
def test_every_statement(warehouse, capsys, form, due):
    assert query.main(["--warehouse", str(warehouse), "--format", form, SQL]) == 0
    assert capsys.readouterr().out == due


def test_json_is_a_list_for_each_statement(warehouse, capsys):
    assert query.main(["--warehouse", str(warehouse), "--format", "json", SQL]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [
        [{"one": 1, "text": "a|b", "none": None}], [{"yes": True}],
    ]


def test_json_that_every_program_reads(warehouse, capsys):
    sql = "select 0 / 0 as nan, 1 / 0 as inf, 0.5::double as half"
    assert query.main(["--warehouse", str(warehouse), "--format", "json", sql]) == 0
    assert capsys.readouterr().out == '[{"nan": null, "inf": null, "half": 0.5}]\n'


def test_json_of_what_is_within(warehouse, capsys):
    sql = (
        "select [1.5, 'nan'::double] as list, {'inf': 'inf'::double, 'day': date '2026-03-02'} as"
        " struct, map {date '2026-03-02': 0.5, date '2026-03-03': null} as map"
    )
    assert query.main(["--warehouse", str(warehouse), "--format", "json", sql]) == 0
    assert json.loads(capsys.readouterr().out, parse_constant=pytest.fail) == [{
        "list": [1.5, None], "struct": {"inf": None, "day": "2026-03-02"},
        "map": {"2026-03-02": 0.5, "2026-03-03": None},
    }]
    sql = "select map {1: 2} as a"
    assert query.main(["--warehouse", str(warehouse), "--format", "csv", sql]) == 0
    assert capsys.readouterr().out == 'a\n"{""1"": 2}"\n'


def test_a_table_fits_its_terminal(warehouse, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "90")
    words = " ".join(f"word{number}" for number in range(100))
    sql = f"from wide; select 'a' as short, '{words}' as long, 'b' as last"
    assert query.main(["--warehouse", str(warehouse), sql]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 90
    assert any("60 columns" in line for line in lines)
    cells = [line.split("│")[2].strip() for line in lines if line.count("│") == 4]
    assert words.replace(" ", "") in "".join(cells).replace(" ", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_as_windows_saves_it(warehouse, monkeypatch, capsys, encoding):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("select 'é' a".encode(encoding))))
    assert query.main(["--warehouse", str(warehouse), "--format", "csv"]) == 0
    assert capsys.readouterr().out == "a\né\n"


def test_a_file_that_is_no_text(warehouse, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("select 'é'".encode("latin-1"))))
    assert query.main(["--warehouse", str(warehouse)]) == 2
    assert capsys.readouterr().err == "query: the SQL isn't UTF-8; save it so\n"


def test_a_table_has_every_column(warehouse, capsys):
    assert query.main(["--warehouse", str(warehouse), "from wide"]) == 0
    said = capsys.readouterr().out
    assert all(f"a_rather_long_name_of_column_{number} " in said for number in range(60))


def test_a_person_who_gives_no_sql_is_told(warehouse, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    with pytest.raises(SystemExit):
        query.main(["--warehouse", str(warehouse)])
    assert "no SQL is given" in capsys.readouterr().err


def test_what_is_not_there_and_what_fails(warehouse, tmp_path, capsys):
    assert query.main(["--warehouse", str(tmp_path / "none.duckdb"), "select 1"]) == 1
    assert "isn't there" in capsys.readouterr().err
    assert query.main(["--warehouse", str(warehouse), "select nothing"]) == 1
    assert "query: " in capsys.readouterr().err
    assert query.main(["--warehouse", str(warehouse), "create table x as select 1 as a"]) == 1
    with pytest.raises(SystemExit):
        query.main(["--format", "xml", "select 1"])
