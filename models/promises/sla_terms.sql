-- What is promised: which policy goes for the clocks of a company, channel, skill and priority,
-- from when to when, and by which calendar it is counted. Of the policies of the same feed that
-- hold and fit, the one that names most of the four; of several the lowest policy_id; of one's
-- rows the later valid_from.
{%- set fields = ['company_id', 'channel_id', 'skill_id', 'priority'] %}
with kinds as (
    select
        *,
        row_number() over (order by feed, metric, {{ fields | join(', ') }}) as kind_number
    from (
        select distinct
            feed,
            metric,
            {{ fields | join(', ') }}
        from {{ ref('promised_clocks') }}
    ) as distinct_kinds
),

fitting as (
    select
        kinds.*,
        policies.policy_id,
        policies.valid_from,
        coalesce(policies.valid_to, {{ end_of_time() }}) as valid_to,
        policies.target_seconds,
        policies.clock,
        coalesce(policies.pauses_when_pending, false) as pauses_when_pending,
        {%- for field in fields %}
        case when policies.{{ field }} is null then 0 else 1 end {{- ' +' if not loop.last }}
        {%- endfor %} as given_count
    from kinds
    inner join {{ ref('stg_sla_policies') }} as policies
        on kinds.metric = policies.metric
        and kinds.feed = policies.feed
        {%- for field in fields %}
        and (policies.{{ field }} is null or policies.{{ field }} = kinds.{{ field }})
        {%- endfor %}
),

-- Between two of these instants nothing changes.
changes as (
    select
        kind_number,
        valid_from as changed_at
    from fitting
    union distinct
    select
        kind_number,
        valid_to as changed_at
    from fitting
    {%- for subject in ['skill', 'channel', 'company'] %}
    union distinct
    select
        fitting.kind_number,
        assignments.valid_from as changed_at
    from fitting
    inner join {{ ref('calendar_assignments') }} as assignments
        on fitting.{{ subject }}_id = assignments.subject_id
        and assignments.subject = '{{ subject }}'
    {%- endfor %}
),

spans as (
    select
        kind_number,
        changed_at as from_at,
        lead(changed_at, 1, {{ end_of_time() }}) over (
            partition by kind_number order by changed_at
        ) as until_at
    from changes
),

offers as (
    select
        fitting.*,
        spans.from_at,
        spans.until_at,
        {{ assigned_calendar() }} as calendar_id
    from spans
    inner join fitting
        on spans.kind_number = fitting.kind_number
        and spans.from_at >= fitting.valid_from
        and spans.from_at < fitting.valid_to
    {{ join_calendars(
        'fitting.skill_id', 'fitting.channel_id', 'fitting.company_id', 'spans.from_at'
    ) | indent(4) }}
)

select
    offers.feed,
    offers.metric,
    {%- for field in fields %}
    offers.{{ field }},
    {%- endfor %}
    offers.from_at,
    offers.until_at,
    offers.policy_id,
    offers.target_seconds,
    offers.pauses_when_pending,
    case when offers.clock = 'calendar' then calendars.calendar_id end as calendar_id
from offers
left join {{ ref('stg_calendars') }} as calendars
    on offers.calendar_id = calendars.calendar_id
where offers.clock = 'always' or calendars.calendar_id is not null
qualify row_number() over (
    partition by offers.kind_number, offers.from_at
    order by offers.given_count desc, offers.policy_id asc, offers.valid_from desc
) = 1
