-- says: a response is timed from the customer's last message before it, not from the first
-- of: sessions
-- figures: S9
-- about: clock
with turns as (
    select
        session_id,
        side,
        is_response,
        started_at,
        response_seconds,
        lag(ended_at) over (partition by session_id order by turn_number) as former_ended_at
    from marts.fct_turns
    where session_id in (select session_id from counted)
),

responses as (
    select
        session_id,
        count(*) as response_count,
        sum(least(
            response_seconds, (epoch_us(started_at) - epoch_us(former_ended_at)) / 1e6
        )) as response_seconds
    from turns
    where side = 'agent' and is_response and response_seconds is not null
    group by session_id
)

select counted.* replace (
    responses.response_seconds as response_seconds,
    responses.response_seconds / responses.response_count as avg_response_seconds
)
from counted
left join responses
    on counted.session_id = responses.session_id
