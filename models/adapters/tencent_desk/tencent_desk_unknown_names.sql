-- Names of events and words for the end of a session that no row of a seed explains, with counts.
-- The build's last lines list them.
{{ config(materialized='table') }}

select
    'event' as kind,
    event_name as name,
    count(*) as row_count,
    count(distinct session_id) as session_count,
    min(session_id) as session_id,
    min(said_at) as said_at
from {{ ref('tencent_desk_callbacks') }}
where meaning is null
group by event_name

union all

select
    'end' as kind,
    end_word as name,
    count(*) as row_count,
    count(distinct session_id) as session_count,
    min(session_id) as session_id,
    min(said_at || '000') as said_at
from {{ ref('tencent_desk_records') }}
where end_word is not null and ended_by is null
group by end_word
