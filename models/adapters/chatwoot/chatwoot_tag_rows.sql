-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'tags',
    ['id', 'name'],
) }}
