{{ config(materialized='incremental', partition_by='utc_day', meta={'rebuilt_by': 'key'}) }}

{{ checked_rows('raw_evaluations') }}
