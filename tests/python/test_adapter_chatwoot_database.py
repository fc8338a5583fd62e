"""The adapter chatwoot on a real PostgreSQL server, with the user that its page tells to make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import postgres
import pytest
from chatwoot_sample import SAMPLE, WITHOUT_NOTES, check_figures, reader
from conftest import ROOT, run_dbt
from dbt_common.exceptions import DbtRuntimeError
from test_build import build, build_well
from untested import build_untested_well

from contact_center.database import attach
from contact_center.intake import adapters, chatwoot

# Chatwoot's own column types, of the columns in the sample.
TABLES = {
    "accounts": "id serial primary key, name varchar not null, locale int, updated_at timestamp",
    "users": "id serial primary key, name varchar not null, created_at timestamp not null,"
    " updated_at timestamp not null",
    "account_users": "id bigserial primary key, account_id bigint, user_id bigint",
    "teams": "id bigserial primary key, name varchar not null, account_id bigint not null,"
    " updated_at timestamp(6)",
    "team_members": "id bigserial primary key, team_id bigint not null, user_id bigint not null,"
    " created_at timestamp(6) not null",
    "inboxes": "id serial primary key, channel_id int not null, account_id int not null,"
    " name varchar not null, channel_type varchar, timezone varchar default 'UTC',"
    " working_hours_enabled boolean default false, updated_at timestamp",
    "channel_twilio_sms": "id bigserial primary key, medium int default 0",
    "working_hours": "id bigserial primary key, inbox_id bigint, account_id bigint,"
    " day_of_week int not null, closed_all_day boolean, open_all_day boolean, open_hour int,"
    " open_minutes int, close_hour int, close_minutes int, created_at timestamp(6) not null,"
    " updated_at timestamp(6) not null",
    "agent_bot_inboxes": "id bigserial primary key, inbox_id int, agent_bot_id int,"
    " status int default 0, created_at timestamp(6) not null",
    "captain_inboxes": "id bigserial primary key, captain_assistant_id bigint not null,"
    " inbox_id bigint not null, created_at timestamp(6) not null",
    "sla_policies": "id bigserial primary key, name varchar not null, account_id bigint not null,"
    " first_response_time_threshold double precision,"
    " next_response_time_threshold double precision,"
    " resolution_time_threshold double precision, only_during_business_hours boolean,"
    " created_at timestamp(6) not null, updated_at timestamp(6) not null",
    "applied_slas": "id bigserial primary key, account_id bigint not null,"
    " sla_policy_id bigint not null, conversation_id bigint not null, sla_status int default 0,"
    " created_at timestamp(6) not null",
    "conversations": "id serial primary key, account_id int not null, inbox_id int not null,"
    " status int default 0 not null, assignee_id int, created_at timestamp not null,"
    " updated_at timestamp, contact_id bigint, display_id int not null, team_id bigint,"
    " campaign_id bigint, first_reply_created_at timestamp, waiting_since timestamp(6)",
    "messages": "id serial primary key, content text, account_id int not null,"
    " inbox_id int not null, conversation_id int not null, message_type int not null,"
    " created_at timestamp not null, private boolean default false not null,"
    " content_attributes json default '{}', sender_type varchar, sender_id bigint,"
    " additional_attributes jsonb default '{}'",
    "reporting_events": "id bigserial primary key, name varchar, value double precision,"
    " account_id int, inbox_id int, user_id int, conversation_id int,"
    " created_at timestamp(6) not null, event_start_time timestamp, event_end_time timestamp",
    "csat_survey_responses": "id bigserial primary key, account_id bigint not null,"
    " conversation_id bigint not null, message_id bigint not null, rating int not null,"
    " feedback_message text, contact_id bigint not null, assigned_agent_id bigint,"
    " created_at timestamp(6) not null, updated_at timestamp(6) not null",
    "tags": "id serial primary key, name varchar, taggings_count int default 0",
    "taggings": "id serial primary key, tag_id int, taggable_type varchar, taggable_id int,"
    " context varchar(128), created_at timestamp",
}


# The sample's rows are all text.
ADD_CONTENT_TYPE = "alter table messages add content_type int default 0 not null"
PAGES_OF_A_PART = 1000
# Notes in the thread of no conversation, each of the length of a page's eighth.
FILL = f"""
    insert into messages
        (id, content, account_id, inbox_id, conversation_id, message_type, created_at)
    select 1000000 + n, repeat(md5(n::text), 31), 1, 1, 0, 2, '2020-01-01'
    from generate_series(1, {20 * PAGES_OF_A_PART}) as n
