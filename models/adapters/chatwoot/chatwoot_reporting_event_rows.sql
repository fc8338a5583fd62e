-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'reporting_events',
    ['name', 'conversation_id', 'user_id', 'event_end_time'],
    optional=['id', 'created_at'],
    required=true,
) }}
