-- Every message, those of persons and bots at the instant of what they belong to.
{{ config(materialized='table') }}

select
    messages.message_id,
    messages.session_id,
    case
        when placed.placed_at != messages.counted_at then cast(placed.placed_at as varchar)
        else messages.sent_at
    end as sent_at,
    messages.message_seq,
    messages.sender_type,
    messages.sender_id,
    messages.origin,
    messages.visibility
from {{ ref('chatwoot_signed_messages') }} as messages
left join {{ ref('chatwoot_placed_messages') }} as placed
    on messages.session_id = placed.session_id
    and messages.message_id = placed.message_id
    and messages.counted_at = placed.counted_at
    and messages.sender_type = placed.sender_type
