"""What a build reads, without dbt: every layout of files gives the same rows, what can't be read is
named, and what was loaded before is told from what is new."""

from __future__ import annotations

import datetime
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

from contact_center.intake import DATABASE, Places, contract, reading
from contact_center.intake.files import Load
from contact_center.intake.loads import nothing_new

EVENTS = [
    {"event_id": "e1", "session_id": "s1", "event_type": "queued",
     "occurred_at": "2026-03-05T09:00:00.000Z"},
]
REQUIRED = {
    "raw_sessions": [{"session_id": "s1", "started_at": "2026-03-05T09:00:00Z"}],
    "raw_session_events": EVENTS,
}


class Read:
    """What intake makes of a folder."""

    def __init__(
        self, data_dir: Path, loads: list[Load] | None = None, is_build: bool = True
    ) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        places = Places(str(data_dir))
        self.found = reading.read(
            self.connection, places, loads, data_dir.parent / f"{data_dir.name} aside", is_build
        )
        reading.show(self.connection, places, self.found)

    def rows(self, sql: str) -> list[tuple]:
        self.connection.execute(f"use {DATABASE}.raw")
        return self.connection.execute(sql).fetchall()

    def loads(self, build_number: int = 1) -> list[Load]:
        return [
            Load(*row, build_number) for row in self.rows(
                "select table_name, folder, file, byte_count, modified_at from files_of_this_build"
            )
        ]


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


def test_a_changed_file_says_when_it_had_changed_as_it_was_first_loaded(folder: Path) -> None:
    file = folder / "raw_sessions.csv"
    os.utime(file, (1_700_000_000, 1_700_000_000))
    first = datetime.datetime(2023, 11, 14, 22, 13, 20)
    loads = Read(folder).loads(1)
    file.write_text(file.read_text() + "\n")
    loads += Read(folder, loads).loads(2)
    os.utime(file, (1_800_000_000, 1_800_000_000))
    changed = Read(folder, loads)
    assert names(changed) == {"raw_sessions.csv": True}
    assert changed.rows(
        "select distinct is_changed_source, source_modified_at from raw_sessions"
    ) == [(True, first)]


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


# --- encodings and line ends ----------------------------------------------------------------

NAMES = ["Иванов Пётр", "陈", "Éva Müß", "O’Hara", "plain"]


def agents(read: Read) -> list[str]:
    return [name for (name,) in read.rows("select agent_name from raw_agents order by agent_id")]


def put_agents(folder: Path, data: bytes, name: str = "raw_agents.csv") -> Read:
    (folder / name).write_bytes(data)
    return Read(folder)


def agents_csv(names: list[str] = NAMES, end: str = "\n") -> str:
    lines = ["agent_id,agent_name", *(f"a{number},{name}" for number, name in enumerate(names))]
    return end.join(lines) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("packed", [False, True])
def test_unicode_in_every_encoding(encoding: str, packed: bool, folder: Path) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    data = mark + agents_csv().encode(encoding)
    name = "raw_agents.csv.gz" if packed else "raw_agents.csv"
    read = put_agents(folder, gzip.compress(data) if packed else data, name)
    assert agents(read) == NAMES
    assert read.found.remarks == []
    assert read.rows("select distinct source_file from raw_agents") == [(str(folder / name),)]


def test_only_lines_that_are_not_utf_8_are_read_as_windows_1252(folder: Path) -> None:
    lines = [b"agent_id,agent_name", "a0,Zoë".encode(), b"a1,Zo\xeb", b"a2,\x80\x93\x81", b"a3,Bo"]
    read = put_agents(folder, b"\n".join(lines))
    # One of five bytes that Windows-1252 doesn't know is U+FFFD.
    assert agents(read) == ["Zoë", "Zoë", "€“\ufffd", "Bo"]
    assert read.found.remarks == [
        f"File '{folder}/raw_agents.csv', line {number} isn't UTF-8; it was read as Windows-1252:"
        f" {text}"
        for number, text in ((3, "a1,Zoë"), (4, "a2,€“\ufffd"))
    ]


