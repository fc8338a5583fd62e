-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'team_members',
    ['team_id', 'user_id', 'created_at'],
) }}
