-- Sessions that this build makes anew, every row of each.
{%- if not is_incremental_build() %}
{%- for model in [
    'checked_session_events', 'checked_messages', 'checked_focus_events', 'checked_evaluations',
    'checked_tag_events', 'checked_survey_requests', 'touched_focus', 'touched_promises',
    'touched_hours', 'reference_values', 'data_span', 'first_measured',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
{%- for fact in [
    'fct_focus', 'fct_agent_contacts', 'fct_agent_sessions', 'fct_queue_legs', 'fct_offers',
] %}
-- depends_on: {{ source('last_build', fact) }}
{%- endfor %}
select
    session_key,
    session_id
from {{ ref('checked_sessions') }}
where row_outcome = 'accepted'
{%- else %}
{%- set in_this_build = 'build_number = ' ~ this_build() %}
with sessions as (
    select *
    from {{ ref('checked_sessions') }}
    where row_outcome = 'accepted'
),

new_or_rechecked as (
    {%- for table in [
        'sessions', 'session_events', 'messages', 'focus_events', 'evaluations', 'tag_events',
        'survey_requests',
    ] %}
    select session_key from {{ ref('checked_' ~ table) }} where {{ in_this_build }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- What was open when the data ended goes on to where they end now; so does what began just then.
open_at_the_end as (
    select session_id
    from {{ source('last_build', 'fct_agent_contacts') }}
    where
        wrap_up_started_at is not null
        and coalesce(wrap_up_ended_at, {{ end_of_time() }})
        >= (select moved_from from {{ ref('data_span') }})
    union all
    select session_id
    from {{ source('last_build', 'fct_focus') }}
    where ended_at >= (select moved_from from {{ ref('data_span') }})
    union all
    select session_id
    from {{ ref('checked_session_events') }}
    where occurred_at >= (select moved_from from {{ ref('data_span') }})
    union all
    select session_id
    from {{ ref('checked_focus_events') }}
    where occurred_at >= (select moved_from from {{ ref('data_span') }})
),

of_changed_references as (
    select session_id
    from sessions
    where
        coalesce(company_id, 'default') in ({{ changed_ids(['company']) }})
        or channel_id in ({{ changed_ids(['channel']) }})
        or feed in ({{ changed_ids(['measured_from']) }})
    union all
    -- The company is the agent's: its zone makes the agent's days.
    select session_id
    from {{ source('last_build', 'fct_agent_sessions') }}
    where
        agent_id in ({{ changed_ids(['agent', 'membership']) }})
        or agent_company_id in ({{ changed_ids(['company']) }})
    union all
    -- Who was offered a session needn't have accepted it.
    select session_id
    from {{ source('last_build', 'fct_offers') }}
    where
        agent_id in ({{ changed_ids(['agent']) }})
        or company_id in ({{ changed_ids(['company']) }})
    union all
    select session_id
    from {{ source('last_build', 'fct_agent_contacts') }}
    where skill_id in ({{ changed_ids(['skill']) }})
    union all
    select session_id
    from {{ source('last_build', 'fct_queue_legs') }}
    where skill_id in ({{ changed_ids(['skill', 'skill_target']) }})
)

select
    session_key,
    session_id
from sessions
where
    session_key in (select session_key from new_or_rechecked)
    or session_key in (select session_key from {{ ref('touched_focus') }})
    or session_id in (select session_id from {{ ref('touched_promises') }})
    or session_id in (select session_id from open_at_the_end)
    or session_id in (select session_id from of_changed_references)
    or session_id in (select session_id from {{ ref('touched_hours') }})
    or exists (select 1 from {{ ref('first_measured') }})
{%- endif %}
