-- Names of events and words for the end of a session that no row of a seed explains, with counts,
-- and in how many sessions messages may be among them, as the interface gave none. The build's last
-- lines list them.
{{ config(materialized='table') }}

with chats as (
    select distinct session_id
    from {{ ref('tencent_desk_chat_records') }}
)

select
    'event' as name_kind,
    callbacks.event_name as unknown_name,
    count(*) as row_count,
    count(distinct callbacks.session_id) as session_count,
    count(distinct callbacks.session_id) filter (where chats.session_id is null)
        as untold_session_count,
    min(callbacks.session_id) as session_id,
    min(callbacks.said_at) as said_at
from {{ ref('tencent_desk_callbacks') }} as callbacks
left join chats on callbacks.session_id = chats.session_id
where callbacks.meaning is null
group by callbacks.event_name

union all

select
    'end' as name_kind,
    end_word as unknown_name,
    count(*) as row_count,
    count(distinct session_id) as session_count,
    0 as untold_session_count,
    min(session_id) as session_id,
    min(said_at || '000') as said_at
from {{ ref('tencent_desk_records') }}
where end_word is not null and ended_by is null
group by end_word
