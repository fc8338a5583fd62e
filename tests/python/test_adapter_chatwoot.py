"""The adapter chatwoot: a sample of its tables with figures worked out by hand, as files of each
form and in a real PostgreSQL database, and input that isn't what it should be."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import postgres
from conftest import run_dbt
from contact_center.database import attach
from dbt_common.exceptions import DbtRuntimeError
from test_build import build, build_well

SAMPLE = Path(__file__).parent / "samples" / "chatwoot"
READ_HERE = (
    "+fct_sessions +fct_agent_contacts +fct_session_closes +fct_tag_attachments +quarantined_rows"
    " +feed_quality +agent_analysis_aggregated +dim_agents +dim_channels"
)
MODELS_ONLY = ("--exclude-resource-type", "unit_test")

Query = Callable[[str], list[tuple]]

# The sample's conversations, 2 March 2026 (UTC; no account has a zone). Users: Ana 11, Bo 12 of
# account 1, Cy 13 of account 2, Dee 14 of account 3.
#
#  1  9:00 customer, 9:00:05 greeting, 9:00:10 customer, 9:00:20 Bo's private note, 9:00:30 a rule
#     in Ana's name, 9:01:00.5 Ana, 9:02 customer, 9:02:30 Ana, 9:05 resolved by Ana, then the survey.
#     The conversation, its first message and its resolution stand there twice.
#  2  10:00 customer, 10:00:05 bot, 10:00:20 hand-off, which also opens it, 10:01:02 Bo, 10:03 Ana,
#     10:04 customer, 10:04:30 Ana, 10:10 resolved by Ana
#  3  11:00 customer, bot, 11:05 resolved by the bot; 12:00 opened for nobody, customer (0.25 s
#     later), 12:02 Ana, 12:10 resolved by Ana
#  4  13:00 customer, 13:01 Ana, 13:10 resolved by Ana; 14:00 customer, opened for Bo, 14:00:50 Bo,
#     14:02 Ana, 14:05 resolved by Bo, written twice as two events
#  5  15:00 a campaign's message in Bo's name, 15:30 customer
#  6  16:00 customer
#  7  18:00 customer (times end in UTC), 18:00:30 Cy (written at +01:00), then a message of the
#     unknown type 9 and an event of the unknown name conversation_teleported
#  8  begins "yesterday", with one message
# 20 to 34: Chatwoot's own example: ten first replies after 7,200 s, five after 0 s.
# The last line of messages.csv breaks off after the id.
SESSIONS = [
    # 9:00 to 9:05; first 60.5; responses 60.5 and 30
    ("1", "1", "inbound", "11", "2026-03-02 09:00:00", 300, 60.5, 2, 90.5, 5),
    # 10:00:20 to 10:10; first 62 - 20; responses 42 (Bo) and 30 (Ana)
    ("2", "1", "inbound", "11", "2026-03-02 10:00:20", 580, 42, 2, 72, 3),
    # nobody had it before 12:00, and no person had answered the first message of 11:00
    ("3", "1", "inbound", "11", "2026-03-02 12:00:00", 600, 120, 1, 120, None),
    # 13:00 to 14:05; responses 60 (Ana) and 50 (Bo); Ana's second message follows Bo's
    ("4", "1", "inbound", "12", "2026-03-02 13:00:00", 3900, 60, 2, 110, 4),
    ("5", "1", "outbound", None, None, None, None, 0, 0, None),
    ("6", "2", "inbound", None, None, None, None, 0, 0, None),
    ("7", "2", "inbound", None, "2026-03-02 18:00:00", None, 30, 1, 30, None),
]
CONTACTS = [
    ("1", "11", "1", "1", "2026-03-02 09:00:00", 300, "closed", 60.5, 2, 3),
    ("2", "12", "1", "2", "2026-03-02 10:00:20", 160, "accepted", 42, 1, 0),
    ("2", "11", "2", "2", "2026-03-02 10:03:00", 420, "closed", 0, 2, 1),
    ("3", "11", "2", "1", "2026-03-02 12:00:00", 600, "closed", 120, 1, 1),
    ("4", "11", "2", "2", "2026-03-02 13:00:00", 600, "closed", 60, 1, 1),
    ("4", "12", "1", "2", "2026-03-02 14:00:00", 120, "accepted", 50, 1, 1),
    ("4", "11", "2", "2", "2026-03-02 14:02:00", 180, "closed", 0, 1, 0),
    ("7", "13", None, "4", "2026-03-02 18:00:00", None, None, 30, 1, 1),
]


def check_figures(query: Query) -> None:
    assert query("""
        select
            session_id, company_id, direction, closed_by_agent_id,
            cast(first_accepted_at as varchar), session_seconds, first_response_seconds,
            response_count, response_seconds, score
        from fct_sessions
        where company_id != '3'
        order by session_id
    """) == SESSIONS
    assert query("""
        select
            session_id, agent_id, team_id, skill_id, cast(accepted_at as varchar), contact_seconds,
            ended_by, first_response_seconds, agent_message_count, customer_message_count
        from fct_agent_contacts
        where company_id != '3'
        order by accepted_at
    """) == CONTACTS
    # Chatwoot's own example: (10 x 7,200 + 5 x 0) / 15.
    assert query("""
        select count(*), avg(first_response_seconds) from fct_sessions where company_id = '3'
    """) == [(15, 4800)]


def reader(warehouse: Path) -> Query:
    def query(sql: str) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("use marts")
            return connection.execute(sql).fetchall()

    return query


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
        # Conversations: 8 + 15 + 1 repeated. Messages: 62 + 1 repeated + the one cut off, less an
        # activity. Session events: 6 + 1 written twice + 1 repeated resolutions, 2 reopenings, 8 +
        # 15 acceptances, 1 unknown.
        assert query("""
            select table_name, raw_row_count, accepted_row_count, duplicate_row_count
            from feed_quality
            where table_name in
                ('raw_sessions', 'raw_session_events', 'raw_messages', 'raw_evaluations')
            order by table_name
        """) == [
            ("raw_evaluations", 5, 3, 0),
            ("raw_messages", 63, 58, 1),
            ("raw_session_events", 34, 32, 1),
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

    def test_what_chatwoot_does_not_measure(self, query):
        assert query("select table_name from feed_quality where not is_measured order by 1") == [
            ("raw_agent_events",), ("raw_campaigns",), ("raw_focus_events",),
        ]
        assert query("""
            select count(idle_seconds), count(busy_seconds), count(break_seconds)
            from agent_analysis_aggregated
        """) == [(0, 0, 0)]
        assert query("select count(focus_seconds) from fct_agent_contacts") == [(0,)]


def test_three_tables_are_enough(tmp_path, build_warehouse):
    for name in ("conversations", "messages", "reporting_events"):
        shutil.copy(SAMPLE / f"{name}.csv", tmp_path)
    shutil.copy(SAMPLE / "taggings.csv", tmp_path)  # of no use without tags
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
        "build", folder / "adapter.duckdb", "--select", "path:models/adapters", *arguments,
        variables={"adapters": {"chatwoot": str(data_dir)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def contract_rows(folder: Path) -> dict[str, list[tuple]]:
    tables = ("sessions", "session_events", "messages", "evaluations", "tag_events", "agents")
    with duckdb.connect(str(folder / "adapter.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"from adapters.chatwoot_{table} order by all").fetchall()
            for table in tables
        }


def test_unit_tests_and_files_of_all_forms(tmp_path):
    said = adapter_build(tmp_path, SAMPLE)
    assert said.startswith("exit 0\n"), said
    assert "messages.csv', line 65 has too few values" in said
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
    for name in ("csat_survey_responses", "taggings", "tags", "users", "account_users"):
        shutil.copy(SAMPLE / f"{name}.csv", folder)
    said = adapter_build(tmp_path, folder, *MODELS_ONLY)
    assert said.startswith("exit 0\n"), said
    assert "2.csv', line " in said
    assert said.count("read as far as it goes: 1099,Cut o") == 1
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


def test_input_that_cannot_be_read_is_named(tmp_path):
    folder = tmp_path / "chatwoot"
    shutil.copytree(SAMPLE, folder)
    file = folder / "messages.csv"
    text = file.read_text()

    def complaint() -> str:
        said = adapter_build(
            tmp_path, folder, *MODELS_ONLY, "--select", "chatwoot_message_rows"
        )
        assert said.startswith("exit 1\n"), said
        return said

    file.write_text(text.replace(",", ";"))
    assert f"File '{file}' lacks id, conversation_id, message_type" in complaint()
    file.write_text(text.replace("message_type", "kind", 1))
    said = complaint()
    assert f"File '{file}' lacks message_type. Of the table messages" in said
    assert "commas between values and UTF-8" in said
    # Another encoding: nobody knows which, so that line is named and nothing is read.
    file.write_text(text.replace("Hello", "Grüße", 1), "latin-1")
    said = complaint()
    assert "CSV Error on Line: 4" in said
    assert "not utf-8 encoded" in said
    assert f"file = {file}" in said
    file.unlink()
    said = complaint()
    assert f"Data folder '{folder}' holds neither a file messages.csv" in said


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
    " updated_at timestamp",
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


class TestDatabase:
    @pytest.fixture(scope="class")
    @staticmethod
    def database() -> Iterator[str]:
        """A server with the sample's rows, but for those that such tables can't hold."""
        with postgres.server() as url:
            for name, columns in TABLES.items():
                postgres.execute(url, f"create table {name} ({columns})")
            with postgres.connection(url) as connection:
                connection.execute("set TimeZone = 'UTC'")
                for name in TABLES:
                    insert_sample(connection, name)
            yield url

    def test_figures_and_no_trace_of_the_password(self, database, tmp_path):
        warehouse = tmp_path / "chatwoot.duckdb"
        output = build_well(
            "--adapter", "chatwoot", "--database", database, "--warehouse", warehouse
        )
        query = reader(warehouse)
        check_figures(query)
        assert query("select table_name, reason, row_key from quarantined_rows order by all") == [
            ("raw_evaluations", "score_out_of_range", "4"),
            ("raw_messages", "after_close", "1010"),
            ("raw_messages", "bad_value", "1032"),
            ("raw_session_events", "bad_value", "event/515"),
        ]
        # Whoever opens the file needs no server.
        assert query("""
            select view_name from duckdb_views() where contains(sql, 'chatwoot_database')
        """) == []
        assert no_trace(output, warehouse.parent)

    def test_lake_and_url_of_the_environment(self, database, tmp_path, monkeypatch):
        monkeypatch.setenv("CONTACT_CENTER_CHATWOOT_DATABASE", database)
        output = build_well(
            "--target", "ducklake", "--adapter", "chatwoot", "--warehouse", tmp_path / "lake"
        )
        assert "Fifteen        15        15      0.0            4800.0" in output
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
            attach(connection, "chatwoot", "public", database.replace("reader:", "nobody:"))
        assert 'password authentication failed for user "nobody"' in str(refused.value)
        assert postgres.PASSWORD_IN_URL not in str(refused.value)

    def test_what_the_database_lacks_is_named(self, database, tmp_path, monkeypatch):
        monkeypatch.setenv("CONTACT_CENTER_CHATWOOT_DATABASE", database)

        def complaint() -> str:
            return run_dbt(
                "run", tmp_path / "adapter.duckdb", "--select", "chatwoot_message_rows",
                variables={"adapters": {"chatwoot": "database chatwoot_database"}},
            ).stdout

        postgres.execute(database, "alter table messages rename private to hidden")
        assert "Table 'messages' of the database lacks private. Of the table" in complaint()
        postgres.execute(database, "alter table messages rename to letters")
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
