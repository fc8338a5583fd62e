-- Messages of the answers to describe_chat_messages, each with the role of who wrote it. They have
-- no id: the key is the session, the millisecond, a checksum of the sender and a running number
-- within them. An answer in the role of agents from an account that is no agent's is the bot's.
{{ config(materialized='table') }}

with listed as (
    {{ tencent_listed_messages(ref('tencent_desk_documents')) | indent(4) }}
),

told as (
    select
        answer_number,
        session_id,
        received_at,
        {{ said_time("message['Timestamp']") }} as said_at,
        {{ said("message['FromAccount']") }} as account_id,
        {{ said("message['FromAccountRole']") }} as account_role,
        place
    from listed
),

agents as (
    select agent_id from {{ ref('tencent_desk_agents') }}
)

select
    {{ tencent_message_id('account_id') }} as message_id,
    told.session_id,
    told.said_at,
    {{ tencent_desk_instant('told.said_at') }} as occurred_at,
    {{ tencent_message_seq() }} as message_seq,
    case
        when told.account_role = '1' then 'customer'
        when told.account_role = '2' and agents.agent_id is not null then 'agent'
        when told.account_role = '2' then 'bot'
        when told.account_role = '3' then 'system'
        else told.account_role
    end as sender_type,
    case
        when told.account_role = '1' or agents.agent_id is not null then told.account_id
    end as sender_id,
    told.received_at
from told
left join agents on told.account_id = agents.agent_id
