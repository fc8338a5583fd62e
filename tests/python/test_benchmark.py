"""The benchmark at a size at which no time means anything: its lines, its counts, its words."""

import re
import shutil
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from contact_center import benchmark
from contact_center.benchmarking import BenchmarkError, data, measuring
from contact_center.benchmarking.daily import Daily
from contact_center.benchmarking.dashboard import (
    dashboard_queries,
    function_queries,
    time_dashboard,
)
from contact_center.benchmarking.machine import describe_machine, processor
from contact_center.benchmarking.measuring import (
    Batch,
    Dashboard,
    FullBuilds,
    OneMoreDay,
    Pair,
    Rewritten,
    rewritten_rows,
)
from contact_center.benchmarking.page import page
from contact_center.benchmarking.processes import Measurement, measured
from contact_center.benchmarking.reference import Reference, run_reference
from contact_center.benchmarking.tables import Results, tables
from contact_center.intake import sql

SIZES = "--sessions 300 --days 5 --history 2 --sessions-per-day 20 --runs 1"
NUMBER = re.compile(r"\d[\d,.]*")


def rows_of(files: list[Path], columns: str) -> list[tuple]:
    with duckdb.connect() as connection:
        return connection.execute(
            f"select {columns} from read_parquet({sql.paths(files)}, union_by_name = true)"
        ).fetchall()


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "it's data [1]"
    data.make_data(folder, 200, 4)
    return folder


@pytest.fixture(scope="module")
def benchmarked(tmp_path_factory) -> tuple[Path, str]:
    """A whole run's work folder and page."""
    folder = tmp_path_factory.mktemp("benchmark")
    output = folder / "pages" / "benchmarks.md"
    status = benchmark.main(
        [*SIZES.split(), "--work", str(folder / "work"), "--output", str(output)]
    )
    assert status == 0
    return folder / "work", output.read_text(encoding="utf-8")


def test_the_page_has_every_line_with_its_numbers(benchmarked):
    _, text = benchmarked
    lines = [
        "full build, models only, times the reference", "full build with tests",
        "peak memory of a full build", "p95 of the slowest dashboard query",
        "p95 of the slowest function over 30 days", "reference",
        "models only (`dbt run`)", "models and tests (`./scripts/build`)", "2 days",
        "the day on 2 days", *dashboard_queries(), "all",
    ]
    for line in lines:
        found = re.search(rf"^\| {re.escape(line)}.*?\|(.+)\|$", text, flags=re.MULTILINE)
        assert found, f"no line '{line}'"
        numbers = [float(word.replace(",", "")) for word in NUMBER.findall(found[1])]
        assert numbers and all(number > 0 for number in numbers), found[0]


def test_the_page_names_the_machine_and_the_command(benchmarked):
    work, text = benchmarked
    assert processor() in text
    machine = describe_machine()
    assert all(f"- {name}: " in text for name in machine)
    assert all(machine[name] in text for name in ("cores", "memory", "system", "DuckDB", "dbt"))
    assert f"```sh\n./scripts/benchmark {SIZES.replace(' --runs 1', '')} --runs 1\n```" in text
    assert str(work) not in text, "a folder of this machine is on the page"


def test_adding_a_day_leaves_history_and_day_as_they_were(benchmarked):
    place = benchmarked[0] / "history" / "2"
    added = list((place / "data").rglob("day-*.parquet"))
    assert added == []
    assert len(list((place / "day").rglob("day-*.parquet"))) == len(data.EVENT_TABLES)
    sessions = "select count(*) from marts.fct_sessions"
    with duckdb.connect(str(place / "history.duckdb"), read_only=True) as connection:
        before = connection.execute(sessions).fetchone()
    with duckdb.connect(str(place / "warehouse.duckdb"), read_only=True) as connection:
        after = connection.execute(sessions).fetchone()
    assert after > before


def test_each_dashboard_query_gives_rows(benchmarked):
    warehouse = benchmarked[0] / "full" / "warehouse.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        queries = dashboard_queries() | function_queries(connection)
        assert "the function queue_metrics, 30 days" in queries
        for name, statement in queries.items():
            statement = statement.replace("$last_day", f"date '{data.LAST_DAY}'")
            assert connection.execute(statement).fetchall(), name
    assert {len(times) for times in time_dashboard(warehouse, rounds=2).values()} == {2}


