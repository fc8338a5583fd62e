-- The events of messages that say what they are, with when each message was written.
{{ config(materialized='table') }}

select
    message_id,
    event_id,
    starts_with(event_type, 'messagenote') as is_note,
    session_id,
    occurred_text,
    occurred_at,
    author_id,
    coalesce(is_author_bot, false) as is_author_bot,
    coalesce(is_author_survey, false) as is_author_survey,
    message_direction as direction,
    tag_names,
    written_text,
    {{ utc_timestamp('written_text') }} as written_at,
    received_at
from {{ ref('nice_cxone_events') }}
where
    event_type in (
        'messageaddedintocase', 'messagecreated', 'messagesent', 'messageupdated',
        'messagenotecreated', 'messagenoteupdated'
    )
