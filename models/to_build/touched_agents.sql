-- Agents whose states this build makes anew, and from when on: from the start of the last presence
-- that began before the first change. Before that start the agent was away, so that nothing earlier
-- has a say.
{%- if not is_incremental_build() %}
{%- for model in [
    'checked_agent_events', 'reference_values', 'data_span', 'first_measured',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
-- depends_on: {{ source('last_build', 'fct_agent_states') }}
select
    agent_id,
    {{ beginning_of_time() }} as from_at
from {{ ref('agent_companies') }}
{%- else %}
{%- set in_this_build = 'build_number = ' ~ this_build() %}
with presences as (
    select
        agent_id,
        presence_started_at,
        max(ended_at) as ended_at
    from {{ source('last_build', 'fct_agent_states') }}
    group by agent_id, presence_started_at
),

-- A presence that begins as the one before it ends is made anew with that one: events of the
-- instant may be of either.
beginnings as (
    select
        agent_id,
        presence_started_at
    from presences
    qualify
        lag(ended_at) over (partition by agent_id order by presence_started_at)
        is distinct from presence_started_at
),

changes as (
    select
        agent_id,
        occurred_at as changed_at
    from {{ ref('checked_agent_events') }}
    where
        agent_id is not null
        and (
            {{ in_this_build }}
            or (
                row_outcome = 'accepted'
                and occurred_at >= (select moved_from from {{ ref('data_span') }})
            )
        )
    union all
    -- A presence that lasted to the end of the data lasts on, or its logout is missing now.
    select
        agent_id,
        ended_at as changed_at
    from presences
    where ended_at >= (select moved_from from {{ ref('data_span') }})
    union all
    -- Another zone cuts all days anew; what is measured from now on is a figure of every day.
    select
        agent_id,
        {{ beginning_of_time() }} as changed_at
    from {{ ref('agent_companies') }}
    where
        agent_id in ({{ changed_ids(['agent']) }})
        or company_id in ({{ changed_ids(['company']) }})
        or exists (select 1 from {{ ref('first_measured') }})
),

first_changes as (
    select
        agent_id,
        min(changed_at) as changed_at
    from changes
    where changed_at is not null
    group by agent_id
)

select
    first_changes.agent_id,
    coalesce(max(beginnings.presence_started_at), {{ beginning_of_time() }}) as from_at
from first_changes
left join beginnings
    on first_changes.agent_id = beginnings.agent_id
    and first_changes.changed_at > beginnings.presence_started_at
group by first_changes.agent_id
{%- endif %}