def test_lines_that_are_not_utf_8_are_counted(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,agent_name\n" + b"a,\xe9\n" * 50)
    assert len(read.found.remarks) == 20
    assert read.found.remarks[-1].endswith("So have 30 further lines.")


def test_an_accent_far_down_is_found(folder: Path) -> None:
    lines = [f"a{number:07},Bo" for number in range(200_000)]
    data = "agent_id,agent_name\n" + "\n".join(lines) + "\nz,"
    assert agents(put_agents(folder, (data + "É\n").encode()))[-1] == "É"
    assert agents(put_agents(folder, data.encode() + b"\xc9\n"))[-1] == "É"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str, folder: Path) -> None:
    assert agents(put_agents(folder, agents_csv(end=end).encode())) == NAMES
    without_the_last = agents_csv(end=end).encode().removesuffix(end.encode())
    assert agents(put_agents(folder, without_the_last)) == NAMES


@pytest.mark.parametrize("first, second", [("\n", "\r\n"), ("\r\n", "\n")])
def test_two_line_ends_in_one_file(first: str, second: str, folder: Path) -> None:
    rows = [f"a{number},n{number}" for number in range(1000)]
    for place in (1, 500, 999):
        head = first.join(["agent_id,agent_name", *rows[:place]])
        text = head + second + first.join(rows[place:])
        assert sorted(agents(put_agents(folder, text.encode()))) == sorted(
            f"n{number}" for number in range(1000)
        )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_carriage_return_within_a_value_stays(end: str, folder: Path) -> None:
    text = end.join(["agent_id,agent_name", "a0,x\ry", 'a1,"q ""u"" \r\n v"', "a2,z", ""])
    assert agents(put_agents(folder, text.encode())) == ["x\ry", 'q "u" \r\n v', "z"]


def test_json_lines_with_a_mark(folder: Path) -> None:
    data = '{"agent_id": "a0", "agent_name": "É"}\r\n{"agent_id": "a1", "agent_name": "陈"}'
    read = put_agents(folder, data.encode("utf-8-sig"), "raw_agents.jsonl")
    assert agents(read) == ["É", "陈"]


# --- empty files, and what nearly fits ------------------------------------------------------


@pytest.mark.parametrize("name", ["raw_messages.csv", "raw_session_events.csv"])
@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\r\n"])
def test_an_empty_file_stops_the_build(name: str, data: bytes, folder: Path) -> None:
    (folder / name).write_bytes(data)
    problem = Read(folder).found.problem
    assert problem and str(folder / name) in problem
    assert "is empty: it has no header line" in problem


def test_an_empty_parquet_file_stops_the_build(folder: Path) -> None:
    (folder / "raw_agents.parquet").write_bytes(b"")
    assert str(folder / "raw_agents.parquet") in (Read(folder).found.problem or "")


