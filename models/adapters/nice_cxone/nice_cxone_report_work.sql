-- Ringing, holds, after-contact work and dispositions of the contacts of the reporting interface.
-- Of sessions that the digital stream tells of it is their dispositions alone.
with stretches as (
    select
        stretches.*,
        stretches.contact_id || '/s' || stretches.stretch_number as stretch_id,
        legs.session_id,
        coalesce(agents.agent_id, stretches.agent_number) as agent_id,
        coalesce(skills.skill_id, stretches.skill_number) as skill_id,
        lead(stretches.phase) over in_order as next_phase,
        lead(stretches.agent_number) over in_order as next_agent_number,
        lag(stretches.phase) over in_order as former_phase,
        lag(stretches.agent_number) over in_order as former_agent_number,
        last_value(stretches.agent_number ignore nulls) over so_far as last_agent_number
    from {{ ref('nice_cxone_stretches') }} as stretches
    inner join {{ ref('nice_cxone_legs') }} as legs on stretches.contact_id = legs.contact_id
    left join {{ ref('nice_cxone_agent_ids') }} as agents
        on stretches.agent_number = agents.agent_number
    left join {{ ref('nice_cxone_skill_ids') }} as skills
        on stretches.skill_number = skills.skill_number
    where not legs.is_of_stream
    window
        in_order as (partition by stretches.contact_id order by stretches.stretch_number),
        so_far as (
            partition by stretches.contact_id
            order by stretches.stretch_number
            rows between unbounded preceding and current row
        )
),

-- Who refuses was offered it, though the history needn't show it.
rings as (
    select
        *,
        coalesce(
            phase = 'refused'
            or (next_phase = 'refused' and next_agent_number = agent_number),
            false
        ) as is_refused,
        coalesce(next_phase in ('with agent', 'hold') and next_agent_number = agent_number, false)
            as is_taken
    from stretches
    where
        agent_number is not null
        and (
            phase = 'offered'
            or (
                phase = 'refused'
                and (
                    former_phase is distinct from 'offered'
                    or former_agent_number is distinct from agent_number
                )
            )
        )
),

works as (
    select
        stretches.* exclude (agent_id),
        coalesce(
            stretches.agent_id, agents.agent_id, stretches.last_agent_number
        ) as agent_id
    from stretches
    left join {{ ref('nice_cxone_agent_ids') }} as agents
        on stretches.last_agent_number = agents.agent_number
    where stretches.phase in ('hold', 'work')
),

events as (
    select
        stretch_id || '/offered' as event_id,
        session_id,
        started_at as occurred_at,
        70 as event_seq,
        'offered' as event_type,
        agent_id,
        skill_id
    from rings

    union all by name

    select
        stretch_id || '/offer_ended' as event_id,
        session_id,
        case when phase = 'refused' then started_at else ended_at end as occurred_at,
        75 as event_seq,
        'offer_ended' as event_type,
        agent_id,
        case when is_refused then 'declined' else 'withdrawn' end as outcome
    from rings
    where not is_taken and (phase = 'refused' or ended_at is not null)

    union all by name

    select
        stretch_id || case phase when 'hold' then '/held' else '/wrap_up_started' end as event_id,
        session_id,
        started_at as occurred_at,
        case phase when 'hold' then 90 else 210 end as event_seq,
        case phase when 'hold' then 'held' else 'wrap_up_started' end as event_type,
        agent_id
    from works
    where ended_at is null or ended_at > started_at

    union all by name

    select
        stretch_id || case phase when 'hold' then '/resumed' else '/wrap_up_ended' end as event_id,
        session_id,
        ended_at as occurred_at,
        case phase when 'hold' then 30 else 220 end as event_seq,
        case phase when 'hold' then 'resumed' else 'wrap_up_ended' end as event_type,
        agent_id
    from works
    where ended_at > started_at
),

dispositions as (
    select
        legs.contact_id || '/disposition_set' as event_id,
        legs.session_id,
        legs.ended_at as occurred_at,
        230 as event_seq,
        'disposition_set' as event_type,
        coalesce(agents.agent_id, legs.agent_number) as agent_id,
        coalesce(dispositions.disposition_name, legs.disposition_id) as disposition
    from {{ ref('nice_cxone_legs') }} as legs
    left join {{ ref('nice_cxone_agent_ids') }} as agents on legs.agent_number = agents.agent_number
    left join {{ ref('nice_cxone_dispositions') }} as dispositions
        on legs.disposition_id = dispositions.disposition_id
    where legs.disposition_id is not null and legs.agent_number is not null
)

select
    *,
    'agent' as actor_type
from (
    select * replace (cast(occurred_at as varchar) as occurred_at)
    from events

    union all by name

    select * replace (cast(occurred_at as varchar) as occurred_at)
    from dispositions
) as all_events
