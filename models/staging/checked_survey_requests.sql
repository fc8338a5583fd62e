{{ config(materialized='incremental', meta={'touched_by': 'key', 'day': 'utc_day'}) }}

{{ checked_rows('raw_survey_requests') }}
