-- Not an error: bad rows never fail a build, they are counted and shown.
{{ config(severity='warn') }}

select
    table_name,
    reason,
    count(*) as row_count
from {{ ref('quarantined_rows') }}
group by table_name, reason
