{{ config(materialized='incremental', meta={'rebuilt_by': 'key'}) }}

{{ checked_rows('raw_measured_events') }}
