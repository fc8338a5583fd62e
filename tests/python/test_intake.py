"""What a build reads, without dbt: every layout of files gives the same rows, what can't be read is
named, and what was loaded before is told from what is new."""

from __future__ import annotations

import datetime
import errno
import gzip
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT
from intakes import REQUIRED, Read
from layouts import (
    COLUMNS,
    LAYOUTS,
    Layout,
    Tables,
    make_tables,
    write,
    write_lacking,
    write_parquet,
)

from contact_center.intake import contract, readers
from contact_center.intake.loads import nothing_new


@pytest.fixture(scope="module")
def tables() -> Tables:
    return make_tables()


def as_contract_reads(read: Read, table: str) -> Counter:
    """The rows with every value in one spelling."""
    expressions = []
    for column, kind in contract.columns(table).items():
        if kind == "timestamp":
            column = f"cast(cast(cast({column} as varchar) as timestamptz) as varchar)"
        elif kind not in ("text", "time_zone") and "enum" not in kind:
            column = f"lower(cast({column} as varchar))"
        expressions.append(column)
    return Counter(read.rows(f"select {', '.join(expressions)} from {table}"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_gives_the_same_rows(layout: Layout, tables: Tables, tmp_path: Path) -> None:
    plain = Read(write(tables, tmp_path / "plain", LAYOUTS[0]))
    other = Read(write(tables, tmp_path / "it's a [data] folder", layout))
    assert other.found.problem is None
    for table, records in tables.items():
        rows = as_contract_reads(other, table)
        assert rows == as_contract_reads(plain, table), table
        assert rows.total() == len(records)
    counted = other.rows(
        "select table_name, sum(row_count) from files_of_this_build group by all order by all"
    )
    assert counted == sorted((table, len(records)) for table, records in tables.items())


def test_a_row_tells_of_which_file_it_is(tables: Tables, tmp_path: Path) -> None:
    folder = write(tables, tmp_path / "data", LAYOUTS[-2])
    read = Read(folder)
    for table in tables:
        counted = read.rows(f"select source_file, count(*) from {table} group by all order by all")
        due = read.rows(
            "select path, row_count from files_of_this_build "
            f"where table_name = '{table}' and row_count > 0 order by all"
        )
        assert counted == due


# --- seen, new and changed ------------------------------------------------------------------


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    return write_lacking(REQUIRED, tmp_path / "data")


def names(read: Read) -> dict[str, bool]:
    return dict(read.rows("select file, is_changed from files_of_this_build order by file"))


def test_what_was_loaded_is_not_loaded_again(folder: Path) -> None:
    loads = Read(folder).loads()
    assert names(Read(folder, loads)) == {}
    (folder / "raw_agents.csv").write_text("agent_id\na1\n")
    again = Read(folder, loads)
    assert names(again) == {"raw_agents.csv": False}
    assert again.rows("select agent_id from raw_agents") == [("a1",)]
    assert again.rows("select count(*) from raw_sessions") == [(0,)]


def test_a_changed_file_says_when_it_had_last_changed(folder: Path) -> None:
    file = folder / "raw_sessions.csv"
    os.utime(file, (1_700_000_000, 1_700_000_000))
    loads = Read(folder).loads(1)
    file.write_text(file.read_text() + "\n")
    loads += Read(folder, loads).loads(2)
    os.utime(file, (1_800_000_000, 1_800_000_000))
    changed = Read(folder, loads)
    assert names(changed) == {"raw_sessions.csv": True}
    assert changed.rows(
        "select distinct is_changed_source, source_modified_at from raw_sessions"
    ) == [(True, datetime.datetime(2027, 1, 15, 8))]


def test_a_file_of_the_same_size_from_another_folder_counts_as_changed(
    folder: Path, tmp_path: Path
) -> None:
    loads = Read(folder).loads()
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    (other / "raw_session_events.csv").write_text("event_id\ne9\n")
    assert names(Read(other, loads)) == {
        "raw_sessions.csv": True, "raw_session_events.csv": False,
    }


def test_each_file_has_an_instant_of_its_own(folder: Path) -> None:
    (folder / "raw_agents").mkdir()
    for number in range(3):
        path = folder / "raw_agents" / f"{number}.csv"
        path.write_text(f"agent_id\na{number}\n")
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    rows = Read(folder).rows(
        "select agent_id, epoch(source_modified_at) from raw_agents order by all"
    )
    assert rows == [("a0", 1.7e9), ("a1", 1.7e9 + 1), ("a2", 1.7e9 + 2)]


# --- files that can't be read ---------------------------------------------------------------


def break_file(name: str, data: bytes) -> Callable[[Path], str]:
    """Puts a file into the folder, in the place of the good one."""

    def put(folder: Path) -> str:
        (folder / f"{name.split('.')[0]}.csv").unlink(missing_ok=True)
        (folder / name).write_bytes(data)
        return str(folder / name)

    return put


def drop(name: str) -> Callable[[Path], str]:
    def remove(folder: Path) -> str:
        (folder / f"{name}.csv").unlink()
        return f"'{folder}' lacks the required table {name}"

    return remove


def truncated_parquet(folder: Path) -> str:
    path = folder / "raw_agents.parquet"
    write_parquet("raw_agents", [dict.fromkeys(COLUMNS["raw_agents"], "x" * 99)], path,
                  {"timestamp": "varchar"})
    path.write_bytes(path.read_bytes()[:-10])
    return str(path)


RAGGED = b"agent_id,agent_name,company_id\na1,Ann,c1\na2,Bob\na3,Cy,c1,more\n"
BROKEN: dict[str, Callable[[Path], str]] = {
    "required_table_missing": drop("raw_session_events"),
    "ragged_csv": break_file("raw_agents.csv", RAGGED),
    "broken_quote": break_file("raw_agents.csv", b'agent_id,agent_name\na1,"Ann\na2,Bob\na3,Cy\n'),
    "other_delimiter": break_file("raw_agents.csv", b"agent_id;agent_name\na1;Ann\na2;Bob\n"),
    "malformed_json": break_file(
        "raw_agents.jsonl", b'{"agent_id": "a1"}\n{"agent_id": "a2", \n{"agent_id": "a3"}\n'
    ),
    "truncated_parquet": truncated_parquet,
    "gz_that_is_none": break_file("raw_agents.csv.gz", b"agent_id,agent_name\na1,Ann\n"),
    "truncated_gz": break_file("raw_agents.csv.gz", gzip.compress(RAGGED[:42] * 999)[:-20]),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_input_is_named(kind: str, folder: Path) -> None:
    named = BROKEN[kind](folder)
    read = Read(folder)
    assert read.found.problem
    assert named in read.found.problem
    assert read.rows("select count(*) from raw_sessions") == [(0,)]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"'{tmp_path / 'none'}' isn't there" in (Read(tmp_path / "none").found.problem or "")


def test_a_folder_that_cannot_be_entered_is_named(folder: Path, monkeypatch) -> None:
    """DuckDB goes past it, as if nothing were in it. Not where no rows are looked for."""
    for name in ("private", "raw_focus_events/_temporary", "raw_messages"):
        (folder / name).mkdir(parents=True)
    hidden, scandir = ("private", "_temporary"), os.scandir

    def guarded(path: str | Path):
        if Path(path).name in hidden:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert Read(folder).found.problem is None
    hidden = (*hidden, "raw_messages")
    assert f"'{folder / 'raw_messages'}' can't be read" in str(Read(folder).found.problem)


# --- one contract ---------------------------------------------------------------------------


def test_what_stands_elsewhere_is_the_contract() -> None:
    [raw, *_] = yaml.safe_load((ROOT / "models" / "sources.yml").read_text())["sources"]
    page = (ROOT / "docs" / "event_contract.md").read_text()
    seeds = yaml.safe_load((ROOT / "seeds" / "seeds.yml").read_text())["seeds"]
    sources = {
        table["name"]: [column["name"] for column in table["columns"]] for table in raw["tables"]
    }
    for table in contract.tables():
        assert sources[table] == list(contract.columns(table))
        assert f"`{table}`" in page
        assert all(f"`{column}`" in page for column in contract.columns(table))
    assert all(
        column["description"] for table in raw["tables"] for column in table["columns"]
    )
    assert {seed["name"]: list(seed["config"]["column_types"]) for seed in seeds} == {
        table: list(contract.columns(table)) for table in contract.tables()
    }


def test_nothing_new_is_told_without_dbt(folder: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    loads = Read(folder).loads()
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema staging")
        connection.execute(
            "create table staging.loads (table_name varchar, folder varchar, file varchar, "
            "byte_count bigint, modified_at timestamp, build_number integer)"
        )
    assert not nothing_new(warehouse, str(folder))
    with duckdb.connect(str(warehouse)) as connection:
        connection.executemany(
            "insert into staging.loads values (?, ?, ?, ?, ?, ?)",
            [tuple(load.__dict__.values()) for load in loads],
        )
    assert nothing_new(warehouse, str(folder))
    (folder / "raw_agents.csv").write_text("agent_id\n")
    assert not nothing_new(warehouse, str(folder))


@pytest.mark.parametrize("count", [1, 100, 101, 1001])
def test_a_header_of_any_length(tmp_path: Path, count: int) -> None:
    names = [f"a{number}" for number in range(count)]
    (tmp_path / "a.csv").write_text(f"{','.join(names)}\n{',' * (count - 1)}\n")
    with duckdb.connect() as connection:
        assert readers.csv_header(connection, str(tmp_path / "a.csv")) == names


@pytest.mark.parametrize("name", [b"raw_agents/\xff.csv", b"raw_agents/\xe9 1/a.csv"])
def test_a_name_that_is_not_utf_8_is_named(tmp_path: Path, name: bytes) -> None:
    folder = write_lacking(REQUIRED, tmp_path / "data")
    file = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    try:
        file.parent.mkdir(parents=True)
        file.write_text("agent_id\na1\n")
    except OSError:
        pytest.skip("this disk takes no such names")
    problem = Read(folder).found.problem
    assert problem.startswith(f"The name of '{folder}/raw_agents/\\x"), problem
    assert problem.endswith("isn't UTF-8, so nothing can read it. Give it another.")
