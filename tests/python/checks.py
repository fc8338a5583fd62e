"""What check-adapter says of a warehouse that a test has built."""

from __future__ import annotations

from pathlib import Path

import duckdb

from contact_center import check_adapter


def said_of(warehouse: Path) -> dict[str, list[str]]:
    """The lines of each section, by its heading."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        lines = list(check_adapter.report(connection))
    headings = [number for number, line in enumerate(lines) if set(line) == {"-"}]
    ends = [number - 2 for number in headings[1:]] + [len(lines)]
    return {
        lines[number - 1]: lines[number + 1:end]
        for number, end in zip(headings, ends, strict=True)
    }


def counts_of(warehouse: Path) -> dict[str, tuple[int, ...]]:
    """Of each table that is filled its rows, and how many were accepted, duplicates, refused."""
    _, *lines = said_of(warehouse)["Tables that are filled"]
    found = {}
    for line in lines:
        table, *counts = line.split()
        found[table.removeprefix("raw_")] = tuple(
            int(count.replace(",", "")) for count in counts
        )
    return found
