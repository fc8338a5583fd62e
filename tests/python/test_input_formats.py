"""The same rows in every format that the contract allows, and files that are broken."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import duckdb
import pytest
from conftest import ROOT
from contents import Contents, assert_same, contents, made_once, query
from nasty import COLUMNS, KEY, Record, Tables, nasty_tables
from reference import TABLES, read_boolean, read_time, read_whole_number

Build = Callable[..., Path]
# Writes one table into a folder.
Layout = Callable[[str, list[Record], Path], None]

# A row's own text, and its key where an instant is a part of it, are shown as they came.
AS_IT_CAME = ("quarantined_rows.row_text", "quarantined_rows.row_key")
READ_AS_TYPES = {read_time: "timestamp", read_whole_number: "bigint", read_boolean: "boolean"}
TROUBLESOME_NAME = 'Lee, "Ann"\r\n夜班; night\tshift\n'


# --- the data set ---------------------------------------------------------------------------


def column_types(table: str) -> dict[str, str]:
    """Of the columns that aren't text."""
    types = {
        column: READ_AS_TYPES[read]
        for column, read in TABLES[table].columns.items()
        if read in READ_AS_TYPES
    }
    return {**types, "ingested_at": "timestamp"}


def canonical(table: str, record: Record) -> Record:
    """Each value in one spelling, so that text and types can say the same. Fails if unreadable."""
    values = dict(record)
    for column, type_name in column_types(table).items():
        text = record[column]
        if not text:
            values[column] = None
        elif type_name == "timestamp":
            values[column] = read_time(text).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        elif type_name == "bigint":
            values[column] = str(read_whole_number(text))
        else:
            values[column] = str(read_boolean(text)).lower()
    return values


def readable_rows(table: str, records: list[Record]) -> list[Record]:
    """What a typed file can't hold at all is left out."""
    found = []
    for record in records:
        try:
            found.append(canonical(table, record))
        except ValueError:
            continue
    return found


def make_tables() -> Tables:
    tables = {
        name: readable_rows(name, records)
        for name, records in nasty_tables(77, sessions=40, days=3, agents=4).items()
    }
    lee = {**tables["raw_agents"][0], "agent_id": "lee", "agent_name": TROUBLESOME_NAME}
    tables["raw_agents"].append(lee)
    return tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return make_tables()


@pytest.fixture(scope="module")
def expected(
    tables: Tables, tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build
) -> Contents:
    """What the plainest files give: one CSV file for each table."""

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write(tables, folder / "data", csv_file))

    return contents(made_once(tmp_path_factory, "csv", make), AS_IT_CAME)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests of a process: dbt needn't read the project again for every build."""
    return tmp_path_factory.mktemp("workshop")


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


# --- writing --------------------------------------------------------------------------------


def write(tables: Tables, folder: Path, layout: Layout) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in tables.items():
        layout(name, records, folder)
    return folder


def csv_text(table: str, records: list[Record], line_end: str = "\n") -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS[table], lineterminator=line_end)
    writer.writeheader()
    writer.writerows(records)
    return file.getvalue()


def json_text(table: str, records: list[Record]) -> str:
    """Numbers and booleans as such; what is NULL is left out of every other line."""
    types = column_types(table)
    lines = []
    for number, record in enumerate(records):
        values = {
            column: value if types.get(column, "timestamp") == "timestamp" or value is None
            else json.loads(value)
            for column, value in record.items()
            if value is not None or number % 2
        }
        lines.append(json.dumps(values, ensure_ascii=False) + "\n")
    return "".join(lines)


