"""What breaks the invariants of transfers, resolution, bots and surveys."""

from __future__ import annotations

from breaking import delete, update

# For each invariant the ways in which it is broken: each is one small change of one table.
OF_MATTERS: dict[str, list[str]] = {
    "bot_marts_equal_facts": [
        update("intermediate.session_facts", "bot_result = 'handed_off'", "bot_result = 'left'"),
        update("intermediate.session_facts", "bot_seconds = bot_seconds + 1", "bot_seconds > 0"),
        update("intermediate.bot_part_facts", "is_matured = not is_matured"),
        update("intermediate.bot_part_facts",
               "is_verified_contained = not is_verified_contained"),
        delete("intermediate.bot_part_facts"),
        update("marts.bot_metrics_daily", "bot_running_count = bot_running_count + 1",
               "bot_session_count >= 0"),
        delete("marts.bot_metrics_daily", "bot_session_count > 0"),
    ],
    "bot_sessions_add_up": [
        *[
            update("marts.bot_metrics_daily", f"{column} = {column} + 1000",
                   "bot_session_count > 0")
            for column in (
                "bot_session_count", "bot_left_count", "bot_running_count", "bot_contained_count",
                "bot_matured_count", "bot_verified_contained_count",
            )
        ],
        update("marts.bot_metrics_daily", "bot_matured_count = null", "bot_session_count > 0"),
        update("marts.bot_metrics_daily", "bot_seconds = -1", "bot_session_count > 0"),
        update("marts.bot_metrics_daily", "bot_seconds = null", "bot_session_count > 0"),
    ],
    "resolution_adds_up": [
        update("marts.resolution_metrics_daily",
               "repeated_session_count = matured_session_count + 1"),
        update("marts.resolution_metrics_daily",
               "first_contact_count = matured_accepted_session_count + 1"),
        update("marts.resolution_metrics_daily",
               "matured_accepted_session_count = matured_session_count + 1"),
        update("marts.resolution_metrics_aggregated", "matured_session_count = null"),
        update("marts.resolution_metrics_aggregated",
               "unknown_customer_session_count = closed_session_count + 1"),
        update("marts.resolution_metrics_daily",
               "one_touch_session_count = single_agent_session_count + 1"),
        update("marts.resolution_metrics_aggregated",
               "single_agent_session_count = closed_session_count + 1"),
        update("marts.resolution_metrics_aggregated",
               "reopened_session_count = closed_session_count + 1"),
        update("marts.fct_resolutions", "is_matured = null", "customer_id is not null"),
        update("marts.fct_resolutions", "customer_id = null", "customer_id is not null"),
        update("marts.fct_resolutions", "is_repeated = false", "not is_matured"),
        update("marts.fct_resolutions", "is_repeated = not is_repeated", "is_matured"),
        update("marts.fct_resolutions", "seconds_to_next = 1", "next_session_id is null"),
    ],
    "resolution_marts_equal_facts": [
        delete("marts.fct_resolutions"),
        update("marts.fct_resolutions", "is_repeated = not is_repeated",
               "is_matured and not is_reopened and agent_id is not null"),
        update("marts.fct_resolutions", "closed_date = closed_date + 1"),
        update("marts.fct_resolutions", "skill_id = 'another'"),
        update("marts.resolution_metrics_aggregated",
               "one_touch_session_count = one_touch_session_count + 1",
               "one_touch_session_count >= 0"),
        delete("marts.resolution_metrics_daily"),
        "alter table marts.resolution_metrics_daily add column new_count bigint default 1",
    ],
    "resolutions_are_closed_sessions": [
        delete("marts.fct_resolutions"),
        update("marts.fct_resolutions", "closed_at = closed_at + interval '1 second'"),
        update("marts.fct_resolutions", "session_id = 'another'"),
        update("marts.fct_resolutions", "next_session_id = null", "next_session_id is not null"),
        update("marts.fct_resolutions", "next_session_id = session_id",
               "next_session_id is not null"),
        update("marts.fct_resolutions", "customer_id = 'another'", "next_session_id is not null"),
        update("intermediate.session_facts", "is_closed = false", "is_closed"),
    ],
    "transfers_equal_events": [
        delete("marts.fct_transfers"),
        "insert into marts.fct_transfers from marts.fct_transfers limit 1",
        update("marts.transfers_daily", "transfer_count = transfer_count + 1"),
        update("marts.transfers_daily", "received_transfer_count = received_transfer_count + 1"),
        update("marts.transfers_daily", "date_day = date_day + 1"),
    ],
    "scores_are_evaluations": [
        update("marts.fct_evaluations", "score = score + 1", "kind = 'csat' and scale_max = 5"),
        update("marts.fct_evaluations", "agent_id = 'another'", "kind = 'csat' and scale_max = 5"),
        update("marts.fct_evaluations", "session_date = session_date + 1",
               "kind = 'csat' and scale_max = 5"),
        update("marts.fct_evaluations", "session_id = 'another'",
               "kind = 'csat' and scale_max = 5"),
        update("intermediate.session_facts", "score = null", "score = 5"),
    ],
    "survey_marts_equal_facts": [
        delete("marts.fct_evaluations"),
        update("marts.fct_evaluations", "score = scale_min", "score = scale_max"),
        update("marts.fct_evaluations", "session_date = session_date + 1"),
        update("marts.fct_evaluations", "skill_id = 'another'"),
        update("marts.survey_metrics_aggregated", "top_2_count = top_2_count + 1"),
        delete("marts.survey_metrics_daily"),
        "alter table marts.survey_metrics_daily add column new_count bigint default 1",
    ],
    "survey_requests_equal_rows": [
        delete("marts.survey_requests_daily"),
        update("marts.survey_requests_daily", "requested_count = requested_count + 1"),
        update("marts.survey_requests_daily",
               "answered_request_count = answered_request_count + 1"),
    ],
    "surveys_add_up": [
        update("marts.survey_metrics_daily", "top_1_count = top_2_count + 1"),
        update("marts.survey_metrics_daily", "top_2_count = survey_response_count + 1"),
        update("marts.survey_metrics_aggregated", "bottom_2_count = survey_response_count + 1"),
        update("marts.survey_metrics_aggregated", "avg_score = scale_max + 1"),
        update("marts.survey_metrics_daily", "passive_count = passive_count + 1", "kind = 'nps'"),
        update("marts.survey_metrics_daily", "net_promoter_score = -101", "kind = 'nps'"),
        update("marts.survey_metrics_daily", "net_promoter_score = null", "kind = 'nps'"),
        update("marts.survey_metrics_daily",
               "promoter_count = 0, passive_count = survey_response_count, detractor_count = 0,"
               " net_promoter_score = 0", "kind = 'csat'"),
        update("marts.survey_requests_daily", "answered_request_count = requested_count + 1"),
        update("marts.survey_requests_daily", "answered_request_count = null"),
    ],
}