def test_a_header_alone_is_no_fault(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,agent_name")
    assert (read.found.problem, read.found.remarks) == (None, [])
    assert agents(read) == []


def test_empty_json_lines_are_named_where_nothing_else_is_there(folder: Path) -> None:
    read = put_agents(folder, b"", "raw_agents.jsonl")
    [remark] = read.found.remarks
    assert "raw_agents.jsonl' has no rows, and raw_agents has no other file" in remark
    assert put_agents(folder, b"agent_id\na1\n").found.remarks == []


def test_columns_that_nearly_fit_are_named(folder: Path) -> None:
    (folder / "raw_session_events.csv").write_text(
        "event_id,SessionId,timestamp,event_type,comment\ne1,s1,2026-03-05T09:00:00Z,queued,x\n"
    )
    (folder / "raw_messages.csv").write_text(
        "message_id,session_id,sent_at,sender_type,sender\nm1,s1,2026-03-05T09:00:00Z,agent,a1\n"
    )
    said = "\n".join(Read(folder).found.remarks)
    assert (
        "raw_session_events.csv' has no column occurred_at (required) and a column timestamp that "
        "isn't in the contract"
    ) in said
    assert "has no column session_id (required) and a column SessionId" in said.replace(
        "sessionid", "SessionId"
    )
    assert "raw_messages.csv' has no column sender_id and a column sender that isn't" in said
    assert "comment" not in said


def test_tables_that_nearly_fit_are_named(folder: Path) -> None:
    for name in ("raw_message.csv", "Raw_Evaluations.csv", "skills.parquet", "notes.txt", "x.csv"):
        (folder / name).write_text("a\n")
    (folder / "raw_tag_event").mkdir()
    said = Read(folder).found.remarks
    assert len(said) == 4
    for name, table in (
        ("raw_message.csv", "raw_messages"), ("Raw_Evaluations.csv", "raw_evaluations"),
        ("skills.parquet", "raw_skills"), ("raw_tag_event", "raw_tag_events"),
    ):
        remark = f"'{folder / name}' is not read. It looks like {table}: if it is, call it so."
        assert remark in said


@pytest.mark.parametrize(
    "name, todo",
    [("raw_agents.xlsx", "Save it as CSV in UTF-8"), ("raw_agents.json", "jq -c '.[]'")],
)
def test_other_formats_are_refused_with_what_to_do(name: str, todo: str, folder: Path) -> None:
    (folder / name).write_bytes(b"[]")
    problem = Read(folder).found.problem
    assert problem and str(folder / name) in problem and todo in problem
    # Beside what is read it is a copy, say.
    beside = put_agents(folder, b"agent_id\na1\n")
    assert beside.found.problem is None
    assert todo in beside.found.remarks[0]


def test_an_array_in_a_file_of_lines_is_refused_with_what_to_do(folder: Path) -> None:
    array = b'[\n {"agent_id": "a1"},\n {"agent_id": "a2"}\n]\n'
    read = put_agents(folder, array, "raw_agents.jsonl")
    assert "is one JSON array" in (read.found.problem or "")


def test_a_link_that_leads_nowhere_is_named(folder: Path) -> None:
    (folder / "raw_agents.csv").symlink_to(folder / "gone.csv")
    read = Read(folder)
    assert read.found.problem is None
    assert "raw_agents.csv' is a link to" in read.found.remarks[0]


# --- ids as floats, and words for nothing ---------------------------------------------------


def ids(read: Read) -> list[tuple]:
    return read.rows("select agent_id, company_id from raw_agents order by all nulls last")


def test_whole_numbers_written_as_floats(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,company_id\n3.0,1.0\n4,1.5\n,2.0\n12,\n")
    # 1.5 is none, so 1.0 may be more than 1.
    assert ids(read) == [("12", None), ("3", "1.0"), ("4", "1.5"), (None, "2.0")]


def test_one_float_far_down_is_found(folder: Path) -> None:
    rows = "".join(f"{number},7\n" for number in range(100_000))
    read = put_agents(folder, f"agent_id,company_id\n{rows}7.0,8.0\n".encode())
    assert read.rows("select count(*) from raw_agents where agent_id = '7'") == [(2,)]
    assert read.rows("select distinct company_id from raw_agents order by all") == [("7",), ("8",)]


def test_each_file_is_told_by_itself(folder: Path) -> None:
    (folder / "raw_agents").mkdir()
    (folder / "raw_agents" / "1.csv").write_text("agent_id,company_id\n3.0,5.0\n")
    (folder / "raw_agents" / "2.csv").write_text("agent_id,company_id\nv3.0,5.0\n")
    (folder / "raw_agents" / "3.jsonl").write_text('{"agent_id": 4.0, "company_id": 5}\n')
    assert ids(Read(folder)) == [("3", "5"), ("4", "5"), ("v3.0", "5")]


def test_parquet_of_floats(folder: Path) -> None:
    file = folder / "raw_agents.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select * from (values (3.0::double, 1.5::double, 'NaN'::double), (null, 2, 4)) "
            f"as rows (agent_id, company_id, agent_name)) to '{file}' (format parquet)"
        )
    assert ids(Read(folder)) == [("3", "1.5"), (None, "2.0")]


def test_words_for_nothing_in_ids(folder: Path) -> None:
    header = "session_id,started_at,customer_id,campaign_id\n"
    sessions = folder / "raw_sessions.csv"
    sql = "select customer_id, campaign_id from raw_sessions order by all nulls last"
    # Where NULL stands for nothing, None and nan do too.
    sessions.write_text(header + "s1,2026-03-05,NULL,None\ns2,\\N,77,nan\n")
    assert Read(folder).rows(sql) == [("77", None), (None, None)]
    # A customer may be called None.
    sessions.write_text(header + "s1,2026-03-05,None,nan\ns2,,77,c\n")
    assert Read(folder).rows(sql) == [("77", "c"), ("None", "nan")]


# --- one contract ---------------------------------------------------------------------------


def test_what_stands_elsewhere_is_the_contract() -> None:
    [raw, *_] = yaml.safe_load((ROOT / "models" / "sources.yml").read_text())["sources"]
    seeds = yaml.safe_load((ROOT / "seeds" / "seeds.yml").read_text())["seeds"]
    sources = {
        table["name"]: [column["name"] for column in table["columns"]] for table in raw["tables"]
    }
    for table in contract.tables():
        assert sources[table] == list(contract.columns(table))
        assert all(column["description"] for column in raw["tables"][0]["columns"])
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
