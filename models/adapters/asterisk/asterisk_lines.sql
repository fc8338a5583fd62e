-- Where each row stands: line_position grows with the order of the files and of their lines.
select
    rowid as line_position,
    *
from {{ ref('asterisk_log') }}
