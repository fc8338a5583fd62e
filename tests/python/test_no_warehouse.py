"""What commands say of a path that is no warehouse: what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from contents import query as rows_of
from test_build import build
from test_golden import GOLDEN

from contact_center import compare, erase, export, query, reconcile, report
from contact_center.memory import keep

DAYS = ["--from", "2026-03-02", "--to", "2026-03-03"]
COMMANDS = {
    "query": (query, ["select 1", "--warehouse"]),
    "report": (report, ["--warehouse"]),
    "erase": (erase, ["--customer", "nobody", "--warehouse"]),
    "export": (export, ["session_analysis", *DAYS, "--warehouse"]),
    "reconcile": (reconcile, ["contract", *DAYS, "--vendor", __file__, "--warehouse"]),
    "compare": (compare, ["1", "2", "--warehouse"]),
}


@pytest.fixture(params=COMMANDS)
def said_of(request, capfd):
    """What one of the commands says of a path."""
    command, arguments = COMMANDS[request.param]

    def run(path: Path) -> str:
        assert command.main([*arguments, str(path)]) in (1, 2)
        said = capfd.readouterr()
        assert said.out == "" and said.err.startswith(f"{request.param}: ")
        assert str(path) in said.err and ".building" not in said.err
        return said.err

    return run


def of_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table notes (note)")


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.write_text("no " * 999), of_sqlite])
def test_another_kind_of_file(said_of, tmp_path, make) -> None:
    make(tmp_path / "notes.duckdb")
    assert "is no DuckDB file" in said_of(tmp_path / "notes.duckdb")


def test_a_folder(said_of, tmp_path) -> None:
    assert "a folder without a lake" in said_of(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_damaged_file(said_of, tmp_path) -> None:
    path = tmp_path / "cc.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table numbers as from range(1000000)")
    path.write_bytes(path.read_bytes()[:20_000])
    assert "damaged or of another version" in said_of(path)


def test_another_program_writes_it(said_of, tmp_path) -> None:
    path = tmp_path / "cc.duckdb"
    program = subprocess.Popen(
        [sys.executable, "-c", "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, "
         "flush=True); input()", path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    with program:
        program.stdout.readline()
        said = said_of(path)
        program.communicate(b"\n")
    assert f"another program (process {program.pid})" in said and "close it there" in said


def test_a_file_without_this_projects_marts(said_of, tmp_path, request) -> None:
    path = tmp_path / "cc.duckdb"
    duckdb.connect(str(path)).close()
    if "query" not in request.node.name:
        assert "./scripts/build" in said_of(path)


def test_a_file_of_marts_alone(tmp_path: Path, capfd) -> None:
    """As --publish-marts writes it."""
    path = str(tmp_path / "figures.duckdb")
    with duckdb.connect(path) as connection:
        connection.execute("create schema marts")
    for name in ("erase", "report", "reconcile"):
        command, arguments = COMMANDS[name]
        assert command.main([*arguments, path]) in (1, 2)
        said = capfd.readouterr().err
        assert f"'{path}' has marts alone" in said and "give the warehouse" in said


@pytest.mark.parametrize("more", [[], ["--full-refresh"]])
def test_a_file_of_marts_alone_is_not_built_upon(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "figures.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create table marts.published_builds (one int);"
                           "create table marts.fct_sessions (one int)")
    refused = build("--warehouse", path, *more)
    assert refused.returncode == 1
    assert f"'{path}' has marts alone" in refused.stderr and "give the warehouse" in refused.stderr


@pytest.mark.parametrize("mark", "#?")
def test_a_path_that_dbt_takes_for_a_url(tmp_path: Path, mark: str) -> None:
    refused = build("--warehouse", tmp_path / f"C{mark}" / "cc.duckdb")
    assert refused.returncode == 2
    assert "has # or ? in its path" in refused.stderr


@pytest.mark.parametrize("option", ["--warehouse", "--publish-marts"])
def test_tables_of_something_else_are_not_replaced(tmp_path: Path, option: str) -> None:
    places = {"--warehouse": tmp_path / "cc.duckdb", option: tmp_path / "other.duckdb"}
    with duckdb.connect(str(places[option])) as connection:
        connection.execute("create table invoices as select 1 as number")
    for more in ([], ["--full-refresh"]):
        refused = build(*more, *(word for given in places.items() for word in given))
        assert refused.returncode == 1
        assert "other.duckdb' holds tables of something else, such as main.inv" in refused.stderr
    assert rows_of(places[option], "select number from invoices") == [(1,)]


@pytest.mark.parametrize("more", [[], ["--full-refresh"]])
def test_a_damaged_warehouse_says_what_heals_it(more: list[str], tmp_path: Path) -> None:
    """Nor is it replaced by one that doesn't know who was erased."""
    warehouse = tmp_path / "cc.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table t as select range as n from range(10000)")
    content = bytearray(warehouse.read_bytes())
    content[20:8192] = os.urandom(8192 - 20)
    warehouse.write_bytes(content)
    refused = build("--data", GOLDEN / "data", "--warehouse", warehouse, *more)
    assert refused.returncode == 1
    assert "can't be read" in refused.stderr and "move it away" in refused.stderr
    assert "erase those customers again" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert warehouse.read_bytes() == content


def test_an_empty_file_has_nothing_to_keep(tmp_path: Path) -> None:
    warehouse = tmp_path / "cc.duckdb"
    warehouse.touch()
    keep.carry_over(warehouse, tmp_path / "built.duckdb", ())
