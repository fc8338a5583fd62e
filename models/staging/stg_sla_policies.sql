{{ config(materialized='view') }}

{{ accepted_rows(ref('checked_sla_policies')) }}
