-- Messages of the answers to DescribeChatMessages, which give neither an id nor a role: the key is
-- the session, the second, the sender, and a running number within them. Who isn't the session's
-- customer and no known agent is the system.
{{ config(materialized='table') }}

with documents as (
    select
        row_number() over () as answer_number,
        {{ said("coalesce(session_id, query['SessionId'])") }} as session_id,
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
    from {{ ref('tencent_ccc_documents') }}
    where messages is not null
),

listed as (
    select
        answer_number,
        session_id,
        is_newest_first,
        unnest(messages) as message,
        generate_subscripts(messages, 1) as place
    from documents
),

told as (
    select
        answer_number,
        session_id,
        {{ said_time("message['Timestamp']") }} as said_at,
        {{ said("message['From']") }} as sender_id,
        case when is_newest_first then -place else place end as place
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
    concat_ws(
        -- Not the sender's id itself, which may be a person's to be forgotten.
        '|', told.session_id, told.said_at, left(md5(told.sender_id), 8),
        row_number() over (
            partition by told.answer_number, told.said_at, told.sender_id
            order by told.place
        )
    ) as message_id,
    told.session_id,
    coalesce(cast({{ instant_of_epoch('told.said_at') }} as varchar), told.said_at) as sent_at,
    row_number() over (
        partition by told.answer_number, told.said_at
        order by told.place
    ) as message_seq,
    coalesce(
        sides.sender_type,
        case when agents.person_id is not null then 'agent' else 'system' end
    ) as sender_type,
    told.sender_id
from told
left join sides on told.session_id = sides.session_id and told.sender_id = sides.person_id
left join agents on told.sender_id = agents.person_id
