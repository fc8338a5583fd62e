-- The days of the marts that this build rebuilds: those of touched sessions and agents, before this
-- build and now. None where all are built.
select * from {{ ref('former_days') }}
{%- set touched_now = days_of_touched_rows(ref) %}
{%- if is_incremental_build() %}
union distinct
{{ touched_now }}
{%- endif %}
