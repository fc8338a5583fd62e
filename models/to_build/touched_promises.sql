-- Sessions of whose clocks a policy, or the hours in which they run, says something else than it
-- did in the last build.
{%- if not is_incremental_build() %}
{%- for model in [
    'stg_sla_policies', 'checked_sessions', 'calendar_days', 'calendar_assignments',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
{%- for fact in ['fct_sessions', 'fct_agent_contacts', 'fct_queue_legs'] %}
-- depends_on: {{ source('last_build', fact) }}
{%- endfor %}
{%- for fact in ['sla_policies', 'sla_facts'] %}
-- depends_on: {{ source('last_build_internal', fact) }}
{%- endfor %}
select cast(null as string) as session_id
where false
{%- else %}
{%- set said = [
    'policy_id', 'valid_from', 'valid_to', 'company_id', 'skill_id', 'channel_id', 'priority',
    'metric', 'target_seconds', 'clock', 'pauses_when_pending',
] | join(', ') %}
with sides as (
    select
        1 as side,
        {{ said }}
    from {{ ref('stg_sla_policies') }}
    union all
    select
        -1 as side,
        {{ said }}
    from {{ source('last_build_internal', 'sla_policies') }}
),

-- What was said and isn't any more, and what is said now: each with the time and the sessions
-- that it is about. Another calendar is about whatever runs in calendars.
changes as (
    select
        metric,
        company_id,
        skill_id,
        channel_id,
        priority,
        valid_from,
        coalesce(valid_to, {{ end_of_time() }}) as valid_to
    from sides
    group by {{ said }}
    having sum(side) != 0
    union all
    select
        policies.metric,
        case when assignments.subject = 'company' then assignments.subject_id end as company_id,
        case when assignments.subject = 'skill' then assignments.subject_id end as skill_id,
        case when assignments.subject = 'channel' then assignments.subject_id end as channel_id,
        null as priority,
        assignments.changed_from as valid_from,
        assignments.valid_to
    from {{ ref('calendar_assignments') }} as assignments
    cross join (
        select distinct metric from {{ ref('stg_sla_policies') }}
        where clock = 'calendar'
    ) as policies
    where assignments.changed_from is not null
),

sessions as (
    select
        checked.session_id,
        coalesce(checked.company_id, 'default') as company_id,
        checked.channel_id,
        checked.priority,
        checked.started_at,
        facts.first_skill_id,
        coalesce(checked.direction, 'inbound') as direction,
        -- A bot whose part begins after the close may hand over later.
        case
            when facts.is_closed and coalesce(facts.bot_started_at < facts.last_closed_at, true)
                then greatest(checked.started_at, facts.last_closed_at)
            else {{ end_of_time() }}
        end as ends_at
    from {{ ref('checked_sessions') }} as checked
    inner join {{ source('last_build', 'fct_sessions') }} as facts
        on checked.session_id = facts.session_id
    where checked.row_outcome = 'accepted' and exists (select 1 from changes)
),

skills as (
    select
        session_id,
        skill_id
    from {{ source('last_build', 'fct_queue_legs') }}
    where skill_id in (select skill_id from changes)
    union distinct
    select
        session_id,
        skill_id
    from {{ source('last_build', 'fct_agent_contacts') }}
    where skill_id in (select skill_id from changes)
    union distinct
    select
        session_id,
        first_skill_id as skill_id
    from sessions
)

select sessions.session_id
from sessions
inner join changes
    on (changes.company_id is null or changes.company_id = sessions.company_id)
    and (changes.channel_id is null or changes.channel_id = sessions.channel_id)
    and (changes.priority is null or changes.priority = sessions.priority)
    and sessions.started_at - {{ before_start_tolerance() }} < changes.valid_to
    and case changes.metric when 'resolution' then sessions.started_at else sessions.ends_at end
    >= changes.valid_from
left join skills
    on sessions.session_id = skills.session_id
    and changes.skill_id = skills.skill_id
where
    (changes.skill_id is null or skills.session_id is not null)
    and not (changes.metric = 'first_response' and sessions.direction = 'outbound')
union distinct
-- Clocks that ran, or were due, when a calendar opens otherwise now. A span may run through the
-- next day, of 26 hours at most.
select clocks.session_id
from {{ source('last_build_internal', 'sla_facts') }} as clocks
inner join {{ ref('calendar_days') }} as days
    on clocks.calendar_id = days.calendar_id
where
    days.is_changed
    and clocks.started_at < days.ends_at + interval '26 hours'
    and greatest(
        coalesce(clocks.ended_at, {{ end_of_time() }}), coalesce(clocks.due_at, {{ end_of_time() }})
    ) >= days.starts_at
{%- endif %}
