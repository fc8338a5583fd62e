-- What is written in the chunk's sessions.

create or replace temp table raw_messages as
with said as (
    select
        t.session_no,
        t.session_id,
        t.customer_id,
        t.talker_id,
        t.colleague_id,
        m.message_seq,
        m.is_tie,
        m.role,
        message_key(m.session_no, m.step_no, m.message_no) as message_key,
        t.occurred_at + to_milliseconds(m.offset_ms) as sent_at
    from spoken as m
    inner join steps_taken as t on t.session_no = m.session_no and t.step_no = m.step_no
),

drawn as (
    select
        *,
        draw(message_key, 'details') as detail_u,
        draw(message_key, 'message landed') as landed_u
    from said
    where sent_at <= getvariable('end_at')
)

select
    d.session_no as entity_no,
    d.message_seq as row_no,
    concat('m', d.session_no, '-', d.message_seq) as message_id,
    d.session_id,
    d.sent_at,
    case
        when d.detail_u < 0.02 then null
        when d.is_tie and d.detail_u < 0.6 then d.message_seq - 1
        else d.message_seq
    end::integer as message_seq,
    r.sender_type,
    case r.sender_type
        when 'customer' then d.customer_id
        when 'bot' then 'helper-bot'
        when 'agent'
            then case
                when d.detail_u > 0.98 then null
                when d.detail_u > 0.974 then d.colleague_id
                else d.talker_id
            end
    end as sender_id,
    case when r.origin <> 'human' or d.detail_u < 0.9 then r.origin end as origin,
    case when r.visibility <> 'public' or d.detail_u > 0.1 then r.visibility end as visibility,
    landed_at(d.sent_at, d.landed_u) as ingested_at
from drawn as d
inner join roles as r on r.role = d.role;
