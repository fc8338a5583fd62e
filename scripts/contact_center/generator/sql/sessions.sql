-- One chunk's sessions: variables first_session and last_session.

create or replace temp table sessions as
with drawn as (
    select
        n.session_no,
        -- Numbers follow time, as in a real system.
        (n.session_no - 1 + draw(n.session_no, 'start')) / getvariable('session_count') as start_share,
        draw(n.session_no, 'company') as company_u,
        draw(n.session_no, 'channel') as channel_u,
        draw(n.session_no, 'flow') as flow_u
    from range(getvariable('first_session'), getvariable('last_session') + 1) as n (session_no)
),

placed as (
    select
        d.*,
        h.local_hour + to_milliseconds(
            least(3599999, floor(3600000 * (d.start_share - h.share_from) / h.share)::bigint)
        ) as local_started_at,
        m.company_no as moved_to_company_no,
        m.started_at as moved_to
    from drawn as d
    asof inner join calendar_hours as h on d.start_share >= h.share_from
    left join clock_change_sessions as m on m.session_no = d.session_no
),

described as (
    select
        p.session_no,
        c.company_no,
        c.company_id,
        c.time_zone,
        ch.channel_no,
        ch.channel_id,
        ch.media_type,
        f.flow_no,
        f.direction,
        p.local_started_at,
        p.moved_to,
        local_to_utc(p.local_started_at, c.time_zone) as utc_started_at,
        pick(p.session_no, 'skill', getvariable('skill_count')) as skill_1_no,
        pick(p.session_no, 'other skill', getvariable('skill_count') - 1) as skill_step,
        case
            when not chance(p.session_no, 'anonymous', 0.04)
                then concat(
                    'c', c.company_no,
                    lpad(pick(p.session_no, 'customer', c.customer_count)::varchar, 7, '0')
                )
        end as customer_id,
        draw(p.session_no, 'campaign') as campaign_u,
        draw(p.session_no, 'initiated by') as initiator_u,
        draw(p.session_no, 'course of the talk') as talk_u
    from placed as p
    inner join companies as c
        on case
            when p.moved_to_company_no is null
                then p.company_u >= c.share_from and p.company_u < c.share_to
            else p.moved_to_company_no = c.company_no
        end
    inner join channels as ch on p.channel_u >= ch.share_from and p.channel_u < ch.share_to
    inner join flows as f on p.flow_u >= f.share_from and p.flow_u < f.share_to
)

select
    session_no,
    session_id_of(session_no) as session_id,
    company_no,
    company_id,
    time_zone,
    channel_no,
    channel_id,
    media_type,
    flow_no,
    direction,
    customer_id,
    -- An hour that comes twice: half of its sessions belong to the second time.
    coalesce(
        moved_to,
        case
            when
                utc_to_local(utc_started_at + interval 1 hour, time_zone) = local_started_at
                and chance(session_no, 'second time', 0.5)
                then utc_started_at + interval 1 hour
            else utc_started_at
        end
    ) as started_at,
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
    landed_at(started_at, session_no, 'session landed') as ingested_at
from sessions;
