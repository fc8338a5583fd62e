-- What an agent's contacts cost is the agent's handling time, but for what whole nanoseconds cut
-- off: less than one for each contact in hand and each stretch. Doubles hold 15 digits for sure.
with costs as (
    select
        agent_id,
        sum(cast(attributed_seconds as decimal(28, 9))) as attributed_seconds,
        count(*) as contact_count
    from {{ ref('fct_agent_contacts') }}
    group by agent_id
),

stretches as (
    select
        agent_id,
        count(*) as stretch_count
    from {{ ref('fct_agent_activity') }}
    group by agent_id
)

select
    activity.agent_id,
    activity.handling_seconds,
    costs.attributed_seconds
from {{ ref('agent_activity_aggregated') }} as activity
left join costs
    on activity.agent_id = costs.agent_id
left join stretches
    on activity.agent_id = stretches.agent_id
where
    (
        cast(activity.handling_seconds as decimal(28, 9)) - coalesce(costs.attributed_seconds, 0)
        between -1e-15 * activity.handling_seconds
        and 1e-15 * activity.handling_seconds + 1e-9 * activity.max_concurrency
        * (coalesce(stretches.stretch_count, 0) + 4 * coalesce(costs.contact_count, 0))
    ) is not true
