-- Waits for somebody else: from each pended of an open session that isn't pending already to the
-- first unpended, close or public message of the customer. At one instant messages come first.
with timeline as (
    select * from {{ ref('session_timeline') }}
    where
        event_type = 'unpended'
        or is_effective_close
        or (event_type = 'pended' and not was_closed)
),

pended_sessions as (
    select distinct session_key from timeline
    where event_type = 'pended'
),

marks as (
    select
        timeline.session_key,
        timeline.occurred_at as marked_at,
        1 as place,
        timeline.event_position as place_within,
        false as is_agent,
        timeline.event_type as mark
    from timeline
    inner join pended_sessions
        on timeline.session_key = pended_sessions.session_key
    union all
    select
        messages.session_key,
        messages.sent_at as marked_at,
        0 as place,
        messages.message_seq as place_within,
        messages.is_agent,
        case when messages.is_agent then 'agent' else 'customer' end as mark
    from {{ ref('messages') }} as messages
    inner join pended_sessions
        on messages.session_key = pended_sessions.session_key
),

in_order as (
    select
        session_key,
        marked_at,
        mark,
        {{ ignoring_nulls('last_value', "case when mark != 'agent' then mark end") }}
            over before_here as former_mark,
        {{ ignoring_nulls('last_value', "case when mark in ('agent', 'customer') then mark end") }}
            over before_here as last_writer,
        {{ ignoring_nulls(
            'first_value', "case when mark not in ('agent', 'pended') then marked_at end"
        ) }} over from_here as next_end_at
    from marks
    window
        before_here as (
            partition by session_key order by marked_at, place, place_within, is_agent
            rows between unbounded preceding and 1 preceding
        ),
        from_here as (
            partition by session_key order by marked_at, place, place_within, is_agent
            rows between 1 following and unbounded following
        )
)

select
    session_key,
    marked_at as pended_at,
    next_end_at as ended_at,
    coalesce(last_writer = 'customer', false) as is_customer_waiting
from in_order
where mark = 'pended' and coalesce(former_mark != 'pended', true)
