-- The queues of each agent. Those that ADDMEMBER and REMOVEMEMBER tell are the agent's as these
-- say; any other from half a day before the log first shows the agent there, answering, ringing or
-- pausing, until half a day after the last time.
{{ config(materialized='table') }}

with members as (
    select distinct
        agent_id,
        queue_name
    from {{ ref('asterisk_memberships') }}
),

pausing as (
    select
        agent_id,
        queue_name,
        occurred_at
    from {{ ref('asterisk_agent_lines') }}
    where meaning in ('paused', 'unpaused') and queue_name is not null
),

signs as (
    select * from pausing

    union all

    select
        agent_id,
        queue_name,
        occurred_at
    from {{ ref('asterisk_call_events') }}
    where
        meaning in ('accepted', 'missed')
        and queue_name is not null
        -- Who only ever pauses in all queues is paused in each of them.
        and agent_id in (select pausing.agent_id from pausing)
)

select
    agent_id,
    queue_name,
    true as is_told,
    cast(null as timestamp) as shown_from,
    cast(null as timestamp) as shown_until
from members

union all

select
    signs.agent_id,
    signs.queue_name,
    false as is_told,
    min(signs.occurred_at) - interval 12 hours as shown_from,
    max(signs.occurred_at) + interval 12 hours as shown_until
from signs
anti join members
    on signs.agent_id = members.agent_id
    and signs.queue_name = members.queue_name
group by signs.agent_id, signs.queue_name
