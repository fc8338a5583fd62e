with timeline as (
    select * from {{ ref('session_timeline') }}
    where event_type = 'queued'
),

targets as (
    select
        skill_id,
        service_level_seconds,
        short_abandon_seconds,
        valid_from,
        lead(valid_from, 1, {{ end_of_time() }}) over (
            partition by skill_id order by valid_from
        ) as valid_to
    from {{ ref('stg_skill_targets') }}
)

select
    timeline.session_key,
    cast(
        row_number() over (
            partition by timeline.session_key order by timeline.event_position
        ) as bigint
    ) as leg_number,
    count(*) over (partition by timeline.session_key) as leg_count,
    timeline.skill_id,
    timeline.contact_number = 0 as is_before_first_acceptance,
    case timeline.next_queue_event_type
        when 'queued' then 'requeued'
        else coalesce(timeline.next_queue_event_type, 'open')
    end as outcome,
    -- A close by nobody in particular is the customer's: somebody who got nothing must not vanish.
    case
        when timeline.next_queue_event_type is null then 'open'
        when timeline.next_queue_event_type = 'accepted' then 'answered'
        when timeline.next_queue_event_type = 'abandoned' then 'abandoned'
        when
            timeline.next_queue_event_type = 'closed'
            and coalesce(
                timeline.next_queue_actor_type,
                case when timeline.next_queue_agent_id is null then 'customer' end
            ) = 'customer'
            then 'abandoned'
        else 'flowed_out'
    end as result,
    case
        when timeline.previous_move is null then 'start'
        when timeline.previous_move in ('queued', 'dequeued') then 'overflow'
        when timeline.previous_move = 'transferred' then 'transfer'
        when timeline.previous_move = 'reopened' then 'reopening'
        when timeline.previous_move = 'abandoned' then 'retry'
        else 'return'
    end as entered_by,
    timeline.occurred_at as queued_at,
    timeline.next_queue_event_at as ended_at,
    cast(
        coalesce(targets.service_level_seconds, {{ var('service_level_seconds') }}) as double
    ) as service_level_seconds,
    cast(
        coalesce(targets.short_abandon_seconds, {{ var('short_abandon_seconds') }}) as double
    ) as short_abandon_seconds,
    {{ seconds_between('timeline.occurred_at', 'timeline.next_queue_event_at') }} as queue_seconds
from timeline
left join targets
    on timeline.skill_id = targets.skill_id
    and timeline.occurred_at >= targets.valid_from
    and timeline.occurred_at < targets.valid_to
