-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'taggings',
    ['tag_id', 'taggable_type', 'taggable_id', 'created_at'],
    optional=['id'],
) }}
