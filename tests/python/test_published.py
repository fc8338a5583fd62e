"""What was published and later changed, through builds of every kind; what compare says of it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from batches import deliver
from conftest import ROOT
from contents import query
from manifests import public_models, read_manifest
from nasty import Tables
from untested import build_untested_well

from contact_center import compare as comparing
from contact_center.memory import record
from contact_center.memory.figures import not_common, of_mart
from contact_center.publish_marts import publish_marts


def at(clock: str, day: int = 5) -> str:
    return f"2026-03-0{day}T{clock}Z"


def session(session_id: str, clock: str, day: int = 5) -> dict:
    return {"session_id": session_id, "company_id": "c", "started_at": at(clock, day)}


def company(zone: str, day: int) -> dict:
    return {"company_id": "c", "time_zone": zone, "ingested_at": at("12:00:00", day)}


def evaluation(score: str, day: int) -> dict:
    return {"evaluation_id": "v1", "session_id": "s1", "score": score,
            "submitted_at": at("21:00:00"), "ingested_at": at("22:00:00", day)}


CHAPTERS: list[Tables] = [
    {
        "raw_companies": [company("UTC", 5)],
        "raw_sessions": [
            session("s0", "10:00:00", 4), session("s1", "20:00:00"), session("s2", "09:00:00", 7),
        ],
        "raw_session_events": [
            {"event_id": "e1", "session_id": "s1", "event_type": "queued",
             "occurred_at": at("20:00:00")},
            {"event_id": "e2", "session_id": "s1", "event_type": "accepted", "agent_id": "a",
             "occurred_at": at("20:00:10")},
        ],
        "raw_evaluations": [evaluation("5", 5)],
        "raw_sla_policies": [
            {"policy_id": "p", "valid_from": at("00:00:00", 1), "metric": "resolution",
             "target_seconds": "432000", "clock": "always"},
        ],
    },
    {"raw_sessions": [session("late", "10:00:00")]},
    {"raw_evaluations": [evaluation("1", 7)], "raw_sessions": [session("s9", "10:30:00", 9)]},
    {"raw_companies": [company("Asia/Tokyo", 7)]},
]
LOG = """
    select date_day::varchar, column_name, value, new_value, published_by_build,
        replaced_by_build, cause
    from marts.replaced_figures
    where relation = 'session_analysis_daily'
        and column_name in ('session_count', 'score_5_session_count',
            'answered_within_session_count')
    order by replaced_by_build, column_name, date_day
"""


class Story:
    """A warehouse that grows; each build's state is kept beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "cc.duckdb"

    def build(self, *arguments: str) -> str:
        return build_untested_well(
            "--data", self.folder / "data", "--warehouse", self.warehouse, *arguments
        )

    def builds(self) -> list[int]:
        numbers = query(
            self.warehouse, "select build_number from marts.published_builds order by 1"
        )
        return [number for (number,) in numbers]


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Story:
    """Four chapters, one of them built twice; then another definition, which builds all anew."""
    told = Story(tmp_path_factory.mktemp("published"))
    for number in range(len(CHAPTERS)):
        deliver("new files", told.folder, number, CHAPTERS)
        told.build()
        shutil.copy(told.warehouse, told.folder / f"build-{number + 1}.duckdb")
        if number == 1:
            # dbt's own arguments, of which these have some, make it build what nothing calls for.
            told.build()
            assert told.builds() == [1, 2], "a build without new rows adds nothing"
    assert "every row again" in told.build("--var", "service_level_seconds=1")
    return told


def test_every_replaced_figure_is_kept_with_its_cause(story: Story) -> None:
    assert story.builds() == [1, 2, 3, 4, 5]
    assert query(story.warehouse, LOG) == [
        ("2026-03-05", "session_count", 1, 2, 1, 2, "late_rows"),
        ("2026-03-05", "score_5_session_count", 1, 0, 1, 3, "new_version"),
        # Tokyo is nine hours ahead: s1 is of the 6th there, a day that nobody had published.
        ("2026-03-05", "answered_within_session_count", 1, 0, 1, 4, "changed_reference"),
        ("2026-03-05", "session_count", 2, 1, 2, 4, "changed_reference"),
        ("2026-03-06", "answered_within_session_count", 1, 0, 4, 5, "changed_definition"),
    ]
    [(one, other)] = query(story.warehouse, """
        select first_published_at < restated_at, was - "is" from marts.restatements
        where relation = 'session_analysis_daily' and column_name = 'session_count'
            and cause = 'changed_reference'
    """)
    assert (one, other) == (True, 1)


