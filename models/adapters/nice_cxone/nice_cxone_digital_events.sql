-- What the digital stream says happened to each session, but for its statuses.
with steps as (
    select
        event_id,
        session_id,
        change_text,
        changed_at,
        step,
        agent_id,
        skill_id
    from {{ ref('nice_cxone_digital_contacts') }}
    where not is_bot

    union all

    select
        event_id,
        session_id,
        occurred_text as change_text,
        occurred_at as changed_at,
        'over' as step,
        cast(null as varchar) as agent_id,
        cast(null as varchar) as skill_id
    from {{ ref('nice_cxone_statuses') }}
    where meaning = 'closed' and former_meaning != 'closed'
),

-- Whom an agent leaves a case to: who takes it next, before it is closed.
followed as (
    select
        *,
        first_value(
            case
                when step != 'left' then struct_pack(step := step, agent_id := agent_id)
            end ignore nulls
        ) over (
            partition by session_id
            order by changed_at, array_position(['left', 'accepted', 'over'], step), event_id
            rows between 1 following and unbounded following
        ) as next_step
    from steps
),

handed_over as (
    select
        *,
        coalesce(next_step['step'] = 'accepted' and next_step['agent_id'] != agent_id, false)
            as is_handed_over
    from followed
),

bots as (
    select
        session_id,
        min(changed_at) filter (where step = 'accepted') as started_at,
        max(changed_at) filter (where step = 'left') as ended_at
    from {{ ref('nice_cxone_digital_contacts') }}
    where is_bot
    group by session_id
),

events as (
    select
        event_id || '/queued' as event_id,
        session_id,
        occurred_text as occurred_at,
        60 as event_seq,
        'queued' as event_type,
        queue_id as skill_id
    from {{ ref('nice_cxone_events') }}
    where
        event_type = 'casetoroutingqueueassignmentchanged'
        and session_id is not null
        and queue_id is not null

    union all by name

    select
        event_id || '/accepted' as event_id,
        session_id,
        change_text as occurred_at,
        80 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        skill_id
    from handed_over
    where step = 'accepted'

    union all by name

    select
        event_id || '/left' as event_id,
        session_id,
        change_text as occurred_at,
        40 as event_seq,
        case when is_handed_over then 'transferred' else 'released' end as event_type,
        'agent' as actor_type,
        agent_id,
        case when is_handed_over then next_step['agent_id'] end as to_agent_id
    from handed_over
    where step = 'left'

    union all by name

    select
        event_id || '/abandoned' as event_id,
        session_id,
        coalesce(abandoned_text, occurred_text) as occurred_at,
        50 as event_seq,
        'abandoned' as event_type,
        'customer' as actor_type
    from {{ ref('nice_cxone_events') }}
    where event_type = 'contactgetabandoned' and session_id is not null

    union all by name

    select
        session_id || '/' || event_type as event_id,
        session_id,
        cast(occurred_at as varchar) as occurred_at,
        case event_type when 'bot_started' then 10 else 20 end as event_seq,
        event_type,
        'bot' as actor_type
    from (
        select
            session_id,
            unnest(['bot_started', 'bot_ended']) as event_type,
            unnest([started_at, ended_at]) as occurred_at
        from bots
        where started_at is not null
    ) as bot_events
    where occurred_at is not null
)

select * from events
