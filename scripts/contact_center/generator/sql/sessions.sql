-- One chunk's sessions: variables first_session and last_session.

create or replace temp table sessions as
with drawn as (
    select
        n.session_no,
        -- Numbers follow time, as in a real system.
        (n.session_no - 1 + draw(n.session_no, 'start')) / getvariable('session_count')
            as start_share,
        draw(n.session_no, 'company') as company_u,
        draw(n.session_no, 'channel') as channel_u,
        draw(n.session_no, 'flow') as flow_u
    from range(getvariable('first_session'), getvariable('last_session') + 1) as n (session_no)
),

placed as (
    select
        d.*,
        c.company_no,
        m.started_at as moved_to
    from drawn as d
    left join clock_change_sessions as m on m.session_no = d.session_no
    inner join companies as c
        on case
            when m.company_no is null then d.company_u >= c.share_from and d.company_u < c.share_to
            else m.company_no = c.company_no
        end
),

timed as (
    select
        p.*,
        coalesce(
            p.moved_to,
            h.utc_hour + to_milliseconds(
                least(3599999, floor(3600000 * (p.start_share - h.share_from) / h.share)::bigint)
            )
        ) as started_at
    from placed as p
    asof inner join calendar_hours as h
        on h.company_no = p.company_no and p.start_share >= h.share_from
),

described as (
    select
        t.session_no,
        t.started_at,
        c.company_no,
        c.company_id,
        ch.channel_no,
        ch.channel_id,
        ch.media_type,
        f.flow_no,
        f.direction,
        pick(t.session_no, 'skill', getvariable('skill_count')) as skill_1_no,
        pick(t.session_no, 'other skill', getvariable('skill_count') - 1) as skill_step,
        case
            when not chance(t.session_no, 'anonymous', 0.04)
                then concat(
                    'c', c.company_no,
                    lpad(pick(t.session_no, 'customer', c.customer_count)::varchar, 7, '0')
                )
        end as customer_id,
        draw(t.session_no, 'campaign') as campaign_u,
        draw(t.session_no, 'initiated by') as initiator_u,
        draw(t.session_no, 'course of the talk') as talk_u,
        draw(t.session_no, 'session landed') as landed_u
    from timed as t
    inner join companies as c on c.company_no = t.company_no
    inner join channels as ch on t.channel_u >= ch.share_from and t.channel_u < ch.share_to
    inner join flows as f on t.flow_u >= f.share_from and t.flow_u < f.share_to
)

select
    session_no,
    session_id_of(session_no) as session_id,
    company_no,
    company_id,
    channel_no,
    channel_id,
    media_type,
    flow_no,
    direction,
    customer_id,
    started_at,
    landed_at(started_at, landed_u) as ingested_at,
    skill_1_no,
    1 + (skill_1_no - 1 + skill_step) % getvariable('skill_count') as skill_2_no,
    case
        when direction = 'outbound' and campaign_u < 0.9 or campaign_u < 0.25
            then pick_from(session_no, 'which campaign', getvariable('campaign_ids'))
    end as campaign_id,
    case
        when direction = 'outbound' and initiator_u < 0.7 then 'agent'
        when direction = 'outbound' or initiator_u < 0.02 then 'system'
        else 'customer'
    end as initiated_by,
    case
        when not chance(session_no, 'untyped', 0.08)
            then pick_from(session_no, 'contact type', getvariable('contact_types'))
    end as contact_type,
    case
        when talk_u < 0.05 then 'agent silent'
        when talk_u < 0.08 then 'customer silent'
        else 'talking'
    end as talk_mix,
    direction = 'outbound' or talk_u > 0.9 as is_agent_first
from described;

create or replace temp table raw_sessions as
select
    session_no as entity_no,
    0 as row_no,
    session_id,
    company_id,
    customer_id,
    channel_id,
    direction,
    contact_type,
    campaign_id,
    initiated_by,
    started_at,
    case
        when draw(session_no, 'priority') < 0.07 then 'urgent'
        when draw(session_no, 'priority') < 0.22 then 'high'
        when draw(session_no, 'priority') < 0.85 then 'normal'
    end as priority,
    case
        when chance(session_no, 'has a topic', 0.8)
            then pick_from(session_no, 'topic', getvariable('topics'))
    end as topic,
    ingested_at
from sessions;