@pytest.mark.parametrize(("relation", "column", "build", "expected"), [
    # A late session lies open on the days after its own, too.
    ("backlog_daily", "open_at_end_count", 2, [("05", 2, 3), ("06", 2, 3), ("07", 3, 4)]),
    # Nothing but as_of moved for the session of the 4th: its five days were over.
    ("sla_metrics_daily", "breached_count", 3, [("04", 0, 1)]),
])
def test_figures_are_kept_of_days_on_which_nothing_happened(
    story: Story, relation: str, column: str, build: int, expected: list[tuple]
) -> None:
    assert query(story.warehouse, f"""
        select strftime(date_day, '%d'), value, new_value from marts.replaced_figures
        where relation = '{relation}' and column_name = '{column}' and replaced_by_build = {build}
        order by date_day
    """) == expected


def compare(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", ROOT / "scripts" / "compare", *arguments], capture_output=True, text=True,
        check=False, timeout=300,
    )


def test_compare_tells_what_moved_between_files(story: Story) -> None:
    first, second = story.folder / "build-1.duckdb", story.folder / "build-2.duckdb"
    found = compare(first, second)
    assert found.returncode == 1, found.stderr
    lines = [line.split("\t") for line in found.stdout.splitlines()]
    assert lines[0] == ["relation", "day", "of", "figure", "was", "is", "cause"]
    assert [
        "session_analysis_daily", "2026-03-05", '{"company_id":"c"}', "session_count", "1", "2",
        "late_rows",
    ] in lines
    same = compare(first, first)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "compare: nothing moved\n")


def test_compare_reads_files_of_marts_alone(story: Story, tmp_path: Path) -> None:
    """Which may be all that is left of last year."""
    files = [story.folder / "build-4.duckdb", story.warehouse]
    alone = [tmp_path / path.name for path in files]
    for path, target in zip(files, alone, strict=True):
        publish_marts(path, target, ["customer"])
    whole = compare(*files)
    assert "changed_definition" in whole.stdout
    for pair in (alone, (alone[0], files[1]), (files[0], alone[1])):
        assert compare(*pair).stdout == whole.stdout


def test_days_of_another_company_are_known_to_neither(story: Story, tmp_path: Path) -> None:
    """That there were figures of one company then says nothing of those of another."""
    first, alone = story.folder / "build-1.duckdb", tmp_path / "alone.duckdb"
    shutil.copy(first, alone)
    with duckdb.connect(alone) as connection:
        connection.execute("update marts.session_analysis_daily set company_id = 'other'")
    found = compare(alone, first)
    assert '{"company_id":"other"}' in found.stdout
    assert '{"company_id":"c"}' not in found.stdout


def test_a_reader_of_compare_may_have_seen_enough(monkeypatch) -> None:
    """As `head` has, which leaves."""
    reading, writing = os.pipe()
    os.close(reading)
    row = ("session_analysis_daily", "2026-03-05", "{}", "session_count", 1, 2, "late_rows")
    monkeypatch.setattr(comparing, "between_files", lambda options: [row])
    monkeypatch.setattr("sys.stderr", io.StringIO())
    monkeypatch.setattr("sys.stdout", os.fdopen(writing, "w"))
    assert comparing.main(["was.duckdb", "is.duckdb"]) == 1


def test_compare_tells_what_moved_between_builds(story: Story) -> None:
    found = compare("1", "4", "--warehouse", story.warehouse)
    assert found.returncode == 1, found.stderr
    moved = [
        line.split("\t")[3:] for line in found.stdout.splitlines()
        if line.startswith("session_analysis_daily\t2026-03-05")
    ]
    # Two and one again: it isn't what it was at the time, but it is what it was.
    assert "session_count" not in [figure for figure, *_ in moved]
    assert ["score_5_session_count", "1", "0", "new_version"] in moved
    assert ["human_session_count", "1", "0", "changed_reference"] in moved
    nothing = compare("4", "9", "--warehouse", story.warehouse)
    assert nothing.returncode == 2
    assert "no build 9" in nothing.stderr


