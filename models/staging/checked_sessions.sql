{{ config(materialized='incremental', meta={'touched_by': 'key', 'day': 'utc_day'}) }}

with checked as (
    {{ checked_rows('raw_sessions') | indent(4) }}
)
{%- if is_incremental_build() %},

-- A newer version of a session keeps the key by which the rows of other tables know it.
known_keys as (
    select
        session_id,
        session_key
    from {{ this }}
    where row_outcome = 'accepted'
),

last_key as (
    select coalesce(max(session_key), 0) as session_key from {{ this }}
)

select
    checked.*,
    coalesce(known_keys.session_key, last_key.session_key + {{ row_key() }}) as session_key
from checked
cross join last_key
left join known_keys
    on checked.session_id = known_keys.session_id
{%- else %}

select
    *,
    -- Narrow and sortable where millions of rows meet; the text id is for the edges.
    {{ row_key() }} as session_key
from checked
{%- endif %}
