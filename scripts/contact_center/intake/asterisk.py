"""The PBX's files: queue_log* as Asterisk writes it, and CSV files of the table queue_log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from . import InputError, files, oddities, readers, sql, texts
from .adapters import Reading, Table, csv_file, read_as_utf8
from .texts import Aside

ADAPTER = "asterisk"
# Where a line has more fields than the log's, the reader leaves them out.
BEYOND = "beyond"
LOG = "null_padding = true, strict_mode = false"

@dataclass(frozen=True)
class Log:
    reader: str
    begins: str
    is_csv: bool


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    """The rows of all files, with file_number, which orders the files by their first rows. A line
    with too few or too many fields is read as far as it goes."""
    [(name, table)] = tables.items()
    found = files.beginning_with(cursor, place, "queue_log")
    if not found:
        raise InputError(
            f"Data folder '{place}' holds no file queue_log*. Give the folder with the files that "
            f"the adapter {ADAPTER} reads, or one such file: docs/adapters/{ADAPTER}.md."
        )
    reading = Reading(there={name}, files=files.listed(cursor, ADAPTER, place, {name: found}))
    columns = [column for column in table.columns if column != "file_number"]
    fields = Table(name, tuple(columns), frozenset(), True)
    logs = [log(cursor, path, fields, aside, reading) for path in found]
    if sum(file.byte_count for file in reading.files) == 0:
        reading.remarks.append(f"No file queue_log* of '{place}' holds a line: there are no calls.")
    selects = []
    for number, file in enumerate(sorted(logs, key=lambda file: file.begins), start=1):
        listed = ", ".join(value(column) if file.is_csv else sql.name(column) for column in columns)
        selects.append(f"select {number} as file_number, {listed}\nfrom {file.reader}")
    reading.views[name] = "\nunion all\n".join(selects)
    return reading


def log(
    cursor: DuckDBPyConnection, path: str, table: Table, aside: Aside, reading: Reading
) -> Log:
    """How a file is read, and the time of its first row. A CSV file's name ends so, or it begins
    with a header line."""
    is_csv = path.lower().endswith((".csv", ".csv.gz")) or has_header(path)
    text = read_as_utf8(path, aside, reading, texts.CSV if is_csv else texts.LOG)
    if is_csv:
        names = readers.csv_header(cursor, text.path)
        reader = csv_file(cursor, ADAPTER, path, text, names, table, reading)
    else:
        reader = readers.csv(
            text.path, [*table.columns, BEYOND], LOG, header=False, delimiter="|"
        )
        reading.remarks += broken_lines(cursor, path, text.path, reader)
    first = cursor.execute(f"select time from {reader} limit 1").fetchone()
    return Log(reader, (first[0] if first else None) or "", is_csv)


def value(column: str) -> str:
    """A column of the table, of which MySQL writes a word where it holds nothing."""
    name = sql.name(column)
    words = oddities.listed(oddities.TELLING)
    return f"case when {name} not in ({words}) then {name} end as {name}"


def has_header(path: str) -> bool:
    try:
        with texts.opened(path) as file:
            return b"callid" in file.readline(1000).replace(b"\0", b"").lower()
    except texts.UNREADABLE:
        # Whoever reads it whole says so.
        return False


def broken_lines(
    cursor: DuckDBPyConnection, path: str, read_path: str, reader: str
) -> Iterator[str]:
    """A remark on each line of fewer than 5 fields or more than 10, of an attended transfer 11."""
    [(count,)] = cursor.execute(
        f"select count(*) from {reader} where event is null or {BEYOND} is not null"
    ).fetchall()
    if count == 0:
        return
    lines, count = [], 0
    with texts.opened(read_path) as file:
        for number, line in enumerate(file, start=1):
            fields = line.rstrip(b"\r\n").split(b"|")
            if fields != [b""] and not is_whole(fields):
                count += 1
                if len(lines) < texts.LISTED:
                    lines.append(number)
    yield from texts.remarks_on_lines(
        path, lines, "has too few fields or too many and was read as far as it goes", count
    )


def is_whole(fields: list[bytes]) -> bool:
    if len(fields) == 11 and fields[4] != b"ATTENDEDTRANSFER" and fields[10]:
        return False
    return 5 <= len(fields) <= 11 and fields[4] != b""
