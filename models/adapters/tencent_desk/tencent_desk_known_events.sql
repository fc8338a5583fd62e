-- What names of events mean: the variable says it, else the seed.
with given as (
    {%- for event_name, meaning in var('tencent_desk_events').items() %}
    select
        {{ text_literal(event_name) }} as event_name,
        {{ text_literal(meaning) }} as meaning
    union all
    {%- endfor %}
    select
        cast(null as varchar) as event_name,
        cast(null as varchar) as meaning
    where false
)

select
    event_name,
    meaning
from given

union all

select
    event_name,
    meaning
from {{ ref('tencent_desk_events') }}
where event_name not in (select given.event_name from given)
