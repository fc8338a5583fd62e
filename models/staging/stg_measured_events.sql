{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_measured_events')) }}
