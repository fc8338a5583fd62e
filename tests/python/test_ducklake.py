"""The target ducklake: the same figures, readers beside a build, and earlier states."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from batches import deliver, split
from conftest import ROOT
from contents import Contents, assert_same, contents, contents_of, made_once, query
from nasty import nasty_tables, write_tables
from test_build import RANGE_CALLS, build, build_well, copy_with_failing_test, work_folder
from untested import build_untested, build_untested_well

from contact_center import extensions
from contact_center.lake import EXTENSIONS

FIGURES = """
    select count(*), sum(session_count), round(sum(session_seconds), 3)
    from marts.session_analysis_daily
    union all
    select count(*), sum(agent_contact_count), round(sum(focus_seconds), 3)
    from marts.digital_metrics('2026-01-01', '2026-12-31')
"""
# Reads until its input ends, and waits as long as it reads, so that builds beside it go on. Says
# when it has begun and, in the end, the figures that it saw one after the other, how often it read
# and what part of its time the longest read took.
READER = """
import json, select, sys, time
import duckdb
from contact_center import extensions
from contact_center.lake import EXTENSIONS
connection = duckdb.connect(config={"threads": 1})
extensions.load(connection, *EXTENSIONS)
connection.execute(sys.argv[1])
connection.execute("use lake")
seen, reads, longest, last = [], 0, 0, 0
began = time.monotonic()
while not select.select([sys.stdin], [], [], max(0.5, last))[0]:
    started = time.monotonic()
    figures = str(connection.execute(sys.argv[2]).fetchall())
    last = time.monotonic() - started
    longest = max(longest, last)
    reads += 1
    if reads == 1:
        print("reading", flush=True)
    if figures not in seen[-1:]:
        seen.append(figures)
part = longest / (time.monotonic() - began)
print(json.dumps({"seen": seen, "reads": reads, "part": part}))
"""
LEAST_READS = 20
# A read that waits for a build takes as long as that, half of the reader's time.
LARGEST_PART = 0.2
DOCUMENT = (ROOT / "docs" / "live_readers.md").read_text()
# In two batches, of which the first replaces the demo.
OTHER_DATA = nasty_tables(9, sessions=30, days=3, agents=3)
WITH_THE_FAILING_TEST = (
    "--select", "resource_type:model", "resource_type:seed", "always_fails",
    "--indirect-selection", "empty",
)


def build_lake(folder: Path, *arguments: str | Path) -> None:
    build_untested_well("--target", "ducklake", "--warehouse", folder, *arguments)


@contextmanager
def reading(lake: Path, options: str = "") -> Iterator[dict]:
    """A process that has the lake attached and keeps reading it; in the end, what it saw."""
    seen: dict = {}
    with subprocess.Popen(
        [sys.executable, "-c", READER, attach_statement(lake, options), FIGURES],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    ) as process:
        try:
            if process.stdout.readline() != "reading\n":
                pytest.fail(process.stderr.read())
            yield seen
            output, errors = process.communicate("\n", timeout=300)
            assert process.returncode == 0, errors
            seen.update(json.loads(output))
        finally:
            if process.poll() is None:
                process.kill()


def attach_statement(lake: Path, options: str = "") -> str:
    moved = f"data_path '{lake}/data', override_data_path true"
    return f"attach 'ducklake:sqlite:{lake}/catalog.sqlite' as lake (read_only, {moved}{options})"


def snapshots(lake: Path) -> list[int]:
    rows = query(lake, "select snapshot_id from lake.snapshots() order by snapshot_id")
    return [snapshot for (snapshot,) in rows]


def contents_at(lake: Path, snapshot: int) -> Contents:
    with duckdb.connect() as connection:
        extensions.load(connection, *EXTENSIONS)
        connection.execute(attach_statement(lake, f", snapshot_version {snapshot}"))
        connection.execute("use lake")
        return contents_of(connection)


def parquet_files(lake: Path) -> set[Path]:
    return set((lake / "data").rglob("*.parquet"))


@pytest.fixture(scope="module")
def demo_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied, not to be built again."""

    def make(folder: Path) -> Path:
        build_lake(folder / "lake")
        return folder / "lake"

    return made_once(tmp_path_factory, "demo_lake", make)


