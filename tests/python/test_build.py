"""The build command: what it publishes, what it leaves as it was, and how it refuses."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, copy_project, run_dbt
from contents import assert_same, contents, made_once, query
from nasty import nasty_tables, write_tables

TIMEOUT_SECONDS = 900
FAILING_TEST = "select 1 as one"
HEADLINE = ["company", "sessions", "accepted"]
# Random, nasty rows are refused more often than a build accepts by itself; a report takes seconds.
QUIETLY = ["--accept-quarantine", "--no-report"]


def command(*arguments: str | Path, root: Path = ROOT) -> list[str]:
    return ["bash", str(root / "scripts" / "build"), *QUIETLY, *map(str, arguments)]


def build(*arguments: str | Path, root: Path = ROOT) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(*arguments, root=root), capture_output=True, text=True, timeout=TIMEOUT_SECONDS)


def build_well(*arguments: str | Path) -> str:
    result = build(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def work_folder(warehouse: Path) -> Path:
    return warehouse.parent / f".{warehouse.name}.building"


def wait_until(is_true: Callable[[], bool], process: subprocess.Popen) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not is_true():
        assert process.poll() is None, "the build ended before its time"
        assert time.monotonic() < deadline, "the build hangs"
        time.sleep(0.02)


@contextmanager
def running_build(*arguments: str | Path) -> Iterator[subprocess.Popen]:
    """A build in a process group of its own, which is gone when the block is left."""
    with subprocess.Popen(
        command(*arguments), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_tables(nasty_tables(8, sessions=20, days=3, agents=3), folder)
    return folder


@pytest.fixture(scope="module")
def other_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other_data")
    write_tables(nasty_tables(9, sessions=30, days=3, agents=3), folder)
    return folder


@pytest.fixture(scope="module")
def published(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse to be copied, not to be built again."""

    def make(folder: Path) -> Path:
        warehouse = folder / "contact_center.duckdb"
        build_well("--data", data_dir, "--warehouse", warehouse)
        return warehouse

    return made_once(tmp_path_factory, "published", make)


@pytest.fixture
def warehouse(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(published, tmp_path / "contact_center.duckdb"))


def test_demo_is_tested_published_and_summed_up(tmp_path: Path) -> None:
    warehouse = tmp_path / "new folder" / "demo.duckdb"
    output = build_well("--warehouse", warehouse, "--unit-tests")
    lines = output.splitlines()
    assert lines[-1] == f"Warehouse: {warehouse}"
    [headline] = [n for n, line in enumerate(lines) if line.split()[:3] == HEADLINE]
    companies = query(
        warehouse,
        "select company_name, session_count, human_session_count"
        " from marts.session_analysis_aggregated inner join marts.dim_companies using (company_id)"
        " order by session_count desc, company_id",
    )
    for line, (name, *counts) in zip(lines[headline + 1 :], companies, strict=False):
        assert line.startswith(name)
        assert line[len(name) :].split()[:2] == [str(count) for count in counts]
    [left_out] = [n for n, line in enumerate(lines) if line.startswith("Rows left out")]
    due = query(
        warehouse,
        "select table_name, count(*) from marts.quarantined_rows group by all order by all",
    )
    shown = [line.split()[:2] for line in lines[left_out + 1 : left_out + 1 + len(due)]]
    assert shown == [[table, str(count)] for table, count in due]
    assert left_out + len(due) < headline and "raw_session_events.event_type 'acepted'" in output
    assert not work_folder(warehouse).joinpath("contact_center.duckdb").exists()


def test_same_input_gives_the_same_rows(warehouse: Path, data_dir: Path) -> None:
    """In the place of an earlier build, and in another order of work."""
    before = contents(warehouse)
    build_well(
        "--data", data_dir, "--warehouse", warehouse, "--full-refresh",
        "--", "--threads", "1",
    )
    assert_same(contents(warehouse), before)


# --- what isn't published -------------------------------------------------------------------


def copy_with_failing_test(root: Path) -> Path:
    copy_project(root)
    (root / "tests" / "always_fails.sql").write_text(FAILING_TEST)
    return root


