{{ config(materialized='view', meta={'touched_by': duration_facts(), 'day': 'date_day'}) }}

-- Facts are named where they are read: a CTE that is read twice would be written out first, whole.
with legs as (
    select
        'queue_' || result as measure,
        company_id,
        queued_date as date_day,
        cast(null as string) as agent_id,
        cast(null as string) as team_id,
        skill_id,
        campaign_id,
        channel_id,
        direction,
        session_id,
        cast(queue_seconds as double) as seconds
    from {{ ref('fct_queue_legs') }}
    where result in ('answered', 'abandoned')
),

{%- for measure, seconds in {
    'session_first_response': 'first_response_seconds', 'session': 'session_seconds',
}.items() %}

of_{{ measure }} as (
    select
        '{{ measure }}' as measure,
        company_id,
        session_date as date_day,
        cast(null as string) as agent_id,
        cast(null as string) as team_id,
        cast(null as string) as skill_id,
        campaign_id,
        channel_id,
        direction,
        session_id,
        cast({{ seconds }} as double) as seconds
    from {{ ref('fct_sessions') }}
    where {{ seconds }} is not null
),
{%- endfor %}

{%- for measure, seconds in {
    'first_response': 'first_response_seconds', 'contact': 'contact_seconds',
    'handle': 'handle_seconds',
}.items() %}

of_{{ measure }} as (
    select
        '{{ measure }}' as measure,
        company_id,
        accepted_date as date_day,
        agent_id,
        team_id,
        skill_id,
        campaign_id,
        channel_id,
        direction,
        session_id,
        cast({{ seconds }} as double) as seconds
    from {{ ref('fct_agent_contacts') }}
    where {{ seconds }} is not null
),
{%- endfor %}

resolutions as (
    select
        'resolution' as measure,
        contacts.company_id,
        closes.closed_date as date_day,
        contacts.agent_id,
        contacts.team_id,
        contacts.skill_id,
        contacts.campaign_id,
        contacts.channel_id,
        contacts.direction,
        closes.session_id,
        cast(closes.resolution_seconds as double) as seconds
    from {{ ref('fct_session_closes') }} as closes
    inner join {{ ref('fct_agent_contacts') }} as contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where closes.is_final
),

responses as (
    select
        'response' as measure,
        sessions.company_id,
        turns.date_day,
        contacts.agent_id,
        contacts.team_id,
        contacts.skill_id,
        contacts.campaign_id,
        sessions.channel_id,
        sessions.direction,
        sessions.session_id,
        cast(turns.response_seconds as double) as seconds
    from {{ ref('turns') }} as turns
    -- By numbers: fct_turns and its ids would take twice as long.
    inner join {{ ref('session_facts') }} as sessions
        on turns.session_key = sessions.session_key
    left join {{ ref('agent_contact_facts') }} as contacts
        on turns.session_key = contacts.session_key
        and turns.contact_number = contacts.contact_number
    where turns.is_agent and turns.response_seconds is not null
)

{%- for rows in [
    'legs', 'of_session_first_response', 'of_session', 'of_first_response', 'of_contact',
    'of_handle', 'resolutions', 'responses',
] %}
select * from {{ rows }}
{{ 'union all' if not loop.last }}
{%- endfor %}
