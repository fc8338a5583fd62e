{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_session_events')) }}
