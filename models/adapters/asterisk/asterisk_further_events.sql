-- Events that aren't a line's own: lost answers, ringing, wrap-up, and the end of calls at which
-- Asterisk went down.
select
    line_position * 8 + 1 as event_seq,
    call_id as session_id,
    occurred_at,
    'accepted' as event_type,
    'agent' as actor_type,
    agent_id,
    queue_name as skill_id,
    cast(null as varchar) as outcome,
    copy_count
from {{ ref('asterisk_answers') }}
where is_lost

union all by name

select
    line_position * 8 as event_seq,
    call_id as session_id,
    offered_at as occurred_at,
    'offered' as event_type,
    agent_id,
    queue_name as skill_id,
    copy_count
from {{ ref('asterisk_offers') }}
where is_of_session

union all by name

select
    line_position * 8 + 1 as event_seq,
    case when is_of_session or not has_session then call_id end as session_id,
    ended_at as occurred_at,
    'offer_ended' as event_type,
    'agent' as actor_type,
    agent_id,
    outcome,
    copy_count
from {{ ref('asterisk_offers') }}
where outcome is not null

union all by name

select
    started_position * 8 + unnest([5, 6]) as event_seq,
    call_id as session_id,
    unnest([started_at, ended_at]) as occurred_at,
    unnest(['wrap_up_started', 'wrap_up_ended']) as event_type,
    'agent' as actor_type,
    agent_id,
    copy_count
from {{ ref('asterisk_busy_periods') }}
where is_wrap_up and call_id is not null

union all by name

-- Such a call was over earlier where its agent went on to something else before.
select
    calls.line_position * 8 + 7 as event_seq,
    calls.call_id as session_id,
    least(calls.restarted_at, periods.ended_at) as occurred_at,
    'closed' as event_type,
    'system' as actor_type,
    1 as copy_count
from {{ ref('asterisk_interrupted_calls') }} as calls
left join {{ ref('asterisk_busy_periods') }} as periods
    on calls.line_position = periods.started_position
    and not periods.is_wrap_up
