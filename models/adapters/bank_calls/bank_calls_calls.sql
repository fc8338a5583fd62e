-- One row a call, its local times of day as instants. PHANTOM rows are no calls.
-- What can't be read is NULL here, and `reported_times` is what the file says instead.
{{ config(materialized='table') }}

with lines as (
    select
        *,
        -- The files of the university have 990801.
        coalesce(strftime(try_strptime(date, '%y%m%d'), '%Y-%m-%d'), date) as call_date
    from {{ source('raw_bank_calls', 'calls') }}
),

calls as (
    select
        call_date || '/' || vru_line || '/' || call_id as session_id,
        nullif(customer_id, '0') as customer_id,
        type as service_type,
        coalesce(nullif(server, 'NO_SERVER'), 'unknown') as agent_id,
        outcome,
        call_date,
        vru_entry,
        -- The voice menu lets a call go into the queue or, where it never queued, away from it.
        case when try_cast(q_time as uinteger) > 0 then q_start else vru_exit end as left_menu,
        try_cast(q_time as uinteger) as queue_seconds,
        try_cast(ser_time as uinteger) as service_seconds,
        concat_ws(' ', call_date, vru_exit, q_start, q_time, ser_time) as reported_times
    from lines
    where outcome is distinct from 'PHANTOM'
),

local_times as (
    select
        *,
        try_strptime(call_date || ' ' || vru_entry, '%Y-%m-%d %H:%M:%S') as local_entered_at,
        try_strptime(call_date || ' ' || left_menu, '%Y-%m-%d %H:%M:%S') as local_left_menu_at
    from calls
),

-- The date is the entry's; any other time of day belongs to the date that brings it nearest.
instants as (
    select
        *,
        {{ utc_of_local('local_entered_at', "'Asia/Jerusalem'") }} as entered_at,
        {{ utc_of_local(
            "local_left_menu_at + to_days(cast(round(
                epoch(local_entered_at - local_left_menu_at) / 86400
            ) as integer))",
            "'Asia/Jerusalem'"
        ) }} as left_menu_at
    from local_times
)

select
    session_id,
    customer_id,
    service_type,
    agent_id,
    outcome,
    queue_seconds > 0 as is_queued,
    -- A few calls are in the queue before they enter the menu: nothing precedes its session.
    case when entered_at is not null then least(entered_at, left_menu_at) end as started_at,
    left_menu_at,
    -- Reported durations win over times of day, also on a night when the clock is changed.
    left_menu_at + to_seconds(queue_seconds) as queue_left_at,
    left_menu_at + to_seconds(queue_seconds + service_seconds) as service_ended_at,
    coalesce(call_date || ' ' || vru_entry, call_date, vru_entry) as reported_start,
    reported_times
from instants
