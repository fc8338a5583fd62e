-- Where a calendar is open all the time of an interval, its business seconds are the plain ones, to
-- the microsecond.
with legs as (
    select
        hours.session_key,
        hours.leg_number as number_in_session,
        hours.calendar_id,
        hours.queued_at as started_at,
        hours.ended_at,
        hours.business_queue_seconds as business_seconds
    from {{ built_rows(ref('leg_hours')) }} as hours
),

contacts as (
    select
        hours.session_key,
        hours.contact_number as number_in_session,
        hours.calendar_id,
        hours.accepted_at as started_at,
        hours.first_agent_message_at as ended_at,
        hours.business_first_response_seconds as business_seconds
    from {{ built_rows(ref('contact_hours')) }} as hours
),

responses as (
    select
        session_key,
        turn_number as number_in_session,
        calendar_id,
        waited_from_at as started_at,
        started_at as ended_at,
        business_response_seconds as business_seconds
    from {{ built_rows(ref('turns')) }}
    where calendar_id is not null
),

sessions as (
    select
        session_key,
        cast(null as bigint) as number_in_session,
        calendar_id,
        started_at,
        resolved_at as ended_at,
        business_resolution_seconds as business_seconds
    from {{ built_rows(ref('session_hours')) }}
    where calendar_id is not null
),

intervals as (
    {%- for rows in ['legs', 'contacts', 'responses', 'sessions'] %}
    select * from {{ rows }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select intervals.*
from intervals
inner join {{ ref('open_time') }} as pieces
    on intervals.calendar_id = pieces.calendar_id
    and cast(intervals.started_at as date) = pieces.utc_date
    and intervals.started_at >= pieces.from_at
    and intervals.started_at < pieces.until_at
where
    pieces.is_open
    and intervals.ended_at >= pieces.from_at
    and intervals.ended_at <= pieces.until_at
    and (
        {{ microseconds_of('intervals.ended_at') }} - {{ microseconds_of('intervals.started_at') }}
        = cast(round(intervals.business_seconds * 1e6) as bigint)
    ) is not true
