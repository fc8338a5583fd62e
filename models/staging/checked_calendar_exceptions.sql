{{ config(materialized='incremental', meta={'touched_by': 'key'}) }}

{{ checked_rows('raw_calendar_exceptions') }}
