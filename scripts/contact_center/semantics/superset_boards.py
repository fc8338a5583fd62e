"""What is on each of Superset's dashboards, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from .superset_charts import BY_NAME, WEEK, Chart

PERCENT = {"y_axis_format": ".0%"}
WHOLE = {**PERCENT, "y_axis_bounds": [0, 1]}
# Every bar has its name.
ACROSS = {"orientation": "horizontal", "x_axis_sort_asc": False, "xAxisLabelInterval": "0"}


@dataclass(frozen=True)
class Board:
    """`rows`: of charts with their widths, of 12 columns. `filters`: by which dimension."""

    key: str
    title: str
    description: str
    filters: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[tuple[Chart, int], ...], ...]

    @property
    def charts(self) -> list[Chart]:
        return [chart for row in self.rows for chart, _ in row]


def tile(key: str, title: str, mart: str, metric: str) -> tuple[Chart, int]:
    return Chart(key, title, "tile", mart, (metric,)), 2


COMPANY = ("Company", "company_name", "session_metrics_daily")
CHANNEL = ("Channel", "channel_name", "session_metrics_daily")
SKILL = ("Skill", "skill_name", "queue_metrics_daily")
TEAM = ("Team", "team_name", "contact_metrics_daily")
AGENT = ("Agent", "agent_name", "agent_analysis_daily")

OPERATIONS = Board(
    "operations", "Contact center: operations",
    "How many come, when, how long they wait, who gives up, what it costs of agents' time.",
    (COMPANY, CHANNEL, SKILL),
    (
        (
            tile("sessions", "Sessions", "session_metrics_daily", "session_count"),
            tile("service_level", "Service level", "queue_metrics_daily", "service_level_rate"),
            tile("abandoned", "Abandonment", "queue_metrics_daily", "abandoned_rate"),
            tile("answer", "Speed of answer (s)", "queue_metrics_daily", "avg_answer_seconds"),
            tile("handle", "Handle time (s)", "contact_metrics_daily", "avg_handle_seconds"),
            tile("backlog", "Open at the end", "backlog_daily", "open_at_end_count"),
        ),
        (
            (Chart(
                "sessions_by_day", "Sessions by day and channel", "bar", "session_metrics_daily",
                ("session_count",), by=("channel_name",), stacked=True,
            ), 6),
            (Chart(
                "service_by_day", "Service level and abandonment by day", "line",
                "queue_metrics_daily", ("service_level_rate", "abandoned_rate"), more=WHOLE,
            ), 6),
        ),
        (
            (Chart(
                "arrivals", "Arrivals by weekday (1 is Monday) and local half hour", "heatmap",
                "queue_metrics_interval", ("start_leg_count",), across="local_half_hour",
                by=("iso_day_of_week",),
            ), 8),
            (Chart(
                "handle_by_channel", "Contact, hold and wrap-up by channel", "table",
                "contact_metrics_daily",
                ("avg_contact_seconds", "avg_hold_seconds", "avg_wrap_up_seconds"),
                by=("channel_name",),
            ), 4),
        ),
        (
            (Chart(
                "queues", "Queues by skill", "table", "queue_metrics_daily",
                (
                    "queued_leg_count", "answered_leg_count", "abandoned_leg_count",
                    "service_level_rate", "abandoned_rate", "avg_answer_seconds",
                    "avg_abandon_seconds", "longest_queue_seconds",
                ), by=("skill_name",),
            ), 12),
        ),
        (
            (Chart(
                "backlog_by_day", "Open at the end of the day", "bar", "backlog_daily",
                ("with_agent_count", "waiting_in_queue_count", "with_nobody_count"), stacked=True,
            ), 8),
            (Chart(
                "transfers", "Transfers from skill to skill", "table", "transfers_daily",
                ("transfer_count", "received_transfer_count"),
                by=("from_skill_name", "to_skill_name"),
            ), 4),
        ),
    ),
)

AGENTS = Board(
    "agents", "Contact center: agents",
    "How agents' days are spent, how full their hands are, how much and how fast they answer.",
    (COMPANY, TEAM, AGENT),
    (
        (
            tile("occupancy", "Occupancy", "agent_activity_daily", "occupancy_rate"),
            tile("utilisation", "Utilisation", "agent_activity_daily", "utilisation_rate"),
            tile("concurrency", "At once", "agent_activity_daily", "avg_concurrency"),
            tile("offers", "Offers answered", "agent_activity_daily", "offer_answer_rate"),
            tile(
                "agent_first_response", "First response (s)", "agent_analysis_daily",
                "avg_first_response_seconds",
            ),
            tile("satisfaction", "Satisfaction", "agent_analysis_daily", "satisfaction_rate"),
        ),
        (
            (Chart(
                "agents_sessions", "Agents: sessions, speed, satisfaction", "table",
                "agent_analysis_daily",
                (
                    "session_count", "message_count", "transferred_session_count",
                    "unreplied_rate", "avg_first_response_seconds",
                    "first_response_within_30s_rate", "avg_response_seconds",
                    "avg_session_seconds", "satisfaction_rate",
                ), by=("agent_name",),
            ), 12),
        ),
        (
            (Chart(
                "agents_states", "Agents' time: idle, busy, break", "bar", "agent_analysis_daily",
                ("idle_rate", "busy_rate", "break_rate"), across="agent_name", stacked=True,
                more={**ACROSS, **WHOLE},
            ), 6),
            (Chart(
                "occupancy_by_day", "Occupancy and utilisation by day", "line",
                "agent_activity_daily", ("occupancy_rate", "utilisation_rate"), more=WHOLE,
            ), 6),
        ),
        (
            (Chart(
                "agents_activity", "Agents: how full their hands are", "table",
                "agent_activity_daily",
                (
                    "presence_seconds", "ready_seconds", "handling_seconds", "occupancy_rate",
                    "utilisation_rate", "avg_concurrency", "max_concurrency", "offer_answer_rate",
                ), by=("agent_name",),
            ), 12),
        ),
        (
            (Chart(
                "teams", "Handle time by team", "table", "contact_metrics_daily",
                (
                    "agent_contact_count", "avg_handle_seconds", "avg_contact_seconds",
                    "avg_hold_seconds", "avg_wrap_up_seconds", "transfer_rate",
                ), by=("team_name",),
            ), 8),
            (Chart(
                "reasons", "Agents' time by reason", "table", "agent_state_reasons_daily",
                ("state_seconds",), by=("state", "reason"),
            ), 4),
        ),
    ),
)

QUALITY = Board(
    "quality", "Contact center: quality",
    "What customers say, how sure it is, and how fast they are answered.",
    (COMPANY, CHANNEL),
    (
        (
            tile("evaluated", "Evaluated sessions", "session_metrics_daily",
                 "evaluated_session_count"),
            tile("requests", "Surveys answered", "survey_requests_daily", "survey_response_rate"),
            tile("contact_first_response", "First response (s)", "digital_metrics_daily",
                 "avg_first_response_seconds"),
            tile("follow_on", "Later responses (s)", "digital_metrics_daily",
                 "avg_follow_on_response_seconds"),
            tile("resolution", "Resolution time (s)", "digital_metrics_daily",
                 "avg_resolution_seconds"),
            tile("focus", "Focus", "digital_metrics_daily", "focus_rate"),
        ),
        (
            (Chart(
                "scores", "Sessions by score and week", "bar", "satisfaction_daily",
                ("session_count",), grain=WEEK, by=("score",), stacked=True, more=BY_NAME,
            ), 6),
            (Chart(
                "first_response_by_week", "First and later responses by week (s)", "line",
                "digital_metrics_daily",
                ("avg_first_response_seconds", "avg_follow_on_response_seconds"), grain=WEEK,
                more={"logAxis": True},
            ), 6),
        ),
        (
            (Chart(
                "surveys", "Surveys by kind and scale", "table", "survey_metrics_daily",
                (
                    "survey_response_count", "avg_score", "top_1_rate", "top_2_rate",
                    "bottom_2_rate", "net_promoter_score",
                ), by=("kind", "scale_min", "scale_max"),
            ), 8),
            (Chart(
                "surveys_answered", "Surveys answered by kind", "table", "survey_requests_daily",
                ("requested_count", "answered_request_count", "survey_response_rate"),
                by=("kind",),
            ), 4),
        ),
        (
            (Chart(
                "channels", "Digital contacts by channel", "table", "digital_metrics_daily",
                (
                    "agent_contact_count", "first_response_rate", "avg_first_response_seconds",
                    "avg_follow_on_response_seconds", "avg_agent_response_count",
                    "avg_customer_response_count", "closed_session_count",
                    "avg_resolution_seconds",
                ), by=("channel_name",),
            ), 8),
            (Chart(
                "tags", "Tags", "bar", "tag_metrics_daily", ("tag_count",), across="tag_name",
                more=ACROSS,
            ), 4),
        ),
    ),
)

PROMISES = Board(
    "promises", "Contact center: promises and repeats",
    "Whether promises were kept, what lies open and how old it is, who comes back, what bots do.",
    (COMPANY, CHANNEL, SKILL),
    (
        (
            tile("kept", "Promises kept", "sla_metrics_daily", "sla_met_rate"),
            tile("broken", "Broken", "sla_metrics_daily", "breached_count"),
            tile("repeats", "Repeats", "resolution_metrics_daily", "repeat_rate"),
            tile("first_contact", "Resolved at first contact", "resolution_metrics_daily",
                 "first_contact_resolution_rate"),
            tile("awaiting", "Awaiting an agent", "backlog_daily", "awaiting_agent_count"),
            tile("contained", "Contained by bots", "bot_metrics_daily", "bot_containment_rate"),
        ),
        (
            (Chart(
                "kept_by_week", "Promises kept by week", "line", "sla_metrics_daily",
                ("sla_met_rate",), grain=WEEK, by=("metric",), more=WHOLE,
            ), 6),
            (Chart(
                "repeats_by_week", "Repeats and resolution at first contact by week", "line",
                "resolution_metrics_daily", ("repeat_rate", "first_contact_resolution_rate"),
                grain=WEEK, more=WHOLE,
            ), 6),
        ),
        (
            (Chart(
                "policies", "Promises by policy", "table", "sla_metrics_daily",
                (
                    "clock_count", "met_count", "breached_count", "running_count",
                    "cancelled_count", "sla_met_rate", "breach_seconds",
                ), by=("policy_id", "metric"),
            ), 12),
        ),
        (
            (Chart(
                "resolutions", "Repeats and resolution by skill", "table",
                "resolution_metrics_daily",
                (
                    "closed_session_count", "repeat_rate", "first_contact_resolution_rate",
                    "one_touch_session_count", "reopened_session_count",
                ), by=("skill_name",),
            ), 12),
        ),
        (
            (Chart(
                "ages", "Open at the end of the day by age", "bar", "backlog_daily",
                (
                    "open_up_to_1_hour_count", "open_up_to_4_hours_count", "open_up_to_1_day_count",
                    "open_up_to_3_days_count", "open_up_to_7_days_count",
                    "open_up_to_30_days_count", "open_over_30_days_count",
                ), stacked=True, in_order=True,
            ), 6),
            (Chart(
                "flows", "Started, reopened and closed by day", "line", "backlog_daily",
                ("started_count", "reopened_count", "closed_count"),
            ), 6),
        ),
        (
            (Chart(
                "bots", "Bots by channel", "table", "bot_metrics_daily",
                (
                    "bot_session_count", "bot_handed_off_count", "bot_contained_count",
                    "bot_hand_off_rate", "bot_containment_rate", "bot_verified_containment_rate",
                ), by=("channel_name",),
            ), 12),
        ),
    ),
)

BOARDS = (OPERATIONS, AGENTS, QUALITY, PROMISES)
