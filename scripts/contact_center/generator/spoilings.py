"""Rows that break the contract, one kind for every reason why a row goes to quarantine.

Every such row is a copy of a good row with something changed; the good row stays, so that the
figures do not depend on the bad rows. A copy has a new key unless the key is its point.
"""

from dataclasses import dataclass, field

import duckdb

from .contract import EVENT_TABLES, TABLES, TIMESTAMP_COLUMNS, key_column

# In large data one row in so many is bad; small data get one of each kind nevertheless.
GOOD_ROWS_PER_BAD_ROW = 20_000

# Bad rows are drawn from about so many of a chunk's good rows.
SAMPLED_ROWS = 5_000


@dataclass(frozen=True)
class Spoiling:
    """How a copy differs from its good row.

    changes: column to SQL expression, over the row's columns and, in tables that hang on
    sessions, the session's session_started_at, session_is_closed and session_closed_at.
    unreadable: column to text that its type can't hold, so that it stands only in CSV.
    """

    table: str
    reason: str
    changes: dict[str, str] = field(default_factory=dict)
    where: str = "true"
    unreadable: tuple[str, str] | None = None
    keeps_key: bool = False


def _spoilings_of_every_table(table: str) -> list[Spoiling]:
    """The kinds that need to know no more than the key and the timestamp."""
    key, instant = key_column(table), TIMESTAMP_COLUMNS[table]
    return [
        Spoiling(table, "duplicate", keeps_key=True),
        Spoiling(table, "missing_key", {key: "null"}, keeps_key=True),
        Spoiling(table, "missing_timestamp", {instant: "null"}),
        Spoiling(table, "bad_timestamp", unreadable=(instant, "2026-02-30T25:61:00Z")),
        # Landed long before it happened: a clock that goes wrong.
        Spoiling(table, "future_timestamp", {"ingested_at": f"{instant} - interval 30 hour"}),
    ]


def _spoilings_of_session_rows(table: str) -> list[Spoiling]:
    """The kinds that concern the session to which a row belongs."""
    instant = TIMESTAMP_COLUMNS[table]
    return [
        Spoiling(table, "missing_reference", {"session_id": "null"}),
        Spoiling(table, "unknown_session", {"session_id": "concat('lost-', session_id)"}),
        Spoiling(table, "before_start", {instant: "session_started_at - interval 17 minute"}),
    ]


def _superseded(table: str, column: str, expression: str) -> Spoiling:
    """An earlier version of the row: same key, other content, landed a second before it."""
    changes = {column: expression, "ingested_at": "ingested_at - interval 1 second"}
    return Spoiling(table, "superseded", changes, keeps_key=True)


def _after_close(table: str, where: str) -> Spoiling:
    """A row of a session that is closed for good, five minutes after the close."""
    late = "session_closed_at + interval 5 minute"
    changes = {TIMESTAMP_COLUMNS[table]: late, "ingested_at": f"{late} + interval 4 second"}
    return Spoiling(table, "after_close", changes, f"session_is_closed and {where}")


