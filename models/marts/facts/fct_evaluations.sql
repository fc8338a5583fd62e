{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'session_date', 'touches': 'days'},
) }}

select
    sessions.session_id,
    evaluations.evaluation_id,
    sessions.company_id,
    sessions.channel_id,
    evaluations.agent_id,
    evaluations.skill_id,
    evaluations.kind,
    cast(evaluations.scale_min as bigint) as scale_min,
    cast(evaluations.scale_max as bigint) as scale_max,
    cast(evaluations.score as bigint) as score,
    evaluations.submitted_at,
    submitted_intervals.date_day as submitted_date,
    started_intervals.date_day as session_date,
    submitted_intervals.date_day,
    {{ local_labels(
        'evaluations.submitted_at', 'submitted_intervals.utc_offset_minutes',
        'submitted_intervals.date_day'
    ) }}
from {{ ref('counted_evaluations') }} as evaluations
inner join {{ ref('sessions') }} as sessions
    on evaluations.session_key = sessions.session_key
left join {{ ref('local_intervals') }} as submitted_intervals
    on {{ in_local_interval(
        'submitted_intervals', 'evaluations.submitted_at', 'sessions.time_zone'
    ) }}
left join {{ ref('local_intervals') }} as started_intervals
    on {{ in_local_interval('started_intervals', 'sessions.started_at', 'sessions.time_zone') }}
where evaluations.is_latest
