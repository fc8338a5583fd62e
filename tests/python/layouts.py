"""A data set in every layout of files that the contract allows."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import duckdb
from nasty import COLUMNS, KEY, Record, Tables, nasty_tables
from reference import TABLES, read_boolean, read_time, read_whole_number

# Writes one table into a folder.
Layout = Callable[[str, list[Record], Path], None]

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


def links(table: str, records: list[Record], folder: Path) -> None:
    """A link to a file, one to a folder, which leads back and is there twice, and what other
    programs leave: unfinished files and old copies."""
    half = len(records) // 2
    elsewhere = folder.parent / f"elsewhere of {folder.name}" / table
    (elsewhere / "below").mkdir(parents=True)
    csv_file(table, records[:half], elsewhere)
    json_lines(table, records[half:], elsewhere / "below")
    (elsewhere / "below" / "back").symlink_to(folder)
    for name in ("_temporary", ".ipynb_checkpoints"):
        (folder / table / name / "0").mkdir(parents=True)
        json_lines(table, records[:1] * 2, folder / table / name / "0")
    (folder / table / "linked.csv").symlink_to(elsewhere / f"{table}.csv")
    (folder / table / "linked").symlink_to(elsewhere / "below")
    (folder / table / "again").symlink_to(elsewhere / "below")


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
    csv_file, files_of_text, parquet, parquet_with_zone, partitions, links,
    mixed_formats, other_column_sets,
)


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
