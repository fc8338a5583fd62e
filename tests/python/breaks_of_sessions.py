"""What breaks the invariants of sessions, queues, turns and of every mart."""

from __future__ import annotations

from breaking import AGENT_DAY, DIGITAL_MARTS, delete, update

RATE_MARTS = {
    "marts.session_analysis_daily": "score_3_rate",
    "marts.session_analysis_aggregated": "score_1_rate",
    "marts.satisfaction_daily": "session_rate",
    "marts.agent_analysis_daily": "busy_rate",
    "marts.agent_analysis_aggregated": "satisfaction_rate",
    "marts.digital_metrics_daily": "focus_rate",
    "marts.digital_metrics_aggregated": "first_response_rate",
    "marts.digital_metrics_by_tag_daily": "focus_rate",
    "marts.session_metrics_daily": "session_abandoned_rate",
    "marts.session_metrics_aggregated": "session_service_level_rate",
    "marts.contact_metrics_daily": "transfer_rate",
    "marts.contact_metrics_aggregated": "transfer_rate",
    "marts.agent_activity_interval": "utilisation_rate",
    "marts.agent_activity_daily": "occupancy_rate",
    "marts.agent_activity_aggregated": "occupancy_of_active_rate",
    "marts.sla_metrics_daily": "sla_met_rate",
    "marts.queue_metrics_interval": "service_level_rate",
    "marts.queue_metrics_daily": "abandoned_rate",
    "marts.queue_metrics_aggregated": "service_level_of_ended_rate",
    "marts.bot_metrics_daily": "bot_containment_rate",
    "marts.survey_metrics_daily": "top_1_rate",
    "marts.survey_metrics_aggregated": "bottom_2_rate",
    "marts.survey_requests_daily": "survey_response_rate",
    "marts.resolution_metrics_daily": "repeat_rate",
    "marts.resolution_metrics_aggregated": "first_contact_resolution_rate",
}

