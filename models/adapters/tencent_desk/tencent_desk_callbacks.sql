-- What happened to sessions, a row for each callback with what it means. A callback that was tried
-- again has the RequestID of the first try; without one it says the same, word for word
-- (`copy_count`).
{{ config(materialized='table') }}

with documents as (
    select
        received_at,
        {{ tencent_company('cast(null as varchar)') }} as company_id,
        nullif(query['RequestID'], '') as request_id,
        {{ said('session_id') }} as session_id,
        -- A callback of one kind only has no event, and is called as it is.
        coalesce(
            {{ said('event') }},
            {{ said('callback_command') }},
            {{ said("query['CallbackCommand']") }}
        ) as event_name,
        {{ said_time('event_time') }} as said_at,
        {{ said('channel_type') }} as channel_id,
        {{ said('client_user_id') }} as customer_id,
        {{ said('agent_id') }} as agent_id,
        {{ said('forward_from_agent_id') }} as former_agent_id,
        {{ said('msg_key') }} as message_key,
        {{ said_time('satisfaction_selected') }} as stars,
        coalesce(lower(is_contact_user), '') = 'true' as is_begun_by_agent
    from {{ ref('tencent_desk_documents') }}
    where
        member_id is null
        and im_cdr_list is null
        and coalesce(event, callback_command, query['CallbackCommand']) is not null
),

distinct_callbacks as (
    select
        * exclude (received_at),
        min(received_at) as received_at,
        count(*) as copy_count
    from documents
    group by all
)

select
    callbacks.*,
    concat_ws(
        '|', callbacks.session_id, callbacks.said_at, callbacks.event_name,
        callbacks.message_key, callbacks.request_id
    ) as callback_id,
    {{ tencent_desk_instant('callbacks.said_at') }} as occurred_at,
    known_events.meaning
from distinct_callbacks as callbacks
left join {{ ref('tencent_desk_known_events') }} as known_events
    on callbacks.event_name = known_events.event_name
