-- The events of each call in their order. A call is a session from its first ENTERQUEUE on or,
-- where it never entered a queue, from when one refused it; what lies before belongs to none.
{{ config(materialized='table') }}

with call_events as (
    select
        line_position,
        occurred_at,
        call_id,
        queue_name,
        agent_id,
        meaning,
        detail,
        copy_count,
        -- Narrow, for the window.
        hash(call_id) as call_key,
        meaning = 'queued' as is_entry,
        meaning = 'refused' as is_refusal
    from {{ ref('asterisk_events') }}
    where is_usable and meaning in {{ asterisk_call_meanings() }}
),

counted as (
    select
        * exclude (call_key, is_entry, is_refusal),
        count_if(is_entry) over upto_here as entry_number,
        count_if(is_entry) over whole_call as entry_count,
        count_if(is_refusal) over upto_here as refusal_number,
        count_if(is_refusal) over whole_call as refusal_count,
        last_value(
            case
                when is_entry then 'open'
                when meaning in ('closed_by_agent', 'closed_by_customer', 'abandoned') then 'closed'
            end ignore nulls
        ) over (call_order rows between unbounded preceding and 1 preceding) as former_status,
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
)

select
    * exclude (entry_number, entry_count, refusal_number, refusal_count, former_status),
    case
        when entry_count > 0 then entry_number = 1 and meaning = 'queued'
        else refusal_number = 1 and meaning = 'refused'
    end as is_beginning,
    case
        when entry_count > 0 then entry_number > 0
        else refusal_number > 0
    end as is_of_session,
    entry_count > 0 or refusal_count > 0 as has_session,
    meaning = 'queued' and entry_number > 1 and former_status = 'closed' as is_reopening,
    entry_number < entry_count as is_queued_again
from counted
