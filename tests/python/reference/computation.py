"""All relations with figures, from contract tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from reference.admission import accepted_rows, judge, later_than
from reference.calendars import find_open_spans
from reference.contract import Record, Row
from reference.dimensions import dimensions
from reference.event_facts import attachment_records, close_records, login_records
from reference.facts import (
    agent_session_record,
    contact_record,
    focus_records,
    session_record,
    turn_record,
)
from reference.feed import feed_records, quarantine_records
from reference.handling import handling_record, session_handling_record
from reference.journey import journey, journey_record
from reference.marts import agent_marts, digital_marts, session_marts, tag_mart
from reference.measured import find_measured_from
from reference.operations import operations
from reference.presence import state_reason_records, state_records, states_of_agents
from reference.story import Data, Matters
from reference.tables import TABLES
from reference.telling import tell_agent_sessions, tell_stories
from reference.text import read_time


def latest_event_time(rows: dict[str, list[Row]]) -> datetime | None:
    """When the data end: the last instant of any accepted session or event."""
    instants = [
        row[TABLES[name].time]
        for name, accepted in rows.items()
        if TABLES[name].time
        for row in accepted
    ]
    return max(instants, default=None)


def first_event_time(rows: dict[str, list[Row]]) -> datetime | None:
    """When the data begin: the first instant of any accepted session or event."""
    instants = [
        row[table.time] for name, table in TABLES.items() if table.time for row in rows[name]
    ]
    return min(instants, default=None)


def read_feed(
    tables: dict[str, list[dict[str, str | None]] | None],
    as_of: datetime | None,
    now: datetime,
    clock_tolerance: timedelta = timedelta(),
) -> dict[str, list[Row]]:
    """Every row with its fate; what lies beyond a chosen as_of is as if it weren't there."""
    feed = {
        name: [
            row
            for row in (Row(table, raw, now) for raw in tables.get(name) or ())
            if not later_than(row, table.time, as_of)
        ]
        for name, table in TABLES.items()
    }
    judge(feed, clock_tolerance)
    return feed


def compute(
    tables: dict[str, list[dict[str, str | None]] | None],
    *,
    as_of: datetime | str | None = None,
    reporting_time_zone: str = "UTC",
    max_login_hours: float = 24,
    response_threshold_seconds: float = 30,
    response_clock: str = "first",
    service_level_seconds: float = 20,
    short_abandon_seconds: float = 5,
    max_wrap_up_minutes: float = 30,
    clock_tolerance_seconds: float = 0,
    calendar_horizon_days: int = 400,
    repeat_window_days: float = 7,
    repeat_scope: str = "customer",
    repeat_directions: Sequence[str | None] = ("inbound", None),
    max_open_days: float = 90,
    bot_repeat_hours: float = 24,
    days: tuple[date, date] = (date.min, date.max),
    now: datetime | None = None,
    feed_name: str = "contract",
) -> dict[str, list[Record]]:
    """Every relation with figures from contract tables of text; None or missing: not measured.

    Instants are aware datetimes in UTC, days are dates, seconds and ratios floats. `now` is when
    rows without `ingested_at` landed; `days` the range of the relations that take one.
    `feed_name` says where the rows come from.
    """
    chosen_as_of = read_time(as_of) if isinstance(as_of, str) else as_of
    measured = {name for name in TABLES if tables.get(name) is not None}
    feed = read_feed(
        tables, chosen_as_of, now or datetime.now(UTC), timedelta(seconds=clock_tolerance_seconds)
    )
    rows = {name: accepted_rows(table_rows) for name, table_rows in feed.items()}
    data = Data(
        rows,
        measured,
        chosen_as_of or latest_event_time(rows),
        reporting_time_zone,
        timedelta(hours=max_login_hours),
        Fraction(str(response_threshold_seconds)),
        response_clock,
        first_event_time(rows),
        find_measured_from(rows),
        {
            "service_level_seconds": Fraction(str(service_level_seconds)),
            "short_abandon_seconds": Fraction(str(short_abandon_seconds)),
        },
        timedelta(minutes=max_wrap_up_minutes),
        Matters(
            calendar_horizon_days,
            timedelta(days=repeat_window_days),
            repeat_scope,
            tuple(repeat_directions),
            timedelta(days=max_open_days),
            timedelta(hours=bot_repeat_hours),
        ),
        feed_name,
    )

    find_open_spans(data)
    stories = tell_stories(data)
    agent_sessions = tell_agent_sessions(data, stories)
    states_of = states_of_agents(data)
    states = state_records(data, states_of)
    contacts = [contact for story in stories for contact in story.contacts]
    feed_quality = feed_records(feed, measured)
    relations = {
        **operations(data, stories, states_of, days),
        **journey(data, stories, days),
        **session_marts(data, stories, days),
        **agent_marts(data, agent_sessions, states, days),
        **digital_marts(data, stories, days),
        "tag_metrics_daily": tag_mart(stories),
        "agent_state_reasons_daily": state_reason_records(states),
        "fct_sessions": [
            {
                **session_record(data, story),
                **session_handling_record(data, story),
                **journey_record(data, story),
            }
            for story in stories
        ],
        "fct_agent_contacts": [
            {**contact_record(data, contact), **handling_record(data, contact)}
            for contact in contacts
        ],
        "fct_agent_sessions": [agent_session_record(data, own) for own in agent_sessions],
        "fct_turns": [
            turn_record(data, story, turn) for story in stories for turn in story.turns
        ],
        "fct_agent_states": states,
        "fct_session_closes": [
            record for story in stories for record in close_records(data, story)
        ],
        "fct_tag_attachments": [
            record for story in stories for record in attachment_records(story)
        ],
        "fct_agent_logins": login_records(data),
        "fct_focus": [record for contact in contacts for record in focus_records(contact)],
        "quarantined_rows": quarantine_records(feed, feed_name),
        "feed_quality": feed_quality,
        "feed_quality_by_feed": [{"feed": feed_name, **record} for record in feed_quality],
    }
    return {**relations, **dimensions(data, relations)}