def write_parquet(
    table: str, records: list[Record], path: Path, type_of: dict[str, str] | None = None
) -> None:
    """Typed like the contract; `type_of` replaces types by others."""
    columns = []
    for column in COLUMNS[table]:
        type_name = column_types(table).get(column, "varchar")
        type_name = (type_of or {}).get(type_name, type_name)
        columns.append(f"cast({column} as {type_name}) as {column}")
    text_columns = ", ".join(f"{column} varchar" for column in COLUMNS[table])
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"create table records ({text_columns})")
        if records:
            marks = ", ".join("?" * len(COLUMNS[table]))
            connection.executemany(
                f"insert into records values ({marks})",
                [[record[column] for column in COLUMNS[table]] for record in records],
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        escaped = str(path).replace("'", "''")
        connection.execute(
            f"copy (select {', '.join(columns)} from records) to '{escaped}' (format parquet)"
        )


def csv_file(table: str, records: list[Record], folder: Path) -> None:
    (folder / f"{table}.csv").write_bytes(csv_text(table, records).encode())


def csv_gz(table: str, records: list[Record], folder: Path) -> None:
    (folder / f"{table}.csv.gz").write_bytes(gzip.compress(csv_text(table, records).encode()))


def json_lines(table: str, records: list[Record], folder: Path) -> None:
    (folder / f"{table}.jsonl").write_bytes(json_text(table, records).encode())


def json_lines_gz(table: str, records: list[Record], folder: Path) -> None:
    (folder / f"{table}.jsonl.gz").write_bytes(gzip.compress(json_text(table, records).encode()))


def parquet(table: str, records: list[Record], folder: Path) -> None:
    write_parquet(table, records, folder / f"{table}.parquet")


def parquet_with_zone(table: str, records: list[Record], folder: Path) -> None:
    types = {"timestamp": "timestamptz", "bigint": "integer"}
    write_parquet(table, records, folder / f"{table}.parquet", types)


def parquet_of_text(table: str, records: list[Record], folder: Path) -> None:
    types = {"timestamp": "varchar", "bigint": "varchar", "boolean": "varchar"}
    write_parquet(table, records, folder / f"{table}.parquet", types)


def partitions(table: str, records: list[Record], folder: Path) -> None:
    """As Spark leaves them, with its marks and checksums."""
    for day in range(3):
        part = folder / table / f"day=2026-03-{5 + day:02}" / "part-0.parquet"
        write_parquet(table, records[day::3], part)
        (part.parent / "_SUCCESS").write_bytes(b"")
        (part.parent / ".part-0.parquet.crc").write_bytes(b"crc\0\0\2\0")
    (folder / table / "_SUCCESS").write_bytes(b"")
    (folder / f"{table}.crc").write_bytes(b"crc\0\0\2\0")


def mixed_formats(table: str, records: list[Record], folder: Path) -> None:
    """A file beside a folder, and in the folder all formats at different depths."""
    # All rows of a key go to one file: the same instant is another text in another format.
    parts: list[list[Record]] = [[] for _ in range(6)]
    for record in records:
        parts[crc32((record[KEY[table]] or "").encode()) % 6].append(record)
    below = folder / table / "year=2026" / "it's [a] part*"
    below.mkdir(parents=True)
    csv_file(table, parts[0], folder)
    csv_gz(table, parts[1], folder / table)
    json_lines(table, parts[2], folder / table)
    json_lines_gz(table, parts[3], below)
    parquet(table, parts[4], below)
    write_parquet(table, parts[5], below / "zoned.parquet", {"timestamp": "timestamptz"})


def unusual_csv(table: str, records: list[Record], folder: Path) -> None:
    """A byte order mark, CRLF, columns in another order and one more that nobody knows."""
    file = io.StringIO(newline="")
    columns = ["unknown column", *reversed(COLUMNS[table])]
    writer = csv.DictWriter(file, columns, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**record, "unknown column": "1,\n2"} for record in records)
    (folder / f"{table}.csv").write_bytes(file.getvalue().encode("utf-8-sig"))


def other_column_sets(table: str, records: list[Record], folder: Path) -> None:
    """Files of one table that don't have the same columns, nor in the same order."""
    half = len(records) // 2
    (folder / table).mkdir()
    unusual_csv(table, records[:half], folder / table)
    csv_file(table, records[half:], folder)


def files_of_text(table: str, records: list[Record], folder: Path) -> None:
    """Each table in a format of its own: every build costs seconds."""
    formats: tuple[Layout, ...] = (csv_gz, json_lines, json_lines_gz, parquet_of_text, unusual_csv)
    formats[list(COLUMNS).index(table) % len(formats)](table, records, folder)


LAYOUTS: tuple[Layout, ...] = (
    files_of_text, parquet, parquet_with_zone, partitions, mixed_formats, other_column_sets,
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_gives_the_same_figures(
    layout: Layout, tables: Tables, expected: Contents, workshop: Path, build_warehouse: Build
) -> None:
    data_dir = write(tables, emptied(workshop / "it's a [data] folder"), layout)
    warehouse = build_warehouse(workshop, data_dir=data_dir)
    assert_same(contents(warehouse, AS_IT_CAME), expected)


def test_keeps_commas_quotes_and_newlines(expected: Contents) -> None:
    names = [dict(row)["agent_name"] for row in expected["dim_agents"]]
    assert TROUBLESOME_NAME in names


# --- absent and empty -----------------------------------------------------------------------

SESSION = {"session_id": "s1", "started_at": "2026-03-05T09:00:00Z"}
EVENTS = [
    {"event_id": "e1", "session_id": "s1", "event_type": "queued",
     "occurred_at": "2026-03-05T09:00:00.000Z"},
    {"event_id": "e2", "session_id": "s1", "event_type": "accepted", "agent_id": "a1",
     "occurred_at": "2026-03-05T11:00:30.5+02:00"},
    {"event_id": "e3", "session_id": "s1", "event_type": "closed",
     "occurred_at": "2026-03-05 04:31:00-0500"},
]


def write_lacking(tables: dict[str, list[dict]], folder: Path) -> Path:
    """CSV files that have the columns of their first row only."""
    folder.mkdir()
    for table, records in tables.items():
        columns = sorted({column: None for record in records for column in record})
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns or COLUMNS[table])
            writer.writeheader()
            writer.writerows(records)
    return folder


@pytest.fixture(scope="module")
def not_measured(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    """Only the required tables, and of them few columns."""
    tables = {"raw_sessions": [SESSION], "raw_session_events": EVENTS}

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write_lacking(tables, folder / "data"))

    return made_once(tmp_path_factory, "not_measured", make)


