-- A call is a session.
with begun as (
    select
        call_id,
        case when meaning != 'refused' then detail end as caller,
        meaning in ('called', 'outcall') as is_outbound,
        began_at as started_at,
        cast(null as varchar) as reported_time
    from {{ ref('asterisk_call_events') }}
    where is_beginning
),

calls as (
    select * from begun

    union all

    -- Calls of which the time of the beginning can't be read.
    select
        call_id,
        min(case when meaning != 'refused' then detail end) as caller,
        bool_or(meaning in ('called', 'outcall')) as is_outbound,
        cast(null as timestamp) as started_at,
        min(reported_time) as reported_time
    from {{ ref('asterisk_events') }}
    where
        not is_usable
        and meaning in ('queued', 'called', 'outcall', 'refused')
        and call_id is not null
        and call_id not in (select begun.call_id from begun)
    group by call_id
)

select
    call_id as session_id,
    'asterisk' as company_id,
    {{ known_caller('caller') }} as customer_id,
    'voice' as channel_id,
    case when is_outbound then 'outbound' else 'inbound' end as direction,
    case when is_outbound then 'agent' else 'customer' end as initiated_by,
    {{ reported_time('asterisk_log', said_as='reported_time', shown='started_at') }} as started_at
from calls
