-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'inboxes',
    ['id', 'name', 'channel_type'],
    optional=['updated_at'],
) }}
