-- Intervals of one state for one reason, from the first device in to the last one out.
with timeline as (
    select
        timeline.*,
        presence_starts.device_out_position as started_until_position,
        max(presence_starts.device_out_position) over (
            partition by timeline.agent_id order by timeline.event_position
            rows between unbounded preceding and 1 preceding
        ) as present_until_position
    from {{ ref('agent_timeline') }} as timeline
    left join {{ ref('presence_starts') }} as presence_starts
        on timeline.agent_id = presence_starts.agent_id
        and timeline.event_position = presence_starts.event_position
),

numbered as (
    select
        *,
        -- Not with a filter: it takes ten times as long where agents have many events.
        count(
            case
                when
                    started_until_position is not null
                    and event_position >= coalesce(present_until_position, 0)
                    then 1
            end
        ) over (partition by agent_id order by event_position) as presence_number,
        case
            when event_type = 'state' then {{ struct_of({'state': 'state', 'reason': 'reason'}) }}
        end as entered_state,
        {{ ignoring_nulls('last_value', "case when event_type = 'state' then "
            ~ struct_of({'state': 'state', 'reason': 'reason'}) ~ " end") }} over (
            partition by agent_id, occurred_at order by event_position
        ) as state_at_instant
    from timeline
),

presences as (
    select
        agent_id,
        presence_number,
        max(started_until_position) as out_position
    from numbered
    where presence_number > 0
    group by agent_id, presence_number
),

presence_ends as (
    select
        presences.*,
        coalesce(last_events.is_logout_missing_after, false)
        and presences.out_position = last_events.event_position + 1 as is_end_inferred,
        case
            when last_events.event_position = presences.out_position then last_events.occurred_at
            when last_events.event_position + 1 = presences.out_position
                then last_events.occurred_at + {{ max_login_interval() }}
            else data_span.as_of
        end as ended_at
    from presences
    cross join {{ ref('data_span') }} as data_span
    left join timeline as last_events
        on presences.agent_id = last_events.agent_id
        and presences.out_position - presences.out_position % 2 = last_events.event_position
),

-- The state after each instant with an event: the latest event's. Presence starts idle, unless a
-- state event at the same instant says otherwise.
states as (
    select
        numbered.agent_id,
        numbered.presence_number,
        numbered.event_position,
        numbered.occurred_at,
        min(numbered.occurred_at) over (
            partition by numbered.agent_id, numbered.presence_number
        ) as presence_started_at,
        presence_ends.ended_at as presence_ended_at,
        presence_ends.is_end_inferred,
        -- With its reason.
        coalesce(
            {{ ignoring_nulls('last_value', 'numbered.entered_state') }} over presence_order,
            first_value(numbered.state_at_instant) over presence_order,
            {{ struct_of({'state': "'idle'", 'reason': 'cast(null as string)'}) }}
        ) as entered_state
    from numbered
    inner join presence_ends
        on numbered.agent_id = presence_ends.agent_id
        and numbered.presence_number = presence_ends.presence_number
        and numbered.event_position < presence_ends.out_position
    window
        presence_order as (
            partition by numbered.agent_id, numbered.presence_number
            order by numbered.event_position
        )
    qualify lead(numbered.occurred_at) over presence_order is distinct from numbered.occurred_at
),

changes as (
    select *
    from states
    qualify lag(entered_state) over (
        partition by agent_id, presence_number order by event_position
    ) is distinct from entered_state
),

intervals as (
    select
        agent_id,
        presence_started_at,
        {{ field_of('entered_state', 'state') }} as state,
        {{ field_of('entered_state', 'reason') }} as reason,
        is_end_inferred and lead(occurred_at) over presence_order is null as is_end_inferred,
        occurred_at as started_at,
        coalesce(lead(occurred_at) over presence_order, presence_ended_at) as ended_at
    from changes
    window presence_order as (partition by agent_id, presence_number order by event_position)
)

select *
from intervals
where ended_at > started_at
