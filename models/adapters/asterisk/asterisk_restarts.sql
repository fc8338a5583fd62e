-- When Asterisk came up again.
{{ config(materialized='table') }}

select
    occurred_at,
    min(line_position) as line_position
from {{ ref('asterisk_events') }}
where is_usable and meaning = 'restarted'
group by occurred_at