@pytest.fixture
def project_with_failing_test(tmp_path: Path) -> Path:
    return copy_with_failing_test(tmp_path / "project")


def test_failing_test_leaves_the_published_file(
    warehouse: Path, other_data_dir: Path, project_with_failing_test: Path
) -> None:
    before = digest(warehouse)
    result = build(
        "--data", other_data_dir, "--warehouse", warehouse,
        root=project_with_failing_test,
    )
    assert result.returncode == 1, result.stdout + result.stderr
    assert "always_fails" in result.stderr
    assert "nothing was published" in result.stderr
    assert "Traceback" not in result.stderr
    assert digest(warehouse) == before


def test_killed_build_leaves_the_published_file_and_the_next_heals(
    warehouse: Path, data_dir: Path, other_data_dir: Path, published: Path
) -> None:
    before = digest(warehouse)
    half_built = work_folder(warehouse) / "contact_center.duckdb"
    with running_build("--data", other_data_dir, "--warehouse", warehouse) as process:
        wait_until(lambda: half_built.exists() and half_built.stat().st_size > 0, process)
        os.killpg(process.pid, signal.SIGKILL)
    assert half_built.exists()
    assert digest(warehouse) == before

    build_well("--data", data_dir, "--warehouse", warehouse)
    assert_same(contents(warehouse), contents(published))
    assert not half_built.exists()


def test_full_disk_leaves_the_published_file_and_the_next_heals(
    warehouse: Path, other_data_dir: Path
) -> None:
    """A limit of a file's size stands for the end of the disk: writing fails early or late."""
    before = digest(warehouse)
    whole = command("--data", other_data_dir, "--warehouse", warehouse, "--full-refresh")
    for megabytes in (6, 20):
        result = subprocess.run(
            ["bash", "-c", f'ulimit -f {megabytes * 1024}; exec "$@"', "full disk", *whole],
            capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS,
        )
        assert result.returncode == 1, result.stdout + result.stderr
        assert "File too large" in result.stderr
        assert "othing was published" in result.stderr
        assert "Traceback" not in result.stdout + result.stderr
        assert digest(warehouse) == before
    build_well(*whole[3:])
    assert digest(warehouse) != before


def test_second_build_at_the_same_time_ends_at_once(warehouse: Path, data_dir: Path) -> None:
    before = digest(warehouse)
    work_folder(warehouse).mkdir()
    with (work_folder(warehouse) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4242")
        lock.flush()
        result = build("--data", data_dir, "--warehouse", warehouse)
    assert result.returncode == 3
    assert "process 4242 is building" in result.stderr
    assert str(warehouse) in result.stderr
    assert "Reading the project" not in result.stderr
    assert digest(warehouse) == before


def test_reader_neither_blocks_a_build_nor_sees_it(warehouse: Path, other_data_dir: Path) -> None:
    counted = "select count(*), max(started_at) from marts.fct_sessions"
    with duckdb.connect(str(warehouse), read_only=True) as reader:
        before = reader.execute(counted).fetchall()
        build_well("--data", other_data_dir, "--warehouse", warehouse)
        assert reader.execute(counted).fetchall() == before
        reader.execute("select sum(focus_seconds) from marts.fct_focus").fetchall()
    assert query_in_new_process(warehouse, counted) != str(before)


def query_in_new_process(warehouse: Path, sql: str) -> str:
    code = "import sys, duckdb; print(duckdb.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())"
    command = [ROOT / ".venv" / "bin" / "python", "-c", code, warehouse, sql]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# --- arguments ------------------------------------------------------------------------------


def test_arguments_after_dashes_reach_dbt(data_dir: Path, tmp_path: Path) -> None:
    """dbt itself refuses what it doesn't know."""
    warehouse = tmp_path / "contact_center.duckdb"
    result = build("--data", data_dir, "--warehouse", warehouse, "--", "--no-such-option")
    assert result.returncode == 1
    assert "No such option" in result.stdout + result.stderr
    assert "--no-such-option" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert not warehouse.exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--no-such-option"], "--no-such-option"),
        (["--data"], "expected one argument"), (["--data", "README.md"], "give the folder"),
        (["--data", "no/such/folder"], "'no/such/folder' isn't there"),
        (["--adapter", "no_such"], "no_such"), (["--warehouse", "."], "is a folder"),
        (["--target", "ducklake", "--warehouse", "README.md"], "is a file"),
        (["--target", "no_such_target"], "no_such_target"),
        (["--", "--target", "ducklake"], "before the dashes"),
        (["--", "--exclude=tag:x"], "--exclude would build"), (["--", "-sturns"], "-s would build"),
    ],
)
def test_bad_arguments_are_refused(arguments: list[str], complaint: str) -> None:
    result = build(*arguments)
    assert result.returncode == 2
    assert complaint in result.stderr
    assert "usage: ./scripts/build" in result.stderr
    assert "Traceback" not in result.stderr


