-- Agents have a number in the reporting interface and an id in the digital stream: here is who is
-- who, so that one person's calls and chats are one person's.
{{ config(materialized='table') }}

with pairs as (
    select
        agent_number,
        agent_id
    from {{ ref('nice_cxone_users') }}

    union all

    select
        {{ nice_cxone_id('agentid') }} as agent_number,
        userid as agent_id
    from {{ ref('nice_cxone_records') }}
    where kind = 'agent'
)

select
    agent_number,
    max(agent_id) as agent_id
from pairs
where agent_number is not null and agent_id is not null
group by agent_number
