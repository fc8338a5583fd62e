{{ config(materialized='incremental', meta={'rebuilt_by': 'key', 'day': 'utc_day'}) }}

{{ checked_rows('raw_focus_events') }}
