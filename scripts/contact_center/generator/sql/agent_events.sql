-- One chunk of agents' logins, states and logouts: variables first_agent and last_agent number
-- the agents of all companies together.

create or replace temp table raw_agent_events as
with shifts as (
    select
        r.*,
        a.overall_no,
        r.agent_key * 10000 + r.day_no as shift_key,
        local_to_utc(
            r.shift_date
                + to_hours(case r.shift when 'early' then 6 when 'late' then 14 else 22 end),
            r.time_zone
        ) as begins_at,
        local_to_utc(
            r.shift_date
                + to_hours(case r.shift when 'early' then 14 when 'late' then 22 else 30 end),
            r.time_zone
        ) as ends_at
    from rota as r
    inner join (
        select agent_key, row_number() over (order by agent_key) as overall_no
        from agents
    ) as a on a.agent_key = r.agent_key
    where
        a.overall_no between getvariable('first_agent') and getvariable('last_agent')
        -- The night before the first day is the only shift of that day.
        and (r.shift = 'night' or r.shift_date >= getvariable('first_date'))
),

days as (
    select
        *,
        concat('desk-', agent_id) as desk,
        begins_at - to_milliseconds(floor(600000 * draw(shift_key, 'login'))::bigint) as login_at,
        ends_at + to_milliseconds(floor(900000 * draw(shift_key, 'logout'))::bigint) as logout_at,
        date_diff('millisecond', begins_at, ends_at) as shift_ms
    from shifts
),

changes as (
    select
        *,
        unnest(range(1, 10)) as change_no
    from days
),

states as (
    select
        *,
        begins_at + to_milliseconds(floor(
            shift_ms / 9.0 * (change_no - 1 + 0.85 * draw(shift_key * 10 + change_no, 'state at'))
        )::bigint) as changed_at,
        draw(shift_key * 10 + change_no, 'state') as state_u
    from changes
),

unioned as (
    -- Some days begin with a state instead of a login.
    select
        overall_no, shift_key, agent_id, 0 as row_no, login_at as occurred_at, 1 as event_seq,
        desk as device_id, 'login' as event_type, null as state, null as reason
    from days
    where not chance(shift_key, 'login lost', 0.02)
    union all
    -- A state at the very instant of the login.
    select
        overall_no, shift_key, agent_id, 1, login_at, 2, desk, 'state',
        if(chance(shift_key, 'first state idle', 0.7), 'idle', 'busy'), null
    from days
    where chance(shift_key, 'state at login', 0.2)
    union all
    select
        overall_no, shift_key, agent_id, 1 + change_no, changed_at, 1, desk, 'state',
        case when state_u < 0.5 then 'busy' when state_u < 0.82 then 'idle' else 'break' end,
        case
            when state_u >= 0.82
                then pick_from(shift_key * 10 + change_no, 'reason', getvariable('break_reasons'))
            when state_u < 0.08 then 'after-call work'
        end
    from states
    union all
    -- The telephone application beside the desk.
    select
        overall_no, shift_key, agent_id, 20, begins_at + to_milliseconds(shift_ms // 5), 1,
        concat('mobile-', agent_id), 'login', null, null
    from days
    where chance(shift_key, 'second device', 0.08)
    union all
    select
        overall_no, shift_key, agent_id, 21, begins_at + to_milliseconds(shift_ms // 5 * 3), 1,
        concat('mobile-', agent_id), 'logout', null, null
    from days
    where chance(shift_key, 'second device', 0.08)
    union all
    -- A logout without a device ends all of them; a lost one is for the warehouse to infer.
    select
        overall_no, shift_key, agent_id, 22, logout_at, 1,
        if(chance(shift_key, 'logout of all', 0.1), null, desk), 'logout', null, null
    from days
    where not chance(shift_key, 'logout lost', 0.025)
),

landed as (
    select
        *,
        draw(shift_key * 100 + row_no, 'agent event landed') as landed_u
    from unioned
)

select
    shift_key as entity_no,
    row_no,
    concat('p', agent_id, '-', shift_key % 10000, '-', row_no) as event_id,
    agent_id,
    occurred_at,
    event_seq::integer as event_seq,
    device_id,
    event_type,
    state,
    reason,
    landed_at(occurred_at, landed_u) as ingested_at
from landed
where occurred_at <= getvariable('end_at');
