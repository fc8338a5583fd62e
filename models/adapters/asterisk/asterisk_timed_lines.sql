-- The lines of the log, each at its instant: that of its local time where it says no other.
select
    {{ star(
        replaced={'occurred_at': 'coalesce(log_lines.occurred_at, local_times.occurred_at)'},
        relation='log_lines',
    ) }}
from {{ ref('asterisk_lines') }} as log_lines
left join {{ ref('asterisk_local_times') }} as local_times
    on log_lines.line_position = local_times.line_position
