-- The events that bring a device in: every login, and a state event of an agent who is absent.
-- Whether one is absent depends on the state events before it that brought a device in, so those
-- are followed one from the other.
with recursive timeline as (
    select
        *,
        max(case when event_type = 'login' then device_out_position end) over (
            partition by agent_id order by event_position
            rows between unbounded preceding and 1 preceding
        ) as logged_in_until_position
    from {{ ref('agent_timeline') }}
),

-- State events while no login holds.
unannounced as (
    select
        agent_id,
        event_position,
        device_out_position
    from timeline
    where event_type = 'state' and event_position >= coalesce(logged_in_until_position, 0)
),

-- For each of them the next one at or after the place where its device leaves.
lookups as (
    select
        agent_id,
        event_position as looked_up_by,
        device_out_position as looked_up_position,
        cast(null as bigint) as found_position
    from unannounced
    union all
    select
        agent_id,
        null as looked_up_by,
        event_position as looked_up_position,
        event_position as found_position
    from unannounced
),

successors as {{ materialized() }} (
    select
        agent_id,
        looked_up_by as event_position,
        min(found_position) over (
            partition by agent_id order by looked_up_position, looked_up_by nulls last
            rows between current row and unbounded following
        ) as next_position
    from lookups
    qualify looked_up_by is not null
),

entrances as (
    select
        agent_id,
        min(event_position) as event_position
    from unannounced
    group by agent_id
    union all
    select
        entrances.agent_id,
        successors.next_position as event_position
    from entrances
    inner join successors
        on entrances.agent_id = successors.agent_id
        and entrances.event_position = successors.event_position
    where successors.next_position is not null
)

select
    timeline.agent_id,
    timeline.event_position,
    timeline.device_out_position
from timeline
left join entrances
    on timeline.agent_id = entrances.agent_id
    and timeline.event_position = entrances.event_position
where timeline.event_type = 'login' or entrances.event_position is not null
