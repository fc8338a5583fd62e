"""The tables and columns of the raw event contract, in the order in which they are written."""

TEXT = "varchar"
TIMESTAMP = "timestamp"
INTEGER = "integer"
BOOLEAN = "boolean"

TYPES_BY_COLUMN = {
    "event_seq": INTEGER,
    "message_seq": INTEGER,
    "score": INTEGER,
    "is_digital": BOOLEAN,
    "valid_from": TIMESTAMP,
    "valid_to": TIMESTAMP,
    "service_level_seconds": INTEGER,
    "short_abandon_seconds": INTEGER,
    "measured_from": TIMESTAMP,
}

EVENT_TABLES = {
    "raw_sessions": (
        "session_id company_id customer_id channel_id direction contact_type campaign_id "
        "initiated_by started_at ingested_at"
    ).split(),
    "raw_session_events": (
        "event_id session_id occurred_at event_seq event_type actor_type agent_id skill_id "
        "to_agent_id to_skill_id disposition reason outcome team_id ingested_at"
    ).split(),
    "raw_messages": (
        "message_id session_id sent_at message_seq sender_type sender_id origin visibility "
        "ingested_at"
    ).split(),
    "raw_agent_events": (
        "event_id agent_id occurred_at event_seq device_id event_type state reason ingested_at"
    ).split(),
    "raw_focus_events": "event_id session_id agent_id occurred_at event_type ingested_at".split(),
    "raw_evaluations": "evaluation_id session_id agent_id score submitted_at ingested_at".split(),
    "raw_tag_events": (
        "event_id session_id message_id agent_id tag_name event_type occurred_at ingested_at"
    ).split(),
}

REFERENCE_TABLES = {
    "raw_companies": "company_id company_name time_zone ingested_at".split(),
    "raw_agents": "agent_id agent_name company_id ingested_at".split(),
    "raw_teams": "team_id team_name company_id ingested_at".split(),
    "raw_agent_teams": "agent_id team_id valid_from valid_to ingested_at".split(),
    "raw_skills": "skill_id skill_name campaign_id ingested_at".split(),
    "raw_campaigns": "campaign_id campaign_name ingested_at".split(),
    "raw_channels": "channel_id channel_name media_type is_digital ingested_at".split(),
    "raw_skill_targets": (
        "skill_id valid_from service_level_seconds short_abandon_seconds ingested_at"
    ).split(),
    "raw_measured_events": "event_group measured_from ingested_at".split(),
}

TABLES = {**EVENT_TABLES, **REFERENCE_TABLES}

# The column that carries a table's own instant; what the bad rows change.
TIMESTAMP_COLUMNS = {
    "raw_sessions": "started_at",
    "raw_session_events": "occurred_at",
    "raw_messages": "sent_at",
    "raw_agent_events": "occurred_at",
    "raw_focus_events": "occurred_at",
    "raw_evaluations": "submitted_at",
    "raw_tag_events": "occurred_at",
}


def column_type(column: str) -> str:
    """The type that a column has in Parquet."""
    if column.endswith("_at"):
        return TIMESTAMP
    return TYPES_BY_COLUMN.get(column, TEXT)


def key_column(table: str) -> str:
    """The first column of every table is its key (raw_agent_teams: part of it)."""
    return TABLES[table][0]
