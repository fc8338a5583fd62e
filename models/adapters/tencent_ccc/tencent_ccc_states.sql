-- The rows of agents' status histories, each once, in their order. Who an answer is about stands in
-- the row, beside the answer, in the request, or (undocumented) in the row's cursor, which also
-- tells the order within a second.
{{ config(materialized='table') }}

with documents as (
    select
        *,
        {{ tencent_ccc_kind() }} as document_kind
    from {{ ref('tencent_ccc_documents') }}
),

listed as (
    select
        coalesce({{ said('staff_user_id') }}, query['StaffUserId']) as asked_agent_id,
        unnest(status_rows) as status_row
    from documents
    where document_kind = 'answer' and status_rows is not null
),

told as (
    select
        coalesce({{ said('staff_user_id') }}, query['StaffUserId']) as asked_agent_id,
        {{ said('staff_email') }} as named_agent_id,
        {{ said_time('said_timestamp') }} as said_at,
        {{ said('status') }} as status,
        {{ said('session_id') }} as session_id,
        {{ said('reason') }} as reason,
        {{ said('row_cursor') }} as row_cursor
    from documents
    where document_kind = 'status'

    union all

    select
        coalesce({{ said("status_row['StaffUserId']") }}, asked_agent_id) as asked_agent_id,
        {{ said("status_row['StaffEmail']") }} as named_agent_id,
        {{ said_time("status_row['Timestamp']") }} as said_at,
        {{ said("status_row['Status']") }} as status,
        {{ said("status_row['SessionId']") }} as session_id,
        {{ said("status_row['Reason']") }} as reason,
        {{ said("status_row['Cursor']") }} as row_cursor
    from listed
),

decoded as (
    select
        *,
        case
            when regexp_full_match(row_cursor, '([\w+/]{4})*([\w+/]{2}==|[\w+/]{3}=)?')
                then string_split(decode(from_base64(row_cursor)), ',')
        end as cursor_parts
    from told
),

states as (
    select distinct
        coalesce(asked_agent_id, named_agent_id, cursor_parts[2]) as agent_id,
        said_at,
        {{ instant_of_epoch('said_at') }} as occurred_at,
        status,
        session_id,
        reason,
        try_cast(cursor_parts[1] as bigint) as cursor_ms
    from decoded
),

-- Fetched once with and once without its cursor, a row is the same.
rows_of_states as (
    select
        agent_id,
        said_at,
        occurred_at,
        status,
        session_id,
        reason,
        min(cursor_ms) as cursor_ms
    from states
    group by all
)

select
    *,
    row_number() over (
        partition by agent_id, occurred_at
        order by {{ tencent_ccc_order_of_states() }}
    ) as state_number,
    lag(status) over in_order as former_status,
    lead(occurred_at) over in_order as next_at
from rows_of_states
window in_order as (
    partition by agent_id
    order by occurred_at nulls last, {{ tencent_ccc_order_of_states() }}
)
