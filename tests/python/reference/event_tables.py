"""The contract's event tables."""

from __future__ import annotations

from reference.contract import Table
from reference.text import one_of, read_text, read_time, read_whole_number

ACTOR = one_of("customer", "agent", "bot", "system")
SURVEY_KIND = one_of("csat", "nps", "ces")

EVENT_TABLES: dict[str, Table] = {
    "raw_sessions": Table(
        key=("session_id",),
        time="started_at",
        columns={
            "session_id": read_text,
            "company_id": read_text,
            "customer_id": read_text,
            "channel_id": read_text,
            "direction": one_of("inbound", "outbound"),
            "contact_type": read_text,
            "campaign_id": read_text,
            "initiated_by": one_of("customer", "agent", "system"),
            "started_at": read_time,
            "priority": read_text,
            "topic": read_text,
        },
    ),
    "raw_session_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id",),
        required=("event_type",),
        required_by_type={
            "accepted": ("agent_id",),
            "disposition_set": ("agent_id", "disposition"),
            "offered": ("agent_id",),
            "offer_ended": ("agent_id", "outcome"),
        },
        words_by_type={
            "offer_ended": {"outcome": ("declined", "missed", "withdrawn")},
            "bot_ended": {"outcome": (None, "resolved", "handed_off", "abandoned", "failed")},
        },
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "occurred_at": read_time,
            "event_seq": read_whole_number,
            "event_type": one_of(
                "queued", "accepted", "transferred", "released", "abandoned", "closed",
                "reopened", "disposition_set", "dequeued", "offered", "offer_ended", "held",
                "resumed", "wrap_up_started", "wrap_up_ended", "pended", "unpended",
                "bot_started", "bot_ended",
            ),
            "actor_type": ACTOR,
            "agent_id": read_text,
            "skill_id": read_text,
            "to_agent_id": read_text,
            "to_skill_id": read_text,
            "disposition": read_text,
            "reason": read_text,
            "outcome": read_text,
            "team_id": read_text,
        },
    ),
    "raw_messages": Table(
        key=("message_id",),
        time="sent_at",
        references=("session_id",),
        required=("sender_type",),
        columns={
            "message_id": read_text,
            "session_id": read_text,
            "sent_at": read_time,
            "message_seq": read_whole_number,
            "sender_type": ACTOR,
            "sender_id": read_text,
            "origin": one_of("human", "auto_reply", "campaign"),
            "visibility": one_of("public", "internal"),
        },
    ),
    "raw_agent_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("agent_id",),
        required=("event_type",),
        required_by_type={"state": ("state",)},
        columns={
            "event_id": read_text,
            "agent_id": read_text,
            "occurred_at": read_time,
            "event_seq": read_whole_number,
            "device_id": read_text,
            "event_type": one_of("login", "state", "logout"),
            "state": one_of("idle", "busy", "break"),
            "reason": read_text,
        },
    ),
    "raw_focus_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id", "agent_id"),
        required=("event_type",),
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "agent_id": read_text,
            "occurred_at": read_time,
            "event_type": one_of("focus", "blur"),
        },
    ),
    "raw_evaluations": Table(
        key=("evaluation_id",),
        time="submitted_at",
        references=("session_id",),
        required=("score",),
        columns={
            "evaluation_id": read_text,
            "session_id": read_text,
            "agent_id": read_text,
            "score": read_whole_number,
            "submitted_at": read_time,
            "kind": SURVEY_KIND,
            "scale_min": read_whole_number,
            "scale_max": read_whole_number,
            "request_id": read_text,
        },
    ),
    "raw_survey_requests": Table(
        key=("request_id",),
        time="sent_at",
        references=("session_id",),
        columns={
            "request_id": read_text,
            "session_id": read_text,
            "agent_id": read_text,
            "kind": SURVEY_KIND,
            "sent_at": read_time,
        },
    ),
    "raw_tag_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id",),
        required=("event_type", "tag_name"),
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "message_id": read_text,
            "agent_id": read_text,
            "tag_name": read_text,
            "event_type": one_of("attached", "detached"),
            "occurred_at": read_time,
        },
    ),
}
