with timeline as (
    select * from {{ ref('session_timeline') }}
)

select
    timeline.session_key,
    cast(
        row_number() over (
            partition by timeline.session_key order by timeline.event_position
        ) as bigint
    ) as leg_number,
    timeline.skill_id,
    timeline.contact_number = 0 as is_before_first_acceptance,
    case timeline.next_queue_event_type
        when 'queued' then 'requeued'
        else coalesce(timeline.next_queue_event_type, 'open')
    end as outcome,
    timeline.occurred_at as queued_at,
    timeline.next_queue_event_at as ended_at,
    {{ seconds_between('timeline.occurred_at', 'timeline.next_queue_event_at') }} as queue_seconds
from timeline
where timeline.event_type = 'queued'
