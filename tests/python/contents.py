"""Warehouses made once for many tests, and what they hold, to be compared cell by cell."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from contact_center.lake import open_warehouse

Contents = dict[str, Counter[tuple[tuple[str, Any], ...]]]

SHOWN_DIFFERENCES = 20
# When what was published: never the same twice.
LOG = ("published_builds", "replaced_figures", "restatements")


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]
) -> Path:
    """What `make` gives for an empty folder, made by the first test process that asks for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            (folder / "made").mkdir()
            done.write_text(str(make(folder / "made")))
    return Path(done.read_text())


def query(warehouse: Path, sql: str) -> list[tuple]:
    with open_warehouse(warehouse) as connection:
        return connection.execute(sql).fetchall()


def contents(warehouse: Path, leave_out: Collection[str] = ()) -> Contents:
    """The rows of every mart and fact; `leave_out` names relations, or columns as a.b."""
    with open_warehouse(warehouse) as connection:
        found = contents_of(connection, leave_out)
    assert found, f"{warehouse} has no marts"
    return found


def contents_of(
    connection: duckdb.DuckDBPyConnection, leave_out: Collection[str] = ()
) -> Contents:
    relations = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    found: Contents = {}
    for (relation,) in sorted(relations):
        if relation in leave_out or relation in LOG:
            continue
        cursor = connection.execute(f"from marts.{relation}")
        columns = [description[0] for description in cursor.description]
        found[relation] = Counter(
            tuple(
                (column, value)
                for column, value in zip(columns, row, strict=True)
                if f"{relation}.{column}" not in leave_out
            )
            for row in cursor.fetchall()
        )
    return found


def assert_same(found: Contents, expected: Contents) -> None:
    lines = list(differences(found, expected))
    assert not lines, "\n".join([f"{len(lines)} differences:", *lines[:SHOWN_DIFFERENCES]])


def differences(found: Contents, expected: Contents) -> Iterator[str]:
    for relation in sorted(found.keys() | expected.keys()):
        if relation not in found or relation not in expected:
            yield f"{relation}: only in the one that was {'found' if relation in found else 'due'}"
            continue
        for title, rows in (
            ("unexpected", found[relation] - expected[relation]),
            ("missing", expected[relation] - found[relation]),
        ):
            for row, count in sorted(rows.items(), key=str):
                values = {column: value for column, value in row if value is not None}
                yield f"{relation}: {title} {count} x {values}"
