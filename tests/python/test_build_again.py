"""Every row built again: from files, and from the rows that the warehouse holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from contents import assert_same, contents, query
from nasty import nasty_tables, write_tables
from untested import WITHOUT_TESTS, build_untested, build_untested_well

from contact_center.building.publishing import READABLE_FROM, new_file


@pytest.fixture(scope="module")
def other_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other_data")
    write_tables(nasty_tables(9, sessions=30, days=3, agents=3), folder)
    return folder


def test_changed_definition_builds_every_row_again(
    other_data_dir: Path, tmp_path: Path, monkeypatch
) -> None:
    """From the files if all are there, which another encoding gives other names; else from the rows
    that the warehouse holds. Paths are those of the folder in which the command is given."""
    data, warehouse = tmp_path / "data", tmp_path / "cc.duckdb"
    shutil.copytree(other_data_dir, data)
    agents = "agent_id,agent_name\nnew,毛伟\n".encode("gbk") + b"x,\xff\n"
    (data / "raw_agents.csv").write_bytes(agents)
    names = "select agent_name from marts.dim_agents where agent_id = 'new'"
    monkeypatch.chdir(tmp_path)
    arguments = ("--data", "data", "--warehouse", "cc.duckdb")
    assert "text_encoding" in build_untested_well(*arguments)
    assert query(warehouse, names) != [("毛伟",)]
    given = "{max_login_hours: 12, text_encoding: gb18030}"
    changed = build_untested(*arguments, dbt=(*WITHOUT_TESTS, "--vars", given))
    printed = changed.stdout
    assert changed.returncode == 0, changed.stderr
    assert "max_login_hours" in printed and "every row again" in printed
    sql = "select build_number, build_settings->>'max_login_hours' from staging.builds"
    assert query(warehouse, sql) == [(1, "12")]
    assert query(warehouse, names) == [("毛伟",)]
    refused = build_untested("--rebuild-from-store", "--warehouse", "cc.duckdb")
    assert refused.returncode != 0
    said = " ".join((refused.stdout + refused.stderr).split())
    assert "The rows were stored with text_encoding 'gb18030', now it is ''" in said
    assert "Give text_encoding as it was (files in UTF-8 need none); or put back the files" in said
    assert "with --full-refresh" in said

    variables = ("--var", "max_login_hours=10", "--var", "text_encoding=gb18030")
    from_files = tmp_path / "from_files.duckdb"
    build_untested_well("--data", data, "--warehouse", from_files, *variables)
    (data / "raw_messages.csv").unlink()
    printed = build_untested_well(*arguments, *variables)
    assert "raw_messages.csv" in printed and "the rows that the warehouse holds" in printed
    assert_same(contents(warehouse), contents(from_files))


def test_rebuild_from_store_needs_no_files(other_data_dir: Path, tmp_path: Path) -> None:
    data, warehouse = tmp_path / "data", tmp_path / "cc.duckdb"
    shutil.copytree(other_data_dir, data)
    build_untested_well("--data", data, "--warehouse", warehouse)
    before = contents(warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("drop schema marts cascade")
        connection.execute("drop schema intermediate cascade")
    shutil.rmtree(data)
    build_untested_well("--rebuild-from-store", "--warehouse", warehouse)
    assert_same(contents(warehouse), before)


def test_the_first_sessions_come_with_a_later_build(tmp_path: Path) -> None:
    """A warehouse that was set up before anything happened."""
    tables = nasty_tables(11, sessions=20, days=3, agents=3)
    nothing = {
        name: [row for row in rows if "session_id" not in row] for name, rows in tables.items()
    }
    data, warehouse, whole = tmp_path / "data", tmp_path / "cc.duckdb", tmp_path / "whole.duckdb"
    write_tables(nothing, data)
    build_untested_well("--data", data, "--warehouse", warehouse)
    write_tables(tables, data)
    build_untested_well("--data", data, "--warehouse", warehouse)
    build_untested_well("--data", data, "--warehouse", whole)
    assert query(warehouse, "select count(*) from marts.fct_sessions") > [(0,)]
    assert_same(contents(warehouse), contents(whole))


def test_a_new_file_keeps_its_form_whoever_writes_to_it(tmp_path: Path) -> None:
    new_file(tmp_path / "new.duckdb")
    with duckdb.connect(str(tmp_path / "new.duckdb")) as connection:
        connection.execute("create table words as select 'a word' as word from range(200000)")
        [form] = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
    assert form == f"{READABLE_FROM}+"
