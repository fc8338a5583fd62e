{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_agent_teams')) }}
