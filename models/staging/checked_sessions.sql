with checked as (
    {{ checked_rows('raw_sessions') | indent(4) }}
)

select
    *,
    -- Narrow and sortable where millions of rows meet; the text id is for the edges.
    row_number() over () as session_key
from checked
