{{ config(
    materialized='incremental',
    meta={'touched_by': 'bot_part', 'day': 'date_day', 'touches': 'days'},
) }}

with parts as (
    select
        *,
        bot_ended_at as ended_at
    from {{ of_touched_bot_parts(ref('session_facts')) }}
    where bot_result is not null
),

ended as (
    select * from parts
    where ended_at is not null
),

-- Only their sessions can follow, and few customers have met a bot.
followers as (
    select * from {{ ref('session_facts') }}
    where customer_id in (select ended.customer_id from ended)
),

nexts as (
    {{ next_sessions('ended', 'followers', bot_repeat_seconds()) | indent(4) }}
),

maturities as (
    select
        parts.*,
        case
            when {{ may_repeat('parts') }}
                then {{ seconds_after('parts.ended_at', bot_repeat_seconds()) }}
        end as matures_at,
        data_span.as_of
    from parts
    cross join {{ ref('data_span') }} as data_span
)

select
    maturities.session_id,
    maturities.company_id,
    maturities.customer_id,
    maturities.session_date as date_day,
    maturities.bot_result as result,
    maturities.ended_at,
    maturities.matures_at,
    nexts.next_session_id,
    coalesce(maturities.matures_at <= maturities.as_of, false) as is_matured,
    coalesce(
        maturities.matures_at <= maturities.as_of
        and maturities.bot_result in ({{ contained_bot_results() }})
        and nexts.next_session_id is null,
        false
    ) as is_verified_contained
from maturities
left join nexts
    on maturities.session_id = nexts.session_id