def all_spoilings() -> list[Spoiling]:
    """Every kind of bad row, in the order in which they are added."""
    session_tables = [
        t for t in EVENT_TABLES if t not in ("raw_sessions", "raw_agent_events")
    ]
    return [
        *(s for table in EVENT_TABLES for s in _spoilings_of_every_table(table)),
        *(s for table in session_tables for s in _spoilings_of_session_rows(table)),
        Spoiling("raw_agent_events", "missing_reference", {"agent_id": "null"}),
        Spoiling("raw_focus_events", "missing_reference", {"agent_id": "null"}),
        _superseded("raw_sessions", "contact_type", "'unsorted'"),
        _superseded("raw_session_events", "actor_type", "'bot'"),
        _superseded("raw_messages", "sender_type", "'bot'"),
        _superseded("raw_agent_events", "device_id", "'unknown-device'"),
        _superseded("raw_focus_events", "event_type", "if(event_type = 'focus', 'blur', 'focus')"),
        _superseded("raw_evaluations", "score", "1 + score % 5"),
        _superseded("raw_survey_requests", "agent_id", "null"),
        _superseded("raw_tag_events", "tag_name", "'draft'"),
        _after_close("raw_messages", "sender_type = 'customer'"),
        _after_close("raw_session_events", "event_type = 'accepted'"),
        Spoiling("raw_sessions", "bad_value", {"direction": "'sideways'"}),
        Spoiling("raw_sessions", "bad_value", {"initiated_by": "'nobody'"}),
        Spoiling("raw_session_events", "bad_value", {"event_type": "'acepted'"}),
        Spoiling(
            "raw_session_events", "bad_value", {"agent_id": "null"}, "event_type = 'accepted'"
        ),
        Spoiling(
            "raw_session_events", "bad_value", {"disposition": "null"},
            "event_type = 'disposition_set'",
        ),
        Spoiling("raw_session_events", "bad_value", {"agent_id": "null"}, "event_type = 'offered'"),
        Spoiling(
            "raw_session_events", "bad_value", {"outcome": "null"}, "event_type = 'offer_ended'"
        ),
        Spoiling(
            "raw_session_events", "bad_value", {"outcome": "'ignored'"},
            "event_type = 'offer_ended'",
        ),
        Spoiling(
            "raw_session_events", "bad_value", {"outcome": "'bored'"}, "event_type = 'bot_ended'"
        ),
        Spoiling("raw_messages", "bad_value", {"sender_type": "'robot'"}),
        Spoiling("raw_messages", "bad_value", {"visibility": "'secret'"}),
        Spoiling("raw_messages", "bad_value", unreadable=("message_seq", "first")),
        Spoiling("raw_agent_events", "bad_value", {"state": "'lunch'"}, "event_type = 'state'"),
        Spoiling("raw_agent_events", "bad_value", {"state": "null"}, "event_type = 'state'"),
        Spoiling("raw_focus_events", "bad_value", {"event_type": "'hover'"}),
        Spoiling("raw_evaluations", "bad_value", unreadable=("score", "five")),
        Spoiling("raw_tag_events", "bad_value", {"event_type": "'pinned'"}),
        Spoiling("raw_evaluations", "score_out_of_range", {"score": "0"}, "kind is null"),
        Spoiling("raw_evaluations", "score_out_of_range", {"score": "9"}, "kind is null"),
        Spoiling("raw_evaluations", "score_out_of_range", {"score": "11"}, "kind = 'nps'"),
        Spoiling("raw_evaluations", "bad_value", {"kind": "'stars'"}),
        Spoiling("raw_survey_requests", "bad_value", {"kind": "'stars'"}),
    ]


SPOILINGS = all_spoilings()


def spoil(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Fill the table spoilt_<table> from the good rows of the current chunk."""
    spoilings = [s for s in SPOILINGS if s.table == table]
    (rows,) = connection.execute(f"select count(*) from {table}").fetchone()
    connection.execute(_sample_query(table, stride=max(1, rows // SAMPLED_ROWS)))
    connection.execute(f"""
        create or replace temp table spoilt_{table} as
        select
            *,
            0 as copy_no,
            null::varchar as unreadable_column,
            null::varchar as unreadable_text
        from {table}
        limit 0
    """)
    copies = max(1, rows // GOOD_ROWS_PER_BAD_ROW // len(spoilings))
    for copy_no, spoiling in enumerate(spoilings, start=1):
        connection.execute(_copy_query(spoiling, copy_no, copies))


def _sample_query(table: str, stride: int) -> str:
    """Some of the good rows, with what the spoilings need to know of their sessions."""
    sampled = f"""
        create or replace temp table sampled_rows as
        select t.*{{session}}
        from {table} as t
        {{join}}
        where t.entity_no % {stride} = 0
    """
    if table == "raw_agent_events":
        return sampled.format(session="", join="")
    return sampled.format(
        session=""",
            o.started_at as session_started_at,
            o.is_closed as session_is_closed,
            o.last_closed_at as session_closed_at""",
        join="inner join outcomes as o on o.session_no = t.entity_no",
    )


def _copy_query(spoiling: Spoiling, copy_no: int, copies: int) -> str:
    key = key_column(spoiling.table)
    changes = dict(spoiling.changes)
    if not spoiling.keeps_key:
        changes[key] = f"concat({key}, '-x{copy_no}')"
    columns = ", ".join(
        f"{changes.get(column, column)} as {column}" for column in TABLES[spoiling.table]
    )
    column, text = spoiling.unreadable or ("", "")
    return f"""
        insert into spoilt_{spoiling.table} by name
        select
            entity_no,
            row_no,
            {columns},
            {copy_no} as copy_no,
            nullif('{column}', '') as unreadable_column,
            nullif('{text}', '') as unreadable_text
        from (
            select * from sampled_rows
            where {spoiling.where}
            order by draw(entity_no * 1000 + row_no, 'spoilt {copy_no}'), entity_no, row_no
            limit {copies}
        )
    """
