{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_calendars')) }}
