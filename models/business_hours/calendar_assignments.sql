-- Which calendar a company, channel or skill has, from when to when; and of an increment the time
-- for which that isn't what the last build knew.
with assignments as (
    select
        assignments.subject,
        assignments.subject_id,
        assignments.calendar_id,
        calendars.calendar_id is not null as is_known,
        assignments.valid_from,
        lead(assignments.valid_from, 1, {{ end_of_time() }}) over (
            partition by assignments.subject, assignments.subject_id
            order by assignments.valid_from
        ) as valid_to
    from {{ ref('stg_calendar_assignments') }} as assignments
    left join {{ ref('stg_calendars') }} as calendars
        on assignments.calendar_id = calendars.calendar_id
)

select
    assignments.*,
    {%- if is_incremental_build() %}
    case
        when
            former.subject is null
            or assignments.calendar_id is distinct from former.calendar_id
            or assignments.is_known != former.is_known
            then assignments.valid_from
        when assignments.valid_to > former.valid_to then former.valid_to
    end as changed_from
    {%- else %}
    cast(null as timestamp) as changed_from
    {%- endif %}
from assignments
{%- if is_incremental_build() %}
left join {{ this }} as former
    on assignments.subject = former.subject
    and assignments.subject_id = former.subject_id
    and assignments.valid_from = former.valid_from
{%- endif %}
