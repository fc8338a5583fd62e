{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_calendar_hours')) }}
