-- raw_messages: what customers, bots and agents wrote, under the message's own key.
-- depends_on: {{ ref('tencent_desk_unknown_names') }}
{{ config(materialized='table') }}

with messages as (
    select
        *,
        case meaning
            {%- for meaning, sender in tencent_desk_senders().items() %}
            when '{{ meaning }}' then '{{ sender }}'
            {%- endfor %}
        end as sender_type
    from {{ ref('tencent_desk_callbacks') }}
),

copies as (
    select
        *,
        unnest(range(copy_count)) as copy_number
    from messages
    where sender_type is not null
)

select
    coalesce(message_key, callback_id) as message_id,
    session_id,
    {{ reported_time('tencent_desk_callbacks') }} as sent_at,
    sender_type,
    case sender_type when 'customer' then customer_id when 'agent' then agent_id end as sender_id,
    received_at as ingested_at
from copies
