-- The table's rows as they are, all text; what was written only of Chatwoot's own notes in the
-- thread, which tell who resolved a conversation.
{{ config(materialized='table') }}

with message_rows as (
    {{ chatwoot_rows(
        'messages',
        ['id', 'conversation_id', 'message_type', 'private', 'sender_type', 'sender_id',
         'content_attributes', 'additional_attributes', 'created_at'],
        optional=['content_type', 'content'],
        required=true,
    ) | indent(4) }}
)

select
    * exclude (content),
    case when message_type = '2' then content end as activity_text
from message_rows
