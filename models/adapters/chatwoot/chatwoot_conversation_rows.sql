-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'conversations',
    ['id', 'account_id', 'inbox_id', 'assignee_id', 'contact_id', 'campaign_id', 'created_at'],
    optional=['status', 'team_id', 'updated_at'],
    required=true,
) }}