"""


def documented_grants() -> list[str]:
    """The statements that docs/adapters/chatwoot.md tells to run, with the test's password."""
    page = (ROOT / "docs" / "adapters" / "chatwoot.md").read_text()
    [statements] = re.findall(r"<<'END'\n(.*?)\nEND\n", page, re.DOTALL)
    password = postgres.PASSWORD.replace("'", "''")
    assert "'choose one'" in statements
    statements = statements.replace("'choose one'", f"'{password}'")
    return [statement for statement in statements.split(";\n") if statement]


class TestDatabase:
    @pytest.fixture(scope="class")
    @staticmethod
    def database() -> Iterator[str]:
        """A server with the sample's rows, but for those that such tables can't hold, for the user
        whom the page tells to make. As on a server in use, the tables are analysed, and large
        enough that DuckDB would read them in parts."""
        with postgres.server() as url:
            for name, columns in TABLES.items():
                postgres.execute(url, f"create table {name} ({columns})")
            with postgres.connection(url) as connection:
                connection.execute("set TimeZone = 'UTC'")
                for name in TABLES:
                    insert_sample(connection, name)
            postgres.execute(url, ADD_CONTENT_TYPE, FILL, "analyze", *documented_grants())
            with postgres.connection(url) as connection:
                [(pages,)] = connection.execute("""
                    from postgres_query('pg', $$
                        select relpages from pg_class where relname = 'messages'
                    $$)
                """).fetchall()
                assert pages > 2 * PAGES_OF_A_PART
            yield postgres.as_user(url, "contact_center_reader")

    @pytest.fixture
    @staticmethod
    def owner(database) -> str:
        return database.replace("contact_center_reader", "owner")

    def test_figures_and_no_trace_of_the_password(self, database, tmp_path):
        warehouse = tmp_path / "chatwoot.duckdb"
        output = build_well(
            "--adapter", "chatwoot", "--database", database, "--warehouse", warehouse
        )
        query = reader(warehouse)
        check_figures(query, WITHOUT_NOTES)
        assert query("select table_name, reason, row_key from quarantined_rows order by all") == [
            ("raw_evaluations", "score_out_of_range", "4"),
            ("raw_messages", "after_close", "1010"),
            ("raw_messages", "bad_value", "1032"),
            ("raw_session_events", "bad_value", "event/515"),
        ]
        # The survey after the close is no message of a clock that differs.
        assert "two clocks" not in output
        # Whoever opens the file needs no server.
        assert query("""
            select view_name from duckdb_views() where contains(sql, 'chatwoot_database')
        """) == []
        assert no_trace(output, warehouse.parent)

    def test_lake_and_url_of_the_environment(self, database, tmp_path, monkeypatch):
        monkeypatch.setenv("CONTACT_CENTER_CHATWOOT_DATABASE", database)
        output = build_untested_well(
            "--target", "ducklake", "--adapter", "chatwoot", "--warehouse", tmp_path / "lake"
        )
        assert re.search(r"^Fifteen +15 +15 +- +4800\.0 ", output, re.MULTILINE)
        assert no_trace(output, tmp_path)

    def test_a_server_that_cannot_be_reached_is_named_without_the_password(
        self, database, tmp_path
    ):
        warehouse = tmp_path / "chatwoot.duckdb"
        host = database.partition("@")[2]
        result = build(
            "--adapter", "chatwoot", "--database", database.replace(host, "127.0.0.1:1/postgres"),
            "--warehouse", warehouse,
        )
        said = result.stdout + result.stderr
        assert result.returncode == 1
        assert "The database of the adapter chatwoot can't be read: connection to server" in said
        assert "Connection refused" in said
        assert not warehouse.exists()
        assert no_trace(said, tmp_path)
        with duckdb.connect() as connection, pytest.raises(DbtRuntimeError) as refused:
            attach(
                connection, "chatwoot", "public",
                database.replace("contact_center_reader:", "nobody:"),
            )
        assert 'password authentication failed for user "nobody"' in str(refused.value)
        assert postgres.PASSWORD_IN_URL not in str(refused.value)

    def test_a_table_that_may_not_be_read_is_told_and_left_out(self, database, owner, tmp_path):
        with duckdb.connect() as connection:
            postgres.execute(owner, "revoke select on tags from contact_center_reader")
            attach(connection, "chatwoot", "public", database)
            reading = chatwoot.read(
                connection, chatwoot.ATTACHED, adapters.tables("chatwoot"), tmp_path
            )
        assert not {"tags", "taggings"} & reading.there
        [remark] = reading.remarks
        assert "Table 'tags' of the database isn't read, for its user may read none" in remark
        postgres.execute(owner, "grant select on tags to contact_center_reader")

    def test_grants_of_an_earlier_page_are_enough(self, database, owner, tmp_path, monkeypatch):
        """A column or table that the page didn't name before is read as one that isn't there, on a
        version that lacks others, too."""
        postgres.execute(
            owner, "revoke select (content_type) on messages from contact_center_reader",
            "revoke select on working_hours, agent_bot_inboxes, applied_slas"
            " from contact_center_reader",
            "drop table captain_inboxes",
        )
        warehouse = tmp_path / "chatwoot.duckdb"
        monkeypatch.setenv("CONTACT_CENTER_CHATWOOT_DATABASE", database)
        build_untested_well("--adapter", "chatwoot", "--warehouse", warehouse)
        query = reader(warehouse)
        check_figures(query, WITHOUT_NOTES)
        assert query("""
            select count(is_outside_hours), count(pended_while_customer_waits_count)
            from fct_sessions
        """) == [(0, 0)]
        assert query("select count(*) from fct_sla") == [(0,)]
        assert query("""
            select table_name from feed_quality
            where
                not is_measured
                and table_name in (
                    'raw_calendars', 'raw_calendar_hours', 'raw_sla_policies', 'raw_survey_requests'
                )
            order by 1
        """) == [
            ("raw_calendar_hours",), ("raw_calendars",), ("raw_sla_policies",),
            ("raw_survey_requests",),
        ]

    def test_what_the_database_lacks_is_named(self, database, owner, tmp_path, monkeypatch):
        monkeypatch.setenv("CONTACT_CENTER_CHATWOOT_DATABASE", database)

        def complaint() -> str:
            return run_dbt(
                "run", tmp_path / "adapter.duckdb", "--select", "chatwoot_messages",
                variables={"adapters": {"chatwoot": "database chatwoot_database"}},
            ).stdout

        postgres.execute(owner, "revoke select (private) on messages from contact_center_reader")
        assert "Table 'messages' of the database lacks private, or its user may not" in complaint()
        postgres.execute(owner, "alter table messages rename private to hidden")
        assert "Table 'messages' of the database lacks private, or its user may not" in complaint()
        postgres.execute(owner, "alter table messages rename to letters")
        assert "The database has no table messages in its schema public" in complaint()
        monkeypatch.delenv("CONTACT_CENTER_CHATWOOT_DATABASE")
        assert "No database is attached for the adapter chatwoot" in complaint()


