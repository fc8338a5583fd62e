"""Figures as a vendor would have them who does one thing otherwise: for each reason of
scripts/contact_center/reconciling a query of the facts that was written without it. Of companies of
the odd data: acme-us, in New York, whose local day `day(x)` is, and of queues nordlicht."""

# A day of each session's start, and who took part.
SESSIONS = "marts.fct_sessions where company_id = 'acme-us'"
AGENT_SESSIONS = "marts.fct_agent_sessions where company_id = 'acme-us'"
CONTACTS = "marts.fct_agent_contacts where company_id = 'acme-us'"
ACTIVITY = "marts.fct_agent_activity where company_id = 'acme-us'"
LEGS = "marts.fct_queue_legs where company_id = 'nordlicht'"
JOINED = f"""
    (select contacts.*, sessions.started_at, sessions.last_closed_at, sessions.is_closed
     from (select * from {CONTACTS}) as contacts
     inner join marts.fct_sessions as sessions on contacts.session_id = sessions.session_id)
"""
CLOSES = f"""
    (select closes.*, contacts.agent_id
     from marts.fct_session_closes as closes
     inner join (select * from {CONTACTS}) as contacts
         on closes.agent_contact_id = contacts.agent_contact_id
     where contacts.is_digital)
"""
WROTE = "(select distinct session_id from staging.stg_messages where sender_type = 'bot')"


def by_day(day: str, value: str, rows: str) -> str:
    return f"select {day} as date_day, {value} as value from {rows} group by 1"


def by_agent(day: str, value: str, rows: str) -> str:
    return f"select {day} as date_day, agent_id, {value} as value from {rows} group by 1, 2"


START, RECEIVED = "session_date", "first_accepted_date"
WITHIN_30 = "count(*) filter (where is_digital and first_response_seconds <= 30)"
LEVEL = "count(*) filter (where result = 'answered' and is_within_service_level)"


def messages(condition: str, of_all: bool) -> str:
    """With messages that A16 (of all: A15) leaves out, on the day of the agent session."""
    further = (
        "select session_id, sender_id as agent_id, count(*) as further from staging.stg_messages"
        f" where sender_type = 'agent' and {condition} group by all"
    )
    own = "message_count" if of_all else "agent_message_count"
    return by_agent(
        RECEIVED, f"sum({own} + coalesce(further, 0))",
        f"(select * from {AGENT_SESSIONS}) left join ({further}) using (session_id, agent_id)",
    )


