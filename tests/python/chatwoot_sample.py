"""The adapter chatwoot's sample of Chatwoot's tables, with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

SAMPLE = Path(__file__).parent / "samples" / "chatwoot"

Query = Callable[[str], list[tuple]]

# The sample's conversations, 2 March 2026 (UTC; no account has a zone). Users: Ana 11, Bo 12 of
# account 1, Cy 13 of account 2, Dee 14 of account 3.
#
#  1  9:00 customer, 9:00:05 greeting, 9:00:10 customer, 9:00:20 Bo's private note, 9:00:30 a rule
#     in Ana's name, 9:01:00.5 Ana, 9:02 customer, 9:02:30 Ana, 9:05 resolved by Ana, then a survey.
#     The conversation, its first message and its resolution stand there twice.
#  2  10:00 customer, 10:00:05 bot, 10:00:20 hand-off, which also opens it, 10:01:02 Bo, 10:03 Ana,
#     10:04 customer, 10:04:30 Ana, 10:10 resolved by Ana
#  3  11:00 customer, bot, 11:05 resolved by the bot; 12:00 opened for nobody, customer (0.25 s
#     later), 12:02 Ana, 12:10 resolved by Ana
#  4  13:00 customer, 13:01 Ana, 13:10 resolved by Ana; 14:00 customer, opened for Bo, 14:00:50 Bo,
#     14:02 Ana, 14:05 resolved by Bo, written twice as two events
#  5  15:00 a campaign's message in Bo's name, 15:30 customer; Bo's, and unanswered
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
    ("5", "1", "outbound", None, "2026-03-02 15:30:00", None, None, 0, 0, None),
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
    ("5", "12", "1", "2", "2026-03-02 15:30:00", None, None, None, 0, 1),
    ("7", "13", None, "4", "2026-03-02 18:00:00", None, None, 30, 1, 1),
]


# Only a note in the thread tells that Ana resolved the first.
WITHOUT_NOTES = [(*SESSIONS[0][:3], None, *SESSIONS[0][4:]), *SESSIONS[1:]]


def check_figures(query: Query, sessions: list[tuple] = SESSIONS) -> None:
    assert query("""
        select
            session_id, company_id, direction, closed_by_agent_id,
            cast(first_accepted_at as varchar), session_seconds, first_response_seconds,
            response_count, response_seconds, score
        from fct_sessions
        where company_id != '3'
        order by session_id
    """) == sessions
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
