-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'messages',
    ['id', 'conversation_id', 'message_type', 'private', 'sender_type', 'sender_id',
     'content_attributes', 'additional_attributes', 'created_at'],
    required=true,
) }}