def test_the_reference_finds_what_plain_python_finds(generated, tmp_path):
    reference = run_reference(generated, tmp_path / "reference.duckdb")
    messages = rows_of(
        data.parquet_files(generated, "raw_messages"),
        "session_id, sent_at, message_seq, message_id, sender_type",
    )
    sessions = defaultdict(list)
    for session_id, *order, sender_type in messages:
        # NULL comes last.
        sessions[session_id].append(([(value is None, value) for value in order], sender_type))
    turn_count = 0
    for rows in sessions.values():
        senders = [None, *(sender for _, sender in sorted(rows, key=lambda row: row[0]))]
        turn_count += sum(one != other for one, other in pairwise(senders))
    duplicates = [n for n in Counter(message[3] for message in messages).values() if n > 1]
    assert duplicates
    assert reference.message_count == len(messages)
    assert reference.duplicate_key_count == len(duplicates)
    assert reference.turn_count == turn_count
    assert reference.measurement.seconds > 0 and reference.measurement.peak_bytes > 0


def test_the_last_day_is_what_landed_on_it(generated, tmp_path):
    landed = {
        table: rows_of(data.parquet_files(generated, table), "ingested_at::date")
        for table in data.EVENT_TABLES
    }
    source, history, day = (tmp_path / name for name in ("source", "history", "day"))
    shutil.copytree(generated, source)
    data.cut_last_day(source, history, day)
    for table, dates in landed.items():
        in_history = rows_of(data.parquet_files(history, table), "ingested_at::date")
        on_day = rows_of(data.parquet_files(day, table), "ingested_at::date")
        assert len(in_history) == sum(d is None or d < data.LAST_DAY for (d,) in dates), table
        assert len(on_day) == sum(d == data.LAST_DAY for (d,) in dates), table
    assert rows_of(data.parquet_files(history, "raw_agents"), "agent_id")

    data.cut_batch(day, tmp_path / "batch", 7)
    assert data.count_sessions(tmp_path / "batch") == 7
    assert not data.parquet_files(tmp_path / "batch", "raw_agent_events")


def test_rewritten_rows_are_read_where_they_are_counted(tmp_path):
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema staging")
    assert rewritten_rows(warehouse) is None
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("""
            create table staging.builds as from (values (1), (2)) as builds (build_number);
            create table staging.rebuilt_rows as
            from (values (1, 'turns', 7), (2, 'turns', 30), (2, 'session_facts', 5))
                as counts (build_number, relation, row_count);
            create table turns as from range(900);
            create table session_facts as from range(100);
        """)
    assert rewritten_rows(warehouse) == Rewritten(35, 1000)


