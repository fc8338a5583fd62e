-- Messages of the answers to describe_chat_messages, each with the role of who wrote it. They have
-- no id: the key is the session, the millisecond, a checksum of the sender and a running number
-- within them. An answer in the role of agents from an account that is no agent's is the bot's.
{{ config(materialized='table') }}

with documents as (
    select
        row_number() over () as answer_number,
        {{ said("coalesce(session_id, query['SessionId'])") }} as session_id,
        received_at,
        -- The interface gives the newest first unless it is asked otherwise.
        coalesce(
            nullif(
                sign(
                    try_cast(list_extract(messages, 1)['Timestamp'] as double)
                    - try_cast(list_extract(messages, -1)['Timestamp'] as double)
                ), 0
            ) > 0,
            query['Order'] is distinct from '1'
        ) as is_newest_first,
        messages
    from {{ ref('tencent_desk_documents') }}
    where messages is not null
),

listed as (
    select
        answer_number,
        session_id,
        received_at,
        is_newest_first,
        unnest(messages) as message,
        generate_subscripts(messages, 1) as place
    from documents
),

told as (
    select
        answer_number,
        session_id,
        received_at,
        {{ said_time("message['Timestamp']") }} as said_at,
        {{ said("message['FromAccount']") }} as account_id,
        {{ said("message['FromAccountRole']") }} as account_role,
        case when is_newest_first then -place else place end as place
    from listed
),

agents as (
    select agent_id from {{ ref('tencent_desk_agents') }}
)

select
    concat_ws(
        '|', told.session_id, told.said_at, left(md5(told.account_id), 8),
        row_number() over (
            partition by told.answer_number, told.said_at, told.account_id
            order by told.place
        )
    ) as message_id,
    told.session_id,
    told.said_at,
    {{ tencent_desk_instant('told.said_at') }} as occurred_at,
    row_number() over (
        partition by told.answer_number, told.said_at
        order by told.place
    ) as message_seq,
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
