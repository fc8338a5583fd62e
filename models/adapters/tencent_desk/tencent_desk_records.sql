-- The records of sessions, each once: the newest, of those that don't say when they landed the
-- longest. A record says when the session began, in seconds, how long it was, and its last agent.
{{ config(materialized='table') }}

with documents as (
    select
        *,
        {{ tencent_company('cast(null as varchar)') }} as company_id
    from {{ ref('tencent_desk_documents') }}
    where coalesce(event, callback_command, query['CallbackCommand'], member_id) is null
),

listed as (
    select
        received_at,
        company_id,
        unnest(im_cdr_list) as record
    from documents
),

told as (
    select
        received_at,
        company_id,
        {{ tencent_desk_record_fields().keys() | join(',\n        ') }}
    from documents
    where
        im_cdr_list is null
        and messages is null
        and session_id is not null
        and coalesce(said_timestamp, duration, end_status, agent_id) is not null

    union all by name

    select
        received_at,
        company_id,
        {{ tencent_ccc_of_record(tencent_desk_record_fields()) }}
    from listed
),

records as (
    select
        received_at,
        company_id,
        {{ said('session_id') }} as session_id,
        {{ said('client_user_id') }} as customer_id,
        {{ said('channel_type') }} as channel_id,
        {{ said('agent_id') }} as agent_id,
        {{ said_time('agent_group_id') }} as skill_id,
        {{ said('agent_group_name') }} as skill_name,
        {{ said('end_status') }} as end_word,
        {{ said_time('satisfaction_selected') }} as stars,
        {{ said_time('said_timestamp') }} as said_at,
        {{ instant_of_epoch(said_time('said_timestamp')) }} as occurred_at,
        try_cast(duration as bigint) as duration_seconds
    from told
),

newest as (
    select *
    from records
    qualify
        session_id is null
        or row_number() over (
            partition by session_id
            order by
                {{ utc_timestamp('received_at') }} desc nulls last,
                duration_seconds desc nulls last,
                agent_id, end_word, stars
        ) = 1
)

select
    newest.*,
    newest.occurred_at + to_seconds(newest.duration_seconds) as ended_at,
    end_statuses.ended_by
from newest
left join {{ ref('tencent_desk_end_statuses') }} as end_statuses
    on newest.end_word = end_statuses.word
