-- A call is a session.
with begun as (
    select
        call_id,
        case when meaning = 'queued' then detail end as caller,
        occurred_at as started_at,
        cast(null as varchar) as reported_start
    from {{ ref('asterisk_call_events') }}
    where is_beginning
),

calls as (
    select * from begun

    union all

    -- Calls of which the time of the beginning can't be read.
    select
        call_id,
        min(case when meaning = 'queued' then detail end) as caller,
        cast(null as timestamp) as started_at,
        min(reported_time) as reported_start
    from {{ ref('asterisk_events') }}
    where
        not is_usable
        and meaning in ('queued', 'refused')
        and call_id is not null
        and call_id not in (select begun.call_id from begun)
    group by call_id
)

select
    call_id as session_id,
    'asterisk' as company_id,
    {{ known_caller('caller') }} as customer_id,
    'voice' as channel_id,
    'inbound' as direction,
    'customer' as initiated_by,
    {{ asterisk_reported_time('started_at', 'reported_start') }} as started_at
from calls
