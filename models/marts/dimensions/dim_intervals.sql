select
    time_zone,
    interval_started_at,
    date_day,
    {{ local_labels('interval_started_at', 'utc_offset_minutes', 'date_day') }}
from {{ ref('local_intervals') }}
