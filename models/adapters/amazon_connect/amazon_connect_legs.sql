-- The contacts of each session in their order, each with when its agent left it (`left_at`) and the
-- contact to which that agent handed the customer over.
{{ config(materialized='table') }}

with contacts as (
    select
        session_ids.session_id,
        row_number() over (
            partition by session_ids.session_id
            order by
                contacts.contact_id != session_ids.session_id,
                contacts.initiated_at nulls last,
                contacts.contact_id
        ) as leg_number,
        -- The record ends when the customer leaves; the agent may go before.
        case
            when contacts.work_started_at >= contacts.connected_at then contacts.work_started_at
            when contacts.transferred_at >= contacts.connected_at then contacts.transferred_at
            when contacts.transfer_address is not null
                then
                    contacts.connected_at + contacts.interaction_time
                    + coalesce(contacts.hold_time, interval 0 seconds)
        end as agent_left_at,
        contacts.*
    from {{ ref('amazon_connect_contacts') }} as contacts
    inner join {{ ref('amazon_connect_session_ids') }} as session_ids
        on contacts.contact_id = session_ids.contact_id
),

legs as (
    select
        * exclude (agent_left_at),
        -- Within a second of the contact's end the agent left at the end.
        case
            when agent_left_at < coalesce(disconnected_at - interval 1 second, 'infinity')
                then agent_left_at
            else disconnected_at
        end as left_at
    from contacts
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

-- Whoever left before the agent did, or with the agent, was consulted or in a conference and took
-- nothing over.
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
        and receivers.initiation_method in ('TRANSFER', 'QUEUE_TRANSFER', 'EXTERNAL_OUTBOUND')
        and legs.contact_id != receivers.contact_id
        and coalesce(
            receivers.disconnected_at >= legs.left_at
            and (
                receivers.disconnected_at > legs.left_at + interval 1 second
                or receivers.initiated_at >= legs.left_at - interval 1 second
            ),
            true
        )
    qualify row_number() over (
        partition by legs.contact_id
        order by
            receivers.contact_id is distinct from legs.next_contact_id asc,
            receivers.initiated_at desc nulls last,
            receivers.contact_id asc
    ) = 1
),

followed as (
    select
        links.contact_id,
        max(legs.initiation_method) filter (
            where legs.initiation_method in (
                'CALLBACK', 'CALLBACK_CUSTOMER_FIRST_QUEUED', 'CALLBACK_CUSTOMER_FIRST_DIALED',
                'QUEUE_TRANSFER', 'TRANSFER'
            )
        ) as following_method
    from links
    left join legs on links.following_contact_id = legs.contact_id
    group by links.contact_id
)

select
    legs.*,
    followed.contact_id is not null as is_followed,
    followed.following_method,
    -- To another agent or queue, or out of the system while the customer stays.
    handovers.receiving_contact_id is not null
    or coalesce(
        (legs.transferred_at is not null or legs.transfer_address is not null)
        and legs.left_at < coalesce(legs.disconnected_at, 'infinity'),
        false
    ) as is_handed_over,
    handovers.handed_over_timestamp,
    handovers.to_agent_id,
    handovers.to_skill_id,
    lead(legs.connected_at) over (
        partition by legs.session_id order by legs.connected_at nulls last, legs.leg_number
    ) as next_connected_at
from legs
left join followed on legs.contact_id = followed.contact_id
left join handovers on legs.contact_id = handovers.contact_id
