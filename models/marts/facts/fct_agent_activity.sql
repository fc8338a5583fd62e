{{ config(
    materialized='incremental',
    meta={'touched_by': 'agent_day', 'day': 'date_day', 'touches': ['agent_id']},
) }}

with spans as (
    select * from {{ ref('agent_day_spans') }}
),

-- Where one thing ends and its like begins at the same instant the sum of weights stays, so that
-- no stretch is cut there.
changes as (
    {{ weight_changes('spans', ['company_id', 'agent_id', 'date_day']) | trim }}
    having sum(weight) != 0
),

stretches as (
    select
        company_id,
        agent_id,
        date_day,
        changed_at as started_at,
        lead(changed_at) over agent_day as ended_at,
        cast(sum(weight) over agent_day as bigint) as weight
    from changes
    window agent_day as (partition by agent_id, date_day order by changed_at)
)

select
    stretches.company_id,
    stretches.agent_id,
    case
        when measured.has_agent_events
            then case stretches.weight % 4
                when 1 then 'idle' when 2 then 'busy' when 3 then 'break' else 'absent'
            end
    end as state,
    cast((stretches.weight - stretches.weight % 4) / 4 as bigint) as concurrency,
    stretches.started_at,
    stretches.ended_at,
    stretches.date_day,
    {{ local_labels(
        'stretches.started_at', 'intervals.utc_offset_minutes', 'stretches.date_day'
    ) }},
    {{ seconds_between('stretches.started_at', 'stretches.ended_at') }} as activity_seconds
from stretches
inner join {{ ref('agent_companies') }} as agents
    on stretches.agent_id = agents.agent_id
inner join {{ ref('measured_tables') }} as measured
    on agents.feed = measured.feed
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'stretches.started_at', 'agents.time_zone') }}
where stretches.weight > 0