def test_every_round_adds_the_same_files_to_each_history(monkeypatch, tmp_path):
    """With a build that only counts the files it is given, so that the rest can be watched."""
    builds = []

    def build(source: Path, folder: Path) -> Measurement:
        files = data.parquet_files(source, "raw_messages")
        days = [path for path in files if path.name.startswith("day-")]
        touched = len(set(rows_of(days, "session_id"))) if days else 0
        changed_at = [path.stat().st_mtime_ns for path in files]
        builds.append((folder.name, len(days), touched, changed_at))
        warehouse = measuring.warehouse_in(folder)
        warehouse.unlink(missing_ok=True)
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("create schema staging")
            connection.execute(f"""
                create table staging.builds as select 2 as build_number;
                create table turns as from range(1000);
                create table staging.rebuilt_rows as
                select 2 as build_number, 'turns' as relation, {touched} as row_count
            """)
        measuring.work_folder(folder).mkdir(exist_ok=True)
        (measuring.work_folder(folder) / measuring.LAST).write_text("{}")
        return Measurement(1, 2**20)

    monkeypatch.setattr(measuring, "build", build)
    results, batches = measuring.measure_one_more_day(tmp_path, [2, 5], 20, runs=2)
    assert [(name, days) for name, days, *_ in builds] == [
        ("2", 0), ("5", 0), ("2", 1), ("5", 1), ("2", 1), ("5", 1), ("5", 1), ("5", 1), ("5", 1),
    ]
    assert builds[2] == builds[4] and builds[3] == builds[5], "rounds differ"
    assert [len(result.pairs) for result in results] == [2, 2]
    longer = results[1].day_session_count
    assert [batch.session_count for batch in batches] == [1, longer // 10, longer]
    rewritten = [batch.rewritten.row_count for batch in batches]
    assert rewritten == sorted(rewritten) and rewritten[-1] == builds[3][2]


def results_of_size(sessions: int, build_seconds: float, long_seconds: float) -> Results:
    """A run whose reference always took 10 seconds."""
    reference = Reference(Measurement(10, 2**30), 19_000_000, 1_000, 9_000_000)

    def pairs(seconds: float) -> list[Pair]:
        return [Pair(reference, Measurement(seconds + more, 5 * 2**30)) for more in (-1, 0, 2)]

    return Results(
        session_count=sessions,
        full=FullBuilds(2**30, pairs(build_seconds), pairs(1.5 * build_seconds)),
        days=(
            OneMoreDay(10, 10_000, 1_000, pairs(20), [1, 1, 1], Rewritten(50_000, 500_000)),
            OneMoreDay(
                1_000, 1_000_000, 1_000, pairs(long_seconds), [15, 15, 15],
                Rewritten(50_000, 50_000_000),
            ),
        ),
        batches=(Batch(1_000, 10, Rewritten(500, 50_000_000)),),
        dashboard=Dashboard(
            {
                "tiles": [0.001 * n for n in range(1, 31)],
                "the function f, 30 days": [0.02 * n for n in range(1, 31)],
            },
            [reference],
        ),
        daily=Daily(
            [Measurement(seconds, 2**30) for seconds in (11, 12, 20)],
            [Measurement(seconds, 2**29) for seconds in (2, 4, 5)],
        ),
    )


def test_bounds_are_judged_by_the_medians_of_pairs():
    bounds, daily, full, days, rewritten, dashboard = tables(results_of_size(1_000_000, 26, 24))
    assert [(row[2], row[3]) for row in bounds.rows] == [
        ("12.0", "holds"), ("4.0", "**does not hold**"),
        ("2.60", "holds"), ("3.90", "holds"), ("5.00", "holds"), ("9.0", "holds"),
        ("1.20", "holds"), ("50.0 of 10", "see below"), ("28.55", "holds"),
        ("571.00", "**does not hold**"),
    ]
    assert daily.rows[0][1:] == ("12.00 (11.00 to 20.00)", "1.00 (1.00 to 1.00)")
    assert full.rows[1][1:] == (
        "26.00 (25.00 to 28.00)", "2.60 (2.50 to 2.80)", "5.00 (5.00 to 5.00)",
    )
    assert days.rows[1][4] == "15.00 (15.00 to 15.00)"
    assert days.rows[1][5] == "1.20 (1.18 to 1.21)"
    assert rewritten.rows[0][1:] == ("1,000", "50,000", "50.0", "10.00 %")
    assert dashboard.rows[0][1:] == ("15.50", "28.55", "1.00", "30.00")


def test_a_bound_that_does_not_hold_says_so():
    bounds = tables(results_of_size(1_000_000, 50, 30))[0]
    assert [row[3] for row in bounds.rows[2:7]] == [
        "**does not hold**", "**does not hold**", "holds", "**does not hold**",
        "**does not hold**",
    ]


def test_a_small_run_judges_nothing_by_bounds_of_a_big_one():
    found = tables(results_of_size(1_000, 50, 20))
    assert [row[3] for row in found[0].rows[2:5]] == ["not at this size"] * 3
    assert "not at this size" in page(found, {"processor": "abacus"}, "./scripts/benchmark")


def test_a_command_that_fails_is_named_with_its_last_words(tmp_path):
    with pytest.raises(BenchmarkError, match="(?s)ended with 3: sh .*no such luck"):
        measured(["sh", "-c", "echo no such luck; exit 3"], tmp_path / "log")


def test_too_small_a_disk_is_said_before_anything_is_made(monkeypatch, capsys, tmp_path):
    usage = type("Usage", (), {"free": 2**30})
    monkeypatch.setattr(benchmark.shutil, "disk_usage", lambda _: usage)
    work = tmp_path / "work"
    assert benchmark.main(["--work", str(work), "--output", str(tmp_path / "page.md")]) == 1
    assert "1 GiB; name a folder on another disk" in capsys.readouterr().err
    assert not work.exists()


def test_a_folder_with_files_is_not_worked_in(capsys, tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(SystemExit):
        benchmark.main(["--work", str(tmp_path)])
    assert "not an empty folder" in capsys.readouterr().err
