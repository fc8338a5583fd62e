"""Files, tables and columns that nearly fit, and what they look like."""

from __future__ import annotations

import difflib
import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from . import InputError, contract
from .readers import file_format
from .texts import PACKED, UNPACK, opened

if TYPE_CHECKING:
    from .tables import Folder

EMPTY = (
    "File '{path}' is empty: it has no header line, so it doesn't say whether anything happened. "
    "Export it again; a header line alone says that nothing happened"
)
WITHOUT = ", and without the file {table_name} isn't measured"
OTHER_ENDING = (
    "File '{path}' is not read: its name ends neither in .csv, .jsonl nor .parquet (nor in one of "
    "these and .gz)."
)
# What is meant to be read, by its ending, and what to do.
TO_DO = {
    (".xlsx", ".xls", ".ods"): "is a spreadsheet, which isn't read. Save it as CSV in UTF-8",
    (".json", ".json.gz", ".ndjson"): "isn't read. It has to be one JSON object a line and to end "
    "with .jsonl; of an array: jq -c '.[]' FILE > FILE.jsonl",
    (".tsv", ".txt"): "isn't read. Save it as CSV, with commas between values",
    PACKED: UNPACK,
}
# Of a table's own time, whatever it is called here.
TIMES = {"timestamp", "time", "date", "datetime", "createdat", "at", "ts", "eventtime"}
NEAR = 0.8
SAMPLE = 100


def not_read(paths: list[str], is_only: bool) -> Iterator[str]:
    """`is_only`: nothing else is there of the table, so the build stops where data are meant."""
    for path in paths:
        advice = next((todo for ends, todo in TO_DO.items() if path.lower().endswith(ends)), None)
        if advice and is_only:
            raise InputError(f"File '{path}' {advice}: docs/event_contract.md.")
        yield f"File '{path}' {advice}." if advice else OTHER_ENDING.format(path=path)


def empty(path: str, table_name: str, is_only: bool) -> str:
    """A required table is never without a file. `is_only`: nothing else is there of the table."""
    may_lack = is_only and table_name not in contract.required_tables()
    return (EMPTY + (WITHOUT if may_lack else "") + ".").format(path=path, table_name=table_name)


def empty_tables(folder: Folder) -> Iterator[str]:
    """A table of which the only file has no rows and no header that says that nothing happened."""
    for file in folder.files:
        if file.format == "jsonl" and folder.row_counts[file.path] == 0:
            if folder.file_counts[file.table_name] == 1:
                yield (
                    f"File '{file.path}' has no rows, and {file.table_name} has no other file: for "
                    "the figures nothing happened."
                )


def columns(folder: Folder) -> Iterator[str]:
    """Columns of a file that aren't the contract's and look like one that it lacks, and required
    ones that it lacks. Files of the same columns are told once."""
    told: dict[str, list[str]] = {}
    for file in folder.files:
        for fault in _faults(file.table_name, folder.columns.get(file.path, ()), file.format):
            told.setdefault(fault, []).append(file.path)
    for fault, paths in told.items():
        more = f" (and {len(paths) - 1} more files)" if len(paths) > 1 else ""
        yield f"File '{paths[0]}'{more} {fault}"


def _faults(table_name: str, found: tuple[str, ...], kind: str | None) -> Iterator[str]:
    expected = contract.columns(table_name)
    unknown = [column for column in found if column not in expected and column != "filename"]
    needed = required(table_name)
    for column in (column for column in expected if column not in found):
        near = [name for name in unknown if is_near(table_name, name, column)]
        mark = " (required)" if column in needed else ""
        if near:
            yield (
                f"has no column {column}{mark} and a column {', '.join(near)} that isn't in the "
                f"contract. If that is {column}, call it so."
            )
        elif mark and kind != "jsonl":
            # What is NULL may be left out of a line.
            yield f"has no column {column}{mark}."


def doubled(path: str, header: list[str], columns: Iterable[str]) -> Iterator[str]:
    """`header`: as readers.csv_header has it, a name's second column with its place."""
    for column in columns:
        if any(name == f"{column} {place}" for place, name in enumerate(header, start=1)):
            yield f"File '{path}' has the column {column} more than once; the first is read."


def keys_of_lines(path: str) -> list[str]:
    """The names in the first lines of JSON."""
    keys: dict[str, None] = {}
    with opened(path) as file:
        for line in itertools.islice(file, SAMPLE):
            try:
                keys.update(dict.fromkeys(json.loads(line)))
            except (ValueError, TypeError, RecursionError):
                continue
    return list(keys)


def required(table_name: str) -> set[str]:
    table = contract.tables()[table_name]
    always = table.get("required", {}).get("true", [])
    return {*table["key"], *table.get("references", []), *always} | (
        {table["time"]} if "time" in table else set()
    )


def is_near(table_name: str, found: str, column: str) -> bool:
    """sessionId, sender, type and timestamp for session_id, sender_id, event_type, occurred_at."""
    name, due = plain(found), plain(column)
    if due == contract.tables()[table_name].get("time", "").replace("_", "") and name in TIMES:
        return True
    if name in (due, due.removesuffix("id"), due.removesuffix("at")):
        return True
    if len(name) >= 4 and due.endswith(name):
        return True
    return difflib.SequenceMatcher(None, name, due).ratio() >= NEAR


def plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def names(data_dir: str) -> Iterator[str]:
    """Files and folders that look like a table, and links that lead nowhere."""
    folder = Path(data_dir)
    if not folder.is_dir():
        return
    tables = contract.tables()
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        stem = entry.name.split(".")[0]
        if entry.name.startswith((".", "_")):
            continue
        # Not of links in a circle, at which entry.is_dir() fails.
        is_folder = os.path.isdir(entry.path)
        if stem in tables or not is_folder:
            yield from dangling(Path(entry.path))
        if stem in tables:
            if is_folder and entry.name != stem:
                yield f"'{entry.path}' is a folder that is not read. If it is {stem}, call it so."
        elif is_folder or file_format(entry.name) or is_meant(entry.name):
            near = nearest(stem)
            if near:
                yield f"'{entry.path}' is not read. It looks like {near}: if it is, call it so."


def is_meant(name: str) -> bool:
    return name.lower().endswith(tuple(end for ends in TO_DO for end in ends))


def nearest(stem: str) -> str | None:
    """raw_message, Raw_Messages and messages for raw_messages."""
    name = plain(stem).removeprefix("raw")
    names = {plain(table).removeprefix("raw"): table for table in contract.tables()}
    [near] = difflib.get_close_matches(name, names, n=1, cutoff=0.85) or [None]
    return names[near] if near else None


def dangling(path: Path) -> Iterator[str]:
    links = [path, *path.rglob("*")] if path.is_dir() else [path]
    for link in links:
        if link.is_symlink() and not link.exists():
            yield f"'{link}' is a link to '{os.readlink(link)}', which isn't there: it is not read."
