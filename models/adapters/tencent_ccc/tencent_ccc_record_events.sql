-- What the records say of sessions themselves: their queue, and their end. A word for it that isn't
-- known is an event of its own name, which the contract's checks refuse, so that it is seen.
{{ config(materialized='table') }}

with last_agents as (
    select
        session_id,
        agent_id
    from {{ ref('tencent_ccc_participants') }}
    where is_last_to_accept
),

records as (
    select
        records.*,
        last_agents.agent_id,
        last_agents.session_id is not null as is_accepted,
        case
            when records.hung_up_side = 'user' then 'customer'
            when records.hung_up_side = 'seat' then 'agent'
            when records.hung_up_side = 'system' or records.outcome = 'transferred' then 'system'
            else records.ended_by
        end as closing_actor
    from {{ ref('tencent_ccc_records') }} as records
    left join last_agents on records.session_id = last_agents.session_id
),

events as (
    select
        session_id || '/queued/' || part_number as event_id,
        session_id,
        said_queued as said_at,
        part_number * 100 + 1 as event_seq,
        'queued' as event_type,
        skill_id
    from records
    where said_queued is not null

    union all by name

    select
        session_id || '/abandoned' as event_id,
        session_id,
        said_end as said_at,
        900000 as event_seq,
        'abandoned' as event_type,
        'customer' as actor_type
    from records
    where outcome = 'abandoned' and not is_accepted and said_end is not null

    union all by name

    select
        session_id || '/closed' as event_id,
        session_id,
        said_end as said_at,
        900002 as event_seq,
        'closed' as event_type,
        closing_actor as actor_type,
        case when closing_actor = 'agent' then agent_id end as agent_id,
        lower(end_word) as reason
    from records
    where is_last and said_end is not null

    union all by name

    select
        session_id || '/' || end_word || '/' || part_number as event_id,
        session_id,
        coalesce(said_end, said_start) as said_at,
        900001 as event_seq,
        end_word as event_type
    from records
    where is_unknown_end

    union all by name

    select
        session_id || '/hung up by ' || hung_up_side as event_id,
        session_id,
        coalesce(said_end, said_start) as said_at,
        900001 as event_seq,
        'hung up by ' || hung_up_side as event_type
    from records
    where hung_up_side not in ('user', 'seat', 'system')
)

select
    *,
    {{ instant_of_epoch('said_at') }} as occurred_at
from events
