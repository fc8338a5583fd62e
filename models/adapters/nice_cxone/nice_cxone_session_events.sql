-- raw_session_events of the contract. A session that the digital stream has from its beginning is
-- as the stream tells it; one that had begun before, and of which the reporting interface has a
-- record, is as that tells it: nothing comes in twice.
with of_reports as (
    select distinct session_id
    from {{ ref('nice_cxone_legs') }}
    where not is_of_stream
)

select digital_events.*
from {{ ref('nice_cxone_digital_events') }} as digital_events
anti join of_reports on digital_events.session_id = of_reports.session_id

union all by name

select digital_work.*
from {{ ref('nice_cxone_digital_work') }} as digital_work
anti join of_reports on digital_work.session_id = of_reports.session_id

union all by name

select * from {{ ref('nice_cxone_report_events') }}

union all by name

select * from {{ ref('nice_cxone_report_work') }}

union all by name

select
    place as event_id,
    session_id,
    occurred_at,
    word as event_type
from {{ ref('nice_cxone_unknown_words') }}
where word_kind in ('event type', 'case status', 'contact state', 'time')
