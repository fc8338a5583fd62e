{{ config(materialized='incremental', meta={'rebuilt_by': 'key'}) }}

{{ checked_rows('raw_skill_targets') }}
