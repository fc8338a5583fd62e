-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'users',
    ['id', 'name'],
    optional=['updated_at'],
) }}
