-- Each inbox with opening hours has its own.
{{ config(materialized='table') }}

select
    'channel' as subject,
    calendar_id as subject_id,
    calendar_id,
    {{ chatwoot_beginning() }} || 'T00:00:00Z' as valid_from
from {{ ref('chatwoot_calendars') }}
