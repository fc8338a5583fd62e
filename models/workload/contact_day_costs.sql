{{ config(
    materialized='incremental',
    meta={'touched_by': 'agent_day', 'day': 'date_day'},
) }}

-- What each contact cost of its agent's time on each day: while the agent is present, each moment
-- is shared by all that the agent has in hand. In nanoseconds, whole ones for each stretch in
-- which nothing begins or ends, so that no sum depends on an order.
with both_ends as (
    select
        agent_id,
        date_day,
        agent_contact_id,
        started_at as changed_at,
        weight
    from {{ ref('agent_day_spans') }}
    union all
    select
        agent_id,
        date_day,
        agent_contact_id,
        ended_at as changed_at,
        -weight as weight
    from {{ ref('agent_day_spans') }}
),

-- A stretch lasts from one change to the next. Of several changes at one instant only the last
-- begins a stretch that has a length.
stretches as (
    select
        *,
        sum(weight) over upto_here as weight_here,
        {{ microseconds_of('lead(changed_at) over in_order') }}
        - {{ microseconds_of('changed_at') }} as microseconds
    from both_ends
    window
        in_order as (
            partition by agent_id, date_day order by changed_at, weight, agent_contact_id
        ),
        upto_here as (
            partition by agent_id, date_day order by changed_at, weight, agent_contact_id
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

-- A contact's share is what had passed at its end less what had passed at its start.
passed as (
    select
        agent_id,
        date_day,
        agent_contact_id,
        weight,
        coalesce(sum(nanoseconds) over (
            partition by agent_id, date_day order by changed_at, weight, agent_contact_id
            rows between unbounded preceding and 1 preceding
        ), 0) as nanoseconds_passed
    from shares
)

select
    agent_contact_id,
    agent_id,
    date_day,
    sum(case when weight > 0 then -nanoseconds_passed else nanoseconds_passed end)
        as attributed_nanoseconds
from passed
where agent_contact_id is not null
group by agent_contact_id, agent_id, date_day
