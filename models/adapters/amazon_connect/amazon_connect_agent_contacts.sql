-- What agents' events show of their contacts: each change to ringing (`offered`), to hold, and to
-- what became of it. Only of contacts whose record is there; of a call that the agent places
-- `offered` is ringing at the customer's.
{{ config(materialized='table') }}

with shown as (
    select
        agent_id,
        occurred_at,
        event_seq,
        event_id,
        unnest(agent_contacts) as contact
    from {{ ref('amazon_connect_snapshots') }}
    where agent_id is not null and occurred_at is not null
),

states as (
    select
        agent_id,
        contact['ContactId'] as contact_id,
        least(
            coalesce({{ utc_timestamp("contact['StateStartTimestamp']") }}, occurred_at),
            occurred_at
        ) as started_at,
        occurred_at,
        event_seq,
        event_id,
        coalesce(contact['InitiationMethod'], '') = 'OUTBOUND' as is_outbound,
        case contact['State']
            when 'INCOMING' then 'offered'
            when 'PENDING' then 'offered'
            when 'CONNECTING' then 'offered'
            when 'CONNECTED_ONHOLD' then 'held'
            when 'MISSED' then 'missed'
            when 'REJECTED' then 'declined'
            when 'ERROR' then 'withdrawn'
            -- Also what is unknown or absent, as where the agent's own state is told.
            else 'with the agent'
        end as phase
    from shown
    where
        contact['ContactId'] is not null
        and coalesce(contact['InitiationMethod'], '') != 'MONITOR'
),

changes as (
    select
        *,
        lag(phase) over (
            partition by agent_id, contact_id order by occurred_at, event_seq, event_id
        ) as former_phase
    from states
)

select
    changes.contact_id,
    changes.agent_id,
    changes.started_at,
    changes.phase,
    changes.former_phase,
    changes.is_outbound,
    row_number() over (
        partition by changes.contact_id
        order by changes.occurred_at, changes.event_seq, changes.event_id, changes.agent_id
    ) as change_number
from changes
inner join {{ ref('amazon_connect_session_ids') }} as session_ids
    on changes.contact_id = session_ids.contact_id
where changes.phase is distinct from changes.former_phase
