{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_survey_requests')) }}
