-- The open seconds of each queue leg whose queue has a calendar.
with legs as (
    select
        legs.session_key,
        legs.leg_number,
        legs.is_before_first_acceptance,
        count(*) filter (where legs.is_before_first_acceptance) over (
            partition by legs.session_key
        ) as leg_count_before_first_acceptance,
        legs.queued_at,
        legs.ended_at,
        {{ assigned_calendar() }} as calendar_id
    from {{ ref('queue_legs') }} as legs
    inner join {{ ref('sessions') }} as sessions
        on legs.session_key = sessions.session_key
    {{ join_calendars(
        'legs.skill_id', 'sessions.channel_id', 'sessions.company_id', 'legs.queued_at'
    ) | indent(4) }}
)

select
    legs.*,
    {{ business_seconds('legs.queued_at', 'legs.ended_at') }} as business_queue_seconds
from legs
{{ join_open_time('starts', 'legs.calendar_id', 'legs.queued_at', kind='inner') }}
{{ join_open_time('ends', 'legs.calendar_id', 'legs.ended_at') }}
