-- What happens in each session of the chunk, and what is said between the steps, still without
-- instants: both only know how many milliseconds they take.

create or replace temp table steps as
with happening as (
    select
        s.session_no,
        s.channel_no,
        s.is_agent_first,
        f.*,
        step_key(s.session_no, f.step_no) as step_key,
        p.message_minimum,
        case when p.is_channel_mean then ch.message_mean else p.message_mean end as message_mean,
        case
            when s.media_type = 'voice' and f.phase = 'talking'
                then getvariable('voice_talk_seconds')
            when p.is_slow then p.tail_seconds * ch.slowness
            else p.tail_seconds
        end as tail_seconds,
        case when f.phase = 'talking' then s.talk_mix else f.phase end as mix,
        ch.slowness,
        s.media_type <> 'voice' as can_write
    from sessions as s
    inner join flow_steps as f on f.flow_no = s.flow_no
    inner join phases as p on p.phase = f.phase
    inner join channels as ch on ch.channel_no = s.channel_no
    where f.chance = 1 or chance(step_key(s.session_no, f.step_no), 'happens', f.chance)
),

counted as (
    select
        *,
        case
            when not can_write or (message_minimum = 0 and message_mean = 0) then 0
            -- Exponential: many short talks, few very long ones.
            else least(
                message_minimum
                + floor(-ln(1 - draw(step_key, 'messages')) * (message_mean + 0.5))::bigint,
                400
            )
        end as message_count,
        around_ms(draw(step_key, 'tail'), tail_seconds, 0.5) as tail_ms
    from happening
)

select
    *,
    coalesce(
        sum(message_count) over (
            partition by session_no order by step_no
            rows between unbounded preceding and 1 preceding
        ), 0
    )::bigint as messages_before
from counted;

-- One row per message with its role and its distance from its step.
create or replace temp table spoken as
with numbered as (
    select
        session_no,
        step_no,
        mix,
        slowness,
        is_agent_first,
        messages_before,
        unnest(range(1, message_count + 1)) as message_no
    from steps
    where message_count > 0
),

drawn as (
    select
        *,
        draw(message_key(session_no, step_no, message_no), 'role') as role_u,
        draw(message_key(session_no, step_no, message_no - 1), 'role') as role_before_u,
        draw(message_key(session_no, step_no, message_no), 'gap') as gap_u,
        draw(message_key(session_no, step_no, message_no), 'tie') as tie_u
    from numbered
),

roles as (
    select
        *,
        role_of(mix, is_agent_first and message_no = 1, role_u) as role,
        case
            when message_no > 1
                then role_of(mix, is_agent_first and message_no = 2, role_before_u)
        end as role_before
    from drawn
),

paced as (
    select
        session_no,
        step_no,
        message_no,
        messages_before,
        role,
        case
            -- At the same instant as the message or the step before it; but not as a reopening,
            -- where one couldn't say whether it came after the close.
            when tie_u < 0.006 and (message_no > 1 or mix <> 'arrival') then 0
            else around_ms(gap_u, slowness * seconds_between(role_before, role), 0.55)
        end as gap_ms
    from roles
)

select
    session_no,
    step_no,
    message_no,
    messages_before + message_no as message_seq,
    role,
    gap_ms = 0 as is_tie,
    sum(gap_ms) over (
        partition by session_no, step_no order by message_no
    )::bigint as offset_ms
from paced;
