-- What names of events mean: the variable says it, else the seed.
with given as (
    {{ variable_rows('tencent_desk_events', 'event_name') }}
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
