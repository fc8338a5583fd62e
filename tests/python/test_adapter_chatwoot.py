"""The adapter chatwoot: a sample of its tables with figures worked out by hand, as files of each
form, and input that isn't what it should be."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest
from chatwoot_sample import SAMPLE, Query, check_figures, reader
from conftest import run_dbt

READ_HERE = (
    "+fct_sessions +fct_agent_contacts +fct_session_closes +fct_tag_attachments +quarantined_rows"
    " +feed_quality +agent_analysis_aggregated +dim_agents +dim_channels +fct_sla"
)
MODELS_ONLY = ("--exclude-resource-type", "unit_test")


class TestFiles:
    @pytest.fixture(scope="class")
    @staticmethod
    def query(tmp_path_factory, build_warehouse) -> Query:
        return reader(build_warehouse(
            tmp_path_factory.mktemp("chatwoot"), adapters={"chatwoot": SAMPLE}, select=READ_HERE,
        ))

    def test_figures(self, query):
        check_figures(query)

    def test_closes(self, query):
        # The bot's resolution of 3 is nobody's; 4 was closed twice.
        assert query("""
            select session_id, closed_by_agent_id, agent_contact_id, is_final
            from fct_session_closes
            order by session_id, closed_at
        """) == [
            ("1", "11", "1#1", True), ("2", "11", "2#2", True), ("3", None, None, False),
            ("3", "11", "3#1", True), ("4", "11", "4#1", False), ("4", "12", "4#3", True),
        ]

    def test_tags(self, query):
        assert query("""
            select session_id, tag_name from fct_tag_attachments order by all
        """) == [("1", "billing"), ("1", "vip"), ("2", "billing")]

    def test_names(self, query):
        assert query("select agent_id, agent_name, company_id from dim_agents order by 1") == [
            ("11", "Ana", "1"), ("12", "Bo", "1"), ("13", "Cy", "2"), ("14", "Dee", "3"),
        ]
        assert query("select channel_name, media_type from dim_channels order by 1") == [
            ("Mail", "email"), ("Shop", "chat"), ("Website", "chat"), ("WhatsApp", "messaging"),
        ]

    def test_nothing_vanishes(self, query):
        # Conversations: 8 + 15 + 1 repeated. Messages: 63 + 1 repeated + the one cut off, less
        # two activities. Session events: 6 + 1 written twice + 1 repeated resolutions,
        # 2 reopenings, 9 + 15 acceptances, 1 unknown, 3 beginnings and 2 ends of a bot, 1 pending.
        assert query("""
            select table_name, raw_row_count, accepted_row_count, duplicate_row_count
            from feed_quality
            where table_name in
                ('raw_sessions', 'raw_session_events', 'raw_messages', 'raw_evaluations')
            order by table_name
        """) == [
            ("raw_evaluations", 5, 3, 0),
            ("raw_messages", 63, 58, 1),
            ("raw_session_events", 41, 39, 1),
            ("raw_sessions", 24, 22, 1),
        ]
        assert query("select table_name, reason, row_key from quarantined_rows order by all") == [
            ("raw_evaluations", "score_out_of_range", "4"),
            ("raw_evaluations", "superseded", "1"),  # the customer changed it
            ("raw_messages", "after_close", "1010"),  # the survey
            ("raw_messages", "bad_value", "1032"),  # type 9
            ("raw_messages", "missing_timestamp", "1099"),  # cut off
            ("raw_messages", "unknown_session", "1031"),  # of 8
            ("raw_session_events", "bad_value", "event/515"),  # teleported
            ("raw_sessions", "bad_timestamp", "8"),
        ]

    def test_business_hours(self, query):
        """The website is open on Mondays from 10:01 to 18:00 in Berlin, which is 9:01 to 17:00 UTC:
        1 began a minute early, and was answered half a second after opening. No other has any."""
        assert query("""
            select
                session_id, is_outside_hours, business_first_response_seconds,
                business_resolution_seconds
            from fct_sessions where is_outside_hours is not null order by session_id
        """) == [("1", True, 0.5, 240), ("3", False, 120, 4200)]

    def test_bots(self, query):
        """2 was handed over at 10:00:20, 3 resolved at 11:05, both after one message. 7 began in
        the inbox of a bot, and Cy took it at once; 6 before there was one."""
        assert query("""
            select session_id, bot_result, bot_seconds, bot_message_count
            from fct_sessions where bot_result is not null order by session_id
        """) == [("2", "handed_off", 20, 1), ("3", "resolved", 300, 1), ("7", "handed_off", 0, 0)]

    def test_pendings(self, query):
        """6 was snoozed five minutes after the customer's message, which nobody had answered.
        Before 6 nothing is known of pendings."""
        assert query("""
            select session_id, pended_while_customer_waits_count
            from fct_sessions
            where pended_while_customer_waits_count is not null and company_id != '3'
            order by session_id
        """) == [("6", 1), ("7", 0)]

    def test_promises(self, query):
        """Both conversations of the website have the promise of 50 s and 600 s, in its hours. What
        ran for 3 is its whole time; it has no first response, as the bot handed nothing over."""
        assert query("""
            select session_id, metric, policy_id, running_seconds, state
            from fct_sla order by session_id, metric
        """) == [
            ("1", "first_response", "1/1/first_response", 0.5, "met"),
            ("1", "resolution", "1/1/resolution", 240, "met"),
            ("3", "resolution", "1/1/resolution", 4200, "breached"),
        ]

    def test_what_chatwoot_does_not_measure(self, query):
        not_measured = query("select table_name from feed_quality where not is_measured")
        assert {("raw_agent_events",), ("raw_campaigns",), ("raw_focus_events",)} < {*not_measured}
        assert query("""
            select count(idle_seconds), count(busy_seconds), count(break_seconds)
            from agent_analysis_aggregated
        """) == [(0, 0, 0)]
        assert query("select count(focus_seconds) from fct_agent_contacts") == [(0,)]


def test_three_tables_are_enough(tmp_path, build_warehouse):
    for name in ("conversations", "messages", "reporting_events"):
        shutil.copy(SAMPLE / f"{name}.csv", tmp_path)
    # Of no use without tags, inboxes and applied_slas; and what psql leaves of a table that isn't
    # there.
    for name in ("taggings", "working_hours", "sla_policies"):
        shutil.copy(SAMPLE / f"{name}.csv", tmp_path)
    (tmp_path / "captain_inboxes.csv").touch()
    query = reader(build_warehouse(
        tmp_path, adapters={"chatwoot": tmp_path}, select=READ_HERE + " +tag_metrics_daily",
    ))
    assert query("select table_name from feed_quality where is_measured order by 1") == [
        ("raw_agents",), ("raw_messages",), ("raw_session_events",), ("raw_sessions",),
    ]
    # Ana is known from conversations, and so is her account.
    assert query("select agent_name, company_id from dim_agents where agent_id = '11'") == [
        ("11", "1")
    ]
    assert query("""
        select count(*), count(score), count_if(is_digital), sum(session_seconds) from fct_sessions
    """) == [(22, 0, 22, 5380)]
    assert query("select count(*) from tag_metrics_daily") == [(0,)]


def adapter_build(folder: Path, data_dir: Path, *arguments: str) -> str:
    """What dbt says of a build of the adapter's own models; its exit code in front."""
    result = run_dbt(
        "build", folder / "adapter.duckdb", "--select", "path:models/adapters",
        "path:seeds/adapters", *arguments,
        variables={"adapters": {"chatwoot": str(data_dir)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def contract_rows(folder: Path) -> dict[str, list[tuple]]:
    tables = (
        "sessions", "session_events", "messages", "evaluations", "tag_events", "agents",
        "calendars", "calendar_hours", "calendar_assignments", "sla_policies", "survey_requests",
    )
    with duckdb.connect(str(folder / "adapter.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"from adapters.chatwoot_{table} order by all").fetchall()
            for table in tables
        }


def test_files_of_all_forms(tmp_path):
    said = adapter_build(tmp_path, SAMPLE, *MODELS_ONLY)
    assert said.startswith("exit 0\n"), said
    assert "messages.csv', line 66 has too few values" in said
    assert said.count("has too few values") == 1
    of_csv = contract_rows(tmp_path)

    # The same, typed, in Parquet; packed; and in several files, of another program with its byte
    # order mark; beside files of other systems and other programs' marks.
    folder = tmp_path / "it's [all] here"
    (folder / "messages").mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"""
            copy (
                select * replace (cast(user_id as double) as user_id)
                from read_csv('{SAMPLE / "reporting_events.csv"}')
            ) to '{tmp_path / "typed.parquet"}'
        """)
    shutil.move(tmp_path / "typed.parquet", folder / "reporting_events.parquet")
    with gzip.open(folder / "conversations.csv.gz", "wb") as packed:
        packed.write((SAMPLE / "conversations.csv").read_bytes())
    lines = (SAMPLE / "messages.csv").read_text().splitlines(keepends=True)
    (folder / "messages" / "1.csv").write_text("".join(lines[:20]))
    (folder / "messages" / "2.csv").write_text("".join(lines[:1] + lines[20:]), "utf-8-sig")
    (folder / "messages" / "_SUCCESS").touch()
    (folder / "messages_of_others.csv").write_text("a\n1\n")
    for path in SAMPLE.glob("*.csv"):
        if path.stem not in ("conversations", "messages", "reporting_events"):
            shutil.copy(path, folder)
    said = adapter_build(tmp_path, folder, *MODELS_ONLY)
    assert said.startswith("exit 0\n"), said
    assert "2.csv', line " in said
    assert said.count("read as far as it goes.") == 1
    found = contract_rows(tmp_path)
    for table, rows in of_csv.items():
        assert normal(found[table]) == normal(rows), table


def normal(rows: list[tuple]) -> list[tuple]:
    """Fractions of seconds that are nought may be written or not."""
    return sorted(
        (
            tuple(
                value.removesuffix(".000000") if isinstance(value, str) else value for value in row
            )
            for row in rows
        ),
        key=repr,
    )
