-- Each clock with the policy that goes for it, and the readings of that clock at its start and
-- its end.
with clocks as (
    select
        clocks.*,
        terms.policy_id,
        terms.target_seconds,
        terms.pauses_when_pending,
        terms.calendar_id,
        1000000 * cast(terms.target_seconds as bigint) as target_microseconds
    from {{ ref('promised_clocks') }} as clocks
    inner join {{ ref('sla_terms') }} as terms
        on clocks.metric = terms.metric
        and clocks.feed = terms.feed
        and clocks.company_id = terms.company_id
        and clocks.channel_id is not distinct from terms.channel_id
        and clocks.skill_id is not distinct from terms.skill_id
        and clocks.priority is not distinct from terms.priority
        and clocks.started_at >= terms.from_at
        and clocks.started_at < terms.until_at
)

select
    clocks.*,
    {{ running_microseconds('starts', 'clocks.calendar_id', 'clocks.started_at') }}
        as start_position,
    {{ running_microseconds('ends', 'clocks.calendar_id', 'clocks.ended_at') }} as end_position
from clocks
{{ join_open_time('starts', 'clocks.calendar_id', 'clocks.started_at') }}
{{ join_open_time('ends', 'clocks.calendar_id', 'clocks.ended_at') }}
