"""The files of Amazon Connect as Firehose delivers them: JSON records side by side, with or without
line breaks between them."""

from __future__ import annotations

import os

from duckdb import DuckDBPyConnection

from . import InputError, files, readers, sql, texts
from .adapters import Reading, Table, read_as_utf8
from .files import File
from .texts import Aside

ADAPTER = "amazon_connect"
# A line may be a whole file: Firehose packs up to 128 MiB into one.
LONGEST_LINE = 128 * 1024 * 1024
SHORTEST_BUFFER = 1024 * 1024


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    """The lines of all files below the place, or of the one file that it is: file and line."""
    [name] = tables
    paths = files.everything(cursor, place)
    if not paths:
        raise InputError(
            f"Data folder '{place}' holds no file. Give the folder below which the contact records "
            "and agent events of Amazon Connect lie, or one such file: "
            "docs/adapters/amazon_connect.md."
        )
    reading = Reading(there={name}, files=files.listed(cursor, ADAPTER, place, {name: paths}))
    for path in paths:
        text = read_as_utf8(path, aside, reading, texts.LOG)
        if text.longest_line > LONGEST_LINE:
            reading.remarks += texts.remarks_on_lines(
                path, list(texts.longer_lines(text.path, LONGEST_LINE)),
                "is longer than 128 MiB and was left out",
            )
    groups = (
        [file for file in reading.files if read_path(reading, file).lower().endswith(".gz")],
        [file for file in reading.files if not read_path(reading, file).lower().endswith(".gz")],
    )
    reading.views[name] = "\nunion all\n".join(
        lines_of(reading, group) for group in groups if group
    )
    return reading


def read_path(reading: Reading, file: File) -> str:
    return reading.read_paths.get(file.path, file.path)


def lines_of(reading: Reading, group: list[File]) -> str:
    """Of files that are all packed or all plain."""
    read_paths = [read_path(reading, file) for file in group]
    is_packed = read_paths[0].lower().endswith(".gz")
    longest = LONGEST_LINE if is_packed else max(map(os.path.getsize, read_paths))
    buffer = min(max(longest, SHORTEST_BUFFER), LONGEST_LINE)
    members = [(file.path, read_path(reading, file)) for file in group]
    return (
        f"select {readers.source_file(members)} as file, line\n"
        f"from read_csv({sql.paths(read_paths)}, auto_detect = false, header = false, "
        "columns = {line: 'varchar'}, filename = true, delim = e'\\x01', quote = '', escape = '', "
        "comment = '', nullstr = '', strict_mode = false, "
        # Lines that are too long: they have been told.
        "ignore_errors = true, "
        f"compression = '{'gzip' if is_packed else 'none'}', "
        f"max_line_size = {buffer}, buffer_size = {buffer})"
    )