# reason, figure, query
SINGLE = [
    ("day_of_acceptance", "S2", by_day("day(first_accepted_at)", "count(*)",
                                       f"{SESSIONS} and is_accepted")),
    ("day_of_close", "S1", by_day("day(last_closed_at)", "count(*)", f"{SESSIONS} and is_closed")),
    ("day_of_start", "A9", by_agent("session_date", "count(*)", f"""
        (select * from {AGENT_SESSIONS}) inner join
        (select session_id, session_date from marts.fct_sessions) using (session_id)""")),
    ("day_of_end", "N3", by_agent("day(ended_at)", "sum(agent_message_count)",
                                  f"{JOINED} where is_digital and is_ended")),
    ("day_of_evaluation", "S4", by_day("submitted_date", "count(*)", """
        marts.fct_evaluations
        where company_id = 'acme-us' and kind = 'csat' and scale_max = 5""")),
    ("every_day_touched", "S1", f"""
        select unnest(cast(generate_series(
            cast(session_date as timestamp),
            cast(coalesce(day(last_closed_at), session_date) as timestamp), interval 1 day
        ) as date [])) as date_day, session_id from {SESSIONS}"""),
    ("utc_day", "S1", by_day("cast(started_at as date)", "count(*)", SESSIONS)),
    ("vendor_zone", "S1", by_day(
        "cast(timezone('Asia/Tokyo', cast(started_at as timestamptz)) as date)", "count(*)",
        SESSIONS)),
    ("utc_day", "Q1", by_day("cast(queued_at as date)", "count(*)", LEGS)),
    ("utc_day", "N20", by_day("cast(attached_at as date)", "count(*)", """
        marts.fct_tag_attachments where company_id = 'acme-us' and is_digital""")),
    ("each_agent_contact", "A9", by_agent(RECEIVED, "sum(agent_contact_count)", AGENT_SESSIONS)),
    ("only_last_agent", "A14", by_agent(RECEIVED, "sum(session_seconds)",
                                        f"{AGENT_SESSIONS} and not is_transferred_out")),
    ("only_first_agent", "A9", by_agent(RECEIVED, "count(*)",
                                        f"{AGENT_SESSIONS} and not is_transferred_in")),
    ("transfers_received_too", "A10", by_agent(
        RECEIVED, "count(*)", f"{AGENT_SESSIONS} and (is_transferred_out or is_transferred_in)")),
    ("session_credited_whole", "A12", by_agent(RECEIVED, "count(*)", f"""
        (select * from {AGENT_SESSIONS}) inner join
        (select session_id, closed_by, is_closed from marts.fct_sessions) using (session_id)
        where is_closed and closed_by = 'agent'""")),
    ("reopening_is_a_session", "S1", by_day(START, "sum(1 + reopened_count)", SESSIONS)),
    ("without_reopened", "S7", by_day(START, "avg(session_seconds)",
                                      f"{SESSIONS} and reopened_count = 0")),
    ("first_close", "S7", by_day(
        START, "avg(epoch_us(first_closed_at) - epoch_us(first_accepted_at)) / 1e6", f"""
        (select * from {SESSIONS} and session_seconds is not null) inner join
        (select session_id, closed_at as first_closed_at from marts.fct_session_closes
         where close_number = 1) using (session_id)""")),
    ("every_close", "N12", by_day("closed_date", "count(*)", CLOSES)),
    ("first_close_only", "N12", by_day("closed_date", "count(*)",
                                       f"{CLOSES} where close_number = 1")),
    ("without_bots", "S1", by_day(START, "count(*)", f"{SESSIONS} and session_id not in {WROTE}")),
    ("without_bot_only", "S1", by_day(START, "count(*)", f"""
        {SESSIONS} and (session_id not in {WROTE} or was_queued or is_accepted)""")),
    ("internal_messages", "A16", messages("visibility = 'internal'", of_all=False)),
    ("internal_messages", "A15", messages("visibility = 'internal'", of_all=True)),
    ("automatic_messages", "A16", messages("origin in ('auto_reply', 'campaign')", of_all=False)),
    ("bot_messages", "A15", by_agent(RECEIVED, "sum(message_count + coalesce(further, 0))", f"""
        (select * from {AGENT_SESSIONS}) left join
        (select session_id, count(*) as further from staging.stg_messages
         where sender_type = 'bot' group by all) using (session_id)""")),
    ("automatic_answers", "S8", by_day(
        START, "avg(least(first_response_seconds, automatic_seconds))", f"""
        (select * from {SESSIONS}) left join (
            select sessions.session_id,
                min(epoch_us(sent_at) - epoch_us(first_accepted_at)) / 1e6 as automatic_seconds
            from marts.fct_sessions as sessions
            inner join staging.stg_messages as messages
                on sessions.session_id = messages.session_id and sent_at >= first_accepted_at
            where sender_type = 'bot' or origin != 'human' group by all
        ) using (session_id)""")),
    ("last_message_clock", "S9", by_day(START, "avg(nullif(mean, 0))", f"""
        (select * from {SESSIONS}) inner join (
            select answers.session_id, avg(least(
                answers.response_seconds,
                (epoch_us(answers.started_at) - epoch_us(asked.ended_at)) / 1e6
            )) as mean
            from marts.fct_turns as answers
            inner join marts.fct_turns as asked
                on answers.session_id = asked.session_id
                and answers.turn_number = asked.turn_number + 1
            where answers.side = 'agent' and answers.is_response group by all
        ) using (session_id)""")),
    ("without_open", "S2", by_day(START, "count(*)", f"{SESSIONS} and is_closed and is_accepted")),
    ("only_accepted", "S1", by_day(START, "count(*)", f"{SESSIONS} and is_accepted")),
    ("without_voice", "S7", by_day(START, "avg(session_seconds)", f"{SESSIONS} and not is_voice")),
    ("only_voice", "S6", by_day(START, "avg(queue_seconds)",
                                f"{SESSIONS} and is_voice and is_accepted")),
    ("only_inbound", "S1", by_day(START, "count(*)", f"{SESSIONS} and direction = 'inbound'")),
    ("only_by_customers", "S1", by_day(START, "count(*)",
                                       f"{SESSIONS} and initiated_by = 'customer'")),
    ("from_start", "S7", by_day(START, "avg(epoch_us(last_closed_at) - epoch_us(started_at)) / 1e6",
                                f"{SESSIONS} and session_seconds is not null")),
    ("pooled_mean", "S9", by_day(START, "sum(response_seconds) / nullif(sum(response_count), 0)",
                                 SESSIONS)),
    ("pooled_mean", "A22", by_agent(
        RECEIVED, "sum(response_seconds) / nullif(sum(response_count), 0)", AGENT_SESSIONS)),
    ("of_all_channels", "A21", by_agent(RECEIVED, f"{WITHIN_30} / count(*)", AGENT_SESSIONS)),
    ("of_answered", "A21", by_agent(
        RECEIVED, f"{WITHIN_30} / nullif(count(first_response_seconds), 0)", AGENT_SESSIONS)),
    ("waits_of_all", "S6", by_day(START, "avg(queue_seconds)",
                                  f"{SESSIONS} and (is_accepted or was_queued)")),
    ("queued_only", "S6", by_day(START, "avg(queue_seconds)",
                                 f"{SESSIONS} and is_accepted and was_queued")),
    ("without_inferred", "A3", by_agent("date_day", """
        sum(case when is_end_inferred then 0 else state_seconds end)""", """
        marts.fct_agent_states where company_id = 'acme-us' and state = 'idle'""")),
    ("first_leg_only", "Q1", by_day("queued_date", "count(*)", f"{LEGS} and leg_number = 1")),
    ("flowed_out_is_abandoned", "Q3", by_day("queued_date", "count(*)", f"""
        {LEGS} and (result = 'abandoned' or result = 'flowed_out' and outcome != 'requeued')""")),
    ("without_short_abandoned", "Q1", by_day("queued_date", "count(*)", f"""
        {LEGS} and not (result = 'abandoned' and queue_seconds <= short_abandon_seconds)""")),
    ("level_of_answered", "Q6", by_day(
        "queued_date", f"{LEVEL} / count(*) filter (where result = 'answered')", LEGS)),
    ("level_of_ended", "Q6", by_day(
        "queued_date", f"{LEVEL} / count(*) filter (where result != 'open')", LEGS)),
    ("level_of_queued", "Q7", by_day(
        "queued_date", "count(*) filter (where result = 'abandoned') / count(*)", LEGS)),
    ("level_without_early", "Q6", by_day("queued_date", f"""{LEVEL} / count(*) filter (
        where result = 'answered' or result = 'abandoned' and not is_within_service_level)""",
                                         LEGS)),
    ("level_with_early", "Q6", by_day("queued_date", """count(*) filter (
        where result in ('answered', 'abandoned') and is_within_service_level
        ) / count(*) filter (where result in ('answered', 'abandoned'))""", LEGS)),
    ("level_without_short", "Q6", by_day("queued_date", f"""{LEVEL} / count(*) filter (
        where result = 'answered' or result = 'abandoned' and queue_seconds > short_abandon_seconds
        )""", LEGS)),
    ("handle_without_wrap_up", "H1", by_agent("date_day", "avg(contact_seconds)", CONTACTS)),
    ("contact_without_hold", "H2", by_agent("date_day", "avg(engaged_seconds)", CONTACTS)),
    ("over_all_contacts", "H3", by_agent("date_day", "avg(hold_seconds)", CONTACTS)),
    ("occupancy_by_sum", "O4", by_agent("date_day", """
        sum(activity_seconds * concurrency) filter (where state in ('idle', 'busy', 'break'))
        / nullif(sum(activity_seconds) filter (where state in ('idle', 'busy')), 0)""", ACTIVITY)),
    ("occupancy_of_active", "O4", by_agent("date_day", """
        sum(activity_seconds) filter (where state in ('idle', 'busy') and concurrency > 0)
        / nullif(sum(activity_seconds) filter (where state in ('idle', 'busy') and concurrency > 0
            or state = 'idle' and concurrency = 0), 0)""", ACTIVITY)),
    ("occupancy_of_presence", "O4", by_agent("date_day", """
        sum(activity_seconds) filter (where state in ('idle', 'busy', 'break') and concurrency > 0)
        / nullif(sum(activity_seconds) filter (where state in ('idle', 'busy', 'break')), 0)""",
                                             ACTIVITY)),
    ("rate_of_all_offers", "O7", by_agent(
        "date_day", "count(*) filter (where outcome = 'accepted') / count(*)",
        "marts.fct_offers where company_id = 'acme-us'")),
    ("utc_day", "O1", by_agent("cast(day as date)", """
        sum(epoch_us(least(ended_at, day + interval 1 day)) - epoch_us(greatest(started_at, day)))
        / 1e6""", """
        marts.fct_agent_activity inner join generate_series(
            timestamp '2026-03-01', timestamp '2026-04-02', interval 1 day
        ) as days(day) on started_at < day + interval 1 day and ended_at > day
        where company_id = 'acme-us' and state in ('idle', 'busy')""")),
    ("mean_over_others", "N9", by_agent("date_day", "avg(customer_response_count)",
                                        f"{CONTACTS} and is_digital")),
]
PAIRS = [
    ({"day_of_close", "without_voice"}, "S1", by_day(
        "day(last_closed_at)", "count(*)", f"{SESSIONS} and is_closed and not is_voice")),
    ({"utc_day", "without_bots"}, "S1", by_day(
        "cast(started_at as date)", "count(*)", f"{SESSIONS} and session_id not in {WROTE}")),
    ({"utc_day", "only_last_agent"}, "A9", by_agent(
        "cast(first_accepted_at as date)", "count(*)",
        f"{AGENT_SESSIONS} and not is_transferred_out")),
    ({"day_of_acceptance", "without_reopened"}, "S7", by_day(
        "day(first_accepted_at)", "avg(session_seconds)", f"{SESSIONS} and reopened_count = 0")),
    ({"utc_day", "pooled_mean"}, "S9", by_day(
        "cast(started_at as date)", "sum(response_seconds) / nullif(sum(response_count), 0)",
        SESSIONS)),
    ({"without_voice", "first_leg_only"}, "Q2", by_day("queued_date", "count(*)", f"""
        (select * from {LEGS} and leg_number = 1 and result = 'answered') inner join
        (select session_id from marts.fct_sessions where not is_voice) using (session_id)""")),
]
