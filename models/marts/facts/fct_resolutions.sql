{{ config(
    materialized='incremental',
    meta={'touched_by': 'resolution', 'day': 'date_day', 'touches': 'days'},
) }}

with closes as (
    select * from {{ of_touched_resolutions(ref('fct_session_closes')) }}
    where is_final
),

sessions as (
    select * from {{ of_touched_resolutions(ref('session_facts')) }}
),

closed as (
    select
        sessions.*,
        closes.closed_at as ended_at
    from closes
    inner join sessions
        on closes.session_id = sessions.session_id
),

nexts as (
    {{ next_sessions(
        'closed', rows_to_build(
            ref('session_facts'), 'customer_id in (select customer_id from closed)'
        ), repeat_window_seconds()
    ) | indent(4) }}
),

maturities as (
    select
        closed.*,
        case
            when {{ may_repeat('closed') }}
                then {{ seconds_after('closed.ended_at', repeat_window_seconds()) }}
        end as matures_at,
        data_span.as_of
    from closed
    cross join {{ ref('data_span') }} as data_span
)

select
    sessions.session_id,
    sessions.company_id,
    sessions.customer_id,
    sessions.channel_id,
    contacts.agent_id,
    -- What nobody accepted is the skill's in whose queue it was first.
    case when contacts.agent_id is null then sessions.first_skill_id else contacts.skill_id end
        as skill_id,
    sessions.direction,
    sessions.is_accepted,
    sessions.reopened_count > 0 as is_reopened,
    sessions.is_single_agent,
    case
        when sessions.is_digital and not sessions.is_messages_measured then null
        else
            sessions.reopened_count = 0
            and sessions.agent_contact_count = 1
            and (not sessions.is_digital or sessions.agent_turn_count = 1)
    end as is_one_touch,
    case
        when sessions.customer_id is not null
            then coalesce(sessions.matures_at <= sessions.as_of, false)
    end as is_matured,
    case when sessions.matures_at <= sessions.as_of then nexts.next_session_id is not null end
        as is_repeated,
    closes.closed_at,
    closes.closed_date,
    sessions.matures_at,
    nexts.next_session_id,
    nexts.seconds_to_next,
    closes.date_day,
    closes.local_time,
    closes.local_hour,
    closes.local_half_hour,
    closes.iso_day_of_week,
    closes.utc_offset_minutes
from closes
inner join maturities as sessions
    on closes.session_id = sessions.session_id
left join {{ ref('agent_contact_facts') }} as contacts
    on closes.agent_contact_id = contacts.agent_contact_id
left join nexts
    on closes.session_id = nexts.session_id