def test_plain_dbt_builds_the_same(published: Path, data_dir: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    variables = {"data_dir": str(data_dir), "accept_quarantine": True}
    result = run_dbt("run", warehouse, variables=variables)
    assert result.returncode == 0, result.stdout
    assert_same(contents(warehouse), contents(published))


# --- the file as a thing to carry around ----------------------------------------------------

RANGE_CALLS = (
    "session_analysis('2026-01-01', '2026-12-31')",
    "agent_analysis(date '2026-01-01', date '2026-12-31')",
    "digital_metrics(from_date := '2026-01-01', to_date := '2026-12-31')",
)


@pytest.mark.parametrize("call", RANGE_CALLS)
def test_range_functions_survive_renaming_and_attaching(call: str, warehouse: Path) -> None:
    sql = f"select * from marts.{call} order by all"
    due = query(warehouse, sql)
    assert due
    renamed = warehouse.rename(warehouse.with_name("another name.duckdb"))
    assert query(renamed, sql) == due
    with duckdb.connect() as connection:
        # A function looks its tables up in the database in use, not in its own.
        connection.execute(f"attach '{renamed}' as elsewhere (read_only)")
        connection.execute("use elsewhere")
        assert connection.execute(sql).fetchall() == due


def test_one_day_of_a_range_function_is_that_day(warehouse: Path) -> None:
    renamed = warehouse.rename(warehouse.with_name("one_day.duckdb"))
    days = query(renamed, "select distinct date_day from marts.session_analysis_daily")
    names = ", ".join(name for (name,) in query(renamed, """
        select column_name from duckdb_columns()
        where table_name = 'session_analysis_daily' and column_name != 'date_day'
    """))
    for (day,) in days:
        in_range, daily = (
            f"select {names} from marts.session_analysis{rows} order by company_id"
            for rows in (f"('{day}', '{day}')", f"_daily where date_day = '{day}'"))
        # Decimals of a mean are cut twice: the last bit of its double may differ.
        for row, due in zip(query(renamed, in_range), query(renamed, daily), strict=True):
            assert list(row) == [
                pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
                for value in due], day


def test_views_survive_renaming_and_attaching(warehouse: Path) -> None:
    before = contents(warehouse)
    renamed = warehouse.rename(warehouse.with_name("another name.duckdb"))
    assert_same(contents(renamed), before)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{renamed}' as elsewhere (read_only)")
        for relation, rows in before.items():
            [(count,)] = connection.execute(
                f"select count(*) from elsewhere.marts.{relation}"
            ).fetchall()
            assert count == rows.total(), relation


def test_demo_never_replaces_real_rows(warehouse: Path) -> None:
    before = digest(warehouse)
    refused = build("--warehouse", warehouse)
    assert refused.returncode == 1
    assert "--full-refresh" in refused.stderr and "the demo can't be added" in refused.stderr
    assert digest(warehouse) == before


@pytest.mark.parametrize("call", [
    "session_analysis('2026-02-01', '2026-01-31')",
    "agent_analysis(to_date := date '2026-01-31', from_date := '2026-02-01')",
    "digital_metrics(date '2026-02-01', '2026-01-31')",
])
def test_a_range_that_ends_before_it_begins_says_so(call: str, warehouse: Path) -> None:
    refused = "from_date 2026-02-01 is after to_date 2026-01-31"
    with pytest.raises(duckdb.InvalidInputException, match=refused):
        query(warehouse, f"select * from marts.{call}")
