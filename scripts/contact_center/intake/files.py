"""Which files belong to what, and which of them no build has loaded as they are now."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
from duckdb import DuckDBPyConnection

from . import InputError, sql
from .readers import file_format

NOT_ENTERED = (
    "Folder '{path}' can't be read ({reason}), so nobody knows what is in it. Give whoever builds "
    "the right to read and enter it, or take it away."
)
# The file system's own, below the place where it is mounted.
LOST_AND_FOUND = "/lost+found"


@dataclass(frozen=True)
class File:
    """A file that this build is to load.

    table_name          of the contract, or the adapter's own
    name                the path within the folder
    is_changed          rows of it may be loaded already: it has changed since, or one of the same
                        name and size was loaded from another folder
    source_modified_at  when it had last changed as it was read
    """

    table_name: str
    feed: str
    folder: str
    name: str
    path: str
    byte_count: int
    modified_at: datetime
    is_changed: bool = False
    source_modified_at: datetime | None = None

    @property
    def format(self) -> str | None:
        return file_format(self.path)


@dataclass(frozen=True)
class Load:
    """A file as an earlier build loaded it: a row of staging.loads."""

    table_name: str
    folder: str
    name: str
    byte_count: int
    modified_at: datetime
    build_number: int


def below(cursor: DuckDBPyConnection, folder: str, stem: str) -> list[str]:
    """The paths of a folder whose names begin with a table's and a dot, and all below a folder of
    that name."""
    place = folder.rstrip("/")
    return found(cursor, place, [_pattern(place, f"/{stem}.*"), *_all_below(f"{place}/{stem}")])


def everything(cursor: DuckDBPyConnection, place: str) -> list[str]:
    """The paths below a folder, or the one file that the place is."""
    place = place.rstrip("/")
    return found(cursor, place, [sql.path(place), *_all_below(place)])


def is_empty(cursor: DuckDBPyConnection, folder: str) -> bool:
    """Also true where it isn't there. Folders in it that can't be entered may be no business of a
    build's; that it can't be entered itself is an InputError."""
    folder = folder.rstrip("/")
    refuse_unless_entered(folder)
    return not found(cursor, folder, _patterns_below([folder, *linked_folders(folder)]))


def refuse_unless_entered(folder: str) -> None:
    if os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK):
        raise InputError(NOT_ENTERED.format(path=folder, reason=os.strerror(errno.EACCES)))


def beginning_with(cursor: DuckDBPyConnection, place: str, beginning: str) -> list[str]:
    """The files of a folder whose names begin so, or the one file that the place is."""
    place = place.rstrip("/")
    refuse_unless_entered(place)
    return found(cursor, place, [sql.path(place), _pattern(place, f"/{beginning}*")])


def found(cursor: DuckDBPyConnection, place: str, patterns: Iterable[str]) -> list[str]:
    """The files of patterns (SQL texts), sorted, without other programs' marks below the place."""
    selects = " union ".join(f"select file from glob({pattern})" for pattern in patterns)
    try:
        rows = cursor.execute(f"select file from ({selects}) order by file").fetchall()
    except (duckdb.InvalidInputException, UnicodeEncodeError) as error:
        raise InputError(not_utf8(place) or str(error)) from error
    return [path for (path,) in rows if not is_mark(path.removeprefix(place))]


def not_utf8(place: str) -> str | None:
    """Of names that DuckDB can't take, what to do."""
    for path in everywhere(place):
        try:
            path.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode(errors="backslashreplace")
            return f"The name of '{shown}' isn't UTF-8, so nothing can read it. Give it another."
    return None


def everywhere(place: str) -> Iterator[str]:
    """The paths of a place and of all files and folders below it."""
    yield place
    for folder in (place, *linked_folders(place)):
        for parent, folders, names in os.walk(folder):
            yield from (os.path.join(parent, name) for name in sorted(folders + names))


def is_mark(rest: str) -> bool:
    """Whether a file, or a folder that it is in, is another program's (_SUCCESS, _temporary,
    .ipynb_checkpoints). A partition may be named _day=2026-01-01."""
    return any(
        name.startswith(".") or name.startswith("_") and "=" not in name
        for name in rest.split("/")
    )


def _all_below(folder: str) -> list[str]:
    """Patterns. An InputError names a folder that can't be entered, for DuckDB goes past it."""

    def refuse(error: OSError) -> None:
        rest = str(error.filename).removeprefix(folder)
        if isinstance(error, PermissionError) and not is_mark(rest) and rest != LOST_AND_FOUND:
            raise InputError(NOT_ENTERED.format(path=error.filename, reason=error.strerror))

    return _patterns_below([folder, *linked_folders(folder, refuse)])


def _patterns_below(folders: Iterable[str]) -> list[str]:
    """DuckDB's /** leaves out files that are links, and neither it nor /**/* enters folders that
    are."""
    return [_pattern(place, "/**/*") for place in folders]


def linked_folders(folder: str, refuse: Callable[[OSError], None] | None = None) -> list[str]:
    """The folders below one that are links to folders elsewhere, and below those; each is entered
    once, and none that a way leads round to. `refuse`: told of folders that can't be entered."""
    return _linked_folders(folder, [os.path.realpath(folder)], [], refuse)


def _linked_folders(
    folder: str, way: list[str], entered: list[str], refuse: Callable[[OSError], None] | None
) -> list[str]:
    """`way`: the places that lead here. `entered`: those of all ways, to which this adds."""
    entered.append(way[-1])
    links = []
    for path, names, _ in os.walk(folder, onerror=refuse):
        for link in sorted(os.path.join(path, name) for name in names):
            to = os.path.realpath(link)
            is_new = not any(lies_in(to, place) for place in entered)
            if os.path.islink(link) and is_new and not any(lies_in(place, to) for place in way):
                links += [link, *_linked_folders(link, [*way, to], entered, refuse)]
    return links


def lies_in(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _pattern(place: str, rest: str) -> str:
    return sql.path(place)[:-1] + sql.literal(rest)[1:]


def listed(
    cursor: DuckDBPyConnection, feed: str, folder: str, paths: dict[str, list[str]]
) -> list[File]:
    """The files of tables with size and age. `paths`: table -> paths below the folder."""
    tables = {path: table for table, members in paths.items() for path in members}
    if not tables:
        return []
    rows = cursor.execute(
        "select filename, size, cast(last_modified as timestamp) "
        f"from read_blob({sql.paths(tables)}) order by filename"
    ).fetchall()
    start = len(folder.rstrip("/")) + 1
    return [
        File(
            tables[path], feed, folder.rstrip("/"), path[start:] or path.rsplit("/", 1)[-1], path,
            byte_count, modified_at, source_modified_at=modified_at,
        )
        for path, byte_count, modified_at in rows
    ]


def unseen(files: Iterable[File], loads: Iterable[Load], again: int | None = None) -> list[File]:
    """Those that no build has loaded as they are now. `again`: the number of a build that is being
    taken up again, whose files count as unseen."""
    earlier: dict[tuple[str, str], list[Load]] = defaultdict(list)
    for load in loads:
        if load.build_number != again:
            earlier[load.table_name, load.name].append(load)
    kept = []
    for file in files:
        former = [
            load for load in earlier[file.table_name, file.name]
            if load.folder == file.folder or load.byte_count == file.byte_count
        ]
        if any(is_same(file, load) for load in former):
            continue
        kept.append(replace(file, is_changed=True) if former else file)
    return kept


def is_same(file: File, load: Load) -> bool:
    return (load.folder, load.byte_count, load.modified_at) == (
        file.folder, file.byte_count, file.modified_at
    )
