-- Messages with the senders that only reporting events tell. Deleting a user takes sender and kind
-- of sender off the messages; the events of a person's answers keep whose they were.
{{ config(materialized='table') }}

with messages as (
    select * from {{ ref('chatwoot_written_messages') }}
),

events as (
    select * from {{ ref('chatwoot_reporting_events') }}
    where name in ('first_response', 'reply_time') and counted_at is not null
),

-- Where the table users isn't there others still tell of some of them.
known_users as (
    select id as agent_id from {{ source('raw_chatwoot', 'users') }}
    union distinct
    select user_id from {{ source('raw_chatwoot', 'account_users') }}
    union distinct
    select sender_id from messages
    where sender_type = 'agent' and not is_unsigned
),

-- A user who is still there keeps the messages, so such an answer is somebody else's.
answer_events as (
    select
        events.session_id,
        events.counted_at,
        case when known_users.agent_id is null then events.agent_id end as agent_id
    from events
    left join known_users
        on events.agent_id = known_users.agent_id
),

-- Before Chatwoot wrote them the answers to a customer's later messages prove nothing.
first_reply_times as (
    select min(counted_at) as written_since
    from events
    where name = 'reply_time'
),

-- The messages that an event may be of. A person's answer that is signed has the event for itself:
-- it proves nothing of what a program wrote in the same second, unless that is nearer.
near_messages as (
    select
        messages.message_id,
        messages.is_unsigned,
        answer_events.agent_id,
        abs(epoch_us(answer_events.counted_at) - epoch_us(messages.counted_at)) as distance,
        min(distance) filter (
            where messages.sender_type = 'agent' and messages.origin = 'human'
            and not messages.is_unsigned
        ) over (
            partition by answer_events.session_id, answer_events.counted_at
        ) as signed_distance
    from answer_events
    inner join messages
        on answer_events.session_id = messages.session_id
        and messages.counted_at between
        answer_events.counted_at - {{ chatwoot_tolerance() }}
        and answer_events.counted_at + {{ chatwoot_tolerance() }}
    where messages.visibility = 'public'
),

proofs as (
    select
        message_id,
        arg_min(coalesce(agent_id, ''), (distance, agent_id)) as agent_id
    from near_messages
    where is_unsigned and (distance < signed_distance or signed_distance is null)
    group by message_id
),

-- What follows an answer is that agent's too, until somebody else writes.
told as (
    select
        messages.*,
        last_value(
            case
                when proofs.message_id is not null then proofs.agent_id
                when messages.visibility != 'public' or messages.is_unsigned then null
                when
                    messages.sender_type = 'customer'
                    and messages.counted_at >= first_reply_times.written_since
                    then 'nobody'
                when messages.sender_type in ('agent', 'bot') and messages.origin = 'human'
                    then 'nobody'
            end ignore nulls
        ) over (
            partition by messages.session_id
            order by messages.counted_at, {{ in_order_of_id('messages.message_id') }}
            rows between unbounded preceding and current row
        ) as agent_told
    from messages
    left join proofs
        on messages.message_id = proofs.message_id
    cross join first_reply_times
)

select
    * exclude (agent_told) replace (
        case
            when is_unsigned and agent_told != 'nobody' then 'agent'
            else sender_type
        end as sender_type,
        case
            when is_unsigned and agent_told != 'nobody' then nullif(agent_told, '')
            else sender_id
        end as sender_id
    )
from told
