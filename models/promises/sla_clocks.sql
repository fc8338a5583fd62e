-- The clocks of sessions: until the first response, until each next one, until the resolution.
-- Only of metrics that anything is promised of. stopped_at: when what is waited for came;
-- ended_at: that, or the last close of a session that is closed without it.
with promised as (
    select distinct metric from {{ ref('stg_sla_policies') }}
),

sessions as (
    select
        sessions.*,
        measured.has_messages
    from {{ ref('sessions') }} as sessions
    inner join {{ ref('measured_tables') }} as measured
        on sessions.feed = measured.feed
),

-- A bot's part before the first acceptance keeps the clock back until it hands over. Without a
-- hand-over there is none.
first_starts as (
    select
        sessions.session_key,
        sessions.is_digital,
        sessions.first_accepted_at,
        case
            when bot_parts.session_key is null or bot_parts.is_after_acceptance
                then sessions.started_at
            else bot_parts.handed_off_at
        end as started_at
    from sessions
    left join {{ ref('bot_parts') }} as bot_parts
        on sessions.session_key = bot_parts.session_key
    where
        sessions.direction is distinct from 'outbound'
        and (sessions.has_messages or not sessions.is_digital)
        and 'first_response' in (select promised.metric from promised)
),

first_answers as (
    select
        messages.session_key,
        min(messages.sent_at) as answered_at
    from {{ ref('messages') }} as messages
    inner join first_starts
        on messages.session_key = first_starts.session_key
        and messages.sent_at >= first_starts.started_at
    where messages.is_agent and first_starts.is_digital
    group by messages.session_key
),

-- A customer's turn that follows an agent's is one after the first agent message; the next turn is
-- an agent's and answers it.
questions as (
    select
        turns.session_key,
        turns.turn_number,
        turns.started_at
    from {{ built_rows(ref('turns')) }} as turns
    inner join sessions
        on turns.session_key = sessions.session_key
    where
        turns.is_response
        and not turns.is_agent
        and sessions.is_digital
        and 'next_response' in (select promised.metric from promised)
),

answers as (
    select
        session_key,
        turn_number,
        started_at
    from {{ built_rows(ref('turns')) }}
    where
        is_response
        and is_agent
        and session_key in (select questions.session_key from questions)
),

clocks as (
    select
        first_starts.session_key,
        'first_response' as metric,
        cast(1 as bigint) as clock_number,
        first_starts.started_at,
        case
            when first_starts.is_digital then first_answers.answered_at
            else first_starts.first_accepted_at
        end as stopped_at
    from first_starts
    left join first_answers
        on first_starts.session_key = first_answers.session_key
    where first_starts.started_at is not null
    union all
    select
        questions.session_key,
        'next_response' as metric,
        row_number() over (
            partition by questions.session_key order by questions.turn_number
        ) as clock_number,
        questions.started_at,
        answers.started_at as stopped_at
    from questions
    left join answers
        on questions.session_key = answers.session_key
        and questions.turn_number + 1 = answers.turn_number
    union all
    select
        session_key,
        'resolution' as metric,
        cast(1 as bigint) as clock_number,
        started_at,
        case when is_closed then last_closed_at end as stopped_at
    from sessions
    where 'resolution' in (select promised.metric from promised)
)

select
    clocks.*,
    coalesce(clocks.stopped_at, case when sessions.is_closed then sessions.last_closed_at end)
        as ended_at
from clocks
inner join sessions
    on clocks.session_key = sessions.session_key
