-- raw_messages: what customers, bots and agents wrote, under the message's own key; of a session
-- whose messages the interface gave all of those, and none of callbacks, which say the same.
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
    where
        session_id is null
        or session_id not in (
            select chat_records.session_id
            from {{ ref('tencent_desk_chat_records') }} as chat_records
            where chat_records.session_id is not null
        )
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
    {{ reported_time(['tencent_desk_callbacks', 'tencent_desk_chat_records']) }} as sent_at,
    cast(null as bigint) as message_seq,
    sender_type,
    case sender_type when 'customer' then customer_id when 'agent' then agent_id end as sender_id,
    received_at as ingested_at
from copies

union all

select
    message_id,
    session_id,
    {{ reported_time(['tencent_desk_callbacks', 'tencent_desk_chat_records']) }} as sent_at,
    message_seq,
    sender_type,
    sender_id,
    received_at as ingested_at
from {{ ref('tencent_desk_chat_records') }}
