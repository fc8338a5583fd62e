-- Random draws without a random generator: every draw is a function of the seed, a number that
-- names the thing drawn for, and a word that names the draw. Plain integer arithmetic (the
-- "lowbias32" mixer) instead of hash(), whose values may change with the DuckDB version.

create macro mix_once(x) as xor(x, x >> 16) * 569420461 & 4294967295::ubigint;
create macro mix_twice(x) as xor(x, x >> 15) * 3546519447 & 4294967295::ubigint;
create macro mix(x) as mix_twice(mix_once(x));

-- The seed and the word are constants: one md5 per query, none per row.
create macro stream(salt) as
    md5_number_lower(concat(getvariable('seed'), ':', salt)) & 4294967295::ubigint;

-- Evenly between 0 and 1, never either of them.
create macro draw(entity, salt) as (
    mix(
        xor(
            mix(xor(entity::ubigint & 4294967295::ubigint, stream(salt))),
            (entity::ubigint >> 32)
        )
    ) + 0.5
) / 4294967296;

create macro chance(entity, salt, probability) as draw(entity, salt) < probability;

-- A whole number from 1 to `size`.
create macro pick(entity, salt, size) as 1 + floor(draw(entity, salt) * size)::bigint;

create macro pick_from(entity, salt, choices) as
    choices[pick(entity, salt, len(choices))];

-- Milliseconds around a median with a long tail (log-logistic: close to lognormal, one draw).
create macro around_ms(u, median_seconds, spread) as
    floor(1000 * median_seconds * pow((0.001 + 0.998 * u) / (0.999 - 0.998 * u), spread))::bigint;

-- When a row lands: mostly within seconds, 1 in 100 up to three days late. Takes the draw itself:
-- within a case expression DuckDB would work it out once for each mention.
create macro landed_at(occurred_at, u) as occurred_at + to_milliseconds(
    case
        when u < 0.01 then 60000 + floor(u * 25920000000)::bigint
        else 2000 + least(around_ms(u, 6, 0.6), 900000)
    end
);

create macro utc_to_local(utc_at, time_zone) as timezone(time_zone, timezone('UTC', utc_at));
create macro local_to_utc(local_at, time_zone) as timezone('UTC', timezone(time_zone, local_at));

-- Numbers that name things in draws and that order rows.
create macro step_key(session_no, step_no) as session_no * 100 + step_no;
create macro message_key(session_no, step_no, message_no) as
    (session_no * 100 + step_no) * 1000 + message_no;
create macro agent_key(company_no, agent_no) as company_no * 10000000 + agent_no;

create macro session_id_of(session_no) as concat('s', lpad(session_no::varchar, 9, '0'));
create macro request_id_of(session_no, kind) as concat('q', session_no, '-', kind);
create macro agent_id_of(prefix, agent_no) as concat(prefix, '-', lpad(agent_no::varchar, 4, '0'));

-- Who writes in a phase. Independent draws give runs of both sides, that is turns.
create macro role_of(mix, is_opened_by_agent, u) as case
    when mix = 'arrival' then 'customer'
    when is_opened_by_agent and mix <> 'bot' and mix <> 'waiting' then 'agent'
    when mix = 'bot' then case when u < 0.5 then 'bot' else 'customer' end
    when mix = 'waiting'
        then case when u < 0.55 then 'customer' when u < 0.85 then 'auto reply' else 'system' end
    when u < 0.44 then case when mix = 'agent silent' then 'customer' else 'agent' end
    when u < 0.89 then case when mix = 'customer silent' then 'agent' else 'customer' end
    when u < 0.92 then 'note'
    when u < 0.945 then 'auto reply'
    when u < 0.96 then 'agent auto reply'
    when u < 0.98 then 'system'
    when u < 0.99 then 'bot'
    else 'campaign'
end;

-- Median seconds before a message; the channel's slowness comes on top.
create macro seconds_between(role_before, role) as case
    when role not in ('agent', 'customer', 'note') then 1.5
    when role = role_before then 6.0
    when role = 'agent' then 18.0
    when role = 'note' then 9.0
    else 26.0
end;
