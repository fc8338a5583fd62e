-- A session begins with its SessionBegin, without one with the first that is known of it; the agent
-- began it where a callback says so. What callbacks don't tell its record does.
with callbacks as (
    select
        session_id,
        min(company_id) as company_id,
        arg_min(customer_id, (occurred_at, callback_id)) filter (where customer_id is not null)
            as customer_id,
        arg_min(channel_id, (occurred_at, callback_id)) filter (where channel_id is not null)
            as channel_id,
        bool_or(is_begun_by_agent) as is_begun_by_agent,
        coalesce(
            min(occurred_at) filter (where meaning = 'session_begins'), min(occurred_at)
        ) as occurred_at,
        min(said_at) as said_at
    from {{ ref('tencent_desk_callbacks') }}
    where session_id is not null
    group by session_id
)

select
    coalesce(callbacks.session_id, records.session_id) as session_id,
    coalesce(callbacks.company_id, records.company_id) as company_id,
    coalesce(callbacks.customer_id, records.customer_id) as customer_id,
    coalesce(callbacks.channel_id, records.channel_id) as channel_id,
    case when callbacks.is_begun_by_agent then 'outbound' else 'inbound' end as direction,
    case when callbacks.is_begun_by_agent then 'agent' else 'customer' end as initiated_by,
    coalesce(
        cast(coalesce(callbacks.occurred_at, records.occurred_at) as varchar),
        callbacks.said_at, records.said_at
    ) as started_at
from callbacks
full outer join {{ ref('tencent_desk_records') }} as records
    on callbacks.session_id = records.session_id
