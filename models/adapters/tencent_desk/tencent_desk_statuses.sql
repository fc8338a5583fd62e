-- The statuses of agents, each once, with the one before. A callback that was tried again has the
-- RequestID of the first try; without one it says the same, word for word (`copy_count`).
{{ config(materialized='table') }}

with told as (
    select
        nullif(query['RequestID'], '') as request_id,
        {{ tencent_company('cast(null as varchar)') }} as company_id,
        {{ said('member_id') }} as agent_id,
        {{ said_time('event_time') }} as said_at,
        {{ tencent_desk_status('coalesce(' ~ said('status') ~ ', ' ~ said('event') ~ ')') }}
            as status,
        {{ said('rest_reason') }} as reason
    from {{ ref('tencent_desk_documents') }}
    where member_id is not null
),

statuses as (
    select
        request_id,
        company_id,
        agent_id,
        said_at,
        status,
        reason,
        {{ tencent_desk_instant('said_at') }} as occurred_at,
        count(*) as copy_count
    from told
    group by all
)

select
    *,
    concat_ws('|', agent_id, said_at, status, request_id) as event_id,
    lag(status) over (
        partition by agent_id
        order by occurred_at nulls last, status, request_id
    ) as former_status
from statuses
