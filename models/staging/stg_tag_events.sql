{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_tag_events')) }}
