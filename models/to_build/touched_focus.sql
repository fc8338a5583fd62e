-- Sessions in which a focus ends elsewhere than in the last build, though none of their own rows
-- changed: an agent's focus lasts until the agent's next one, in whatever session.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('checked_focus_events') }}
select cast(null as bigint) as session_key
where false
{%- else %}
with focus_events as (
    select
        agent_id,
        occurred_at,
        cast(occurred_at as date) as utc_date,
        event_id,
        event_type,
        session_key,
        row_outcome,
        build_number
    from {{ ref('checked_focus_events') }}
    where agent_id is not null and occurred_at is not null
),

changed as (
    select * from focus_events
    where build_number = {{ this_build() }}
),

starts as (
    select * from focus_events
    where
        row_outcome = 'accepted'
        and event_type = 'focus'
        and agent_id in (select agent_id from changed)
),

last_starts as (
    select
        agent_id,
        max(occurred_at) as occurred_at
    from starts
    group by agent_id, utc_date
),

-- The starts on the days of the changes, and the last on every other day: the one before a change
-- is among them.
candidates as (
    select * from starts
    where
        {{ is_among(['agent_id', 'utc_date'], 'changed') }}
        or {{ is_among(['agent_id', 'occurred_at'], 'last_starts') }}
),

in_order as (
    select
        *,
        false as is_change
    from candidates
    union all
    select
        *,
        true as is_change
    from changed
),

-- A new focus stands here twice, as a change and as a session that a later change may find. The
-- change comes first, so that it doesn't find itself.
before_each as (
    select
        is_change,
        {{ ignoring_nulls('last_value', 'case when not is_change then session_key end') }} over (
            partition by agent_id order by occurred_at, event_id, is_change desc
            rows between unbounded preceding and 1 preceding
        ) as session_key
    from in_order
)

select distinct session_key
from before_each
where is_change
{%- endif %}
