-- The opening hours of each day of the week, as they are now; a day that is closed has none. Of two
-- exports of a day the newer counts.
{{ config(materialized='table') }}

with days as (
    select
        *,
        {{ chatwoot_ingested_at() }} as ingested_at
    from {{ source('raw_chatwoot', 'working_hours') }}
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
    days.inbox_id as calendar_id,
    -- Sunday is 0 there.
    case days.day_of_week when '0' then '7' else days.day_of_week end as iso_day_of_week,
    case
        when {{ chatwoot_is_true('days.open_all_day') }} then '00:00'
        else lpad(days.open_hour, 2, '0') || ':' || lpad(coalesce(days.open_minutes, '0'), 2, '0')
    end as opens_at,
    case
        when {{ chatwoot_is_true('days.open_all_day') }} then '24:00'
        else lpad(days.close_hour, 2, '0') || ':' || lpad(coalesce(days.close_minutes, '0'), 2, '0')
    end as closes_at,
    {{ chatwoot_beginning() }} as valid_from,
    days.ingested_at
from days
inner join {{ ref('chatwoot_calendars') }} as calendars
    on days.inbox_id = calendars.calendar_id
where not {{ chatwoot_is_true('days.closed_all_day') }}
