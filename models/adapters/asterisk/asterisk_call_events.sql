-- The events of each call in their order. A call is a session from its first ENTERQUEUE,
-- CALLOUTBOUND or OUTCALL on or, without any, from when a queue refused it; what lies before it
-- belongs to none.
{{ config(materialized='table') }}

{%- set moves = 'meaning in ' ~ asterisk_call_meanings() %}

with call_events as (
    select
        line_position,
        occurred_at,
        call_id,
        queue_name,
        agent_id,
        meaning,
        detail,
        wait_seconds,
        talk_seconds,
        copy_count,
        -- Narrow, for the window.
        hash(call_id) as call_key,
        meaning in ('queued', 'called', 'outcall') as is_entry,
        meaning = 'refused' as is_refusal,
        case when {{ moves }} then occurred_at end as moved_at,
        case when {{ moves }} then line_position end as moved_position
    from {{ ref('asterisk_events') }}
    where is_usable and ({{ moves }} or meaning in {{ asterisk_side_meanings() }})
),

counted as (
    select
        * exclude (call_key, moved_at, moved_position),
        count_if(is_entry) over upto_here as entry_number,
        count_if(is_entry) over whole_call as entry_count,
        count_if(is_refusal) over upto_here as refusal_number,
        count_if(is_refusal) over whole_call as refusal_count,
        last_value(
            case
                when
                    meaning in ('closed_by_agent', 'closed_by_customer', 'abandoned', 'outcall')
                    then 'closed'
                when is_entry then 'open'
            end ignore nulls
        ) over before_here as former_status,
        -- Since when the call waits in a queue; infinity where the last line took it out of one.
        last_value(
            case
                when meaning = 'queued' then moved_at
                when moved_at is not null then 'infinity'
            end
            ignore nulls
        ) over before_here as last_queued_at,
        -- Whether an agent dialled it, since when nobody waits.
        coalesce(
            last_value(
                case when is_entry then meaning != 'queued' end ignore nulls
            ) over before_here,
            false
        ) as is_dialled,
        -- In which: the line of an attended transfer may bear the id of the agent's consultation.
        last_value(case when is_entry then queue_name end ignore nulls) over before_here
            as last_queue_name,
        first_value(moved_at ignore nulls) over from_here as next_occurred_at,
        first_value(moved_position ignore nulls) over from_here as next_line_position
    from call_events
    window
        before_here as (
            partition by call_key order by occurred_at, line_position
            rows between unbounded preceding and 1 preceding
        ),
        upto_here as (
            partition by call_key order by occurred_at, line_position
            rows between unbounded preceding and current row
        ),
        from_here as (
            partition by call_key order by occurred_at, line_position
            rows between 1 following and unbounded following
        ),
        whole_call as (
            partition by call_key order by occurred_at, line_position
            rows between unbounded preceding and unbounded following
        )
),

placed as (
    select
        * exclude (
            is_entry, is_refusal, entry_number, entry_count, refusal_number, refusal_count,
            former_status, last_queued_at
        ),
        nullif(last_queued_at, 'infinity') as queued_at,
        case
            when entry_count > 0 then entry_number = 1 and is_entry
            else refusal_number = 1 and is_refusal
        end as is_beginning,
        case
            when entry_count > 0 then entry_number > 0
            else refusal_number > 0
        end as is_of_session,
        entry_count > 0 or refusal_count > 0 as has_session,
        meaning in ('queued', 'called')
        and entry_number > 1
        and former_status = 'closed' as is_reopening,
        entry_number < entry_count as is_queued_again
    from counted
)

select
    * exclude (wait_seconds, talk_seconds, last_queue_name),
    -- OUTCALL is written when the call is over.
    case
        when meaning = 'outcall'
            then
                occurred_at
                - {{ asterisk_interval('coalesce(greatest(wait_seconds, talk_seconds), 0)') }}
        else occurred_at
    end as began_at,
    -- An end of an answered call that still waits: the line of the answer is lost. The end says
    -- when it was. What was answered in another queue is another call.
    case
        when meaning = 'outcall' then occurred_at - {{ asterisk_interval('talk_seconds') }}
        when
            queued_at is not null
            and coalesce(talk_seconds, wait_seconds) is not null
            and meaning in ('closed_by_agent', 'closed_by_customer', 'transferred')
            and coalesce(queue_name, '') = coalesce(last_queue_name, '')
            then greatest(queued_at, least(occurred_at, coalesce(
                occurred_at - {{ asterisk_interval('talk_seconds') }},
                queued_at + {{ asterisk_interval('wait_seconds') }}
            )))
    end as answered_at
from placed
