-- raw_agents: everybody who had a part in a session or a status, with the application in which they
-- were seen first.
with seen as (
    select
        agent_id,
        company_id
    from {{ ref('tencent_desk_callbacks') }}

    union all

    select
        agent_id,
        company_id
    from {{ ref('tencent_desk_records') }}

    union all

    select
        agent_id,
        company_id
    from {{ ref('tencent_desk_statuses') }}
)

select
    agent_id,
    min(company_id) as company_id
from seen
where agent_id is not null
group by agent_id
