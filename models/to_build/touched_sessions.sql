-- Sessions that this build rebuilds, every row of each.
{%- if not is_incremental_build() %}
{%- for model in [
    'checked_sessions', 'checked_session_events', 'checked_messages', 'checked_focus_events',
    'checked_evaluations', 'checked_tag_events', 'touched_focus', 'reference_values', 'data_span',
    'loads',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
select
    session_key,
    session_id
from {{ ref('stg_sessions') }}
{%- else %}
{%- set in_this_build = 'build_number = ' ~ this_build() %}
{%- set changed_ids %}
select id from {{ ref('reference_values') }} where {{ in_this_build }} and reference
{%- endset %}
with new_or_rechecked as (
    {%- for table in [
        'sessions', 'session_events', 'messages', 'focus_events', 'evaluations', 'tag_events',
    ] %}
    select session_key from {{ ref('checked_' ~ table) }} where {{ in_this_build }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- What was open when the data ended goes on to where they end now; so does what began just then.
open_at_the_end as (
    select session_id
    from {{ as_last_built('fct_focus') }}
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
    from {{ ref('stg_sessions') }} as sessions
    where
        coalesce(company_id, 'default') in ({{ changed_ids }} = 'company')
        or channel_id in ({{ changed_ids }} = 'channel')
    union all
    select session_id
    from {{ as_last_built('fct_agent_contacts') }}
    where
        agent_id in ({{ changed_ids }} in ('agent', 'membership'))
        or skill_id in ({{ changed_ids }} = 'skill')
),

-- A table that is measured from now on adds a figure to every session.
first_measured as (
    select table_name
    from {{ ref('loads') }}
    group by table_name
    having min(build_number) = {{ this_build() }}
)

select
    session_key,
    session_id
from {{ ref('stg_sessions') }}
where
    session_key in (select session_key from new_or_rechecked)
    or session_key in (select session_key from {{ ref('touched_focus') }})
    or session_id in (select session_id from open_at_the_end)
    or session_id in (select session_id from of_changed_references)
    or exists (select 1 from first_measured)
{%- endif %}
