"""What breaks the invariants of agents, their presence and their work."""

from __future__ import annotations

from breaking import AGENT_DAY, INNER_STATE, delete, update

# For each invariant the ways in which it is broken: each is one small change of one table.
OF_AGENTS: dict[str, list[str]] = {
    "agent_contact_ids_exist": [
        delete(
            "marts.fct_agent_contacts",
            "agent_contact_id in (select agent_contact_id from marts.fct_focus)",
        ),
        update("marts.fct_session_closes", "agent_contact_id = session_id || '#0'"),
    ],
    "agent_contacts_never_overlap": [
        update(
            "marts.fct_agent_contacts",
            "ended_at = ended_at + interval '1 second', contact_seconds = contact_seconds + 1",
            "ended_by = 'accepted'",
        ),
        update(
            "marts.fct_agent_contacts",
            "ended_at = null, contact_seconds = null, is_ended = false",
            "ended_by = 'accepted'",
        ),
        update(
            "marts.fct_agent_contacts",
            "ended_at = accepted_at - interval '1 second', contact_seconds = -1",
            "is_ended",
        ),
        update("marts.fct_agent_contacts", "contact_number = contact_number + 1"),
        update("marts.fct_agent_contacts", "contact_seconds = contact_seconds + 1", "is_ended"),
    ],
    "agent_marts_equal_facts": [
        update("marts.fct_agent_sessions", "is_transferred_out = not is_transferred_out"),
        update("marts.fct_agent_sessions", "customer_id = null",
               "(agent_id, customer_id) in (select (agent_id, customer_id)"
               " from marts.fct_agent_sessions group by agent_id, customer_id"
               " having count(*) = 1)"),
        update("marts.fct_agent_sessions", "first_accepted_date = first_accepted_date + 1"),
        update("marts.fct_agent_states", "state_seconds = state_seconds + 0.01"),
        delete("marts.agent_analysis_aggregated"),
        update("marts.agent_analysis_daily", "busy_seconds = busy_seconds + 1", AGENT_DAY),
        "alter table marts.agent_analysis_daily add column new_count bigint default 1",
    ],
    "agent_messages_add_up": [
        update("marts.agent_analysis_daily", "message_count = message_count + 1", AGENT_DAY),
        update("marts.agent_analysis_aggregated", "agent_message_count = agent_message_count - 1"),
        update("marts.agent_analysis_aggregated", "message_count = null"),
    ],
    "agent_ranges_equal_facts": [
        update("marts.agent_analysis_daily", "customer_count = customer_count + 1"),
        update("marts.agent_analysis_daily", "first_login_at = null", "first_login_at is not null"),
        update("marts.agent_analysis_aggregated", "last_logout_at = null",
               "last_logout_at is not null"),
        delete("marts.fct_agent_logins", "event_type = 'logout'"),
        "create or replace macro marts.agent_analysis(from_date, to_date) as table"
        " (from marts.agent_analysis_aggregated)",
    ],
    "agent_states_never_overlap": [
        update(
            "marts.fct_agent_states",
            "started_at = started_at + interval '1 second',"
            " ended_at = ended_at + interval '1 second'",
            INNER_STATE,
        ),
        update("marts.fct_agent_states", "state_seconds = state_seconds + 1"),
        "insert into marts.fct_agent_states from marts.fct_agent_states limit 1",
    ],
    "facts_have_their_days": [
        delete("marts.dim_dates", "date_day in (select date_day from marts.agent_analysis_daily)"),
        update("intermediate.queue_leg_facts", "queued_date = null"),
        update("marts.tag_metrics_daily", "date_day = date '1999-12-31'"),
    ],
    "facts_have_their_dimensions": [
        *[
            delete(f"marts.dim_{plural}", f"{key} in (select {key} from marts.fct_agent_contacts)")
            for plural, key in {
                "agents": "agent_id",
                "campaigns": "campaign_id",
                "channels": "channel_id",
                "companies": "company_id",
                "skills": "skill_id",
                "teams": "team_id",
            }.items()
        ],
        update("marts.fct_session_closes", "closed_by_agent_id = 'nobody'"),
        update("marts.dim_teams", "company_id = 'nobody'"),
    ],
    "presence_fits_the_day": [
        update("marts.agent_analysis_daily", "idle_seconds = 86401", "date_day = '2026-03-10'"),
        "update intermediate.local_days set day_seconds = 60",
        "delete from intermediate.local_days",
    ],
    "presence_has_no_gap": [
        delete("marts.fct_agent_states", INNER_STATE),
        update(
            "marts.fct_agent_states",
            "ended_at = ended_at - interval '1 second', state_seconds = state_seconds - 1",
            INNER_STATE,
        ),
    ],
    "activity_adds_up": [
        *[
            update("marts.agent_activity_daily", f"{column} = {column} + 100000")
            for column in (
                "idle_seconds", "ready_seconds", "presence_seconds", "ready_handling_seconds",
                "unoccupied_idle_seconds", "handling_seconds",
            )
        ],
        update("marts.agent_activity_daily", "offer_count = offer_count + 1", "offer_count >= 0"),
        update("marts.agent_activity_aggregated", "max_concurrency = 0", "handling_seconds > 0"),
        update("marts.agent_activity_interval", "in_hand_seconds = 0", "handling_seconds > 0"),
        update("marts.agent_activity_interval",
               "handling_seconds = 901, ready_handling_seconds = 901, in_hand_seconds = 901,"
               " break_handling_seconds = 0, ready_seconds = 901, idle_seconds = 901,"
               " busy_seconds = 0, break_seconds = 0, presence_seconds = 901, avg_concurrency = 1",
               "max_concurrency = 1"),
    ],
    "activity_equals_presence": [
        update("marts.agent_activity_daily", "busy_seconds = busy_seconds + 1"),
        delete("marts.agent_activity_daily", "idle_seconds > 0"),
        update("marts.agent_analysis_daily", "break_seconds = break_seconds + 1",
               "idle_seconds > 0"),
    ],
    "attributed_seconds_are_handling": [
        update("marts.fct_agent_contacts", "attributed_seconds = attributed_seconds + 1"),
        update("marts.fct_agent_contacts", "attributed_seconds = attributed_seconds - 1",
               "attributed_seconds > 1"),
        update("marts.agent_activity_aggregated", "handling_seconds = 0", "handling_seconds > 0"),
    ],
    "contact_marts_equal_facts": [
        update("marts.fct_agent_contacts", "contact_seconds = contact_seconds + 1", "is_ended"),
        update("marts.fct_agent_contacts", "attributed_seconds = attributed_seconds + 1"),
        update("marts.fct_agent_contacts", "accepted_date = accepted_date + 1"),
        update("marts.contact_metrics_daily", "disposition = 'another'"),
        delete("marts.contact_metrics_aggregated"),
        "alter table marts.contact_metrics_daily add column new_count bigint default 1",
    ],
    "handling_adds_up": [
        update("marts.fct_agent_contacts", "engaged_seconds = engaged_seconds + 1",
               "engaged_seconds > 0"),
        update("marts.fct_agent_contacts", "hold_seconds = null", "hold_seconds >= 0"),
        update("marts.fct_agent_contacts", "handle_seconds = handle_seconds + 1",
               "handle_seconds > 0"),
        update("marts.fct_agent_contacts", "handle_seconds = null, wrap_up_seconds = null",
               "handle_seconds > 0 and wrap_up_seconds = 0"),
        update("marts.fct_agent_contacts",
               "wrap_up_started_at = ended_at - interval '1 second'", "wrap_up_seconds > 0"),
        update("marts.fct_agent_contacts", "attributed_seconds = -1"),
    ],
    "reasons_sum_to_states": [
        update("marts.agent_state_reasons_daily", "state_seconds = state_seconds + 1"),
        delete("marts.agent_state_reasons_daily"),
    ],
    "state_rates_sum_to_one": [
        update("marts.agent_analysis_daily", "break_rate = break_rate + 0.001", AGENT_DAY),
        update("marts.agent_analysis_aggregated", "idle_rate = null"),
    ],
}
