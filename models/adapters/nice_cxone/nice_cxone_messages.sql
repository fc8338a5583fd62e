-- raw_messages of the contract: each message once, though several events show it, to the
-- millisecond where an event came within 2 s of the message's own, whole second.
with messages as (
    select
        message_id,
        arg_min(session_id, (occurred_at, event_id)) as session_id,
        min(
            case
                when
                    written_at is null
                    or occurred_at between written_at and written_at + interval 2 seconds
                    then occurred_at
                else written_at
            end
        ) as sent_at,
        min(coalesce(written_text, occurred_text)) as sent_text,
        arg_min(author_id, (occurred_at, event_id)) as author_id,
        bool_or(is_author_bot) as is_author_bot,
        bool_or(is_author_survey) as is_author_survey,
        arg_min(direction, (occurred_at, event_id)) as direction,
        bool_or(is_note) as is_note,
        max(received_at) as received_at
    from {{ ref('nice_cxone_written_messages') }}
    group by coalesce(message_id, event_id), message_id
)

select
    message_id,
    session_id,
    coalesce(cast(sent_at as varchar), sent_text) as sent_at,
    case
        when is_author_bot then 'bot'
        when is_author_survey then 'system'
        when author_id is not null then 'agent'
        -- Nobody wrote what goes out without an author.
        when direction = 'outbound' then 'system'
        else 'customer'
    end as sender_type,
    author_id as sender_id,
    case when is_note then 'internal' else 'public' end as visibility,
    received_at as ingested_at
from messages
