-- The sessions that can have a part in the days asked for, each with what a reason may look at besides
-- what the fact has (seen_...). Every kind of rows joins them as `session`.
with submissions as (
    select
        session_id,
        max(submitted_at) as evaluated_at
    from marts.fct_evaluations
    where kind = 'csat' and scale_min = 1 and scale_max = 5
    group by session_id
),

at_hand as (
    select
        sessions.*,
        submissions.evaluated_at as seen_evaluated_at
    from marts.fct_sessions as sessions
    left join submissions
        on sessions.session_id = submissions.session_id
    where
        sessions.started_at < cast($to_date as date) + 3
        and (
            not sessions.is_closed
            or sessions.last_closed_at >= cast($from_date as date) - 3
            or submissions.evaluated_at >= cast($from_date as date) - 3
        )
),

bots as (
    select
        session_id,
        count(*) as bot_message_count
    from staging.stg_messages
    where sender_type = 'bot' and session_id in (select session_id from at_hand)
    group by session_id
),

closes as (
    select
        session_id,
        min(closed_at) as first_closed_at
    from marts.fct_session_closes
    group by session_id
)

select
    at_hand.*,
    companies.time_zone as seen_time_zone,
    coalesce(bots.bot_message_count, 0) as seen_bot_message_count,
    closes.first_closed_at as seen_first_closed_at
from at_hand
inner join marts.dim_companies as companies
    on at_hand.company_id = companies.company_id
left join bots
    on at_hand.session_id = bots.session_id
left join closes
    on at_hand.session_id = closes.session_id
