-- What each contact of the reporting interface went through: its history of states, or, where that
-- isn't there, what its seconds say, which are whole and have their places only in part: a hold is
-- right before the agent leaves.
{{ config(materialized='table') }}

with contacts as (
    select
        *,
        started_at + coalesce(before_queue, interval 0 seconds) as queued_at,
        started_at + coalesce(before_queue, interval 0 seconds)
        + coalesce(in_queue, interval 0 seconds) as answered_at,
        started_at + in_all as ended_at
    from {{ ref('nice_cxone_contacts') }}
    where contact_id not in (
        select states.contact_id
        from {{ ref('nice_cxone_contact_states') }} as states
        where states.contact_id is not null and states.phase is not null
    )
),

answered as (
    select
        *,
        least(answered_at + coalesce(with_agent, in_all), ended_at) as left_at
    from contacts
    where agent_number is not null and with_agent > interval 0 seconds
),

told as (
    select
        contact_id,
        agent_number,
        skill_number,
        phase,
        started_at,
        ended_at,
        state_index,
        business_unit_id
    from {{ ref('nice_cxone_contact_states') }}
    where phase is not null and started_at is not null

    union all by name

    select
        contact_id,
        skill_number,
        'waiting' as phase,
        queued_at as started_at,
        answered_at as ended_at,
        1 as state_index
    from contacts
    where
        started_at is not null
        and (
            in_queue > interval 0 seconds
            or (agent_number is not null and with_agent > interval 0 seconds and not is_outbound)
        )

    union all by name

    select
        contact_id,
        agent_number,
        skill_number,
        'with agent' as phase,
        answered_at as started_at,
        left_at - least(coalesce(on_hold, interval 0 seconds), left_at - answered_at)
            as ended_at,
        2 as state_index
    from answered

    union all by name

    select
        contact_id,
        agent_number,
        skill_number,
        'hold' as phase,
        left_at - least(on_hold, left_at - answered_at) as started_at,
        left_at as ended_at,
        3 as state_index
    from answered
    where on_hold > interval 0 seconds

    union all by name

    select
        contact_id,
        'over' as phase,
        ended_at as started_at,
        ended_at,
        4 as state_index
    from contacts
    where ended_at is not null

    union all by name

    select
        contact_id,
        agent_number,
        'work' as phase,
        left_at as started_at,
        left_at + at_work as ended_at,
        5 as state_index
    from answered
    where at_work > interval 0 seconds
)

select
    *,
    row_number() over (
        partition by contact_id order by started_at, state_index
    ) as stretch_number,
    case
        when phase in ('waiting', 'offered', 'refused') then 'queue'
        when phase in ('with agent', 'hold') then 'agent'
        else phase
    end as run_kind
from told
