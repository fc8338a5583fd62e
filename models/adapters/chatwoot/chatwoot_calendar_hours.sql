-- The opening hours of each day of the week, as they are now; a day that is closed has none. Of two
-- exports of a day the newer counts.
{{ config(materialized='table') }}

with days as (
    select
        *,
        {{ chatwoot_ingested_at() }} as ingested_at
    from {{ source('raw_chatwoot', 'working_hours') }}
    where inbox_id in (select calendar_id from {{ ref('chatwoot_calendars') }})
    qualify row_number() over (
        partition by inbox_id, day_of_week
        order by
            ingested_at desc nulls last,
            open_hour asc,
            open_minutes asc,
            close_hour asc,
            close_minutes asc,
            closed_all_day asc,
            open_all_day asc
    ) = 1
)

select
    inbox_id as calendar_id,
    -- Sunday is 0 there.
    case day_of_week when '0' then '7' else day_of_week end as iso_day_of_week,
    case
        when {{ chatwoot_is_true('open_all_day') }} then '00:00'
        else lpad(open_hour, 2, '0') || ':' || lpad(coalesce(open_minutes, '0'), 2, '0')
    end as opens_at,
    case
        when {{ chatwoot_is_true('open_all_day') }} then '24:00'
        else lpad(close_hour, 2, '0') || ':' || lpad(coalesce(close_minutes, '0'), 2, '0')
    end as closes_at,
    {{ chatwoot_beginning() }} as valid_from,
    ingested_at
from days
where not {{ chatwoot_is_true('closed_all_day') }}
