-- The table's rows as they are, all text.
{{ config(materialized='table') }}

{{ chatwoot_rows(
    'csat_survey_responses',
    ['conversation_id', 'rating', 'assigned_agent_id', 'created_at'],
    optional=['id', 'updated_at'],
) }}
