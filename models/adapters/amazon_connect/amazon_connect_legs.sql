-- The contacts of each session in their order, each with the contact to which its agent handed the
-- customer over.
{{ config(materialized='table') }}

with legs as (
    select
        session_ids.session_id,
        row_number() over (
            partition by session_ids.session_id
            order by
                contacts.contact_id != session_ids.session_id,
                contacts.initiated_at nulls last,
                contacts.contact_id
        ) as leg_number,
        contacts.*
    from {{ ref('amazon_connect_contacts') }} as contacts
    inner join {{ ref('amazon_connect_session_ids') }} as session_ids
        on contacts.contact_id = session_ids.contact_id
),

-- A contact names the next one, and that one the contact before it.
links as (
    select
        contact_id,
        next_contact_id as following_contact_id
    from legs
    where next_contact_id is not null

    union

    select
        previous_contact_id as contact_id,
        contact_id as following_contact_id
    from legs
    where previous_contact_id is not null
),

-- Whoever was consulted and left before the agent did took nothing over.
handovers as (
    select
        legs.contact_id,
        receivers.contact_id as receiving_contact_id,
        receivers.initiation_timestamp as handed_over_timestamp,
        case when receivers.connected_timestamp is not null then receivers.agent_id end
            as to_agent_id,
        receivers.skill_id as to_skill_id
    from links
    inner join legs on links.contact_id = legs.contact_id
    inner join legs as receivers on links.following_contact_id = receivers.contact_id
    where
        legs.connected_timestamp is not null
        and receivers.initiation_method in ('TRANSFER', 'QUEUE_TRANSFER')
        and legs.contact_id != receivers.contact_id
        and coalesce(receivers.disconnected_at >= legs.disconnected_at, true)
    qualify row_number() over (
        partition by legs.contact_id
        order by
            receivers.contact_id is distinct from legs.next_contact_id asc,
            receivers.initiated_at desc nulls last,
            receivers.contact_id asc
    ) = 1
),

followed as (
    select distinct contact_id
    from links
)

select
    legs.*,
    followed.contact_id is not null as is_followed,
    handovers.receiving_contact_id is not null as is_handed_over,
    handovers.handed_over_timestamp,
    handovers.to_agent_id,
    handovers.to_skill_id
from legs
left join followed on legs.contact_id = followed.contact_id
left join handovers on legs.contact_id = handovers.contact_id
