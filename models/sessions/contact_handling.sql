-- What each agent contact cost: on hold, in engagement, and in the work after it. What isn't
-- measured at the acceptance is NULL, and so is what isn't known yet.
with contacts as (
    select
        contacts.session_key,
        contacts.contact_number,
        contacts.agent_id,
        contacts.accepted_at,
        contacts.ended_at,
        coalesce(contacts.accepted_at >= measured.hold_measured_from, false) as is_hold_measured,
        coalesce(contacts.accepted_at >= measured.wrap_up_measured_from, false)
            as is_wrap_up_measured
    from {{ ref('agent_contacts') }} as contacts
    inner join {{ ref('sessions_to_build') }} as sessions
        on contacts.session_key = sessions.session_key
    inner join {{ ref('measured_groups') }} as measured
        on sessions.feed = measured.feed
),

joined as (
    select
        contacts.*,
        {{ seconds_between('contacts.accepted_at', 'contacts.ended_at') }} as contact_seconds,
        coalesce(holds.hold_seconds, 0) as hold_seconds,
        case when contacts.is_wrap_up_measured then wrap_ups.started_at end as wrap_up_started_at,
        case when contacts.is_wrap_up_measured then wrap_ups.ended_at end as wrap_up_ended_at,
        coalesce(wrap_ups.started_at is not null and wrap_ups.ended_at is null, false)
            as is_wrap_up_open,
        coalesce(wrap_ups.is_end_inferred, false) as is_wrap_up_end_inferred,
        coalesce({{ seconds_between('wrap_ups.started_at', 'wrap_ups.ended_at') }}, 0)
            as wrap_up_seconds
    from contacts
    left join {{ ref('contact_holds') }} as holds
        on contacts.session_key = holds.session_key
        and contacts.contact_number = holds.contact_number
    left join {{ ref('contact_wrap_ups') }} as wrap_ups
        on contacts.session_key = wrap_ups.session_key
        and contacts.contact_number = wrap_ups.contact_number
)

{%- set wrap_up_is_known
    = 'is_wrap_up_measured and ended_at is not null and not is_wrap_up_open' %}
select
    session_key,
    contact_number,
    agent_id,
    is_hold_measured,
    is_wrap_up_measured,
    accepted_at,
    ended_at,
    wrap_up_started_at,
    wrap_up_ended_at,
    case when {{ wrap_up_is_known }} then is_wrap_up_end_inferred end as is_wrap_up_end_inferred,
    case when is_hold_measured and ended_at is not null then hold_seconds end as hold_seconds,
    -- Of whole microseconds, so that the parts are the whole to the last digit.
    case
        when is_hold_measured then round((contact_seconds - hold_seconds) * 1e6) / 1e6
    end as engaged_seconds,
    case when {{ wrap_up_is_known }} then wrap_up_seconds end as wrap_up_seconds,
    case
        when {{ wrap_up_is_known }} then round((contact_seconds + wrap_up_seconds) * 1e6) / 1e6
    end as handle_seconds
from joined