# For each invariant the ways in which it is broken: each is one small change of one table.
OF_SESSIONS: dict[str, list[str]] = {
    "daily_sums_equal_aggregated": [
        update("marts.agent_analysis_daily",
               "customer_message_count = customer_message_count + 1", AGENT_DAY),
        update("marts.session_analysis_daily", "queue_seconds = queue_seconds + 0.01"),
        update("marts.digital_metrics_aggregated", "close_count = close_count + 1",
               "close_count >= 0"),
        update("marts.digital_metrics_daily", "disposition = 'another'"),
        delete("marts.digital_metrics_daily"),
        "alter table marts.session_analysis_daily add column new_count bigint default 1",
    ],
    "digital_agent_sessions_add_up": [
        update("marts.agent_analysis_daily",
               "unreplied_session_count = unreplied_session_count + 1", AGENT_DAY),
        update("marts.fct_agent_sessions", "customer_message_count = 0",
               "is_digital and customer_message_count > 0"),
    ],
    "digital_marts_equal_facts": [
        update("marts.fct_agent_contacts", "first_response_seconds = first_response_seconds + 0.01",
               "is_digital and first_response_seconds > 0"),
        update("marts.fct_agent_contacts", "is_digital = false, is_voice = true", "is_digital"),
        delete("marts.fct_focus"),
        delete(
            "marts.fct_session_closes",
            "agent_contact_id in (select agent_contact_id from marts.fct_agent_contacts"
            " where is_digital)",
        ),
        update("marts.digital_metrics_daily", "date_day = date_day + 1"),
        "alter table marts.digital_metrics_aggregated add column new_seconds double default 1",
    ],
    "feed_quality_adds_up": [
        update("marts.feed_quality", "raw_row_count = raw_row_count + 1"),
        update("marts.feed_quality", "quarantined_row_count = null, is_measured = false"),
        delete("marts.quarantined_rows"),
        update("marts.quarantined_rows", "table_name = 'raw_unknown'"),
    ],
    "follow_on_responses_add_up": [
        update("marts.digital_metrics_daily",
               "follow_on_response_count = follow_on_response_count + 1",
               "agent_response_count > 0"),
        update("marts.fct_agent_contacts", "agent_response_count = 0", "agent_response_count > 0"),
    ],
    "histogram_equals_durations": [
        update("marts.duration_histogram_daily", "duration_count = duration_count + 1"),
        update("marts.duration_histogram_daily", "duration_seconds = duration_seconds + 1"),
        update("marts.duration_histogram_daily", "upper_seconds = 45",
               "measure = 'first_response' and upper_seconds = 30"),
        delete("marts.duration_histogram_daily"),
    ],
    "percentiles_are_in_order": [
        "create or replace macro marts.duration_percentiles(from_date, to_date) as table"
        " select 1 as duration_count, 2 as p50_seconds, 2 as p75_seconds, 1 as p90_seconds,"
        " 3 as p95_seconds, 4 as p99_seconds, 5 as longest_seconds",
        "create or replace macro marts.duration_percentiles(from_date, to_date) as table"
        " select 1 as duration_count, 1 as p50_seconds, 2 as p75_seconds, 3 as p90_seconds,"
        " 4 as p95_seconds, 5 as p99_seconds, 4 as longest_seconds",
    ],
    "ranges_equal_all_days": [
        *[
            delete(f"marts.{family}_aggregated")
            for family in (
                "queue_metrics", "contact_metrics", "agent_activity", "session_metrics",
                "resolution_metrics",
            )
        ],
        update("marts.queue_metrics_daily", "longest_queue_seconds = 1e9"),
    ],
    "session_metrics_equal_session_analysis": [
        update("marts.session_metrics_daily", "queued_session_count = queued_session_count + 1"),
        update("marts.session_metrics_daily", "queue_seconds = queue_seconds + 1"),
        delete("marts.session_metrics_daily"),
    ],
    "intervals_sum_to_days": [
        update("marts.agent_activity_interval", "idle_seconds = idle_seconds + 1"),
        update("marts.agent_activity_daily", "offer_count = offer_count + 1", "offer_count >= 0"),
        update("marts.queue_metrics_interval", "queued_leg_count = queued_leg_count + 1"),
        update("marts.queue_metrics_daily", "answered_queue_seconds = answered_queue_seconds + 1"),
        delete("marts.queue_metrics_interval"),
    ],
    "quarter_hours_tile_the_day": [
        delete("marts.dim_intervals"),
        update("marts.dim_intervals", "date_day = date_day + 1"),
        update("marts.dim_intervals",
               "interval_started_at = interval_started_at - interval '15 minutes'",
               "date_day = '2026-03-10'"),
        "insert into marts.dim_intervals from marts.dim_intervals limit 1",
    ],
    "queue_legs_add_up": [
        *[
            update("marts.queue_metrics_daily", f"{column} = {column} + 1000")
            for column in (
                "queued_leg_count", "open_leg_count", "retry_leg_count",
                "answered_within_leg_count", "abandoned_within_leg_count",
                "short_abandoned_leg_count", "dequeued_leg_count",
            )
        ],
        update("marts.queue_metrics_aggregated", "service_level_of_answered_rate = 0",
               "service_level_rate > 0"),
        update("marts.queue_metrics_aggregated", "service_level_of_ended_rate = 1",
               "service_level_rate < 1"),
        update("marts.queue_metrics_interval", "longest_queue_seconds = 0",
               "avg_answer_seconds > 0"),
        update("marts.queue_metrics_interval", "longest_queue_seconds = null",
               "answered_leg_count > 0"),
    ],
    "queue_marts_equal_facts": [
        update("intermediate.queue_leg_facts", "result = 'flowed_out'", "result = 'abandoned'"),
        update("intermediate.queue_leg_facts", "queued_date = queued_date + 1"),
        update("intermediate.queue_leg_facts", "skill_id = 'another'"),
        update("marts.queue_metrics_daily", "answered_queue_seconds = answered_queue_seconds + 1"),
        delete("marts.queue_metrics_aggregated"),
        "alter table marts.queue_metrics_daily add column new_count bigint default 1",
    ],
    "queued_sessions_add_up": [
        update("marts.session_analysis_daily", "waiting_session_count = waiting_session_count + 1"),
        update("marts.session_analysis_aggregated",
               "answered_within_session_count = answered_queued_session_count + 1"),
        update("marts.session_analysis_aggregated", "abandoned_session_count = null"),
    ],
    "queue_legs_end_once": [
        update("intermediate.queue_leg_facts", "outcome = 'lost'"),
        update("intermediate.queue_leg_facts", "outcome = null"),
        update("intermediate.queue_leg_facts", "ended_at = queued_at - interval '1 second'",
               "outcome = 'accepted'"),
        update("intermediate.queue_leg_facts", "ended_at = null", "outcome = 'accepted'"),
        update("intermediate.queue_leg_facts", "outcome = 'open'", "outcome = 'abandoned'"),
    ],
    "queue_seconds_equal_legs": [
        update("intermediate.queue_leg_facts", "queue_seconds = queue_seconds + 1",
               "is_before_first_acceptance"),
        delete("intermediate.queue_leg_facts", "is_before_first_acceptance and queue_seconds > 0"),
        update("intermediate.session_facts", "queue_seconds = null", "is_accepted"),
        update("intermediate.session_facts", "queue_seconds = 0", "queue_seconds is null"),
    ],
    "ranges_equal_days": [
        *[
            f"create or replace macro marts.{family}(from_date, to_date) as table"
            f" (from marts.{family}_aggregated)"
            for family in (
                "session_analysis", "agent_analysis", "digital_metrics", "queue_metrics",
                "resolution_metrics",
            )
        ],
        update("marts.agent_analysis_daily", "message_count = message_count + 1",
               "date_day = (select min(date_day) from marts.session_analysis_daily)"),
    ],
    "rates_are_proportions": [
        *[update(mart, f"{column} = 1.01") for mart, column in RATE_MARTS.items()],
        update("marts.agent_analysis_daily", "idle_rate = -0.01"),
        "alter table marts.digital_metrics_daily add column new_rate double default 2",
    ],
    "responded_contacts_are_contacts": [
        *[
            update(mart, "responded_agent_contact_count = digital_agent_contact_count + 1",
                   "digital_agent_contact_count > 0")
            for mart in DIGITAL_MARTS
        ],
        update("marts.digital_metrics_daily",
               "answered_agent_contact_count = agent_contact_count + 1"),
    ],
    "response_times_are_never_negative": [
        update("intermediate.turns", "response_seconds = -1"),
        update("intermediate.session_facts", "first_response_seconds = -0.001"),
        update("marts.fct_agent_sessions", "response_seconds = -0.001"),
        update("marts.fct_agent_contacts", "follow_on_response_seconds = -0.001"),
    ],
    "responses_add_up": [
        *[
            update(mart, "response_count = response_count + 1", "response_count > 0")
            for mart in DIGITAL_MARTS
        ],
        update("marts.digital_metrics_daily", "response_count = null", "response_count > 0"),
    ],
    "satisfaction_equals_evaluations": [
        delete("marts.satisfaction_daily"),
        update("marts.satisfaction_daily", "score = 2", "score = 1"),
        update("marts.satisfaction_daily", "session_count = session_count + 1"),
        update("marts.satisfaction_daily", "session_rate = session_rate + 0.001"),
        update("marts.satisfaction_daily", "date_day = date '1999-12-31'"),
        "insert into marts.satisfaction_daily from marts.satisfaction_daily limit 1",
    ],
    "scores_sum_to_evaluations": [
        update("marts.session_analysis_daily",
               "score_4_session_count = score_4_session_count + 1", "score_5_session_count > 0"),
        update("marts.session_analysis_aggregated", "score_2_rate = score_2_rate + 0.001"),
        update("marts.session_analysis_aggregated", "score_2_rate = null"),
    ],
    "session_marts_equal_facts": [
        delete("intermediate.session_facts"),
        update("intermediate.session_facts", "score = 1", "score = 5"),
        update("intermediate.session_facts", "session_seconds = session_seconds + 0.01",
               "session_seconds > 0"),
        update("marts.session_analysis_aggregated", "response_count = response_count - 1"),
        "alter table marts.session_analysis_daily add column new_count bigint default 1",
    ],
    "tag_counts_equal_attachments": [
        delete("marts.fct_tag_attachments", "is_digital"),
        update("marts.tag_metrics_daily", "tag_count = tag_count + 1"),
        update("marts.tag_metrics_daily", "tagged_session_count = 0", "tagged_session_count > 0"),
        update("marts.tag_metrics_daily", "tag_name = 'another'"),
    ],
    "tag_figures_equal_contacts": [
        delete("marts.digital_metrics_by_tag_daily", "agent_message_count > 0"),
        update(
            "marts.digital_metrics_by_tag_daily", "agent_contact_count = agent_contact_count + 1"
        ),
        update("marts.digital_metrics_by_tag_daily", "close_count = 0", "close_count > 0"),
        update("marts.digital_metrics_by_tag_daily", "tag_name = 'another'"),
    ],
    "turns_alternate": [
        update("intermediate.turns", "is_agent = not is_agent, agent_id = null", "turn_number = 2"),
        update("intermediate.turns", "is_response = not is_response", "turn_number = 2"),
        delete("intermediate.turns", "turn_number = 1 and session_key in"
               " (select session_key from intermediate.turns where turn_number = 2)"),
        update("intermediate.turns", "started_at = started_at - interval '1 day'",
               "turn_number = 2"),
        "insert into intermediate.turns from intermediate.turns limit 1",
    ],
    "turns_hold_every_message": [
        delete(
            "staging.checked_messages",
            "row_outcome = 'accepted' and sender_type = 'agent'"
            " and coalesce(origin, 'human') = 'human'"
            " and coalesce(visibility, 'public') = 'public'",
        ),
        delete("intermediate.turns"),
        update("intermediate.turns", "message_count = message_count + 1"),
    ],
}
