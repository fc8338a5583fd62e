-- Tags of messages and of whole sessions, some of them taken off again.

create or replace temp table raw_tag_events as
with on_messages as (
    select
        m.entity_no as session_no,
        100 + m.row_no as tag_no,
        m.session_id,
        m.message_id,
        t.colleague_id,
        t.last_agent_id,
        m.sent_at + to_milliseconds(
            around_ms(draw(m.entity_no * 1000 + m.row_no, 'tag delay'), 12, 0.6)
        ) as attached_at
    from raw_messages as m
    inner join outcomes as t on t.session_no = m.entity_no
    where
        m.sender_type = 'customer'
        and chance(m.entity_no * 1000 + m.row_no, 'message tagged', 0.02)
),

on_sessions as (
    select
        session_no,
        n.tag_no,
        session_id,
        null as message_id,
        colleague_id,
        last_agent_id,
        last_closed_at + to_milliseconds(
            around_ms(draw(session_no * 10 + n.tag_no, 'tag delay'), 20, 0.6)
        ) as attached_at
    from outcomes
    cross join range(1, 3) as n (tag_no)
    where
        last_closed_at is not null
        and chance(session_no * 10 + n.tag_no, 'session tagged', if(n.tag_no = 1, 0.15, 0.05))
),

attached as (
    select
        *,
        session_no * 1000 + tag_no as tag_key,
        'attached' as tag_type,
        attached_at as changed_at,
        draw(session_no * 1000 + tag_no, 'attachment landed') as landed_u
    from (
        select * from on_messages
        union all
        select * from on_sessions
    )
),

changed as (
    select * from attached
    union all
    -- A detachment names the message, or none: then the tag leaves the whole session.
    select * replace (
        'detached' as tag_type,
        case when chance(tag_key, 'detached by message', 0.6) then message_id end as message_id,
        attached_at + to_milliseconds(around_ms(draw(tag_key, 'detached after'), 90, 0.9))
            as changed_at,
        draw(tag_key, 'detachment landed') as landed_u
    )
    from attached
    where chance(tag_key, 'detached', 0.12)
)

select
    session_no as entity_no,
    tag_no * 2 + (tag_type = 'detached')::integer as row_no,
    concat('t', session_no, '-', tag_no, if(tag_type = 'detached', 'd', 'a')) as event_id,
    session_id,
    message_id,
    case when chance(tag_key, 'tagged by', 0.9) then coalesce(last_agent_id, colleague_id) end
        as agent_id,
    pick_from(tag_key, 'tag', getvariable('tags')) as tag_name,
    tag_type as event_type,
    changed_at as occurred_at,
    landed_at(changed_at, landed_u) as ingested_at
from changed
where changed_at <= getvariable('end_at');
