"""A build that would come to what is published already ends before dbt begins, and no other."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
from pathlib import Path

import duckdb
import pytest
from contents import query
from test_build import build_well
from test_golden import GOLDEN

from contact_center.building import publishing, unchanged
from contact_center.building.arguments import parse


def test_a_build_without_anything_new_needs_no_dbt(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOLDEN / "data", data)
    command = ("--data", data, "--warehouse", tmp_path / "cc.duckdb")
    began = time.monotonic()
    first = build_well(*command).splitlines()
    seconds_of_first = time.monotonic() - began
    loaded = "select file, byte_count from staging.loads where file is not null order by file"
    sizes = sorted((path.name, path.stat().st_size) for path in data.glob("raw_*"))
    assert query(tmp_path / "cc.duckdb", loaded) == sizes
    before = (tmp_path / "cc.duckdb").stat()
    began = time.monotonic()
    second = build_well(*command).splitlines()
    seconds = time.monotonic() - began
    assert second[0].startswith("No file is new")
    assert second[-1] == first[-1]
    assert (tmp_path / "cc.duckdb").stat() == before
    assert seconds < seconds_of_first / 2


def put_future_row(warehouse: Path, landed: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            f"insert into marts.quarantined_rows values ('future_timestamp', {landed})"
        )


@pytest.mark.parametrize("change", [
    "new file", "variable", "code", "warehouse", "full refresh", "fingerprint gone",
    "null", "timestamp '2999-01-01'", "timestamp '2025-06-02'",
])
def test_whatever_changed_is_built(change, tmp_path, monkeypatch) -> None:
    warehouse = tmp_path / "cc.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.quarantined_rows (reason varchar, ingested_at timestamp)"
        )
        # The clock of the last build was behind: what landed in its future waits no longer.
        connection.execute("create schema staging")
        connection.execute(
            "create table staging.builds as from (values"
            " (1, timestamp '2025-12-01'), (2, timestamp '2025-06-01')"
            ") as builds (build_number, started_at)"
        )
    monkeypatch.setattr(unchanged, "nothing_new", lambda *_: True)
    arguments = ["--data", str(GOLDEN / "data"), "--warehouse", str(warehouse)]
    # It will never be judged otherwise.
    put_future_row(warehouse, landed="timestamp '2020-01-01'")
    work = tmp_path / "work"
    work.mkdir()
    options = parse(arguments)
    unchanged.remember(options, work, unchanged.fingerprint(options))
    assert unchanged.is_unchanged(options, work, unchanged.fingerprint(options))
    assert unchanged.only_rows_are_new(options, work, unchanged.fingerprint(options))
    if change == "new file":
        monkeypatch.setattr(unchanged, "nothing_new", lambda *_: False)
    elif change == "variable":
        options = parse([*arguments, "--var", "max_login_hours=12"])
    elif change == "code":
        monkeypatch.setattr(unchanged.code, "everything", lambda: "other")
    elif change == "warehouse":
        os.utime(warehouse)
    elif change == "full refresh":
        options = parse([*arguments, "--full-refresh"])
    elif change == "fingerprint gone":
        (work / unchanged.LAST).unlink()
    else:
        put_future_row(warehouse, landed=change)
        unchanged.remember(options, work, unchanged.fingerprint(options))
    now = unchanged.fingerprint(options)
    assert not unchanged.is_unchanged(options, work, now)
    # Views and functions may be others.
    is_other = change in ("variable", "code", "warehouse", "fingerprint gone")
    assert unchanged.only_rows_are_new(options, work, now) != is_other


def test_an_adapters_files_are_compared(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    log.write_text("1|NONE|NONE|NONE|QUEUESTART|\n")
    options = parse([
        "--adapter", f"asterisk={tmp_path}", "--warehouse", str(tmp_path / "other" / "cc.duckdb"),
    ])
    before = unchanged.fingerprint(options)
    assert unchanged.fingerprint(options) == before
    with log.open("a") as file:
        file.write("2|NONE|NONE|NONE|QUEUESTART|\n")
    assert unchanged.fingerprint(options) != before


def test_of_a_database_nobody_can_tell(tmp_path: Path) -> None:
    url = "postgresql://reader:secret@127.0.0.1/chatwoot"
    options = parse([
        "--adapter", "chatwoot", "--database", url, "--warehouse", str(tmp_path / "cc.duckdb"),
    ])
    assert unchanged.fingerprint(options) is None


def test_what_was_published_is_said_to_be_on_a_full_disk_too(tmp_path: Path, monkeypatch) -> None:
    """What comes after the warehouse was put in its place is no reason to say that it wasn't."""
    built, warehouse = tmp_path / "built.duckdb", tmp_path / "cc.duckdb"
    duckdb.connect(str(built)).close()
    fsync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    def is_full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse_folders)
    publishing.publish(built, warehouse)
    assert warehouse.exists()
    monkeypatch.setattr(Path, "write_text", is_full)
    unchanged.remember(parse(["--warehouse", str(warehouse)]), tmp_path, {"code": "x"})
    with pytest.raises(OSError, match="Invalid"):
        monkeypatch.setattr(os, "fsync", lambda _: refuse_folders(os.open(tmp_path, os.O_RDONLY)))
        publishing.sync(warehouse)
