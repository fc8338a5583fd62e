-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'account_users',
    ['account_id', 'user_id'],
) }}
