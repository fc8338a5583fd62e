"""The demo in seeds/: what the command makes, small, and such as a manager would believe."""

from __future__ import annotations

import filecmp
import re
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from contact_center import make_demo
from contact_center.intake import contract

SEEDS = ROOT / "seeds"
MOST_BYTES = 10_000_000


@pytest.fixture(scope="module")
def seeds() -> duckdb.DuckDBPyConnection:
    """The tables, and of each wait (`legs`) how it ended and after how many seconds."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    for table in contract.tables():
        connection.execute(
            f"create table {table} as from read_csv('{SEEDS / table}.csv', all_varchar = true)"
        )
    # One of the rows that the quarantine is to show.
    connection.execute(
        "delete from raw_session_events where try_cast(occurred_at as timestamp) is null"
    )
    connection.execute("""
        create table legs as
        select
            queued.session_id,
            min_by(ended.event_type, ended.occurred_at) as result,
            date_diff(
                'second', queued.occurred_at::timestamp, min(ended.occurred_at::timestamp)
            ) as seconds
        from raw_session_events as queued
        inner join raw_session_events as ended
            on queued.session_id = ended.session_id and queued.occurred_at < ended.occurred_at
            and ended.event_type in ('accepted', 'abandoned', 'dequeued', 'closed')
        where queued.event_type = 'queued'
        group by queued.session_id, queued.occurred_at
    """)
    return connection


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    [row] = connection.execute(sql).fetchall()
    return row


def test_the_command_makes_the_committed_seeds(tmp_path: Path) -> None:
    assert make_demo.main(["--output", str(tmp_path)]) == 0
    names = sorted(path.name for path in SEEDS.glob("raw_*.csv"))
    assert names == sorted(path.name for path in tmp_path.iterdir())
    _, different, missing = filecmp.cmpfiles(SEEDS, tmp_path, names, shallow=False)
    assert not different + missing


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert make_demo.main(["--output", str(file)]) == 1
    assert f"cannot write to {file}" in capsys.readouterr().err


def test_seeds_stay_small() -> None:
    assert sum(path.stat().st_size for path in SEEDS.glob("raw_*.csv")) < MOST_BYTES


def test_half_a_year_of_three_companies(seeds: duckdb.DuckDBPyConnection) -> None:
    sessions, companies, days = one(seeds, """
        select count(*), count(distinct company_id),
            date_diff('day', min(started_at::timestamp), max(started_at::timestamp))
        from raw_sessions
    """)
    assert 4_500 < sessions < 5_500 and companies == 3 and days in (181, 182)
    assert one(seeds, "select count(*), count(distinct agent_id) from raw_agents") == (20, 20)
    assert one(seeds, "select count(distinct time_zone) from raw_companies") == (3,)


def test_names_are_such_as_people_have(seeds: duckdb.DuckDBPyConnection) -> None:
    """What breaks an export stands in the odd data of the tests."""
    for table, column in (
        ("raw_agents", "agent_name"), ("raw_companies", "company_name"),
        ("raw_teams", "team_name"), ("raw_skills", "skill_name"),
    ):
        names = [name for (name,) in seeds.execute(f"select {column} from {table}").fetchall()]
        assert [name for name in names if not re.fullmatch(r"[\w -]+", name)] == []


def test_waits_and_calls_take_what_they_take(seeds: duckdb.DuckDBPyConnection) -> None:
    middle, long, abandoned = one(seeds, """
        select quantile_cont(seconds, 0.5) filter (where result = 'accepted'),
            quantile_cont(seconds, 0.92) filter (where result = 'accepted'),
            avg((result = 'abandoned')::int)
        from legs
        inner join raw_sessions using (session_id) where channel_id != 'email'
    """)
    assert 5 <= middle <= 30 and 60 <= long <= 900 and 0.04 < abandoned < 0.12
    talk, answer = one(seeds, """
        select
            median(seconds) filter (where channel_id = 'phone'),
            median(seconds) filter (where channel_id = 'email')
        from (
            select session_id, date_diff(
                'second', min(occurred_at::timestamp) filter (where event_type = 'accepted'),
                max(occurred_at::timestamp) filter (where event_type = 'closed')
            ) as seconds
            from raw_session_events
            where occurred_at < '2027' group by session_id
        ) inner join raw_sessions using (session_id) where direction = 'inbound'
    """)
    assert 180 < talk < 420 and 2_700 < answer < 14_400


def test_the_bad_day_shows(seeds: duckdb.DuckDBPyConnection) -> None:
    """Four times as many as on other Tuesdays, and far more of them give up."""
    counts = dict(seeds.execute("""
        select
            (started_at::timestamp at time zone 'UTC' at time zone 'America/New_York')::date::text
                = '2026-03-24',
            (count(distinct session_id) / count(distinct started_at[:10]),
             avg((result = 'abandoned')::int))
        from raw_sessions inner join legs using (session_id)
        where company_id = 'acme-us' and dayofweek(started_at::timestamp) = 2
        group by 1
    """).fetchall())
    (bad_count, bad_rate), (count, rate) = counts[True], counts[False]
    assert bad_count > 4 * count and bad_rate > 2 * rate


@pytest.mark.parametrize("kind", [
    "offered", "offer_ended", "held", "resumed", "wrap_up_started", "wrap_up_ended", "pended",
    "unpended", "bot_started", "bot_ended", "transferred", "released", "reopened", "dequeued",
    "abandoned", "disposition_set",
])
def test_every_kind_of_event_is_there(seeds: duckdb.DuckDBPyConnection, kind: str) -> None:
    (count,) = one(seeds, f"select count(*) from raw_session_events where event_type = '{kind}'")
    assert count >= 20


def test_surveys_of_three_kinds_are_answered_by_some(seeds: duckdb.DuckDBPyConnection) -> None:
    rates = dict(seeds.execute("""
        select kind, count(evaluation_id) / count(*)
        from raw_survey_requests left join raw_evaluations using (request_id, kind)
        where kind is not null group by kind
    """).fetchall())
    assert set(rates) == {"csat", "nps", "ces"}
    assert all(0.15 < rate < 0.55 for rate in rates.values())


def test_shifts_have_breaks(seeds: duckdb.DuckDBPyConnection) -> None:
    logins, logouts, breaks = one(seeds, """
        select count(*) filter (where event_type = 'login'),
            count(*) filter (where event_type = 'logout'), count(*) filter (where state = 'break')
        from raw_agent_events where agent_id is not null
    """)
    assert logins > 1_100 and logouts > 0.99 * logins and breaks > 0.9 * logins
