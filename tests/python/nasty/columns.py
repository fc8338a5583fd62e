"""The contract's tables and columns, as the nasty data write them."""

from __future__ import annotations

from datetime import datetime

Record = dict[str, str | None]
Tables = dict[str, list[Record]]
Acceptances = list[tuple[datetime, str]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "raw_sessions": (
        "session_id", "company_id", "customer_id", "channel_id", "direction", "contact_type",
        "campaign_id", "initiated_by", "started_at", "priority", "topic", "ingested_at",
    ),
    "raw_session_events": (
        "event_id", "session_id", "occurred_at", "event_seq", "event_type", "actor_type",
        "agent_id", "skill_id", "to_agent_id", "to_skill_id", "disposition", "reason", "outcome",
        "team_id", "ingested_at",
    ),
    "raw_messages": (
        "message_id", "session_id", "sent_at", "message_seq", "sender_type", "sender_id",
        "origin", "visibility", "ingested_at",
    ),
    "raw_agent_events": (
        "event_id", "agent_id", "occurred_at", "event_seq", "device_id", "event_type", "state",
        "reason", "ingested_at",
    ),
    "raw_focus_events": (
        "event_id", "session_id", "agent_id", "occurred_at", "event_type", "ingested_at",
    ),
    "raw_evaluations": (
        "evaluation_id", "session_id", "agent_id", "score", "submitted_at", "kind", "scale_min",
        "scale_max", "request_id", "ingested_at",
    ),
    "raw_survey_requests": (
        "request_id", "session_id", "agent_id", "kind", "sent_at", "ingested_at",
    ),
    "raw_tag_events": (
        "event_id", "session_id", "message_id", "agent_id", "tag_name", "event_type",
        "occurred_at", "ingested_at",
    ),
    "raw_companies": ("company_id", "company_name", "time_zone", "ingested_at"),
    "raw_agents": ("agent_id", "agent_name", "company_id", "ingested_at"),
    "raw_teams": ("team_id", "team_name", "company_id", "ingested_at"),
    "raw_agent_teams": ("agent_id", "team_id", "valid_from", "valid_to", "ingested_at"),
    "raw_skills": ("skill_id", "skill_name", "campaign_id", "ingested_at"),
    "raw_campaigns": ("campaign_id", "campaign_name", "ingested_at"),
    "raw_channels": ("channel_id", "channel_name", "media_type", "is_digital", "ingested_at"),
    "raw_skill_targets": (
        "skill_id", "valid_from", "service_level_seconds", "short_abandon_seconds", "ingested_at",
    ),
    "raw_measured_events": ("event_group", "measured_from", "ingested_at"),
    "raw_calendars": ("calendar_id", "time_zone", "ingested_at"),
    "raw_calendar_hours": (
        "calendar_id", "iso_day_of_week", "opens_at", "closes_at", "valid_from", "valid_to",
        "ingested_at",
    ),
    "raw_calendar_exceptions": ("calendar_id", "date", "opens_at", "closes_at", "ingested_at"),
    "raw_calendar_assignments": (
        "subject_id", "subject", "valid_from", "calendar_id", "ingested_at",
    ),
    "raw_sla_policies": (
        "policy_id", "valid_from", "valid_to", "company_id", "skill_id", "channel_id", "priority",
        "metric", "target_seconds", "clock", "pauses_when_pending", "ingested_at",
    ),
}
KEY = {name: columns[0] for name, columns in COLUMNS.items()}
TIME = {
    "raw_sessions": "started_at",
    "raw_session_events": "occurred_at",
    "raw_messages": "sent_at",
    "raw_agent_events": "occurred_at",
    "raw_focus_events": "occurred_at",
    "raw_evaluations": "submitted_at",
    "raw_tag_events": "occurred_at",
    "raw_survey_requests": "sent_at",
}
IN_SESSION = (
    "raw_session_events", "raw_messages", "raw_focus_events", "raw_evaluations", "raw_tag_events",
    "raw_survey_requests",
)
