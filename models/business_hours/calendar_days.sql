-- What each calendar says of each date, and of an increment whether that isn't what the last build
-- knew; also where another zone has moved an end of it, past which the next date's spans began.
-- Dates that come into reach, since the data go on, are no news: nothing was made of them.
with days as (
    select
        calendar_id,
        date_day,
        min(starts_at) as starts_at,
        max(ends_at) as ends_at,
        {{ joined_texts(
            "concat_ws('|', opened_at, closed_at)", ',', order_by='opened_at, closed_at'
        ) }} as meaning
    from {{ ref('calendar_spans') }}
    group by calendar_id, date_day
)
{%- if is_incremental_build() %},

former_reaches as (
    select
        calendar_id,
        min(date_day) as first_day,
        max(date_day) as last_day
    from {{ this }}
    group by calendar_id
)
{%- endif %}

select
    days.*,
    {%- if is_incremental_build() %}
    coalesce(
        days.date_day between reaches.first_day and reaches.last_day
        and (
            former.calendar_id is null
            or days.meaning is distinct from former.meaning
            or days.starts_at != former.starts_at
            or days.ends_at != former.ends_at
        ),
        false
    ) as is_changed
    {%- else %}
    false as is_changed
    {%- endif %}
from days
{%- if is_incremental_build() %}
left join former_reaches as reaches
    on days.calendar_id = reaches.calendar_id
left join {{ this }} as former
    on days.calendar_id = former.calendar_id
    and days.date_day = former.date_day
{%- endif %}