@pytest.mark.parametrize(("first", "last", "expected"), [
    (1, 3, ["appeared - 2", "vanished 5 -"]),
    (1, 2, ["appeared - 1", "vanished 5 6"]),
    (2, 3, ["appeared 1 2", "later 7 8", "vanished 6 -"]),
])
def test_compare_knows_what_the_earlier_build_said(
    first: int, last: int, expected: list[str], tmp_path: Path, capsys
) -> None:
    """Nothing may be what a figure was, or is; of a day published later it wasn't anything."""
    warehouse = tmp_path / "cc.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("""
            create schema marts;
            create table marts.published_builds as select unnest([1, 2, 3]) as build_number;
            create table marts.replaced_figures as select 'm' as relation,
                date '2026-03-05' as date_day, '{}' as key, 'late_rows' as cause, *
            from (values ('appeared', null, 1, 1, 2), ('appeared', 1, 2, 2, 3),
                ('vanished', 5, 6, 1, 2), ('vanished', 6, null, 2, 3), ('later', 7, 8, 2, 3))
                as changes (column_name, value, new_value, published_by_build, replaced_by_build)
        """)
    assert comparing.main([str(first), str(last), "--warehouse", str(warehouse)]) == 1
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [" ".join(line.split("\t")[3:6]) for line in lines] == expected


@pytest.mark.parametrize("arguments", [("2", "1"), ("a.duckdb",), ("none", "neither")])
def test_compare_refuses_what_it_cant_compare(arguments: tuple[str, ...]) -> None:
    assert compare(*arguments).returncode == 2


@pytest.mark.parametrize(
    ("former", "rows", "begins_anew"),
    [("demo", "asterisk", True), ("demo", "demo", False), ("asterisk", "chatwoot", False)],
)
def test_the_log_of_the_demo_ends_with_it(former: str, rows: str, begins_anew: bool) -> None:
    with duckdb.connect() as connection:
        for database, settings in (("was", former), ("now", rows)):
            connection.execute(f"attach ':memory:' as {database}; create schema {database}.staging")
            connection.execute(
                f"create table {database}.staging.builds as "
                "select 1 as build_number, json_object('rows', ?) as build_settings", [settings]
            )
        assert record.follows_the_demo(connection, "now", "was") == begins_anew


def test_which_figures_are_kept() -> None:
    """Sums, by their dimensions; a score, a bin's edge and texts are dimensions, a rate, a longest
    time and an average are neither; of five dimensions the company remains. S9 is the quotient of
    two sums, though both are called means."""
    columns = [
        ("company_id", "varchar"), ("score", "integer"), ("upper_seconds", "double"),
        ("date_day", "date"), ("session_count", "bigint"), ("queue_seconds", "double"),
        ("mean_response_session_count", "bigint"), ("mean_response_seconds", "double"),
        ("avg_queue_seconds", "double"),
        ("longest_queue_seconds", "double"), ("max_concurrency", "bigint"),
        ("session_rate", "double"), ("first_login_at", "timestamp"),
    ]
    found = of_mart("one_daily", columns)
    assert found.keys == ("company_id", "score", "upper_seconds")
    assert found.columns == (
        "session_count", "queue_seconds", "mean_response_session_count", "mean_response_seconds",
    )
    assert not found.is_summed
    assert of_mart("one_daily", [*columns, ("a", "varchar"), ("b", "varchar")]).is_summed


def test_a_daily_mart_is_kept_by_its_grain(tmp_path: Path) -> None:
    """What tells its rows apart is what the log says that a figure is of."""
    manifest = read_manifest(tmp_path)
    grains = {
        parent: set(node["test_metadata"]["kwargs"]["grain"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and "grain" in node.get("test_metadata", {}).get("kwargs", {})
        for parent in node["depends_on"]["nodes"]
    }
    kept = {}
    for model in public_models(manifest):
        if model["name"].endswith("_daily") and "company_id" in model["columns"]:
            columns = [(one["name"], one["data_type"]) for one in model["columns"].values()]
            found = of_mart(model["name"], columns)
            assert found.columns, model["name"]
            kept[model["name"]] = {"date_day", *found.keys} ^ grains[model["unique_id"]]
    assert len(kept) > 10
    assert {name: keys for name, keys in kept.items() if keys} == {}


NO_FIGURES = {"session_count": "varchar"}


def test_marts_that_are_not_compared_are_named() -> None:
    columns = {"company_id": "varchar", "date_day": "date", "session_count": "bigint"}
    with duckdb.connect() as connection:
        for database, marts in {
            "was": {"same_daily": {}, "gone_daily": {}, "other_daily": {"skill_id": "varchar"}},
            "now": {"same_daily": {}, "other_daily": {}, "no_figures_daily": NO_FIGURES},
        }.items():
            connection.execute(f"attach ':memory:' as {database}")
            connection.execute(f"create schema {database}.marts")
            connection.execute(
                f"create table {database}.marts.column_catalog "
                "(relation varchar, column_name varchar, data_type varchar, position integer)"
            )
            for relation, more in marts.items():
                connection.executemany(
                    f"insert into {database}.marts.column_catalog values (?, ?, ?, 1)",
                    [(relation, *column) for column in {**columns, **more}.items()],
                )
        assert not_common(connection, "was", "now") == ["gone_daily", "other_daily"]
