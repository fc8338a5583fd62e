-- The days of the marts that this build rebuilds: those of touched sessions and agents, before this
-- build and now.
select * from {{ ref('former_days') }}
union distinct
{{ days_of_touched_rows(ref) }}
