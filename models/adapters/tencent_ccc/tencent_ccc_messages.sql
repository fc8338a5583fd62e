-- Messages of the answers to DescribeChatMessages, which give neither an id nor a role: the key is
-- the session, the second, a checksum of the sender, and a running number within them in one
-- answer. Who isn't the session's customer and no known agent is the system.
{{ config(materialized='table') }}

with listed as (
    {{ tencent_listed_messages(ref('tencent_ccc_documents')) | indent(4) }}
),

told as (
    select
        answer_number,
        session_id,
        {{ said_time("message['Timestamp']") }} as said_at,
        {{ said("message['From']") }} as sender_id,
        place
    from listed
),

sides as (
    select
        session_id,
        customer_id as person_id,
        'customer' as sender_type
    from {{ ref('tencent_ccc_texts') }}
    where customer_id is not null
    group by all
),

agents as (
    select agent_id as person_id
    from {{ ref('tencent_ccc_agents') }}
)

select
    {{ tencent_message_id('sender_id') }} as message_id,
    told.session_id,
    coalesce(cast({{ instant_of_epoch('told.said_at') }} as varchar), told.said_at) as sent_at,
    {{ tencent_message_seq() }} as message_seq,
    coalesce(
        sides.sender_type,
        case when agents.person_id is not null then 'agent' else 'system' end
    ) as sender_type,
    told.sender_id
from told
left join sides on told.session_id = sides.session_id and told.sender_id = sides.person_id
left join agents on told.sender_id = agents.person_id
