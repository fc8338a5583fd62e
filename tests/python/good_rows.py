"""Rows of every table that break no rule; the last of each is what broken ones are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nasty import COLUMNS, Record, Tables

START = datetime(2026, 3, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
CLOSED, REOPENED, CLOSED_AGAIN = (START + minutes * MINUTE for minutes in (30, 40, 50))
LANDED = START + 2 * DAY


def text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def event(key: str, kind: str, at: datetime, **values: str) -> Record:
    return {"event_id": key, "session_id": "s1", "event_type": kind, "occurred_at": text(at),
            **values}


def message(key: str, at: datetime, **values: str) -> Record:
    return {"message_id": key, "session_id": "s1", "sender_type": "customer", "sent_at": text(at),
            **values}


# The last row of each table is the one that the broken rows are made of.
CLEAN: dict[str, list[Record]] = {
    "raw_sessions": [
        {"session_id": "s2", "started_at": text(START)},
        {"session_id": "s3", "started_at": text(START)},
        {"session_id": "s1", "company_id": "c1", "channel_id": "chat", "direction": "inbound",
         "campaign_id": "k1", "initiated_by": "customer", "started_at": text(START)},
    ],
    "raw_session_events": [
        event("queued_early", "queued", START - 5 * MINUTE, skill_id="sk1"),
        event("closed", "closed", CLOSED, event_seq="1", actor_type="agent", agent_id="a1"),
        event("closed_twice", "closed", CLOSED + MINUTE),
        event("outcome_late", "disposition_set", CLOSED + MINUTE, agent_id="a1",
              disposition="sold"),
        event("reopened", "reopened", REOPENED),
        event("accepted_again", "accepted", REOPENED + MINUTE, agent_id="a1"),
        event("closed_again", "closed", CLOSED_AGAIN),
        # At the instant of a close, but before it.
        event("s2_closed", "closed", CLOSED, session_id="s2", event_seq="2"),
        event("s2_accepted", "accepted", CLOSED, session_id="s2", event_seq="1", agent_id="a2"),
        # At the instant of a reopening, and after it.
        event("s2_reopened", "reopened", REOPENED, session_id="s2", event_seq="1"),
        event("s2_accepted_again", "accepted", REOPENED, session_id="s2", event_seq="2",
              agent_id="a2"),
        event("s2_outcome", "disposition_set", REOPENED + MINUTE, session_id="s2", agent_id="a2",
              disposition="lost"),
        event("s3_accepted", "accepted", START + MINUTE, session_id="s3", agent_id="a1"),
        event("accepted", "accepted", START + MINUTE, agent_id="a1", event_seq="0",
              actor_type="agent"),
    ],
    "raw_messages": [
        message("at_close", CLOSED),
        message("at_reopening", REOPENED),
        message("after_reopening", REOPENED + 2 * MINUTE),
        message("early", START - 5 * MINUTE),
        message("answer", START + 2 * MINUTE, sender_type="agent", sender_id="a1", origin="human",
                visibility="public", message_seq="1"),
    ],
    "raw_agent_events": [
        {"event_id": "login", "agent_id": "a1", "event_type": "login", "occurred_at": text(START)},
        {"event_id": "logout", "agent_id": "a1", "event_type": "logout",
         "occurred_at": text(START + 60 * MINUTE)},
        {"event_id": "state", "agent_id": "a1", "event_type": "state", "state": "busy",
         "event_seq": "3", "occurred_at": text(START + 10 * MINUTE)},
    ],
    "raw_focus_events": [
        {"event_id": "focus_early", "session_id": "s1", "agent_id": "a1", "event_type": "focus",
         "occurred_at": text(START - 5 * MINUTE)},
        {"event_id": "blur", "session_id": "s1", "agent_id": "a1", "event_type": "blur",
         "occurred_at": text(START + 5 * MINUTE)},
        {"event_id": "focus", "session_id": "s1", "agent_id": "a1", "event_type": "focus",
         "occurred_at": text(START + 3 * MINUTE)},
    ],
    "raw_evaluations": [
        {"evaluation_id": "worst", "session_id": "s2", "score": "1",
         "submitted_at": text(START - 5 * MINUTE)},
        {"evaluation_id": "best", "session_id": "s1", "agent_id": "a1", "score": "5",
         "submitted_at": text(CLOSED_AGAIN + DAY)},
    ],
    "raw_tag_events": [
        {"event_id": "tag_early", "session_id": "s1", "tag_name": "VIP", "event_type": "attached",
         "occurred_at": text(START - 5 * MINUTE)},
        {"event_id": "tag", "session_id": "s1", "message_id": "answer", "agent_id": "a1",
         "tag_name": "late", "event_type": "attached", "occurred_at": text(START + 4 * MINUTE)},
    ],
    "raw_companies": [
        {"company_id": "c1", "company_name": "One", "time_zone": "Europe/Berlin"},
    ],
    "raw_agents": [{"agent_id": "a1", "agent_name": "Ann", "company_id": "c1"}],
    "raw_teams": [{"team_id": "t1", "team_name": "Team", "company_id": "c1"}],
    "raw_agent_teams": [
        {"agent_id": "a1", "team_id": "t1", "valid_from": text(START - DAY),
         "valid_to": text(START + DAY)},
    ],
    "raw_skills": [{"skill_id": "sk1", "skill_name": "Sales", "campaign_id": "k1"}],
    "raw_campaigns": [{"campaign_id": "k1", "campaign_name": "Spring"}],
    "raw_channels": [
        {"channel_id": "chat", "channel_name": "Chat", "media_type": "chat", "is_digital": "true"},
    ],
    "raw_skill_targets": [
        {"skill_id": "sk1", "valid_from": text(START - DAY), "service_level_seconds": "20",
         "short_abandon_seconds": "5"},
    ],
    "raw_measured_events": [{"event_group": "hold", "measured_from": text(START - DAY)}],
    "raw_calendars": [{"calendar_id": "cal1", "time_zone": "Europe/Berlin"}],
    "raw_calendar_hours": [
        {"calendar_id": "cal1", "iso_day_of_week": "4", "opens_at": "09:00", "closes_at": "17:00",
         "valid_from": "2026-01-01", "valid_to": "2027-01-01"},
    ],
    "raw_calendar_exceptions": [
        {"calendar_id": "cal1", "date": "2026-04-03", "opens_at": "00:00", "closes_at": "00:00"},
    ],
    "raw_calendar_assignments": [
        {"subject": "company", "subject_id": "c1", "valid_from": text(START - DAY),
         "calendar_id": "cal1"},
    ],
    "raw_sla_policies": [
        {"policy_id": "p1", "valid_from": text(START - DAY), "valid_to": text(START + 9 * DAY),
         "metric": "resolution", "target_seconds": "900", "clock": "calendar",
         "pauses_when_pending": "true"},
    ],
    "raw_survey_requests": [
        {"request_id": "asked", "session_id": "s1", "agent_id": "a1", "kind": "csat",
         "sent_at": text(CLOSED)},
    ],
}


def completed(table: str, record: Record) -> Record:
    return {**dict.fromkeys(COLUMNS[table]), "ingested_at": text(LANDED), **record}


CLEAN_TABLES: Tables = {
    table: [completed(table, record) for record in records] for table, records in CLEAN.items()
}
