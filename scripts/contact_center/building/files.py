"""The files that a build reads, to tell whether somebody writes them meanwhile."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from ..intake.files import linked_folders
from ..places import is_database

# Size and time of the last change.
State = tuple[int, int]


def files_of(options: argparse.Namespace) -> dict[Path, State]:
    """Every file below the places of the data."""
    places = {str(options.data or ""), *options.adapters.values()}
    found: dict[Path, State] = {}
    for place in places:
        if not place or is_database(place):
            continue
        if Path(place).is_file():
            found[Path(place)] = state(Path(place))
        for folder, _, names in walked(place):
            found |= {Path(folder, name): state(Path(folder, name)) for name in names}
    return found


def walked(place: str) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder in (place, *linked_folders(place)):
        yield from os.walk(folder)


def state(path: Path) -> State:
    try:
        stat = path.stat()
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


def changed_files(before: dict[Path, State], options: argparse.Namespace) -> list[Path]:
    now = files_of(options)
    return sorted(path for path, was in before.items() if now.get(path) != was)
