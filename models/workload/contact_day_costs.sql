{{ config(
    materialized='incremental',
    meta={'touched_by': 'agent_day', 'day': 'date_day'},
) }}

-- What each contact cost of its agent's time on each day: while the agent is present, each moment
-- is shared by all that the agent has in hand. In nanoseconds, whole ones for each stretch in
-- which nothing begins or ends, so that no sum depends on an order.
with spans as (
    select * from {{ ref('agent_day_spans') }}
),

changes as (
    {{ weight_changes('spans', ['agent_id', 'date_day']) | trim }}
),

-- A stretch lasts from one change to the next.
stretches as (
    select
        agent_id,
        date_day,
        changed_at,
        sum(weight) over upto_here as weight_here,
        {{ microseconds_of('lead(changed_at) over in_order') }}
        - {{ microseconds_of('changed_at') }} as microseconds
    from changes
    window
        in_order as (partition by agent_id, date_day order by changed_at),
        upto_here as (
            partition by agent_id, date_day order by changed_at
            rows between unbounded preceding and current row
        )
),

shares as (
    select
        stretches.*,
        case
            when
                stretches.weight_here >= 4
                and (stretches.weight_here % 4 > 0 or not measured.has_agent_events)
                then floor(
                    coalesce(stretches.microseconds, 0) * cast(1000 as double)
                    / ((stretches.weight_here - stretches.weight_here % 4) / 4)
                )
            else 0
        end as nanoseconds
    from stretches
    inner join {{ ref('agent_companies') }} as agents
        on stretches.agent_id = agents.agent_id
    inner join {{ ref('measured_tables') }} as measured
        on agents.feed = measured.feed
),

passed as (
    select
        agent_id,
        date_day,
        changed_at,
        coalesce(sum(nanoseconds) over (
            partition by agent_id, date_day order by changed_at
            rows between unbounded preceding and 1 preceding
        ), 0) as nanoseconds
    from shares
)

-- A contact's share is what had passed at its end less what had passed at its start.
select
    spans.agent_contact_id,
    spans.agent_id,
    spans.date_day,
    sum(at_end.nanoseconds - at_start.nanoseconds) as attributed_nanoseconds
from spans
inner join passed as at_start
    on spans.agent_id = at_start.agent_id
    and spans.date_day = at_start.date_day
    and spans.started_at = at_start.changed_at
inner join passed as at_end
    on spans.agent_id = at_end.agent_id
    and spans.date_day = at_end.date_day
    and spans.ended_at = at_end.changed_at
where spans.agent_contact_id is not null
group by spans.agent_contact_id, spans.agent_id, spans.date_day
