-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'teams',
    ['id', 'name', 'account_id'],
    optional=['updated_at'],
) }}
