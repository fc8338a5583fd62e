{{ config(materialized='incremental', meta={'touched_by': 'event_session'}) }}

-- Spark gives no frame to a named window, so that the order has a name here.
{%- set before_here = 'over (partition by session_key order by event_position'
    ~ ' rows between unbounded preceding and 1 preceding)' %}
{%- set accepted_agent = "case when event_type = 'accepted' then agent_id end" %}
{%- set of_this_build = 'session_key in (' ~ reordered_sessions() ~ ')'
    if is_incremental_build() else 'true' %}

with events as (
    select
        session_key,
        event_position,
        event_type,
        agent_id,
        occurred_at,
        lag(occurred_at, 1, {{ beginning_of_time() }}) over (
            partition by session_key order by event_position
        ) as former_at,
        {{ ignoring_nulls('last_value', accepted_agent) }} {{ before_here }} as last_agent_id
    from {{ ref('checked_session_events') }}
    where
        row_outcome = 'accepted'
        and {{ var('clock_tolerance_seconds') }} > 0
        and {{ of_this_build }}
),

-- Whose agent contact is open from an event on; nobody's is ''.
changes as (
    select
        *,
        case
            when event_type = 'accepted' then agent_id
            when event_type = 'closed' then ''
            when
                event_type in ('transferred', 'released')
                and coalesce(agent_id, last_agent_id) = last_agent_id
                then ''
        end as agent_from_here
    from events
),

-- A row is the time between two events, the instant of the second included.
stretches as (
    select
        *,
        coalesce({{ ignoring_nulls('last_value', 'agent_from_here') }} {{ before_here }}, '')
            as open_agent_id
    from changes
),

acceptances as (
    select
        session_key,
        event_position,
        agent_id,
        occurred_at as accepted_at
    from events
    where event_type = 'accepted'
),

-- Which acceptance comes next is the agent's own; of a message without a sender anybody's, if
-- nobody's agent contact is open.
pairs as (
    select
        stretches.session_key,
        acceptances.agent_id,
        stretches.former_at as after_at,
        stretches.occurred_at as until_at,
        acceptances.accepted_at,
        stretches.open_agent_id = '' as is_nobodys,
        row_number() over (
            partition by stretches.session_key, stretches.event_position, acceptances.agent_id
            order by acceptances.event_position
        ) as place_of_agent,
        row_number() over (
            partition by stretches.session_key, stretches.event_position
            order by acceptances.event_position
        ) as place
    from stretches
    inner join acceptances
        on stretches.session_key = acceptances.session_key
        and stretches.event_position <= acceptances.event_position
        and stretches.occurred_at >= acceptances.accepted_at - {{ clock_tolerance() }}
    where stretches.open_agent_id != acceptances.agent_id
)

select
    session_key,
    agent_id,
    after_at,
    until_at,
    accepted_at
from pairs
where place_of_agent = 1
union all
select
    session_key,
    cast(null as string) as agent_id,
    after_at,
    until_at,
    accepted_at
from pairs
where place = 1 and is_nobodys