@pytest.mark.parametrize("url", [
    # Characters that a URL must not hold as they are, and another system's server.
    f"postgresql://reader:{postgres.PASSWORD}@localhost/chatwoot",
    f"postgresql://reader:{postgres.PASSWORD_IN_URL} @localhost/chatwoot",
    f"mysql://reader:{postgres.PASSWORD_IN_URL}@localhost/chatwoot",
])
def test_what_is_no_url_is_refused_without_the_password(url, tmp_path):
    result = build("--adapter", f"chatwoot={url}", "--warehouse", tmp_path / "chatwoot.duckdb")
    assert result.returncode == 2
    assert "as postgresql://user:password@host:port/dbname" in result.stderr
    assert postgres.PASSWORD not in result.stderr
    assert postgres.PASSWORD_IN_URL not in result.stderr


def insert_sample(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    columns = connection.execute(f"describe pg.public.{name}").fetchall()
    values = ", ".join(
        f"try_cast(regexp_replace({column}, ' UTC$', '') as timestamptz) at time zone 'UTC'"
        if type_name == "TIMESTAMP"
        else f"try_cast({column} as double)" if type_name in ("INTEGER", "BIGINT")
        else column
        for column, type_name, *_ in columns
    )
    wanted = {"conversations": "id != '8'", "messages": "id not in ('1031', '1099')"}
    order = "updated_at desc" if name == "csat_survey_responses" else "1"
    connection.execute(f"""
        insert into pg.public.{name}
        select {values}
        from read_csv(
            '{SAMPLE / name}.csv', all_varchar = true, null_padding = true, strict_mode = false,
            parallel = false, delim = ',', quote = '"', escape = '"', header = true
        )
        where {wanted.get(name, 'true')}
        -- A key stands there once: of the changed evaluation the newer.
        qualify row_number() over (partition by id order by {order}) = 1
    """)


def no_trace(output: str, folder: Path) -> bool:
    """True where neither the output nor any file below the folder holds the password."""
    secrets = {postgres.PASSWORD.encode(), postgres.PASSWORD_IN_URL.encode()}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return not any(
        secret in content
        for secret in secrets
        for content in [output.encode(), *(path.read_bytes() for path in files)]
    )