@pytest.fixture(scope="module")
def nothing_happened(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    """Every other table is a header and nothing else."""
    tables = {**dict.fromkeys(COLUMNS, []), "raw_sessions": [SESSION], "raw_session_events": EVENTS}

    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write_lacking(tables, folder / "data"))

    return made_once(tmp_path_factory, "nothing_happened", make)


MEASURED_FIGURES = """
    select sessions.valid_session_count, sessions.response_count, sessions.evaluated_session_count,
        agents.busy_seconds, agents.unreplied_session_count, agents.evaluated_session_count,
        contacts.agent_message_count, contacts.focus_seconds
    from marts.session_analysis_daily as sessions
    cross join marts.agent_analysis_daily as agents
    cross join marts.digital_metrics_daily as contacts
"""


def test_absent_table_is_not_measured(not_measured: Path) -> None:
    assert query(not_measured, MEASURED_FIGURES) == [(None,) * 8]


def test_header_alone_says_that_nothing_happened(nothing_happened: Path) -> None:
    assert query(nothing_happened, MEASURED_FIGURES) == [(0,) * 8]


def test_feed_quality_tells_absent_from_empty(not_measured: Path, nothing_happened: Path) -> None:
    sql = "select table_name, is_measured, raw_row_count from marts.feed_quality"
    required = {("raw_sessions", True, 1), ("raw_session_events", True, 3)}
    optional = COLUMNS.keys() - {"raw_sessions", "raw_session_events"}
    assert set(query(not_measured, sql)) == required | {(name, False, None) for name in optional}
    assert set(query(nothing_happened, sql)) == required | {(name, True, 0) for name in optional}


def test_absent_column_is_null_and_offsets_count(not_measured: Path) -> None:
    sql = """
        select
            company_id, customer_id, channel_id, direction, queue_seconds, session_seconds,
            strftime(last_closed_at, '%c')
        from marts.fct_sessions
    """
    closed_at = "2026-03-05 09:31:00"
    assert query(not_measured, sql) == [
        ("default", None, None, None, 30.5, 1829.5, closed_at)
    ]


# --- files that can't be read ---------------------------------------------------------------


def break_file(name: str, data: bytes) -> Callable[[Path], Path]:
    """Puts a file into the folder, in the place of the good one."""

    def put(folder: Path) -> Path:
        (folder / f"{name.split('.')[0]}.csv").unlink(missing_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return put


def drop(name: str) -> Callable[[Path], Path]:
    def remove(folder: Path) -> Path:
        (folder / f"{name}.csv").unlink()
        return Path(name)

    return remove


def truncated_parquet(folder: Path) -> Path:
    path = folder / "raw_agents.parquet"
    write_parquet("raw_agents", [dict.fromkeys(COLUMNS["raw_agents"], "x" * 99)], path,
                  {"timestamp": "varchar"})
    path.write_bytes(path.read_bytes()[:-10])
    return path


RAGGED = b"agent_id,agent_name,company_id\na1,Ann,c1\na2,Bob\na3,Cy,c1,more\n"
BROKEN: dict[str, Callable[[Path], Path]] = {
    "required_table_missing": drop("raw_session_events"),
    "ragged_csv": break_file("raw_agents.csv", RAGGED),
    "broken_quote": break_file("raw_agents.csv", b'agent_id,agent_name\na1,"Ann\na2,Bob\na3,Cy\n'),
    "not_utf_8": break_file("raw_agents.csv", "agent_id,agent_name\na1,Zoë\n".encode("latin-1")),
    "other_delimiter": break_file("raw_agents.csv", b"agent_id;agent_name\na1;Ann\na2;Bob\n"),
    "malformed_json": break_file(
        "raw_agents.jsonl", b'{"agent_id": "a1"}\n{"agent_id": "a2", \n{"agent_id": "a3"}\n'
    ),
    "truncated_parquet": truncated_parquet,
    "gz_that_is_none": break_file("raw_agents.csv.gz", b"agent_id,agent_name\na1,Ann\n"),
    "truncated_gz": break_file("raw_agents.csv.gz", gzip.compress(RAGGED[:42] * 999)[:-20]),
}


def run_build(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", ROOT / "scripts" / "build", *arguments],
        capture_output=True, text=True, check=False,
    )


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_input_is_named_and_nothing_published(kind: str, workshop: Path) -> None:
    data_dir = write_lacking(
        {"raw_sessions": [SESSION], "raw_session_events": EVENTS}, emptied(workshop / "data")
    )
    broken = BROKEN[kind](data_dir)
    warehouse = workshop / "published" / "contact_center.duckdb"
    result = run_build("--data", data_dir, "--warehouse", warehouse)
    assert result.returncode == 1, result.stdout + result.stderr
    assert broken.name in result.stderr
    assert str(data_dir) in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert not warehouse.exists()


def test_missing_folder_is_named(tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    result = run_build("--data", tmp_path / "nowhere", "--warehouse", warehouse)
    assert result.returncode == 2
    assert f"'{tmp_path / 'nowhere'}' isn't there" in result.stderr
    assert not warehouse.exists()
