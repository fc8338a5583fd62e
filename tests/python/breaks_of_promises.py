"""What breaks the invariants of promises and of the backlog."""

from __future__ import annotations

from breaking import delete, update

LAST_DAY = "date_day = (select max(date_day) from marts.backlog_daily) and open_at_end_count > 0"
OPEN = "open_at_end_count > 0"
# A day of a backlog that has a day before it and one after it.
INNER_DAY = "open_at_start_count > 0 and open_at_end_count > 0"

# For each invariant the ways in which it is broken: each is one small change of one table.
OF_PROMISES: dict[str, list[str]] = {
    "backlog_adds_up": [
        update("marts.backlog_daily", "started_count = started_count + 1"),
        update("marts.backlog_daily", "expired_count = expired_count + 1"),
        update("marts.backlog_daily", "moved_in_count = moved_in_count + 1"),
        update("marts.backlog_daily", "with_nobody_count = with_nobody_count + 1"),
        update("marts.backlog_daily", "open_over_30_days_count = open_over_30_days_count + 1"),
        update("marts.backlog_daily", "awaiting_agent_count = open_at_end_count + 1"),
        update("marts.backlog_daily", "oldest_open_age_seconds = open_age_seconds + 1", OPEN),
        update("marts.backlog_daily", "oldest_open_age_seconds = null", OPEN),
        "insert into marts.backlog_daily select * replace (0 as started_count, 0 as closed_count)"
        " from marts.backlog_daily where started_count = 1 and open_at_end_count = 0"
        " and closed_count = 1 and reopened_count + moved_in_count + open_at_start_count = 0"
        " limit 1",
    ],
    "backlog_goes_on_from_day_to_day": [
        update("marts.backlog_daily",
               "open_at_start_count = open_at_start_count + 1,"
               " open_at_end_count = open_at_end_count + 1", INNER_DAY),
        delete("marts.backlog_daily", INNER_DAY),
        update("marts.backlog_daily", "date_day = date_day + 1000"),
        update("marts.backlog_daily", "moved_in_count = moved_in_count + 1,"
               " started_count = started_count - 1", "started_count > 0"),
    ],
    "last_backlog_is_what_is_open": [
        update("marts.backlog_daily", "open_at_end_count = open_at_end_count + 1", LAST_DAY),
        update("marts.backlog_daily", "open_age_seconds = open_age_seconds + 1", LAST_DAY),
        update("marts.backlog_daily", "channel_id = 'another'", LAST_DAY),
        delete("marts.backlog_daily", LAST_DAY),
    ],
    "clocks_equal_facts": [
        update("marts.sla_metrics_daily", "clock_count = clock_count + 1"),
        update("marts.sla_metrics_daily", "met_count = met_count + 1"),
        update("marts.sla_metrics_daily", "breach_seconds = breach_seconds + 1"),
        update("marts.sla_metrics_daily", "policy_id = 'another'"),
        update("marts.sla_metrics_daily", "date_day = date_day + 1"),
        delete("marts.sla_metrics_daily"),
        delete("intermediate.sla_facts"),
        update("intermediate.sla_facts", "settled_state = 'breached'", "settled_state = 'met'"),
    ],
    "clocks_end_as_they_ran": [
        update("intermediate.sla_facts", "settled_state = 'breached'", "settled_state = 'met'"),
        update("intermediate.sla_facts", "settled_state = 'cancelled'", "settled_state = 'met'"),
        update("intermediate.sla_facts", "running_microseconds = 1000000 * target_seconds",
               "settled_state = 'breached'"),
        update("intermediate.sla_facts", "stopped_at = null", "settled_state = 'met'"),
        update("intermediate.sla_facts", "due_at = ended_at", "settled_state = 'breached'"),
        update("intermediate.sla_facts", "due_at = started_at - interval '1 second'"),
        update("intermediate.sla_facts", "paused_microseconds = -1"),
        update("intermediate.sla_facts", "paused_microseconds = 315576000000000",
               "ended_at is not null"),
    ],
}
