-- When each conversation was over for its customer, and who ended it. After-call work isn't waited
-- for: where it is what ended the conversation, whatever ended last before it counts.
{{ config(materialized='table') }}

with last_segments as (
    select
        conversation_id,
        max(ended_at) filter (where segment_type = 'wrapup') as work_ended_at,
        max(ended_at) filter (where segment_type != 'wrapup') as other_ended_at,
        max(ended_at) filter (
            where purpose in ('customer', 'external') and segment_type != 'wrapup'
        ) as customer_left_at,
        arg_max(disconnect_type, (ended_at, part_number, segment_number)) filter (
            where
            purpose in ('customer', 'external')
            and segment_type != 'wrapup'
            and disconnect_type is not null
        ) as customer_disconnect
    from {{ ref('genesys_cloud_segments') }}
    where ended_at is not null
    group by conversation_id
),

last_contacts as (
    select
        conversation_id,
        arg_max(
            struct_pack(
                agent_id := agent_id, left_at := left_at, disconnect_type := disconnect_type
            ),
            (coalesce(left_at, 'infinity'), part_number)
        ) as contact
    from {{ ref('genesys_cloud_agent_contacts') }}
    group by conversation_id
),

ends as (
    select
        conversations.conversation_id,
        conversations.conversation_end,
        case
            when
                last_segments.work_ended_at >= conversations.ended_at
                and last_segments.other_ended_at < conversations.ended_at
                then last_segments.other_ended_at
            else conversations.ended_at
        end as closed_at,
        last_segments.customer_left_at,
        last_segments.customer_disconnect,
        last_contacts.contact
    from {{ ref('genesys_cloud_conversations') }} as conversations
    left join last_segments on conversations.conversation_id = last_segments.conversation_id
    left join last_contacts on conversations.conversation_id = last_contacts.conversation_id
    where conversations.conversation_end is not null
),

decided as (
    select
        *,
        case
            when customer_disconnect in {{ genesys_cloud_list(['hung up']) }} then 'customer'
            when
                contact['disconnect_type'] in {{ genesys_cloud_list(['hung up']) }}
                and contact['left_at']
                >= coalesce(customer_left_at, closed_at) - interval 2 seconds
                then 'agent'
            when
                coalesce(customer_disconnect, contact['disconnect_type'])
                in {{ genesys_cloud_list(['other end']) }}
                then 'system'
        end as actor_type
    from ends
)

select
    conversation_id,
    -- One that can't be read is passed on as it is.
    coalesce(cast(closed_at as varchar), conversation_end) as closed_text,
    closed_at,
    actor_type,
    case when actor_type = 'agent' then contact['agent_id'] end as agent_id
from decided
