-- Agents whose states this build rebuilds, and from when on: from the start of the last presence
-- that began before the first change. There the agent was away, so nothing earlier has a say.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('checked_agent_events') }} {{ ref('reference_values') }}
-- depends_on: {{ ref('data_span') }}
select
    agent_id,
    {{ beginning_of_time() }} as from_at
from {{ ref('agent_companies') }}
{%- else %}
with presences as (
    select
        agent_id,
        presence_started_at,
        max(ended_at) as ended_at
    from {{ as_last_built('fct_agent_states') }}
    group by agent_id, presence_started_at
),

changes as (
    select
        agent_id,
        occurred_at as changed_at
    from {{ ref('checked_agent_events') }}
    where
        agent_id is not null
        and (
            build_number = {{ this_build() }}
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
    select
        id as agent_id,
        {{ beginning_of_time() }} as changed_at
    from {{ ref('reference_values') }}
    where reference = 'agent' and build_number = {{ this_build() }}
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
    coalesce(max(presences.presence_started_at), {{ beginning_of_time() }}) as from_at
from first_changes
left join presences
    on first_changes.agent_id = presences.agent_id
    and first_changes.changed_at > presences.presence_started_at
group by first_changes.agent_id
{%- endif %}
