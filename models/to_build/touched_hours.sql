-- Sessions of which business hours have changed: their calendar's, while they used it, or which
-- calendar is theirs.
{%- if not is_incremental_build() %}
{%- for model in ['checked_sessions', 'calendar_days', 'calendar_assignments'] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
{%- for fact in ['fct_sessions', 'fct_agent_contacts', 'fct_queue_legs'] %}
-- depends_on: {{ source('last_build', fact) }}
{%- endfor %}
-- depends_on: {{ source('last_build_internal', 'session_calendars') }}
select cast(null as string) as session_id
where false
{%- else %}
-- Month by month, so that two holidays of a year don't touch what lies between them.
with changed_calendars as (
    select
        calendar_id,
        min(starts_at) as from_at,
        -- A span may run through the next day, of 26 hours at most.
        max(ends_at) + interval '26 hours' as until_at
    from {{ ref('calendar_days') }}
    where is_changed
    group by
        calendar_id, {{ part_of_date('year', 'date_day') }}, {{ part_of_date('month', 'date_day') }}
),

changed_assignments as (
    select * from {{ ref('calendar_assignments') }}
    where changed_from is not null
)

select sessions.session_id
from {{ ref('checked_sessions') }} as sessions
inner join {{ source('last_build_internal', 'session_calendars') }} as calendars
    on sessions.session_key = calendars.session_key
inner join changed_calendars as changes
    on calendars.calendar_id = changes.calendar_id
    and calendars.first_at < changes.until_at
    and calendars.last_at >= changes.from_at
where sessions.row_outcome = 'accepted'
{%- for fact, skill, first_at, last_at in [
    ('fct_sessions', 'first_skill_id', 'former.started_at - ' ~ before_start_tolerance(),
        'case when former.is_closed then greatest(former.started_at, former.last_closed_at) end'),
    ('fct_agent_contacts', 'skill_id', 'former.accepted_at', 'former.ended_at'),
    ('fct_queue_legs', 'skill_id', 'former.queued_at', 'former.queued_at'),
] %}
union all
select former.session_id
from {{ source('last_build', fact) }} as former
inner join changed_assignments as changes
    on case changes.subject
        when 'company' then former.company_id
        when 'channel' then former.channel_id
        else former.{{ skill }}
    end = changes.subject_id
    and {{ first_at }} < changes.valid_to
    and coalesce({{ last_at }}, {{ end_of_time() }}) >= changes.changed_from
{%- endfor %}
{%- endif %}