def test_demo_has_the_same_figures_in_both_targets(demo_lake: Path, demo_warehouse: Path) -> None:
    assert_same(contents(demo_lake), contents(demo_warehouse))
    for call in RANGE_CALLS:
        sql = f"select * from marts.{call} order by all"
        assert query(demo_lake, sql) == query(demo_warehouse, sql) != []


def test_every_row_is_in_a_parquet_file(demo_lake: Path) -> None:
    """Not in the catalogue, which is where DuckLake would keep small tables."""
    with closing(sqlite3.connect(demo_lake / "catalog.sqlite")) as catalogue:
        assert not catalogue.execute("select * from ducklake_inlined_data_tables").fetchall()
    assert parquet_files(demo_lake)


# --- readers, a build that fails and one that doesn't ---------------------------------------


@dataclass
class History:
    """What became of a lake that held the demo, while two processes read it."""

    lake: Path
    other_data: Path
    first: Contents
    first_snapshots: list[int]
    first_figures: str
    failed: subprocess.CompletedProcess
    after_failure: Contents
    snapshots_after_failure: list[int]
    files_of_failure: set[Path]
    newest_reader: dict
    pinned_reader: dict


@pytest.fixture(scope="module")
def history(demo_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("history")
    lake = Path(shutil.copytree(demo_lake, folder / "moved lake"))
    project = copy_with_failing_test(folder / "project")
    batches = split(OTHER_DATA, 2, seed=131)
    other_data = deliver("new files", folder / "batches", 0, batches)
    given = ("--target", "ducklake", "--warehouse", lake, "--data", other_data)

    first, first_snapshots, first_files = contents(lake), snapshots(lake), parquet_files(lake)
    first_figures = str(query(lake, FIGURES))
    with (
        reading(lake) as newest_reader,
        reading(lake, f", snapshot_version {first_snapshots[-1]}") as pinned_reader,
    ):
        failed = build_untested(*given, root=project, dbt=WITH_THE_FAILING_TEST)
        after_failure, snapshots_after_failure = contents(lake), snapshots(lake)
        files_of_failure = parquet_files(lake) - first_files
        build_well(*given)
    return History(
        lake, other_data, first, first_snapshots, first_figures, failed, after_failure,
        snapshots_after_failure, files_of_failure, newest_reader, pinned_reader,
    )


def test_failing_build_leaves_readers_in_the_state_before(history: History) -> None:
    assert history.failed.returncode == 1, history.failed.stdout + history.failed.stderr
    assert "always_fails" in history.failed.stderr
    assert "nothing was published" in history.failed.stderr
    assert "Traceback" not in history.failed.stderr
    assert history.files_of_failure
    assert_same(history.after_failure, history.first)
    assert history.snapshots_after_failure == history.first_snapshots


def test_next_build_heals_and_clears_up(history: History) -> None:
    assert not history.files_of_failure & parquet_files(history.lake)
    with duckdb.connect() as connection:
        extensions.load(connection, *EXTENSIONS)
        connection.execute(attach_statement(history.lake).replace("read_only, ", ""))
        for function in ("delete_orphaned_files", "cleanup_old_files"):
            call = f"call ducklake_{function}('lake', cleanup_all => true, dry_run => true)"
            assert connection.execute(call).fetchall() == []
    assert not list(work_folder(history.lake).glob("catalog.sqlite*"))


def test_attached_reader_goes_from_one_tested_state_to_the_next(history: History) -> None:
    """The builds' hundred steps between them never show, and no read fails or waits."""
    last_figures = str(query(history.lake, FIGURES))
    assert last_figures != history.first_figures
    assert history.newest_reader["seen"] == [history.first_figures, last_figures]
    assert history.pinned_reader["seen"] == [history.first_figures]
    for reader in (history.newest_reader, history.pinned_reader):
        assert reader["reads"] >= LEAST_READS
        assert reader["part"] < LARGEST_PART


def test_each_tested_build_is_a_state_to_go_back_to(history: History) -> None:
    before, now = snapshots(history.lake)
    assert [before] == history.first_snapshots
    assert_same(contents_at(history.lake, before), history.first)
    assert_same(contents_at(history.lake, now), contents(history.lake))
    at_version = f"select count(*) from marts.fct_sessions at (version => {before})"
    assert query(history.lake, at_version) == [(history.first["fct_sessions"].total(),)]


def test_query_reads_the_last_tested_state(history: History) -> None:
    result = subprocess.run(
        [ROOT / "scripts" / "query", "select 'rows: ' || count(*) from marts.fct_sessions"],
        env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(history.lake)},
        capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stderr
    count = contents(history.lake)["fct_sessions"].total()
    assert f"rows: {count} " in result.stdout


def documented(kind: str, lake: Path) -> list[str]:
    """The statements of docs/live_readers.md, on another lake."""
    blocks = re.findall(rf"```{kind}\n(.*?)```", DOCUMENT, re.DOTALL)
    text = "".join(blocks).replace("warehouse/ducklake", str(lake))
    return [statement for statement in text.split(";") if statement.strip()]


def test_documented_statements_run_as_written(history: History) -> None:
    with duckdb.connect() as connection:
        extensions.load(connection, *EXTENSIONS)
        for statement in documented("sql", history.lake):
            rows = connection.execute(statement).fetchall()
        # The last one reads the state before, which is the demo.
        assert {company for company, *_ in rows} == {
            dict(row)["company_id"] for row in history.first["session_analysis_aggregated"]
        }


def test_documented_cleaning_keeps_the_newest_state(history: History, tmp_path: Path) -> None:
    lake = Path(shutil.copytree(history.lake, tmp_path / "lake"))
    before, now = snapshots(lake)
    with closing(sqlite3.connect(lake / "catalog.sqlite")) as catalogue, catalogue:
        catalogue.execute(
            "update ducklake_snapshot set snapshot_time = '2020-01-01 00:00:00+00'"
            " where snapshot_id = ?",
            [before],
        )
    with duckdb.connect() as connection:
        extensions.load(connection, *EXTENSIONS)
        connection.execute(attach_statement(lake).replace("read_only, ", ""))
        for statement in documented("sql cleaning", lake):
            connection.execute(statement)
    assert snapshots(lake) == [now]
    assert len(parquet_files(lake)) < len(parquet_files(history.lake))
    assert_same(contents(lake), contents(history.lake))


# --- refusals -------------------------------------------------------------------------------


def test_second_build_at_the_same_time_ends_at_once(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    work_folder(lake).mkdir()
    with (work_folder(lake) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4242")
        lock.flush()
        result = build("--target", "ducklake", "--warehouse", lake)
    assert result.returncode == 3
    assert "process 4242 is building" in result.stderr
    assert not lake.exists()


def test_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    """A build clears its data folder of files that the lake doesn't know."""
    precious = tmp_path / "mine" / "data" / "precious.parquet"
    precious.parent.mkdir(parents=True)
    precious.write_text("precious")
    result = build("--target", "ducklake", "--warehouse", tmp_path / "mine")
    assert result.returncode == 1
    assert "holds other things" in result.stderr
    assert "Traceback" not in result.stderr
    assert precious.exists()


@pytest.mark.parametrize("more", [[], ["--full-refresh"]])
def test_plain_ids_of_earlier_states_are_no_pseudonyms(
    demo_lake: Path, tmp_path: Path, more: list[str], monkeypatch
) -> None:
    """Readers can ask for those states, whatever the next build stores."""
    monkeypatch.setenv("CONTACT_CENTER_PSEUDONYM_KEY", "k" * 32)
    lake = tmp_path / "lake"
    shutil.copytree(demo_lake, lake)
    write_tables(OTHER_DATA, tmp_path / "data")
    result = build(
        "--target", "ducklake", "--warehouse", lake, "--data", tmp_path / "data",
        "--var", "pseudonymise=[customer]", *more,
    )
    assert result.returncode == 1
    assert "has earlier states with plain ids" in result.stderr


def test_lake_grows_as_a_file_does(history: History, tmp_path: Path, build_warehouse) -> None:
    """Two batches give the rows of one build, and each is a state to go back to."""
    lake = Path(shutil.copytree(history.lake, tmp_path / "lake"))
    batches = split(OTHER_DATA, 2, seed=131)
    data = deliver("new files", history.other_data.parent, 1, batches)
    build_lake(lake, "--data", data)
    write_tables(OTHER_DATA, tmp_path / "whole")
    expected = build_warehouse(tmp_path, data_dir=tmp_path / "whole")
    assert query(lake, "select max(build_number) from staging.builds") == [(2,)]
    assert_same(contents(lake), contents(expected))
    of_the_demo, of_the_first, _ = snapshots(lake)
    assert [of_the_demo, of_the_first] == snapshots(history.lake)
    assert_same(contents_at(lake, of_the_first), contents(history.lake))
