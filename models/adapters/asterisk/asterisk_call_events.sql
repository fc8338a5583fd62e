-- The events of each call in their order. A call begins with the first ENTERQUEUE or, where it never
-- entered a queue, when one refused it; what lies before has no beginning in the files.
{{ config(materialized='table') }}

with call_events as (
    select
        *,
        -- Narrow, for the window.
        hash(call_id) as call_key
    from {{ ref('asterisk_events') }}
    where
        call_id is not null
        and occurred_at is not null
        and meaning in (
            'queued', 'accepted', 'closed', 'transferred', 'abandoned', 'left', 'refused'
        )
)

select
    line_position,
    occurred_at,
    call_id,
    queue_name,
    agent_id,
    event,
    meaning,
    detail,
    copy_count,
    row_number() over call_order as call_position,
    count_if(meaning = 'queued') over upto_here as entry_number,
    count_if(meaning = 'queued') over whole_call as entry_count,
    count_if(meaning = 'refused') over upto_here as refusal_number,
    last_value(
        case when meaning in ('queued', 'closed', 'abandoned') then meaning end ignore nulls
    ) over (call_order rows between unbounded preceding and 1 preceding) in ('closed', 'abandoned')
        as is_after_close,
    lead(occurred_at) over call_order as next_occurred_at,
    lead(line_position) over call_order as next_line_position
from call_events
window
    call_order as (partition by call_key order by occurred_at, line_position),
    upto_here as (
        partition by call_key order by occurred_at, line_position
        rows between unbounded preceding and current row
    ),
    whole_call as (
        partition by call_key order by occurred_at, line_position
        rows between unbounded preceding and unbounded following
    )
