-- A call is a session from its first ENTERQUEUE on or, where it never entered a queue, from when one
-- refused it.
with beginnings as (
    select
        call_id,
        detail as customer_id,
        occurred_at as started_at,
        cast(null as varchar) as reported_start
    from {{ ref('asterisk_call_events') }}
    where
        (meaning = 'queued' and entry_number = 1)
        or (meaning = 'refused' and entry_count = 0 and refusal_number = 1)
),

-- Calls of which no beginning can be read.
unreadable as (
    select
        call_id,
        min(detail) as customer_id,
        cast(null as timestamp) as started_at,
        min(reported_time) as reported_start
    from {{ ref('asterisk_events') }}
    where
        meaning in ('queued', 'refused')
        and occurred_at is null
        and call_id not in (select call_id from beginnings)
    group by call_id
),

calls as (
    select * from beginnings
    union all
    select * from unreadable
)

select
    call_id as session_id,
    'asterisk' as company_id,
    customer_id,
    'voice' as channel_id,
    'inbound' as direction,
    cast(null as varchar) as contact_type,
    'customer' as initiated_by,
    {{ asterisk_reported_time('started_at', 'reported_start') }} as started_at
from calls
