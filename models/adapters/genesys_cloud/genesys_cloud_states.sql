-- The state of each agent at every instant at which a presence or a routing status begins, or a
-- presence ends with none that follows. `offline` is none of the contract's but the agent's
-- absence.
{{ config(materialized='table') }}

with presences as (
    select
        agent_id,
        word,
        started_at,
        ended_at,
        lead(started_at) over (partition by agent_id order by started_at, ended_at) as next_at
    from {{ ref('genesys_cloud_spans') }}
    where span_kind = 'presence' and started_at is not null and agent_id is not null
),

changes as (
    select
        agent_id,
        started_at as occurred_at,
        2 as change_order,
        word as presence,
        cast(null as varchar) as routing
    from presences

    union all

    -- What comes then isn't in the data: nobody knows that the agent was there.
    select
        agent_id,
        ended_at as occurred_at,
        1 as change_order,
        'offline' as presence,
        null as routing
    from presences
    where ended_at < next_at - interval 1 second

    union all

    select
        agent_id,
        started_at as occurred_at,
        3 as change_order,
        null as presence,
        word as routing
    from {{ ref('genesys_cloud_spans') }}
    where span_kind = 'routing' and started_at is not null and agent_id is not null
),

known as (
    select
        agent_id,
        occurred_at,
        change_order,
        last_value(presence ignore nulls) over so_far as presence,
        last_value(routing ignore nulls) over so_far as routing
    from changes
    window so_far as (
        partition by agent_id
        order by occurred_at, change_order, presence, routing
        rows between unbounded preceding and current row
    )
),

-- Of what changes at one instant the last holds.
instants as (
    select
        agent_id,
        occurred_at,
        arg_max(presence, (change_order, presence, routing)) as presence,
        arg_max(coalesce(routing, ''), (change_order, presence, routing)) as routing
    from known
    group by agent_id, occurred_at
)

select
    agent_id,
    occurred_at,
    case
        when coalesce(presence, 'offline') = 'offline' then 'offline'
        -- A word that isn't known goes on as it is.
        when presence not in {{ genesys_cloud_list(['presence']) }} then presence
        when routing not in {{ genesys_cloud_list(['routing']) }} and routing != '' then routing
        when routing in ('interacting', 'communicating') then 'busy'
        when presence = 'on_queue' and routing != 'not_responding' then 'idle'
        else 'break'
    end as state,
    case when presence = 'on_queue' then routing else presence end as reason
from instants
