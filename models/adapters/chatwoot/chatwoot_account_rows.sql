-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'accounts',
    ['id', 'name'],
    optional=['time_zone', 'timezone', 'updated_at'],
) }}
