{{ config(materialized='view') }}

select * from {{ of_touched_sessions(ref('stg_survey_requests')) }}
