-- What pendings take out of the clocks whose policy pauses for them. A pending before the target is
-- reached puts off when the clock is due; what comes after the clock's end counts for nothing.
{%- set clock = ['session_key', 'metric', 'clock_number'] | join(', ') %}
with pauses as (
    select
        promises.session_key,
        promises.metric,
        promises.clock_number,
        promises.calendar_id,
        promises.start_position,
        promises.target_microseconds,
        greatest(pendings.pended_at, promises.started_at) as paused_at,
        least(
            coalesce(pendings.ended_at, promises.ended_at),
            coalesce(promises.ended_at, pendings.ended_at)
        ) as resumed_at
    from {{ ref('sla_promises') }} as promises
    inner join {{ ref('session_pendings') }} as pendings
        on promises.session_key = pendings.session_key
    where
        promises.pauses_when_pending
        -- One that is over before it begins, by another clock, has nothing that they could take.
        and coalesce(promises.ended_at > promises.started_at, true)
        and pendings.pended_at < coalesce(promises.ended_at, {{ end_of_time() }})
        and coalesce(pendings.ended_at, {{ end_of_time() }}) > promises.started_at
),

placed as (
    select
        pauses.*,
        {{ running_microseconds('pended', 'pauses.calendar_id', 'pauses.paused_at') }}
            as paused_position,
        {{ running_microseconds('resumed', 'pauses.calendar_id', 'pauses.resumed_at') }}
            as resumed_position
    from pauses
    {{ join_open_time('pended', 'pauses.calendar_id', 'pauses.paused_at') | indent(4) }}
    {{ join_open_time('resumed', 'pauses.calendar_id', 'pauses.resumed_at') | indent(4) }}
),

measured as (
    select
        *,
        resumed_position - paused_position as paused_microseconds,
        paused_position - start_position - coalesce(
            sum(resumed_position - paused_position) over (
                partition by {{ clock }} order by paused_at
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as running_microseconds
    from placed
)

select
    {{ clock }},
    cast(coalesce(sum(paused_microseconds), 0) as bigint) as paused_microseconds,
    max(paused_at) filter (where resumed_at is null) as pending_since,
    cast(max(running_microseconds) filter (where resumed_at is null) as bigint)
        as running_microseconds_when_pended,
    cast(
        coalesce(
            sum(paused_microseconds) filter (where running_microseconds < target_microseconds), 0
        ) as bigint
    ) as paused_microseconds_before_due,
    bool_or(resumed_at is null and running_microseconds < target_microseconds) as is_due_unknown
from measured
group by {{ clock }}
