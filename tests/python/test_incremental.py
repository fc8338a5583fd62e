"""Builds on an earlier build: the same rows as one full build, and only what was touched moved."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from batches import WAYS, deliver, split
from conftest import ROOT
from contents import assert_same, contents, made_once, query
from nasty import Record, Tables, nasty_tables, write_tables


@pytest.mark.parametrize("seed", range(101, 104))
def test_batches_give_the_rows_of_one_build(seed: int, tmp_path: Path, build_warehouse) -> None:
    tables = nasty_tables(seed)
    way, batch_count = WAYS[seed % len(WAYS)], 2 + seed % 3
    batches = split(tables, batch_count, seed)
    for number in range(batch_count):
        data = deliver(way, tmp_path / "batches", number, batches)
        warehouse = build_warehouse(tmp_path, data_dir=data, onto=True)

    write_tables(tables, tmp_path / "whole")
    (tmp_path / "once").mkdir()
    expected = build_warehouse(tmp_path / "once", data_dir=tmp_path / "whole")
    assert query(warehouse, "select max(build_number) from staging.builds") == [(batch_count,)]
    assert_same(contents(warehouse), contents(expected))


# --- rows in the worst order, one after the other ---------------------------------------------


def at(hour: float, day: int = 2) -> str:
    return (datetime(2026, 3, day) + timedelta(hours=hour)).isoformat() + "Z"


def session(session_id: str, hour: float, **others: str) -> Record:
    return {"session_id": session_id, "company_id": "c", "started_at": at(hour), **others}


def event(number: int, session_id: str, hour: float, kind: str, **others: str) -> Record:
    return {
        "event_id": f"e{number}", "session_id": session_id, "occurred_at": at(hour),
        "event_type": kind, **others,
    }


def message(number: int, session_id: str, hour: float, side: str) -> Record:
    sender = {"sender_id": "ann"} if side == "agent" else {}
    return {
        "message_id": f"m{number}", "session_id": session_id, "sent_at": at(hour),
        "sender_type": side, **sender,
    }


def presence(number: int, hour: float, kind: str, day: int = 2, **others: str) -> Record:
    return {
        "event_id": f"p{number}", "agent_id": "ann", "occurred_at": at(hour, day),
        "event_type": kind, **others,
    }


def focus(number: int, session_id: str, hour: float, kind: str = "focus") -> Record:
    return {
        "event_id": f"f{number}", "session_id": session_id, "agent_id": "ann",
        "occurred_at": at(hour), "event_type": kind,
    }


STORY: list[tuple[str, Tables]] = [
    ("a message before its session", {
        "raw_sessions": [session("s1", 9)],
        "raw_session_events": [event(1, "s1", 9, "queued"), event(3, "s2", 10, "queued")],
        "raw_messages": [message(1, "s1", 9.1, "customer"), message(2, "s2", 10.1, "customer")],
        "raw_agent_events": [presence(1, 8, "login")],
    }),
    ("its session, and a close before the messages that it doesn't refuse", {
        "raw_sessions": [session("s2", 10)],
        "raw_session_events": [
            event(4, "s2", 10.05, "accepted", agent_id="ann"),
            event(5, "s2", 10.5, "closed", actor_type="agent", agent_id="ann"),
        ],
    }),
    ("a late acceptance, messages on either side of the close, a focus", {
        "raw_session_events": [event(2, "s1", 9.05, "accepted", agent_id="ann")],
        "raw_messages": [message(3, "s2", 10.2, "agent"), message(4, "s2", 11, "customer")],
        "raw_focus_events": [focus(1, "s1", 9.1), focus(3, "s2", 11)],
    }),
    ("a reopening between, so that the refused message counts; a focus that cuts one short", {
        "raw_session_events": [event(6, "s2", 10.9, "reopened")],
        "raw_focus_events": [focus(2, "s2", 10.1)],
    }),
    ("the logout of the next day, and a login forgotten before it", {
        "raw_agent_events": [
            presence(3, 2, "logout", day=3), presence(2, 9.5, "state", state="busy"),
        ],
    }),
    ("a session row that replaces an older copy: it began before its first message", {
        "raw_sessions": [session("s1", 9.2, ingested_at=at(0, 4))],
    }),
    ("one that replaces that, and another day", {
        "raw_sessions": [{
            **session("s1", 9, ingested_at=at(0, 5)), "started_at": at(9, 1), "company_id": "d",
        }],
        "raw_companies": [{"company_id": "d", "time_zone": "Asia/Tokyo"}],
    }),
    ("a zone and a channel known late, a membership, an evaluation a month later", {
        "raw_companies": [{"company_id": "c", "time_zone": "America/Los_Angeles"}],
        "raw_agents": [{"agent_id": "ann", "agent_name": "Ann", "company_id": "c"}],
        "raw_agent_teams": [{"agent_id": "ann", "team_id": "t", "valid_from": at(0, 1)}],
        "raw_evaluations": [{
            "evaluation_id": "v1", "session_id": "s2", "score": "5",
            "submitted_at": "2026-04-05T12:00:00Z",
        }],
    }),
    ("a message that names another session in its newer version", {
        "raw_messages": [{**message(3, "s1", 10.2, "agent"), "ingested_at": at(0, 6)}],
        "raw_tag_events": [{
            "event_id": "t1", "session_id": "s2", "tag_name": "VIP", "event_type": "attached",
            "occurred_at": at(10.2),
        }],
    }),
]


def test_every_kind_of_late_row(tmp_path: Path, build_warehouse) -> None:
    """After every third chapter the warehouse is what one build of all so far gives."""
    chapters = [tables for _, tables in STORY]
    for number, (title, _) in enumerate(STORY):
        data = deliver("new files", tmp_path / "late", number, chapters)
        warehouse = build_warehouse(tmp_path, data_dir=data, onto=True)
        if number % 3 != 2:
            continue
        once = tmp_path / f"once-{number}"
        once.mkdir()
        whole = deliver("grown files", once, number, chapters)
        found, expected = contents(warehouse), contents(build_warehouse(once, data_dir=whole))
        try:
            assert_same(found, expected)
        except AssertionError as error:
            pytest.fail(f"{title}: {error}")
    assert query(warehouse, "select reason from marts.quarantined_rows order by reason") == [
        ("superseded",), ("superseded",), ("superseded",),
    ]


def test_a_table_measured_for_the_first_time(tmp_path: Path, build_warehouse) -> None:
    """A day on which an agent was there without a session has 0 messages then, not none."""
    first: Tables = {
        "raw_sessions": [session("s1", 9)],
        "raw_session_events": [event(2, "s1", 9.1, "accepted", agent_id="ann")],
        "raw_agent_events": [
            presence(1, 8, "login"), presence(2, 10, "logout"),
            presence(3, 8, "login", day=3), presence(4, 10, "logout", day=3),
        ],
    }
    second: Tables = {"raw_messages": [message(1, "s1", 9.2, "agent")]}
    for number in range(2):
        data = deliver("new files", tmp_path / "late", number, [first, second])
        warehouse = build_warehouse(tmp_path, data_dir=data, onto=True)
    days = "select date_day::varchar, message_count from marts.agent_analysis_daily order by 1"
    assert query(warehouse, days) == [("2026-03-02", 1), ("2026-03-03", 0)]


# --- what moves -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def history(tmp_path_factory, build_warehouse) -> Path:
    """A folder with `data` of contract tables, and the warehouse built of it, not to be changed."""

    def make(folder: Path) -> Path:
        subprocess.run(
            ["bash", ROOT / "scripts" / "generate", "--sessions", "600", "--days", "12", "--seed",
             "5", "--format", "parquet", "--output", folder / "data"],
            check=True, capture_output=True,
        )
        build_warehouse(folder, data_dir=folder / "data")
        return folder

    return made_once(tmp_path_factory, "history", make)


@pytest.fixture
def grown(history: Path, tmp_path: Path) -> Path:
    """A copy of the history, to be built upon."""
    shutil.copytree(history, tmp_path / "grown", dirs_exist_ok=True, copy_function=shutil.copy2)
    return tmp_path / "grown"


def rebuilt(warehouse: Path) -> dict[str, int]:
    """Rows that the last build rewrote, by relation."""
    return dict(query(warehouse, """
        select relation, sum(row_count)::bigint from staging.rebuilt_rows
        where build_number = (select max(build_number) from staging.builds)
        group by relation
    """))


def add(folder: Path, tables: Tables, build_warehouse) -> dict[str, int]:
    """Builds with more rows, from a folder of their own, and gives what was rewritten."""
    write_tables(tables, folder / "more")
    warehouse = build_warehouse(folder, data_dir=folder / "more", onto=True)
    return rebuilt(warehouse)


def settled_sessions(warehouse: Path, count: int) -> list[tuple]:
    """Sessions of one day with messages and without a focus, ended long before the data do."""
    return query(warehouse, f"""
        select session_id, started_at from marts.fct_sessions
        where session_date = date '2026-03-05' and is_closed and response_count > 0
        order by session_id limit {count}
    """)


@pytest.mark.parametrize("count", [1, 10])
def test_late_messages_move_their_sessions_only(
    count: int, grown: Path, build_warehouse
) -> None:
    warehouse = grown / "contact_center.duckdb"
    touched = settled_sessions(warehouse, count)
    assert len(touched) == count
    names = ", ".join(f"'{session_id}'" for session_id, _ in touched)
    ((message_count, contact_count),) = query(warehouse, f"""
        select
            (select count(*) from staging.stg_messages where session_id in ({names})),
            -- An agent's time is divided among the contacts of a day, so those are made anew.
            (
                select count(*) from marts.fct_agent_contacts as every
                where exists (
                    from marts.fct_agent_contacts as touched
                    where touched.session_id in ({names}) and touched.agent_id = every.agent_id
                        and every.accepted_at
                            < coalesce(touched.wrap_up_ended_at, touched.ended_at)
                                + interval 1 day
                        and coalesce(every.wrap_up_ended_at, every.ended_at, every.accepted_at)
                            > touched.accepted_at - interval 1 day
                )
            )
    """)
    day = "date_day = date '2026-03-05'"
    before = contents(warehouse)
    moved = add(grown, {
        "raw_messages": [
            {"message_id": f"late{number}", "session_id": session_id, "sender_type": "customer",
             "sent_at": f"{started_at}Z"}
            for number, (session_id, started_at) in enumerate(touched)
        ],
    }, build_warehouse)
    assert moved["session_facts"] == count
    assert moved["checked_messages"] == count
    assert moved["checked_session_events"] == moved["checked_sessions"] == 0
    assert 0 < moved["turns"] <= message_count + count
    assert 0 < moved["fct_agent_contacts"] <= contact_count
    # Of an agent's day the rows that have such a contact, not all.
    assert 0 < moved["contact_metrics_daily"] <= moved["fct_agent_contacts"]
    assert moved["session_analysis_daily"] == query(
        warehouse, f"select count(*) from marts.session_analysis_daily where {day}"
    )[0][0]
    assert moved["fct_agent_states"] == moved["fct_agent_logins"] == 0
    after = contents(warehouse)
    assert {
        row for row in before["fct_sessions"] - after["fct_sessions"]
        if dict(row)["session_id"] not in {session_id for session_id, _ in touched}
    } == set()


def views_and_functions(warehouse: Path) -> list[tuple]:
    """Those that ./scripts/build leaves out where only rows are new (selectors.yml: rows), with the
    words that they are made of: of columns that are left out, the file has no order."""
    return query(warehouse, """
        select name, list_sort(regexp_split_to_array(text, '[ ,()]+')) from (
            select view_name as name, sql as text from duckdb_views()
            where not internal and schema_name <> 'touched'
            union all
            select function_name, macro_definition from duckdb_functions()
            where not internal and function_type = 'table_macro'
        )
        order by name
    """)


def test_nothing_new_moves_nothing(history: Path, grown: Path, build_warehouse) -> None:
    """The same folder again: its files are known."""
    warehouse = build_warehouse(grown, data_dir=history / "data", onto=True, select="fqn:*")
    assert query(warehouse, "select max(build_number) from staging.builds") == [(2,)]
    assert query(warehouse, "select count(*) from staging.loads where build_number = 2") == [(0,)]
    assert set(rebuilt(warehouse).values()) == {0}
    assert_same(contents(warehouse), contents(history / "contact_center.duckdb"))
    assert len(views_and_functions(warehouse)) > 40
    assert views_and_functions(warehouse) == views_and_functions(history / "contact_center.duckdb")


def test_files_moved_elsewhere_are_not_loaded_twice(
    history: Path, grown: Path, build_warehouse
) -> None:
    warehouse = build_warehouse(grown, data_dir=grown / "data", onto=True)
    assert set(rebuilt(warehouse).values()) == {0}
    assert_same(contents(warehouse), contents(history / "contact_center.duckdb"))


def test_redelivered_rows_are_duplicates(history: Path, grown: Path, build_warehouse) -> None:
    """The same rows in a file of another name: counted as what they are, and no figure moves."""
    warehouse = grown / "contact_center.duckdb"
    again = grown / "again" / "raw_messages"
    again.mkdir(parents=True)
    for path in (grown / "data").glob("raw_messages*"):
        shutil.copy2(path, again / "again.parquet")
    build_warehouse(grown, data_dir=grown / "again", onto=True)
    quality = "select raw_row_count, accepted_row_count from marts.feed_quality " \
        "where table_name = 'raw_messages'"
    (raw, accepted), = query(history / "contact_center.duckdb", quality)
    assert query(warehouse, quality) == [(2 * raw, accepted)]
    leave_out = ("feed_quality", "feed_quality_by_feed", "quarantined_rows")
    assert_same(
        contents(warehouse, leave_out), contents(history / "contact_center.duckdb", leave_out)
    )


def test_an_agent_s_late_logout_moves_that_agent_only(grown: Path, build_warehouse) -> None:
    warehouse = grown / "contact_center.duckdb"
    ((agent_id, at_noon),) = query(warehouse, """
        select agent_id, started_at + to_microseconds(1000) from marts.fct_agent_states
        where date_day = date '2026-03-06' and state = 'busy' order by all limit 1
    """)
    ((presence_rows,),) = query(warehouse, f"""
        select count(*) from marts.fct_agent_states where agent_id = '{agent_id}'
    """)
    moved = add(grown, {
        "raw_agent_events": [{
            "event_id": "late", "agent_id": agent_id, "occurred_at": f"{at_noon}Z",
            "event_type": "logout",
        }],
    }, build_warehouse)
    assert 0 < moved["fct_agent_states"] <= presence_rows + 1
    assert moved["session_facts"] == 0
    assert query(warehouse, """
        select count(distinct agent_id) from rebuilt.fct_agent_states_days
    """) == [(1,)]
