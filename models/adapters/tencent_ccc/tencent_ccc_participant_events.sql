-- What became of sessions with each agent: rung, taken, passed on, left.
{{ config(materialized='table') }}

with participants as (
    select
        *,
        session_id || '/' || part_number as part_id,
        part_number * 100 as first_seq,
        -- Parts of agents don't overlap: who stays on while the next one talks has passed it on.
        case
            when try_cast(said_next_accept as double) < try_cast(said_end as double)
                then said_next_accept
            else said_end
        end as said_leaving
    from {{ ref('tencent_ccc_participants') }}
),

events as (
    select
        part_id || '/offered' as event_id,
        session_id,
        said_ring as said_at,
        first_seq + 20 as event_seq,
        'offered' as event_type,
        agent_id,
        skill_id
    from participants
    where said_ring is not null and direction is distinct from 'outbound'

    union all by name

    select
        part_id || '/offer_ended' as event_id,
        session_id,
        said_end as said_at,
        first_seq + 30 as event_seq,
        'offer_ended' as event_type,
        agent_id,
        case when is_given_up then 'withdrawn' else 'missed' end as outcome
    from participants
    where
        said_ring is not null
        and said_accept is null
        and said_end is not null
        and direction is distinct from 'outbound'

    union all by name

    select
        part_id || '/accepted' as event_id,
        session_id,
        said_accept as said_at,
        first_seq + 40 as event_seq,
        'accepted' as event_type,
        agent_id,
        skill_id
    from participants
    where said_accept is not null

    union all by name

    select
        part_id || '/transferred' as event_id,
        session_id,
        said_leaving as said_at,
        first_seq + 80 as event_seq,
        'transferred' as event_type,
        agent_id,
        case when regexp_matches(transfer_to_type, '[sS]eat$') then transfer_to end as to_agent_id,
        case when regexp_matches(transfer_to_type, '^[sS]kill') then transfer_to end as to_skill_id
    from participants
    where said_accept is not null and transfer_to is not null and said_leaving is not null

    union all by name

    select
        part_id || '/released' as event_id,
        session_id,
        said_leaving as said_at,
        first_seq + 80 as event_seq,
        'released' as event_type,
        agent_id
    from participants
    where
        said_accept is not null
        and transfer_to is null
        and (
            said_session_end is null
            or try_cast(said_end as double) < try_cast(said_session_end as double)
        )
)

select
    *,
    'agent' as actor_type,
    {{ instant_of_epoch('said_at') }} as occurred_at
from events
