-- The way back: each span once for every day of open time that its running total touches, so that
-- a total finds the span in which it is reached by equality on its number (macro join_reached).
select
    calendar_id,
    {{ each_number(
        number_of_total('open_microseconds_before + 1'), number_of_total('open_microseconds_after')
    ) }} as total_number,
    opened_at,
    open_microseconds_before,
    open_microseconds_after
from {{ ref('open_spans') }}
